// What members are: test/assemblies/Shapes.cs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isGeneratedName } from '../../server/analysis/metadata/generated-names.js';
import { isFinalizer } from '../../server/analysis/code/registration.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';

const { image, errors } = readAssembly(readFileSync('test/assemblies/Shapes.dll'), nodePlatform);
assert.deepEqual(errors, []);
const types = image?.code.types ?? [];
const typeNamed = (name: string) => types.find((type) => type.name === name);

test('constants are what IL has for them', () => {
  const fields = typeNamed('Shapes.Constants')?.fields ?? [];
  const literals = fields.filter((field) => field.isLiteral).map(({ name, constant }) => [name, constant]);
  assert.deepEqual(Object.fromEntries(literals), {
    Yes: 1,
    Letter: 0x78,
    Tiny: -1,
    Short: -2,
    Unsigned: 4_000_000_000,
    Long: -5_000_000_000n,
    Huge: 18_000_000_000_000_000_000n,
    Single: 0.5,
    Double: -0.25,
    Text: 'Köln Łódź',
    Nothing: null,
    Enumeration: 200,
  });
  assert.equal(fields.find((field) => field.name === 'Ordinary')?.constant, undefined);
});

test('a field with bytes in the image is told from others', () => {
  const withData = types.flatMap((type) => type.fields.filter((field) => field.hasData).map(() => type.name));
  assert.deepEqual(withData, ['<PrivateImplementationDetails>']);
});

test('a finalizer overrides that of Object', () => {
  const finalizers = types.filter((type) => type.methods.some(isFinalizer)).map((type) => type.name);
  assert.deepEqual(finalizers, ['Shapes.Destructed']);
  const [own] = typeNamed('Shapes.SlotOfItsOwn')?.methods.filter((method) => method.name === 'Finalize') ?? [];
  assert.equal(own?.isVirtual && own.isNewSlot, true);
});

test('an implementation by name overrides what it names, and was written', () => {
  const numbers = typeNamed('Shapes.Numbers');
  const generic = numbers?.methods.find((method) => method.name.includes('<int>'));
  const int32 = { kind: 'named', name: 'System.Int32', assembly: 'mscorlib', arguments: [] };
  assert.deepEqual(generic?.overrides, [
    {
      type: {
        kind: 'named',
        name: 'System.Collections.Generic.IEnumerable`1',
        assembly: 'mscorlib',
        arguments: [int32],
      },
      name: 'GetEnumerator',
    },
  ]);
  assert.equal(generic.compilerGenerated, false);
  assert.deepEqual(
    numbers?.methods.filter((method) => method.compilerGenerated).map((method) => method.name),
    ['get_Total', 'set_Total'],
  );
});

test('what compilers make is told from what was written', () => {
  const written = types.filter((type) => !type.compilerGenerated).map((type) => type.name);
  assert.deepEqual(written, [
    '<Module>',
    'Shapes.Size',
    'Shapes.Constants',
    'Shapes.Destructed',
    'Shapes.SlotOfItsOwn',
    'Shapes.Numbers',
  ]);
});

test('names that no source spells', () => {
  for (const name of [
    '<PrivateImplementationDetails>',
    'A.B+<>c__DisplayClass1_0',
    '<System.Collections.Generic.IEnumerable<T>.GetEnumerator>d__1',
    'IPoint.<Clone>$',
    '$$method0x6000001-1',
    'CS$<>9__CachedAnonymousMethodDelegate1',
    'A+_Closure$__1-0',
    'VB$AnonymousType_0`1',
  ])
    assert.ok(isGeneratedName(name), name);
  for (const name of [
    '<Module>',
    'System.Collections.Generic.IEnumerable<T>.GetEnumerator',
    'System.IComparable<System.Collections.Generic.List<A.B>>.CompareTo',
    'IMap<A,B>.get_Item',
    'op_LessThan',
    '__reserved',
    '$STATIC$Count$001$seen',
    '->',
  ])
    assert.ok(!isGeneratedName(name), name);
});
