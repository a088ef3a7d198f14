// Every row of .ci/knowledge about assemblies is what the look-up answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFrameworkAssembly } from '../../server/analysis/knowledge/framework-assemblies.js';
import { cell, knowledgeRows } from '../support/csv.js';

const rows = knowledgeRows('framework-assemblies');

test('an assembly has one row, in order of names', () => {
  const names = rows.map((row) => cell(row, 'assembly').toLowerCase());
  assert.equal(names.length, 199);
  assert.deepEqual(names, [...new Set(names)].sort());
});

test('every row is found as it is, without regard to case', () => {
  for (const row of rows) {
    const name = cell(row, 'assembly');
    const expected = {
      name,
      publicKeyToken: cell(row, 'public_key_token'),
      supported: cell(row, 'supported_assembly') === '1',
      partiallyTrustedCallers: cell(row, 'partially_trusted_callers') === '1',
    };
    assert.deepEqual(findFrameworkAssembly(name), expected);
    assert.deepEqual(findFrameworkAssembly(name.toUpperCase()), expected);
  }
});

test('an assembly that has a type is told the same of', () => {
  for (const row of [...knowledgeRows('types'), ...knowledgeRows('reference-types')]) {
    const { supported } = findFrameworkAssembly(cell(row, 'assembly')) ?? {};
    assert.equal(supported, cell(row, 'supported_assembly') === '1', cell(row, 'assembly'));
  }
});

test('what is no assembly of the framework is not found', () => {
  for (const name of ['', 'Contoso', 'b03f5f7f11d50a3a', '@b03f5f7f11d50a3a', 'Syste'])
    assert.equal(findFrameworkAssembly(name), undefined);
});
