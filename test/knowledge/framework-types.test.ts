// Every row of .ci/knowledge about types is what the look-up answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findFrameworkNamespace,
  findFrameworkType,
  isDerivedFrom,
  namespaceOf,
} from '../../server/analysis/knowledge/framework-types.js';
import { cell, fullName, knowledgeRows } from '../support/csv.js';

const rows = [...knowledgeRows('types'), ...knowledgeRows('reference-types')];
const names = new Set(rows.map(fullName));
const namespaces = new Map<string, Set<string>>();
for (const row of rows) {
  const namespace = cell(row, 'namespace');
  namespaces.set(namespace, (namespaces.get(namespace) ?? new Set()).add(cell(row, 'assembly')));
}
const safeTypes = [...knowledgeRows('safe-types'), ...knowledgeRows('reviewed-types')];
const safety = new Map(safeTypes.map((row) => [fullName(row), cell(row, 'evidence')]));

test('a type has one row', () => {
  assert.equal(rows.length, 10_743);
  assert.equal(safety.size, safeTypes.length);
  assert.equal(names.size, rows.length);
});

const isSupported = (row: (typeof rows)[number]): boolean => cell(row, 'supported_assembly') === '1';
const isTold = (row: (typeof rows)[number]): boolean => findFrameworkNamespace(cell(row, 'namespace')).length === 0;

test('every row is found as it is, or else by its namespace', () => {
  assert.equal(rows.filter(isTold).length, 4437);
  for (const row of rows) {
    const name = fullName(row);
    const type = findFrameworkType(name);
    if (!isTold(row)) {
      assert.equal(type, undefined, name);
      assert.ok(findFrameworkNamespace(cell(row, 'namespace')).includes(cell(row, 'assembly')), name);
      continue;
    }
    assert.ok(type, name);
    const supported = isSupported(row);
    const safe = safety.get(name);
    assert.deepEqual(
      { ...type, bases: [] },
      { name, assembly: cell(row, 'assembly'), kind: cell(row, 'kind'), supported, bases: [], ...(safe && { safe }) },
    );
    const written = supported ? basesOf(cell(row, 'base_and_interfaces')) : [];
    const implied = type.bases.filter((base) => !written.includes(base));
    assert.deepEqual([...implied, ...written], type.bases, name);
    assert.ok(implied.length < 2, name);
    assert.match(implied[0] ?? 'System.Object', /^System\.(?:Object|ValueType|Enum|MulticastDelegate)$/, name);
  }
});

test('a namespace that supported assemblies share is told whole', () => {
  for (const row of rows.filter(isSupported)) assert.ok(isTold(row), fullName(row));
});

test('a namespace without its types has its assemblies, and no others', () => {
  assert.deepEqual(findFrameworkNamespace('System.Windows.Forms.Layout'), ['System.Windows.Forms']);
  assert.deepEqual(findFrameworkNamespace('System.Web.Compilation'), ['System.Web', 'System.Web.Extensions']);
  for (const name of ['System', 'System.Web', 'System.Window', 'Contoso', ''])
    assert.deepEqual(findFrameworkNamespace(name), []);
  for (const row of rows)
    for (const assembly of findFrameworkNamespace(cell(row, 'namespace')))
      assert.ok(namespaces.get(cell(row, 'namespace'))?.has(assembly), fullName(row));
});

test('every type without a finding is a type of a supported assembly', () => {
  for (const name of safety.keys()) assert.equal(findFrameworkType(name)?.supported, true, name);
});

test('every base of a supported type is known', () => {
  const unknown = rows.flatMap(
    (row) => findFrameworkType(fullName(row))?.bases.filter((base) => !names.has(base)) ?? [],
  );
  assert.deepEqual(unknown, []);
});

test('a class that names no class is derived from Object, and so on', () => {
  const rootOf = (name: string) => findFrameworkType(name)?.bases[0];
  assert.equal(rootOf('System.Object'), undefined);
  assert.equal(rootOf('System.Random'), 'System.Object');
  assert.equal(rootOf('System.Int32'), 'System.ValueType');
  assert.equal(rootOf('System.DayOfWeek'), 'System.Enum');
  assert.equal(rootOf('System.Action'), 'System.MulticastDelegate');
  assert.equal(rootOf('System.IO.FileStream'), 'System.IO.Stream');
  assert.equal(rootOf('System.IDisposable'), undefined);
});

test('classes and interfaces are inherited through all bases', () => {
  assert.ok(isDerivedFrom('System.ArgumentNullException', 'System.Exception'));
  assert.ok(isDerivedFrom('System.ArgumentNullException', 'System.Object'));
  assert.ok(isDerivedFrom('System.Collections.Generic.SortedDictionary`2', 'System.Collections.IEnumerable'));
  assert.ok(isDerivedFrom('System.Data.SqlClient.SqlConnection', 'System.IDisposable'));
  assert.ok(isDerivedFrom('System.DayOfWeek', 'System.ValueType'));
});

test('nothing is derived from itself, and nothing from what is not known', () => {
  assert.ok(!isDerivedFrom('System.Exception', 'System.Exception'));
  assert.ok(!isDerivedFrom('System.Exception', 'System.ArgumentException'));
  assert.ok(!isDerivedFrom('Contoso.Thing', 'System.Object'));
  assert.ok(!isDerivedFrom('System.Web.HttpUtility', 'System.Object'), 'bases of unsupported assemblies are not kept');
});

test('a name that is no type is not found', () => {
  for (const name of [
    '',
    '+',
    '.',
    'String',
    'System',
    'System.',
    'System.string',
    'System.Strin',
    'System.HashSet`1',
  ]) {
    assert.equal(findFrameworkType(name), undefined, name);
  }
  assert.equal(findFrameworkType('System.Collections.Generic.List`1+Enumerator')?.kind, 'struct');
});

test('a namespace stands before the outermost type', () => {
  assert.equal(namespaceOf('System.Collections.Generic.List`1+Enumerator'), 'System.Collections.Generic');
  assert.equal(namespaceOf('Outer+Inner.Odd'), '');
  assert.equal(namespaceOf('Alone'), '');
});

/** The C# names of the column as metadata names; the keyword of an enumeration's underlying type is no base. */
function basesOf(column: string): readonly string[] {
  const written = column
    .split(' | ')
    .filter((name) => name.includes('.'))
    .map((name) => {
      let generic = name;
      // Innermost first: what stands between `<` and `>` becomes a count.
      while (/<[^<>]*>/.test(generic)) {
        generic = generic.replace(/<([^<>]*)>/, (_, list: string) => `\`${list.split(',').length}`);
      }
      return names.has(generic) ? generic : nestedName(generic);
    });
  return [...new Set(written)];
}

function nestedName(name: string): string {
  const nested = name.replace(/\.([^.]*)$/, '+$1');
  return names.has(nested) ? nested : name;
}
