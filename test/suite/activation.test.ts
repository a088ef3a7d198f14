// When the extension wakes up, and when it does not.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { extension, open, settled } from './editor.js';

suite('activation', () => {
  test('stays asleep until there is a SQL document', async () => {
    assert.strictEqual(extension().isActive, false);
    await open('notes.txt');
    await settled();
    assert.strictEqual(extension().isActive, false);
  });

  test('wakes up on a SQL document', async () => {
    await open('plain.sql');
    await settled(() => extension().isActive);
    const commands = await vscode.commands.getCommands(true);
    const own: { command: string }[] = extension().packageJSON.contributes.commands;
    assert.deepStrictEqual(
      own.filter(({ command }) => !commands.includes(command)),
      [],
    );
  });

  test('claims no file', async () => {
    const languages: { extensions?: string[] }[] = extension().packageJSON.contributes.languages;
    assert.deepStrictEqual(
      languages.flatMap(({ extensions = [] }) => extensions),
      [],
    );
    assert.strictEqual((await open('02-assembly.sql')).languageId, 'sql');
  });
});
