// From T-SQL to C# and back in the editor: definition, rename, completion, call hierarchy.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { findings, open } from './editor.js';

suite('navigation', () => {
  /** The script, with C# read, and the place of the last of a text in it. */
  async function at(text: string): Promise<{ readonly uri: vscode.Uri; readonly position: vscode.Position }> {
    await findings(await open('csharp/Letters.cs'), 'insufficient-permission-set');
    const document = await open('csharp/install.sql');
    return { uri: document.uri, position: document.positionAt(document.getText().lastIndexOf(text) + 1) };
  }

  test('EXTERNAL NAME leads to the declaration', async () => {
    const { uri, position } = await at('Body');
    const provider = 'vscode.executeDefinitionProvider';
    const [found] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      provider,
      uri,
      position,
    );
    assert.ok(found, 'no definition');
    const [target, range] = 'targetUri' in found ? [found.targetUri, found.targetRange] : [found.uri, found.range];
    assert.ok(target.path.endsWith('csharp/Letters.cs'), target.path);
    assert.strictEqual(range.start.line, 6);
  });

  test('a method is renamed in C# and in the script', async () => {
    const { uri, position } = await at('Body');
    const provider = 'vscode.executeDocumentRenameProvider';
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(provider, uri, position, 'Content');
    const edits = edit
      .entries()
      .map(([file, own]) => `${file.path.split('/').at(-1)} ${own.map((one) => one.newText).join()}`);
    assert.deepStrictEqual(edits.sort(), ['Letters.cs Content', 'install.sql Content']);
  });

  test('completion knows the classes of an assembly', async () => {
    const { uri, position } = await at('Letters.Body');
    const provider = 'vscode.executeCompletionItemProvider';
    const before = position.translate(0, -1);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(provider, uri, before, '.');
    const found = items.find(({ label, kind }) => label === 'Letters' && kind === vscode.CompletionItemKind.Class);
    assert.strictEqual(found?.detail, '1 routine', items.map(({ label }) => String(label)).join());
  });

  test('the object is what calls the method', async () => {
    const { uri, position } = await at('Body');
    const [method] = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      uri,
      position,
    );
    assert.strictEqual(method?.name, 'Letters::Body');
    const incoming = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      method,
    );
    assert.deepStrictEqual(
      incoming.map(({ from }) => from.name),
      ['dbo.Body'],
    );
    const outgoing = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      method,
    );
    assert.deepStrictEqual(
      outgoing.map(({ to }) => to.detail),
      ['needs EXTERNAL_ACCESS'],
    );
  });

  test('types of the other language stand beside those of a routine', async () => {
    const { uri } = await at('Body');
    const labels = async (of: vscode.Uri): Promise<readonly string[]> => {
      const document = await vscode.workspace.openTextDocument(of);
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const provider = 'vscode.executeInlayHintProvider';
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(provider, of, whole);
      return hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    };
    assert.deepStrictEqual(await labels(uri), ['String', 'String']);
    const source = uri.with({ path: uri.path.replace('install.sql', 'Letters.cs') });
    assert.deepStrictEqual(await labels(source), ['@path nvarchar(260)']);
  });

  test('at EXTERNAL NAME the signature is the method’s, with what it needs', async () => {
    const { uri, position } = await at('Body');
    const provider = 'vscode.executeSignatureHelpProvider';
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp | undefined>(provider, uri, position);
    const [signature] = help?.signatures ?? [];
    assert.strictEqual(signature?.label, 'String Body(String path)');
    const { documentation } = signature;
    const text = typeof documentation === 'string' ? documentation : (documentation?.value ?? '');
    assert.ok(text.includes('Needs EXTERNAL'), text);
  });
});
