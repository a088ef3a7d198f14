// The lists of rules agree with each other and with the folder.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { codeRuleNames } from '../../server/analysis/rules/code-rule-names.js';
import { codeRules } from '../../server/analysis/rules/code-rules.js';
import { rules } from '../../server/analysis/rules/index.js';
import { allRules, isRuleName } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

test('what is loaded on demand is known by name before', () => {
  assert.deepEqual(
    codeRules.map(({ name }) => name),
    codeRuleNames,
  );
  for (const { name } of allRules(nodePlatform)) assert.ok(isRuleName(name), name);
  assert.ok(!isRuleName('no-such-rule'));
});

test('a rule about code is with what is loaded for code, and one on scripts is not', () => {
  assert.deepEqual(
    rules.filter(({ on }) => on === 'code').map(({ name }) => name),
    [],
  );
  assert.deepEqual(
    codeRules.filter(({ on }) => on === 'script' || on === 'suppressions').map(({ name }) => name),
    [],
  );
});

test('every page has its rule', () => {
  const pages = readdirSync('docs/rules')
    .map((file) => file.replace(/\.md$/, ''))
    .filter((name) => name !== 'README');
  const names = allRules(nodePlatform).map(({ name }) => name);
  assert.deepEqual(pages.toSorted(), names);
});
