// What is found in a source that an edit has only moved is what rules find that look at it anew, and they need not look.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import { compiledSamplesOf } from '../support/compiled-samples.js';
import { randomOf } from '../support/mutations.js';

const language = await diskGrammar('dist-test');
const uri = 'file:///a/Code.cs';
const script = "CREATE ASSEMBLY Code FROM 'Code.dll' WITH PERMISSION_SET = SAFE;";
const sources = compiledSamplesOf(readdirSync('docs/rules').map((name) => `docs/rules/${name}`))
  .filter((sample) => sample.language === 'cs' && sample.source.length > 300)
  .map(({ source }) => source);

const typed = [
  ...['x.', 'if (', ' ', '\n', '\r\n', '/*', '*/', '// c\n', '"', '}', '{', '{ }', ';', '[A]', '    ', '\t'],
  ...['int q = 1;\n', 'public int F;\n', 'public void G(int a) { }\n', '#if X\n', '#endif\n', 'using System;\n'],
  'var command = connection.CreateCommand();\n',
];

test('after any edits of a source, what is found is what is found anew', (context) => {
  const random = randomOf(11);
  let moves = 0;
  let whole = 0;
  for (let chain = 0; chain < 30; chain++) {
    let text = sources[random(sources.length)] ?? '';
    const workspace = workspaceOf(text, () => moves++);
    const steps: string[] = [];
    for (let edit = 0; edit < 8; edit++) {
      const at = placeIn(text, random);
      const isGone = random(4) === 0;
      const put = typed[random(typed.length)] ?? '';
      // Key by key, as it is typed; or a stretch goes.
      for (let length = 1; length <= (isGone ? 1 : put.length); length++) {
        const next = isGone
          ? text.slice(0, at) + text.slice(at + 1 + random(12))
          : text.slice(0, at) + put.slice(0, length) + text.slice(at + length - 1);
        steps.push(`${at}: ${isGone ? 'less' : put.slice(0, length)}`);
        text = next;
        whole += same(workspace, text, steps) ? 1 : 0;
      }
    }
  }
  context.diagnostic(`${moves} times findings moved, ${whole} texts that are all C#`);
  assert.ok(moves > 500 && whole > 30);
});

test('rules look at what is typed in a body when it is C#', () => {
  const [before, behind] = [
    'using System.Data.SqlClient;\nusing Microsoft.SqlServer.Server;\npublic class C {\n  [SqlProcedure]\n  public static void P(string name) { Q(name); R(name); }\n  static void Q(string name) {\n    ',
    '\n    name.Trim();\n  }\n  public static void R(string name) {\n    new SqlCommand("DROP TABLE " + name, new SqlConnection("context connection=true")).ExecuteNonQuery();\n  }\n}\n',
  ];
  const workspace = workspaceOf(before + behind, () => moves++);
  let moves = 0;
  const [found] = workspace.findings(uri).filter(({ rule }) => rule === 'sql-injection');
  const put = 'var other = name.Trim();';
  for (let length = 1; length < put.length; length++) {
    workspace.set(uri, before + put.slice(0, length) + behind);
    const [now] = workspace.findings(uri).filter(({ rule }) => rule === 'sql-injection');
    assert.equal(now?.span.start, (found?.span.start ?? 0) + length);
  }
  assert.ok(moves >= put.length - 4, `${moves}`);
});

function workspaceOf(text: string, movedOnce: () => void): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp({
    ...language,
    movedFindings: (found, moves) => {
      movedOnce();
      return language.movedFindings(found, moves);
    },
  });
  workspace.set('file:///a/code.sql', script);
  workspace.set(uri, text);
  for (const one of workspace.uris()) workspace.findings(one);
  return workspace;
}

/** The copy knows what was read before, and what rules found in it; not that the text has only moved. Whether all is C#. */
function same(workspace: Workspace, text: string, steps: readonly string[]): boolean {
  workspace.set(uri, text);
  const anew = workspace.copy();
  const found = workspace.uris().map((one) => workspace.findings(one));
  const told = `${steps.join('\n')}\n${text}`;
  assert.deepEqual(
    found,
    anew.uris().map((one) => anew.findings(one)),
    told,
  );
  if (language.read(text, []).unit.errors.length > 0) return false;
  const fresh = workspaceOf(text, () => undefined);
  assert.deepEqual(
    found,
    fresh.uris().map((one) => fresh.findings(one)),
    told,
  );
  return true;
}

/** Anywhere, or where a line begins. */
function placeIn(text: string, random: (below: number) => number): number {
  const anywhere = random(text.length);
  return random(3) === 0 ? anywhere : text.indexOf('\n', anywhere) + 1;
}
