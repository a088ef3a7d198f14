// Structs that knowledge/immutable-structs.ts says nothing changes, against the code of mono's mscorlib: each field is readonly, or
// no member stores to it through `this`, directly or by its address.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Operand, Operation } from '../../server/analysis/code/body.js';
import type { FieldDef, MethodDef, TypeDef } from '../../server/analysis/code/model.js';
import { immutableStructs } from '../../server/analysis/knowledge/immutable-structs.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';

const { image } = readAssembly(readFileSync('/usr/lib/mono/4.5/mscorlib.dll'), nodePlatform);
const types = new Map(image?.code.types.map((type) => [type.name, type]));

/** Whose address is taken to read: of a Guid as four numbers; of a value that is there, for its own member. */
const readByAddress: Readonly<Record<string, readonly string[]>> = {
  'System.Guid': ['Equals _a', 'GetHashCode _a'],
  'System.Nullable`1': ['Equals value', 'GetHashCode value', 'ToString value'],
};

for (const name of immutableStructs) {
  test(name, () => {
    const type = types.get(name);
    assert.ok(type, 'mono has no such type');
    assert.deepEqual(changesOf(type), readByAddress[name] ?? []);
  });
}

test('what does change is told apart', () => {
  const iterator = types.get('System.Collections.Generic.List`1+Enumerator');
  assert.ok(iterator && changesOf(iterator).includes('MoveNext _index'));
});

function changesOf(type: TypeDef): readonly string[] {
  const fields = new Map(type.fields.filter(isChangeable).map((field) => [field.name, field]));
  const found = new Set<string>();
  for (const method of type.methods.filter((one) => !one.isStatic && one.name !== '.ctor'))
    for (const operation of operationsOf(method))
      if (
        (operation.kind === 'storeField' || operation.kind === 'fieldAddress') &&
        fields.has(operation.field.name) &&
        isThis(operation.instance)
      )
        found.add(`${method.name} ${operation.field.name}`);
  return [...found].sort();
}

function isChangeable({ isStatic, isInitOnly, isLiteral }: FieldDef): boolean {
  return !isStatic && !isInitOnly && !isLiteral;
}

function isThis(operand: Operand | undefined): boolean {
  return operand?.kind === 'this';
}

function operationsOf({ body }: MethodDef): readonly Operation[] {
  return body?.blocks.flatMap(({ operations }) => operations) ?? [];
}
