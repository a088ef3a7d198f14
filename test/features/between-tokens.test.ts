// `|` marks the place that is asked about.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBetweenTokens } from '../../server/analysis/workspace.js';

const cases: readonly [string, boolean][] = [
  ['|', true],
  ['|SELECT 1', true],
  ['SELECT 1|', true],
  ['SELECT\n|  1', true],
  ['SEL|ECT', false],
  ["PRINT 'a\n|b'", false],
  ['SELECT [a\n|b]', false],
  ['SELECT 0x4D\\\n|5A', false],
  ['/* a\n| b */', false],
  ['|/* a */', true],
  ['/* a */|', true],
  ['-- a\n|SELECT 1', true],
  ["EXEC('never closed\n|x", false],
  ['/* never closed\n|x', false],
];

for (const [marked, expected] of cases) {
  test(`${JSON.stringify(marked)} is ${expected ? '' : 'not '}between tokens`, () => {
    assert.equal(isBetweenTokens(marked.replace('|', ''), marked.indexOf('|')), expected);
  });
}
