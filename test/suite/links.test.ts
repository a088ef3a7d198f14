// Show Links: a panel opens, and the server has a page for it that follows the project. What the page does when it is clicked, the
// run that takes the pictures tries: no extension host reaches into a panel.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { extension, open, positionOf, settled } from './editor.js';

interface Page {
  readonly html: string;
  readonly places: readonly { readonly uri: string; readonly position: { readonly line: number } }[];
}

suite('show links', () => {
  async function page(): Promise<Page> {
    const client = extension().exports as { sendRequest(method: string, params: unknown): Promise<Page> };
    return client.sendRequest('sqlclr/links', { nonce: 'ab'.repeat(16) });
  }

  function panels(): readonly vscode.Tab[] {
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('sqlclr.links'));
  }

  test('opens one panel', async () => {
    await open('03-routines.sql');
    await vscode.commands.executeCommand('sqlclr.showLinks');
    await settled(() => panels().length === 1, 'a panel');
    assert.strictEqual(panels()[0]?.label, 'SQLCLR Links');
    await vscode.commands.executeCommand('sqlclr.showLinks');
    assert.strictEqual(panels().length, 1);
    await vscode.window.tabGroups.close([...panels()]);
    await settled(() => panels().length === 0, 'no panel');
  });

  test('has the nodes of the workspace, and places that are there', async () => {
    const document = await open('03-routines.sql');
    const { html, places } = await page();
    for (const name of ['Payroll.Export', 'dbo.WritePayslips', 'files']) assert.ok(html.includes(`>${name}<`), name);
    const line = positionOf(document, 'CREATE PROCEDURE dbo.WritePayslips').line;
    assert.ok(places.some(({ uri, position }) => uri.endsWith('03-routines.sql') && position.line === line));
  });

  test('follows the project', async () => {
    const document = await open('03-routines.sql');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(
      document.uri,
      new vscode.Position(0, 0),
      'CREATE FUNCTION dbo.Added () RETURNS int AS EXTERNAL NAME [Payroll.Export].a.b;\nGO\n',
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    let html = '';
    const asked = setInterval(() => void page().then((answer) => (html = answer.html)), 200);
    try {
      await settled(() => html.includes('>dbo.Added<'), 'the function that was added');
    } finally {
      clearInterval(asked);
    }
    await vscode.commands.executeCommand('undo');
  });

  test('the capability report is a panel of its own', async () => {
    await open('03-routines.sql');
    await vscode.commands.executeCommand('sqlclr.showReport');
    const reports = (): readonly vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('sqlclr.report'));
    await settled(() => reports().length === 1, 'a panel');
    assert.strictEqual(reports()[0]?.label, 'SQLCLR Capability Report');
    await vscode.window.tabGroups.close([...reports()]);
  });
});
