// The tables about signatures: sorted, unique, of types that the .NET Framework has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  declaredTypes,
  findTypeMapping,
  typeMappings,
  typeSynonyms,
} from '../../server/analysis/knowledge/clr-type-mapping.js';
import { findFrameworkType } from '../../server/analysis/knowledge/framework-types.js';
import { nativeTypes, refusedNativeTypes } from '../../server/analysis/knowledge/native-serialization.js';

test('rows are sorted, and no managed type is right and perhaps right', () => {
  const names = typeMappings.map(({ sql }) => sql);
  assert.deepEqual(names, [...new Set(names)].sort());
  for (const { sql, managed, perhaps } of typeMappings)
    assert.deepEqual(perhaps?.filter((name) => managed.includes(name)) ?? [], [], sql);
});

test('a synonym means a type of the table', () => {
  for (const [synonym, name] of typeSynonyms) assert.equal(findTypeMapping(synonym)?.sql, name);
});

test('every managed type is declared as one that it stands for', () => {
  const managed = typeMappings.flatMap((row) => [...row.managed, ...(row.perhaps ?? [])]);
  const plain = new Set(managed.map((name) => name.replace('?', '')));
  assert.deepEqual([...declaredTypes.keys()], [...plain].sort());
  for (const [name, declared] of declaredTypes) {
    const row = findTypeMapping(declared.split('(', 1)[0] ?? '');
    assert.ok(row?.managed.includes(name) || row?.perhaps?.includes(name), name);
  }
});

test('types of fields are of the .NET Framework, on one list alone', () => {
  for (const name of [...nativeTypes, ...refusedNativeTypes])
    assert.equal(findFrameworkType(name)?.kind, 'struct', name);
  assert.deepEqual(
    [...nativeTypes].filter((name) => refusedNativeTypes.has(name)),
    [],
  );
});
