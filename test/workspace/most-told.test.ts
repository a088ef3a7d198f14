// A file full of findings: so many of each rule, and how many more there are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostOfARule } from '../../server/analysis/workspace/most-told.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const statement = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;\nGO\n';

function found(text: string): ReturnType<Workspace['findings']> {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.sql', text);
  return workspace.findings('file:///a.sql').filter(({ rule }) => rule === 'trustworthy-database');
}

test('as many as a file has of a rule are told as they are', () => {
  const all = found(statement.repeat(mostOfARule));
  assert.equal(all.length, mostOfARule);
  assert.equal(new Set(all.map(({ message }) => message)).size, 1);
});

test('those that are too many are counted, where the first of them stands, as severe as they are', () => {
  const all = found(statement.repeat(mostOfARule + 250));
  assert.equal(all.length, mostOfARule + 1);
  const last = all.at(-1);
  assert.equal(last?.message, '250 more findings of trustworthy-database from here on: a file has 1000 of a rule');
  assert.equal(last.severity, all[0]?.severity);
  assert.equal(Math.floor(last.span.start / statement.length), mostOfARule);
});

test('what a comment silences is not counted', () => {
  const all = found(
    `-- sqlclr-disable trustworthy-database\n${statement.repeat(mostOfARule)}-- sqlclr-enable\n${statement}`,
  );
  assert.equal(all.length, 1);
});

test('the findings of another rule have no part in it', () => {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.sql', `${statement.repeat(mostOfARule + 1)}EXEC sp_configure 'clr strict security', 0;\n`);
  const rules = new Set(workspace.findings('file:///a.sql').map(({ rule }) => rule));
  assert.ok(rules.has('clr-strict-security-disabled'), [...rules].join());
});
