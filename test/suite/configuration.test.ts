// sqlclr-lint.json in the editor, and what else there is to set and to start with.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { findings, open, quickFixes, ruleOf, settled } from './editor.js';

function file(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, 'sqlclr-lint.json');
}

async function write(text: string): Promise<void> {
  await vscode.workspace.fs.stat(file()).then(undefined, () => vscode.workspace.fs.writeFile(file(), new Uint8Array()));
  const document = await vscode.workspace.openTextDocument(file());
  const edit = new vscode.WorkspaceEdit();
  edit.replace(file(), new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

function severityIn({ uri }: vscode.TextDocument): vscode.DiagnosticSeverity | undefined {
  return vscode.languages.getDiagnostics(uri).find((each) => ruleOf(each) === 'trustworthy-database')?.severity;
}

suite('sqlclr-lint.json', () => {
  teardown(async () => {
    await write('{}');
    const document = await open('settings.sql');
    await settled(() => severityIn(document) === vscode.DiagnosticSeverity.Warning, 'nothing of it is left');
  });

  // In between the editor would still have what is gone.
  suiteTeardown(() => vscode.workspace.fs.delete(file()));

  test('holds while it is there, and is told where it is wrong', async () => {
    const document = await open('settings.sql');
    await findings(document, 'trustworthy-database');
    await write('{ "rules": { "trustworthy-*": "error" } } // ours');
    await settled(() => severityIn(document) === vscode.DiagnosticSeverity.Error, 'the severity of the file');
    await write('{ "rules": { "trustworthy-*": "loud" } }');
    await settled(
      () => vscode.languages.getDiagnostics(file()).some(({ source }) => source === 'sqlclr'),
      'its mistake',
    );
    assert.strictEqual(severityIn(document), vscode.DiagnosticSeverity.Error);
    assert.strictEqual((await vscode.workspace.openTextDocument(file())).languageId, 'jsonc');
  });

  test('is where a rule is allowed in the workspace', async () => {
    await write('{\n  "rules": {}\n}\n');
    const document = await open('settings.sql');
    const isAllowing = ({ title }: vscode.CodeAction): boolean =>
      title === 'Allow trustworthy-database in this workspace';
    let fix: vscode.CodeAction | undefined;
    for (const until = Date.now() + 20_000; !fix?.edit && Date.now() < until;) {
      const [found] = await findings(document, 'trustworthy-database');
      assert.ok(found);
      fix = (await quickFixes(document, found)).find(isAllowing);
    }
    assert.ok(fix?.edit, 'nothing allows it there');
    await vscode.workspace.applyEdit(fix.edit);
    await (await vscode.workspace.openTextDocument(file())).save();
    await settled(() => severityIn(document) === undefined, 'nothing is found any more');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file()));
    assert.deepStrictEqual(JSON.parse(text), { rules: { 'trustworthy-database': 'off' } });
  });
});

suite('to start with', () => {
  test('there is a sample, and findings in it', async () => {
    await vscode.commands.executeCommand('sqlclr.openSample');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.isUntitled, 'no new document is open');
    await findings(document, 'trustworthy-database');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('what each rule takes is told', async () => {
    await open('01-trust.sql');
    await vscode.commands.executeCommand('sqlclr.showRuleTimes');
  });
});
