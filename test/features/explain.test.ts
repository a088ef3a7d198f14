// Every rule and every number that is foreseen is explained: what it means, what raises it here, how to mend it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { explanationOf, subjectsOf } from '../../server/analysis/features/explain.js';
import { causeOf } from '../../server/analysis/knowledge/error-causes.js';
import { findError } from '../../server/analysis/knowledge/errors.js';
import { allRules, Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { cell, knowledgeRows } from '../support/csv.js';

const library = {
  rules: allRules(nodePlatform),
  addressOf: (rule: string) => `https://pages/${rule}`,
  pageOf: (rule: string) => readFileSync(`docs/rules/${rule}.md`, 'utf8'),
};
const foreseen = knowledgeRows('forecast').map((row) => Number(cell(row, 'number')));

test('every rule', (t) => {
  for (const { name, summary } of library.rules) {
    const text = explanationOf(name, library, undefined) ?? '';
    assert.ok(text.startsWith(`# ${name}\n\n${summary}\n`), name);
    assert.match(explanationOf(name, { ...library, pageOf: () => undefined }, undefined) ?? '', /\[Its page\]/);
  }
  t.diagnostic(`${library.rules.length} rules`);
});

test('every number that is foreseen, or that a rule names', (t) => {
  const numbers = new Set([...foreseen, ...library.rules.flatMap(({ sqlErrors = [] }) => sqlErrors)]);
  let causes = 0;
  for (const number of numbers) {
    const text = explanationOf(`Msg ${number}`, library, undefined) ?? '';
    assert.ok(text.startsWith(`# Msg ${number}, level ${findError(number)?.severity}\n`), String(number));
    assert.match(text, /\n## How to mend it\n\n\S/, String(number));
    assert.equal(text, explanationOf(String(number), library, undefined));
    if (text.includes('\n## What leads to it\n')) causes++;
  }
  t.diagnostic(`${numbers.size} numbers, ${causes} with a cause`);
  assert.ok(causes > 0.75 * numbers.size);
});

test('no remedy is TRUSTWORTHY, or to turn strict security off', () => {
  for (const number of foreseen) {
    const { remedy = '' } = causeOf(number) ?? {};
    assert.doesNotMatch(remedy.replace(/Never TRUSTWORTHY, and never without clr strict security/, ''), /TRUSTWORTHY/);
  }
});

test('the published baselines that a finding is against', () => {
  assert.match(
    explanationOf('clr-strict-security-disabled', library, undefined) ?? '',
    /\n## Asked for by\n\n- CIS 2\.17 \(2019 v1\.2\.0 and v1\.4\.0, 2022 v1\.1\.0\): 'clr strict security' is 1\.\n/,
  );
  const ofSets = explanationOf('unsafe-permission-set', library, undefined) ?? '';
  for (const named of ['- CIS 6.2 (', '- DISA STIG SQLI-22-007300 (', '- Vulnerability Assessment VA1256 ('])
    assert.ok(ofSets.includes(named), named);
  assert.doesNotMatch(explanationOf('syntax-error', library, undefined) ?? '', /Asked for by/);
});

suite('in a workspace', () => {
  const uri = 'file:///a.sql';
  const workspace = new Workspace(nodePlatform);
  workspace.set(uri, 'CREATE ASSEMBLY [A_*] FROM 0x4D5A;\nCREATE ASSEMBLY B FROM 0x00;');
  const found = {
    findings: workspace.findings(uri),
    placeText: ({ span }: { readonly span: { readonly start: number } }) => `a.sql at ${span.start}`,
  };

  test('what raises a number is listed, and what is text of others is escaped', () => {
    const number = found.findings.flatMap(({ sqlErrors }) => sqlErrors)[0] ?? 0;
    const text = explanationOf(String(number), library, found) ?? '';
    assert.match(text, /\n## In this workspace\n\n- a\.sql at \d+: /);
    assert.doesNotMatch(text, /A_\*/);
  });

  test('where nothing raises it, that is said', () => {
    assert.match(explanationOf('Msg 6202', library, found) ?? '', /Nothing that is known here raises it/);
  });

  test('what is neither is not explained', () => {
    for (const subject of ['', 'no-such-rule', '999999', 'Msg', '../../x'])
      assert.equal(explanationOf(subject, library, found), undefined);
  });
});

test('all that can be chosen can be explained', () => {
  for (const { subject, about } of subjectsOf(library)) {
    assert.ok(explanationOf(subject, library, undefined), subject);
    assert.notEqual(about, '', subject);
  }
});
