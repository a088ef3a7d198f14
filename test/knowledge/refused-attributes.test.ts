// The table of refused attributes says what .ci/knowledge/disallowed-attributes.json says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findFrameworkType } from '../../server/analysis/knowledge/framework-types.js';
import { findRefusedAttribute } from '../../server/analysis/knowledge/refused-attributes.js';

interface Fact {
  readonly type: string;
  readonly target: string;
  readonly expected_error: string;
  readonly recommended_lint: readonly string[];
}

const facts: { readonly attributes: readonly Fact[] } = JSON.parse(
  readFileSync('.ci/knowledge/disallowed-attributes.json', 'utf8'),
);

test('every fact has its row, with permission sets and numbers', () => {
  assert.equal(facts.attributes.length, 12);
  for (const fact of facts.attributes) {
    const found = findRefusedAttribute(fact.type);
    assert.ok(found, fact.type);
    assert.deepEqual(found.permissionSets, fact.recommended_lint, fact.type);
    const numbers = Object.values(found.errors).flat().map(String);
    assert.deepEqual(numbers.sort(), fact.expected_error.match(/\b6\d{3}\b/g), fact.type);
  }
});

test('every attribute is a type that is known', () => {
  for (const { type } of facts.attributes) assert.ok(findFrameworkType(type), type);
});

test('CompilationRelaxations of an assembly is not refused', () => {
  const { errors } = findRefusedAttribute('System.Runtime.CompilerServices.CompilationRelaxationsAttribute') ?? {};
  assert.deepEqual(Object.keys(errors ?? {}).sort(), ['method', 'type']);
});

test('other attributes are not refused', () => {
  assert.equal(findRefusedAttribute('System.SerializableAttribute'), undefined);
  assert.equal(findRefusedAttribute('System.ThreadStatic'), undefined);
});
