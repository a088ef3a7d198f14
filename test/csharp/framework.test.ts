// What data/framework-members.bin has, by facts everybody knows. test/oracle/framework-members.test.ts compares all of it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { MethodRef } from '../../server/analysis/code/body.js';
import { memberText, parameterNames, shortTypeName } from '../../server/analysis/code/names.js';
import { readFramework } from '../../server/analysis/csharp/framework-table.js';
import type { FrameworkMember, FrameworkTypeMembers } from '../../server/analysis/csharp/framework.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';

const bytes = new Uint8Array(readFileSync('data/framework-members.bin'));
const framework = readFramework(bytes);

function typeNamed(name: string): FrameworkTypeMembers {
  const type = framework.findType(name);
  assert.ok(type, name);
  return type;
}

/** `static Boolean TryParse(String s, out Int32& result)`, with what else is to be known behind it. */
function written(member: FrameworkMember): string {
  const parameters = member.parameters.map(
    ({ name, type, isOut, isOptional }, index) =>
      `${member.hasParams && index === member.parameters.length - 1 ? 'params ' : ''}${isOut ? 'out ' : ''}${shortTypeName(type)} ${name}${isOptional ? '?' : ''}`,
  );
  const isCallable = member.kind === 'method' || member.kind === 'constructor';
  return [
    ...(member.isProtected ? ['protected'] : []),
    ...(member.isStatic ? ['static'] : []),
    ...(member.isOverride ? ['override'] : member.isVirtual ? ['virtual'] : []),
    shortTypeName(member.returns),
    `${member.name}${member.arity > 0 ? `\`${member.arity}` : ''}${isCallable || parameters.length > 0 ? `(${member.isExtension ? 'this ' : ''}${parameters.join(', ')})` : ''}`,
    ...(member.hasGetter ? ['get'] : []),
    ...(member.hasSetter ? ['set'] : []),
    ...(member.constant === undefined ? [] : [`= ${String(member.constant)}`]),
  ].join(' ');
}

function membersNamed(type: string, name: string): readonly string[] {
  return typeNamed(type)
    .members.filter((member) => member.name === name)
    .map(written);
}

test('properties and indexers, with their accessors', () => {
  assert.deepEqual(membersNamed('System.String', 'Length'), ['Int32 Length get']);
  assert.deepEqual(membersNamed('System.String', 'Chars'), ['Char Chars(Int32 index) get']);
  assert.deepEqual(membersNamed('System.Collections.Generic.Dictionary`2', 'Item'), [
    'virtual !1 Item(!0 key) get set',
  ]);
  assert.deepEqual(membersNamed('System.Collections.Generic.Dictionary`2+Enumerator', 'Current'), [
    'virtual KeyValuePair<!0,!1> Current get',
  ]);
  assert.deepEqual(membersNamed('System.Data.SqlClient.SqlCommand', 'CommandText'), [
    'override String CommandText get set',
  ]);
});

test('methods of generic types, and generic methods', () => {
  assert.deepEqual(membersNamed('System.Collections.Generic.List`1', 'Add'), ['virtual Void Add(!0 item)']);
  assert.deepEqual(membersNamed('System.Collections.Generic.List`1', 'ConvertAll'), [
    'List<!!0> ConvertAll`1(Converter<!0,!!0> converter)',
  ]);
  assert.deepEqual(membersNamed('System.Linq.Enumerable', 'Distinct'), [
    'static IEnumerable<!!0> Distinct`1(this IEnumerable<!!0> source)',
    'static IEnumerable<!!0> Distinct`1(this IEnumerable<!!0> source, IEqualityComparer<!!0> comparer)',
  ]);
});

test('delegates', () => {
  assert.deepEqual(membersNamed('System.Func`2', '.ctor'), ['Void .ctor(Object object, IntPtr method)']);
  assert.deepEqual(membersNamed('System.Func`2', 'Invoke'), ['virtual !1 Invoke(!0 arg)']);
  assert.deepEqual(typeNamed('System.Func`2').typeParameters, ['in', 'out']);
});

test('overloads', () => {
  assert.equal(membersNamed('System.Text.StringBuilder', 'Append').length, 20);
  assert.ok(membersNamed('System.Text.StringBuilder', 'Append').includes('StringBuilder Append(String value)'));
  assert.deepEqual(membersNamed('System.IO.File', 'ReadAllText'), [
    'static String ReadAllText(String path)',
    'static String ReadAllText(String path, Encoding encoding)',
  ]);
  assert.deepEqual(membersNamed('System.Data.SqlClient.SqlConnection', '.ctor'), [
    'Void .ctor()',
    'Void .ctor(String connectionString)',
    'Void .ctor(String connectionString, SqlCredential credential)',
  ]);
  assert.deepEqual(membersNamed('System.Int32', 'TryParse'), [
    'static Boolean TryParse(String s, NumberStyles style, IFormatProvider provider, out Int32& result)',
    'static Boolean TryParse(String s, out Int32& result)',
  ]);
  assert.deepEqual(membersNamed('System.IO.Stream', 'Dispose'), [
    'virtual Void Dispose()',
    'protected virtual Void Dispose(Boolean disposing)',
  ]);
});

test('an override is told from what it overrides, and params from an array', () => {
  assert.deepEqual(membersNamed('System.Text.StringBuilder', 'ToString'), [
    'override String ToString()',
    'String ToString(Int32 startIndex, Int32 length)',
  ]);
  assert.deepEqual(membersNamed('System.String', 'Join'), [
    'static String Join(String separator, IEnumerable<String> values)',
    'static String Join(String separator, params Object[] values)',
    'static String Join(String separator, params String[] value)',
    'static String Join(String separator, String[] value, Int32 startIndex, Int32 count)',
    'static String Join`1(String separator, IEnumerable<!!0> values)',
  ]);
});

test('operators', () => {
  assert.deepEqual(membersNamed('System.DateTime', 'op_Subtraction'), [
    'static TimeSpan op_Subtraction(DateTime d1, DateTime d2)',
    'static DateTime op_Subtraction(DateTime d, TimeSpan t)',
  ]);
  assert.deepEqual(membersNamed('System.Data.SqlTypes.SqlString', 'op_Implicit'), [
    'static SqlString op_Implicit(String x)',
  ]);
});

test('fields, constants of every kind, and events', () => {
  assert.deepEqual(membersNamed('System.Text.RegularExpressions.RegexOptions', 'Compiled'), [
    'static RegexOptions Compiled = 8',
  ]);
  assert.deepEqual(membersNamed('System.Security.AccessControl.FileSystemRights', 'FullControl'), [
    'static FileSystemRights FullControl = 2032127',
  ]);
  assert.deepEqual(membersNamed('System.String', 'Empty'), ['static String Empty']);
  assert.deepEqual(membersNamed('System.Int64', 'MinValue'), ['static Int64 MinValue = -9223372036854775808']);
  assert.deepEqual(membersNamed('System.Double', 'Epsilon'), ['static Double Epsilon = 5e-324']);
  assert.deepEqual(membersNamed('System.Double', 'NaN'), ['static Double NaN = NaN']);
  assert.deepEqual(membersNamed('System.Double', 'MaxValue'), [`static Double MaxValue = ${Number.MAX_VALUE}`]);
  assert.deepEqual(membersNamed('Microsoft.VisualBasic.Constants', 'vbCrLf'), ['static String vbCrLf = \r\n']);
  assert.deepEqual(membersNamed('System.Diagnostics.Process', 'Exited'), ['EventHandler Exited']);
});

test('what a type is', () => {
  const { members, ...options } = typeNamed('System.Text.RegularExpressions.RegexOptions');
  assert.equal(members.length, 10);
  assert.deepEqual(options, {
    name: 'System.Text.RegularExpressions.RegexOptions',
    assembly: 'System',
    kind: 'enum',
    isStatic: false,
    isAbstract: false,
    isSealed: true,
    base: { kind: 'named', name: 'System.Enum', assembly: 'mscorlib', arguments: [] },
    interfaces: [],
    typeParameters: [],
    underlying: { kind: 'named', name: 'System.Int32', assembly: 'mscorlib', arguments: [] },
  });
  assert.ok(typeNamed('System.Math').isStatic);
  assert.equal(typeNamed('System.Object').base, undefined);
  assert.deepEqual(typeNamed('System.Collections.Generic.Dictionary`2+Enumerator').typeParameters, [
    'invariant',
    'invariant',
  ]);
  assert.deepEqual(typeNamed('System.Collections.Generic.IEnumerable`1').interfaces.map(shortTypeName), [
    'IEnumerable',
  ]);
  assert.equal(typeNamed('System.String'), typeNamed('System.String'));
});

test('what is not there', () => {
  for (const name of ['', 'String', 'System', 'System.', 'System.Strin', 'System.Strings', 'System.String+', 'zzz.A'])
    assert.equal(framework.findType(name), undefined, name);
});

test('namespaces, with those that only have others in them', () => {
  for (const name of ['System', 'System.Data', 'Microsoft', 'Microsoft.SqlServer.Server', 'System.Web.Hosting'])
    assert.ok(framework.hasNamespace(name), name);
  for (const name of ['', 'Sys', 'System.String', 'System.Dat', 'system'])
    assert.ok(!framework.hasNamespace(name), name);
});

test('extension methods, by the namespace of their class', () => {
  const named = (namespace: string) => framework.extensionTypes(namespace).map(({ name }) => name);
  assert.deepEqual(named('System.Linq'), [
    'System.Linq.Enumerable',
    'System.Linq.ParallelEnumerable',
    'System.Linq.Queryable',
  ]);
  assert.deepEqual(named('System.Xml.Linq'), ['System.Xml.Linq.Extensions']);
  assert.deepEqual(named('System'), ['System.StringNormalizationExtensions', 'System.TupleExtensions']);
  assert.deepEqual(named('System.Collections'), []);
  assert.deepEqual(named('Nobody.Knows'), []);
});

/** What IL refers to, as a binder would find it. */
function isKnown({ type, name, parameters, returns }: MethodRef): boolean {
  const wanted = parameterNames({ name, parameters, returns }).join();
  return typeNamed(type.kind === 'named' ? type.name : '').members.some((member) => {
    const value = shortTypeName(member.returns);
    const { name: own, parameters: all, returns: result } = member;
    const given = parameterNames({ name: own, parameters: all.map((each) => each.type), returns: result });
    if (member.kind === 'property')
      return (
        (member.hasGetter && name === `get_${member.name}` && wanted === given.join()) ||
        (member.hasSetter && name === `set_${member.name}` && wanted === [...given, value].join())
      );
    if (member.kind === 'event')
      return /^(?:add|remove)_/.test(name) && name.endsWith(`_${member.name}`) && wanted === value;
    return name === member.name && wanted === given.join();
  });
}

test('every member that compiled code of ours refers to is there, its parameters written alike', () => {
  const folder = 'test/assemblies';
  let found = 0;
  const missing: string[] = [];
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.dll')) continue;
    const { image } = readAssembly(new Uint8Array(readFileSync(join(folder, file))), nodePlatform);
    for (const { uses } of image?.code.graph.nodes.values() ?? [])
      for (const { member } of uses) {
        if (member.type.kind !== 'named' || !framework.findType(member.type.name)) continue;
        if (isKnown(member)) found++;
        else missing.push(`${file}: ${memberText(member)}`);
      }
  }
  assert.deepEqual(missing, []);
  assert.ok(found > 1000, String(found));
});
