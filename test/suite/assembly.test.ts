// Show Assembly: an assembly of a script, and one that is a file, as a document to read and to go through.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { open, positionOf, settled } from './editor.js';

const script = '02-assembly.sql';

suite('show assembly', () => {
  async function shown(): Promise<vscode.TextDocument> {
    await settled(
      () => vscode.window.activeTextEditor?.document.uri.scheme === 'sqlclr-assembly',
      'the document of the assembly',
    );
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    return document;
  }

  async function showFirst(): Promise<vscode.TextDocument> {
    const document = await open(script);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const at = positionOf(document, 'CREATE ASSEMBLY [Payroll.Calculation]');
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('sqlclr.showAssembly');
    return shown();
  }

  test('opens the assembly that the cursor is on', async () => {
    const document = await showFirst();
    assert.strictEqual(document.uri.path, '/Payroll.Calculation.il');
    assert.strictEqual(document.languageId, 'sqlclr-assembly');
    assert.ok(document.lineAt(0).text.startsWith('// SQLCLR assembly Payroll.Calculation, Version=3.2.0.0'));
    assert.ok(document.getText().includes('pinvoke kernel32.dll GetTickCount = Payroll.Salary::GetTickCount'));
  });

  test('is saved as a file, byte for byte', async () => {
    const { uri } = await showFirst();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const target = vscode.Uri.joinPath(folder.uri, 'saved.bin');
    await vscode.commands.executeCommand('sqlclr.saveAssembly', uri, target);
    const saved = await vscode.workspace.fs.readFile(target);
    await vscode.workspace.fs.delete(target);
    const [head] = /0x4D5A[0-9A-F]*/i.exec((await open(script)).getText()) ?? [];
    assert.ok(head);
    const hex = Array.from(saved.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
    assert.ok(saved.length > 1000);
    assert.strictEqual(hex, head.slice(2, 34).toLowerCase());
  });

  test('has an outline, and folds', async () => {
    const { uri } = await showFirst();
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    const types = symbols.find(({ name }) => name.startsWith('Types'))?.children ?? [];
    const salary = types.find(({ name }) => name === 'Payroll.Salary');
    assert.ok(salary, symbols.map(({ name }) => name).join());
    assert.ok(salary.children.some(({ name }) => name === 'NetPay'));
    const foldings = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      uri,
    );
    const folded = foldings.map(({ start }) => start);
    assert.ok(folded.includes(salary.range.start.line), folded.join());
  });

  test('leads from a call to the method', async () => {
    const document = await showFirst();
    const call = positionOf(document, 'call uint32 Payroll.Salary::GetTickCount').translate(0, 10);
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      call,
    );
    const [first] = found;
    assert.ok(first, 'no definition');
    const [uri, range] = 'targetUri' in first ? [first.targetUri, first.targetRange] : [first.uri, first.range];
    assert.strictEqual(uri.toString(), document.uri.toString());
    assert.ok(document.lineAt(range.start.line).text.includes('.method static uint32 GetTickCount()'));
  });

  test('leads back into the script', async () => {
    const document = await showFirst();
    const provider = 'vscode.executeLinkProvider';
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(provider, document.uri);
    const texts = links.map(({ range }) => document.getText(range));
    assert.ok(
      texts.some((text) => text.startsWith(script)),
      texts.join(),
    );
    assert.ok(links.some(({ target }) => target?.path.endsWith(script)));
  });

  test('is offered above the statement', async () => {
    const { uri } = await open(script);
    const provider = 'vscode.executeCodeLensProvider';
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(provider, uri);
    const lens = lenses.find(({ command }) => command?.title.includes('Payroll.Calculation 3.2.0.0'));
    assert.ok(lens?.command, JSON.stringify(lenses));
    await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    assert.strictEqual((await shown()).uri.path, '/Payroll.Calculation.il');
  });

  test('follows the script', async () => {
    const document = await showFirst();
    const source = await open(script);
    const at = positionOf(source, 'CREATE ASSEMBLY [Payroll.Calculation]');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(source.uri, at, '\n\n\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const line = `line ${positionOf(source, '0x4D5A').line + 1}: CREATE ASSEMBLY Payroll.Calculation`;
    await settled(() => document.getText().includes(line), line);
    await vscode.commands.executeCommand('undo');
    await settled(() => !document.getText().includes(line), 'the line it had');
  });

  test('opens an assembly file, build output too', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    await open(script);
    await vscode.commands.executeCommand('sqlclr.showAssembly', vscode.Uri.joinPath(folder.uri, 'bin', 'Calls.dll'));
    await settled(() => vscode.window.activeTextEditor?.document.uri.path === '/Calls.dll.il', 'Calls.dll');
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.ok(document?.getText().startsWith('// SQLCLR assembly Calls, '), document?.getText());
  });
});
