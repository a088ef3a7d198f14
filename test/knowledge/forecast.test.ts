// What is foreseen of SQL Server's errors: each that a script, a source or bytes could tell of is raised by a sample of a rule's
// page, or says why not.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findError } from '../../server/analysis/knowledge/errors.js';
import { cell, knowledgeRows } from '../support/csv.js';
import { samplesOf, workspaceOf } from '../support/rule-page.js';
import { allRules } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const rules = allRules(nodePlatform);

const rows = knowledgeRows('forecast').map((row) => ({
  number: Number(cell(row, 'number')),
  told: cell(row, 'told'),
  why: cell(row, 'why'),
}));

test('the rows are sorted, known and told from', () => {
  const numbers = rows.map(({ number }) => number);
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  );
  for (const { number, told } of rows) {
    assert.ok(findError(number), String(number));
    assert.match(told, /^(?:script|code|bytes)(?: (?:script|code|bytes))*$/, String(number));
  }
});

test('what rules say SQL Server answers is among the rows', () => {
  const known = new Set(rows.map(({ number }) => number));
  const unknown = rules.flatMap(({ name, ...rule }) =>
    'sqlErrors' in rule
      ? (rule.sqlErrors ?? []).filter((number) => !known.has(number)).map((one) => `${name} ${one}`)
      : [],
  );
  assert.deepEqual(unknown, []);
});

test('each is raised by a sample, or says why not', () => {
  const raised = new Set<number>();
  for (const { name } of rules) {
    for (const file of [`docs/rules/${name}.md`, `test/rules/${name}.md`].filter((path) => existsSync(path))) {
      for (const sample of samplesOf(readFileSync(file, 'utf8'))) {
        const workspace = workspaceOf(sample);
        for (const finding of workspace.uris().flatMap((uri) => workspace.findings(uri)))
          if (finding.rule === name) for (const number of finding.sqlErrors) raised.add(number);
      }
    }
  }
  const open = rows.filter(({ number, why }) => why === '' && !raised.has(number));
  assert.equal(open.map(({ number }) => number).join(' '), '');
});
