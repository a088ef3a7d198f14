// Explain: a document of ours with the server's text, and its preview.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { open, positionOf, settled } from './editor.js';

suite('explain', () => {
  async function textOf(params: object): Promise<string> {
    const uri = vscode.Uri.from({ scheme: 'sqlclr-advice', path: '/advice.md', query: JSON.stringify(params) });
    return (await vscode.workspace.openTextDocument(uri)).getText();
  }

  function previews(): readonly vscode.Tab[] {
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('markdown.preview'));
  }

  test('a number, with what raises it here', async () => {
    await open('03-routines.sql');
    const text = await textOf({ kind: 'subject', subject: 'Msg 10343' });
    assert.ok(text.startsWith('# Msg 10343, level'), text.slice(0, 100));
    assert.ok(text.includes('## In this workspace'), text);
  });

  test('a rule, with its page and what is found of it here', async () => {
    await open('01-trust.sql');
    const text = await textOf({ kind: 'subject', subject: 'trustworthy-database' });
    for (const title of ['# trustworthy-database', '## How to fix', '## Asked for by', '## In this workspace'])
      assert.ok(text.includes(title), `${title} is not in ${text.slice(0, 200)}`);
  });

  test('a routine, step by step', async () => {
    const { uri } = await open('03-routines.sql');
    const document = await vscode.workspace.openTextDocument(uri);
    const { line, character } = positionOf(document, 'CREATE PROCEDURE dbo.WritePayslips');
    const text = await textOf({ kind: 'routine', uri: uri.toString(), position: { line, character } });
    assert.ok(text.includes('what SQL Server does, step by step'), text.slice(0, 100));
  });

  test('language models have it as tools', async () => {
    await open('02-assembly.sql');
    const told = async (name: string, input: object): Promise<string> => {
      const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
      return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
    };
    assert.ok((await told('sqlclr_explain', { subject: 'Msg 10343' })).startsWith('# Msg 10343, level'));
    assert.ok((await told('sqlclr_explain', { subject: 'no-such-rule' })).startsWith('There is no such rule'));
    assert.ok((await told('sqlclr_report', {})).includes('Payroll'));
  });

  test('a preview opens', async () => {
    await vscode.commands.executeCommand('sqlclr.explain', 'Msg 10343');
    await settled(() => previews().length === 1, 'a preview');
    await vscode.window.tabGroups.close([...previews()]);
  });
});
