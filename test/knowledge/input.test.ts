// Tables of untrusted input: of types that the .NET Framework has, and no row twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findFrameworkNamespace,
  findFrameworkType,
  namespaceOf,
} from '../../server/analysis/knowledge/framework-types.js';
import { inputCarriers } from '../../server/analysis/knowledge/input-carriers.js';
import {
  canSayHost,
  harmNeeding,
  inputChecks,
  isRestrictive,
  standsInQuotes,
} from '../../server/analysis/knowledge/input-checks.js';
import { inputSinks } from '../../server/analysis/knowledge/input-sinks.js';

const rows = [...inputCarriers, ...inputChecks, ...inputSinks];

test('every type is one of the .NET Framework, or installed beside it', () => {
  const unknown = rows
    .map(({ type }) => type)
    .filter((type) => !findFrameworkType(type) && findFrameworkNamespace(namespaceOf(type)).length === 0)
    .filter((type) => !type.startsWith('System.Management.Automation.'));
  assert.deepEqual([...new Set(unknown)], []);
});

test('no row stands twice', () => {
  for (const table of [inputCarriers, inputChecks, inputSinks]) {
    const keys = table.map((row) => JSON.stringify(row));
    assert.equal(new Set(keys).size, keys.length);
  }
});

test('a pattern is restrictive where the whole text is letters, digits and harmless marks', () => {
  for (const pattern of ['^[A-Za-z_]\\w*$', '\\A\\d+\\z', '^[A-Z]{3}-[0-9]{4}$', '^[\\w.-]{1,20}$'])
    assert.ok(isRestrictive(pattern), pattern);
  for (const pattern of ['[A-Za-z]+', '^\\w+', '^.*$', '^[^;]+$', "^[\\w' ]+$", '^a|b$', '^\\S+$'])
    assert.ok(!isRestrictive(pattern), pattern);
});

test('what stands before a value says whether it can be a host, and whether quotes are around it', () => {
  assert.deepEqual(
    ['', 'https://', 'https://api.', 'https://a/', '/orders/'].map((text) => canSayHost(text, true)),
    [true, true, true, false, false],
  );
  assert.ok(!canSayHost('', false));
  assert.deepEqual(
    ["SELECT '", "SELECT 'a', ", 'FROM [', ''].map((text) => standsInQuotes(text)),
    [true, false, true, undefined],
  );
});

test('what is looked for takes away the harm that needs it', () => {
  assert.deepEqual(harmNeeding('..'), ['path']);
  assert.deepEqual(harmNeeding("'"), ['sql', 'command', 'xpath']);
  assert.deepEqual(harmNeeding('--'), []);
});
