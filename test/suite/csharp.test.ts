// C# in the editor: what reads it is loaded in every host, and findings stand in the source.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { findings, hoverAt, open, positionOf } from './editor.js';

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
});
