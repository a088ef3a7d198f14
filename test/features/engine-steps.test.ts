// What SQL Server does with a routine: each step, who is asked, what answers, and the page it is told by.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { engineSteps, engineText, routinesNamed } from '../../server/analysis/features/engine-steps.js';
import { reference } from '../../server/analysis/features/markdown.js';
import { references } from '../../server/analysis/knowledge/references.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const sample = new Workspace(nodePlatform);
for (const name of readdirSync('docs/sample').filter((file) => file.endsWith('.sql')))
  sample.set(`file:///${name}`, readFileSync(`docs/sample/${name}`, 'utf8'));

function stepsOf(workspace: Workspace, name: string): readonly string[] {
  return routinesNamed(workspace.project(), name).flatMap((routine) =>
    engineSteps(workspace.project(), routine).map(({ when, outcome }) => `${when.replaceAll('`', '')}: ${outcome}`),
  );
}

test('from CREATE ASSEMBLY to what the code asks for', () => {
  assert.deepEqual(stepsOf(sample, 'dbo.WritePayslips'), [
    'CREATE ASSEMBLY Payroll.Export: passes',
    'CREATE PROCEDURE dbo.WritePayslips: not known',
    'the server: passes',
    'the call: passes',
    'the execution context: passes',
    'loading the assembly: passes',
    'the code: System.IO.File::WriteAllText: refused',
    'the context connection: SELECT on dbo.Salary: not known',
  ]);
});

test('every step of every routine says who is asked, what answers, and by which page', () => {
  const { routines } = sample.project();
  const pages = new Set(references.map(({ title }) => reference(title)));
  assert.ok(routines.length > 4);
  for (const routine of routines) {
    for (const { asked, because, source } of engineSteps(sample.project(), routine)) {
      assert.notEqual(asked, '');
      assert.notEqual(because, '');
      assert.ok(pages.has(source), source);
    }
  }
});

test('as text, with what is found on it', () => {
  const [routine] = routinesNamed(sample.project(), '[dbo].[WritePayslips]');
  assert.ok(routine);
  const text = engineText(
    sample.project(),
    routine,
    (uri) => sample.findings(uri),
    ({ uri }) => uri.slice(8),
  );
  assert.match(text, /^# dbo\\\.WritePayslips: what SQL Server does, step by step\n/);
  assert.match(
    text,
    /\n- Here: .*it runs as `OWNER`, from where nothing outside of SQL Server is reached \(Msg 6522\)/,
  );
  assert.match(text, /\n## Found on it\n\n- 03-routines\.sql: /);
});

test('of what the project does not have it says so', () => {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.sql', 'CREATE PROCEDURE dbo.[a`b] AS EXTERNAL NAME Gone.C.M;');
  assert.deepEqual(stepsOf(workspace, 'a`b'), [
    'CREATE ASSEMBLY Gone: not known',
    'CREATE PROCEDURE  dbo.ab : not known',
    'the server: not known',
    'the call: not known',
    'the execution context: passes',
    'loading the assembly: not known',
    'running the code: not known',
  ]);
});

test('a name without a schema is any, and with another schema none', () => {
  const { length } = routinesNamed(sample.project(), 'NetPay');
  assert.equal(length, 1);
  assert.equal(routinesNamed(sample.project(), 'other.NetPay').length, 0);
});
