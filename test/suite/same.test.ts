// What the extension says of the sample, for a comparison of the hosts: findings and hovers, in each host to the letter.
import * as assert from 'assert';
import * as vscode from 'vscode';
import { findings, hoverAt, open, ruleOf } from './editor.js';
import { tell, told } from './told.js';

const scripts = ['01-trust.sql', '02-assembly.sql', '03-routines.sql', '04-grants.sql', '05-hotfix.sql'];
const sources = ['src/Calculation.cs', 'csharp/Letters.cs', 'cache/Cache.cs'];
/** In characters between two hovers; of a line, so far. */
const step = 23;
const longest = 400;

/** Into the workspace: its folder has another URI in each host. */
const ownLinks = /\]\((?!https:)[^)]*\)/g;

suite('in every host', () => {
  test('the same is found and told', async () => {
    await findings(await open('01-trust.sql'), 'trustworthy-database');
    await findings(await open('csharp/Letters.cs'), 'insufficient-permission-set');
    for (const name of [...scripts, ...sources]) {
      const document = await open(name);
      for (const line of foundIn(name, document.uri)) tell(line);
      for (const line of await hoversIn(name, document)) tell(line);
    }
    assert.ok(told.length > 100, `${told.length}`);
  });
});

function foundIn(name: string, uri: vscode.Uri): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'sqlclr')
    .map((each) => `${name} ${placeOf(each.range.start)} ${each.severity} ${String(ruleOf(each))} ${each.message}`)
    .sort();
}

async function hoversIn(name: string, document: vscode.TextDocument): Promise<readonly string[]> {
  const hovers: string[] = [];
  for (let line = 0; line < document.lineCount; line++) {
    const { length } = document.lineAt(line).text;
    for (let character = line % step; character < Math.min(length, longest); character += step) {
      const hover = await hoverAt(document, new vscode.Position(line, character));
      if (hover !== '') hovers.push(`${name} ${line}:${character} ${hover.replace(ownLinks, ']')}`);
    }
  }
  return hovers;
}

function placeOf({ line, character }: vscode.Position): string {
  return `${line}:${character}`;
}
