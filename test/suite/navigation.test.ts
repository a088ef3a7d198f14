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
});
