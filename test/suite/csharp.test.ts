// C# in the editor: what reads it is loaded in every host, and findings stand in the source.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { findings, hoverAt, noFindings, open, positionOf, quickFixes, settled } from './editor.js';

suite('C#', () => {
  test('has findings where the source needs more than the script declares', async () => {
    const document = await open('csharp/Letters.cs');
    const [found] = await findings(document, 'insufficient-permission-set');
    assert.ok(found);
    assert.strictEqual(found.severity, vscode.DiagnosticSeverity.Error);
    assert.strictEqual(found.range.start.line, positionOf(document, 'File.ReadAllText').line);
  });

  test('tells on hover what a call needs', async () => {
    const document = await open('csharp/Letters.cs');
    await findings(document, 'insufficient-permission-set');
    const text = await hoverAt(document, positionOf(document, 'ReadAllText'));
    assert.ok(text.includes('needs EXTERNAL_ACCESS'), text);
  });

  test('tells on hover what an attribute does, and of a routine what binds it', async () => {
    const document = await open('csharp/Letters.cs');
    await findings(document, 'insufficient-permission-set');
    const attribute = await hoverAt(document, positionOf(document, 'SqlFunction'));
    assert.ok(attribute.includes('DataAccess is left out'), attribute);
    const routine = await hoverAt(document, positionOf(document, 'Body'));
    assert.ok(routine.includes('Bound by function `dbo.Body`'), routine);
  });

  test('mends what it finds', async () => {
    const document = await open('cache/Cache.cs');
    const [found] = await findings(document, 'mutable-static-field');
    assert.ok(found);
    const fix = (await quickFixes(document, found)).find(({ title }) => title === 'Declare it readonly');
    assert.ok(fix?.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.ok(document.getText().includes('private static readonly int limit = 10;'), document.getText());
    await noFindings(document, 'mutable-static-field');
    await vscode.commands.executeCommand('undo');
    await findings(document, 'mutable-static-field');
  });

  test('tells above a class what it needs, and a click above a routine leads to the script', async () => {
    const { uri } = await open('csharp/Letters.cs');
    let lenses: readonly vscode.CodeLens[] = [];
    const titled = (title: string): vscode.Command | undefined =>
      lenses.find(({ command }) => command?.title === title)?.command;
    for (let tries = 0; tries < 200 && !titled('bound by dbo.Body'); tries++) {
      lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.ok(titled('needs EXTERNAL_ACCESS'));
    assert.ok(titled('declared SAFE'));
    const bound = titled('bound by dbo.Body');
    assert.ok(bound, JSON.stringify(lenses));
    await vscode.commands.executeCommand(bound.command, ...(bound.arguments ?? []));
    const isShown = (): boolean => {
      const { document, selection } = vscode.window.activeTextEditor ?? {};
      return document?.uri.path.endsWith('csharp/install.sql') === true && selection?.start.line === 2;
    };
    await settled(isShown, 'the script, at the line');
  });
});
