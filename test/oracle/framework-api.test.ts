// Members, host protection and demands of the .NET Framework, as the reference assemblies in Debian's mono-devel have them.
// They have no attributes on accessors of events: what is told of those rests on the reference source.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { MethodDef, SecurityDeclaration, TypeDef } from '../../server/analysis/code/model.js';
import { parameterNames } from '../../server/analysis/code/names.js';
import { findApiRequirement } from '../../server/analysis/knowledge/api-permissions.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';
import { cell, fullName, knowledgeRows } from '../support/csv.js';
import { declaredOf, declaredOfType, type Declared } from './declared.js';

const assemblies = supportedAssemblies().map((assembly) => ({ assembly, types: typesOf(assembly) }));
const publicTypes = assemblies.flatMap((each) => each.types).filter((type) => type.isPublic);
/** Of all assemblies that our own rows speak of: what SQL Server does not support can be registered by hand. */
const types = new Map(
  [...new Set([...supportedAssemblies(), ...knowledgeRows('reviewed-members').map((row) => cell(row, 'assembly'))])]
    .flatMap(typesOf)
    .map((type) => [type.name, type]),
);

test('every row names a member, and its parameters are those of an overload', () => {
  const missing: string[] = [];
  const rows = [...knowledgeRows('api-permissions'), ...knowledgeRows('reviewed-members')].filter(
    (row) => cell(row, 'clr_name') !== '*',
  );
  for (const row of rows) {
    const type = fullName(row);
    const overloads = methodsOf(type, cell(row, 'clr_name'));
    const parameters = cell(row, 'params').replace(/\bT\b/g, type.includes('`') ? '!0' : '!!0');
    const isFound = overloads.some((method) => parameters === '*' || parametersOf(method).join(',') === parameters);
    if (!isFound) missing.push(`${type}::${cell(row, 'clr_name')}(${parameters})`);
  }
  assert.deepEqual(missing, []);
  console.log(`${rows.length} members and overloads`);
});

test('host protection is where the attribute is, overload by overload', () => {
  const wrong: string[] = [];
  let count = 0;
  for (const type of publicTypes) {
    for (const method of type.methods) {
      const flagged = isProtected(method.security) || isProtected(type.security);
      const checks = findApiRequirement(type.name, method.name, parametersOf(method))?.checks ?? [];
      if (flagged) count += 1;
      if (flagged === checks.includes('host-protection')) continue;
      wrong.push(
        `${type.name}::${method.name}(${parametersOf(method).join(',')}) ${flagged ? 'is' : 'is not'} protected`,
      );
    }
  }
  assert.deepEqual(wrong, []);
  console.log(`${count} members under host protection`);
});

test('no member with a demand or SecurityCritical is said to need less, or nothing at all', () => {
  const wrong: string[] = [];
  let count = 0;
  for (const type of publicTypes) {
    for (const method of type.methods.filter(({ name }) => !isExplicit(name))) {
      const declared = declaredOf(type, method);
      if (!declared) continue;
      count += 1;
      const found = findApiRequirement(type.name, method.name, parametersOf(method))?.permissionSet ?? 'unknown';
      if (sets.indexOf(found) >= sets.indexOf(declared.permissionSet)) continue;
      wrong.push(`${type.name}::${method.name}(${parametersOf(method).join(',')}) is ${found}: ${declared.reason}`);
    }
  }
  assert.deepEqual(wrong, []);
  console.log(`${count} members with a demand or SecurityCritical`);
});

test('our rows that rest on attributes say what the attributes say', () => {
  const wrong: string[] = [];
  const rows = knowledgeRows('reviewed-members').filter((row) => cell(row, 'evidence') === 'declarative');
  for (const row of rows) {
    const told = { permissionSet: cell(row, 'min_permission_set'), reason: cell(row, 'reason') };
    for (const declared of declaredFor(row)) {
      if (told.permissionSet === declared?.permissionSet && told.reason === declared.reason) continue;
      wrong.push(`${fullName(row)}::${cell(row, 'clr_name')} ${told.reason}: ${declared?.reason ?? 'no attribute'}`);
    }
  }
  assert.deepEqual(wrong, []);
  console.log(`${rows.length} rows that rest on attributes`);
});

test('every public type is known', () => {
  const known = new Set([...knowledgeRows('types'), ...knowledgeRows('reference-types')].map(fullName));
  assert.deepEqual(
    publicTypes.filter(({ name }) => !known.has(name)),
    [],
  );
});

test('types that we added are those of the assembly, with its bases', () => {
  const roots = /^System\.(?:Object|ValueType|Enum|MulticastDelegate)$/;
  for (const row of knowledgeRows('reference-types')) {
    const name = fullName(row);
    const type = assemblies
      .find((each) => each.assembly === cell(row, 'assembly'))
      ?.types.find((one) => one.name === name);
    assert.equal(type?.isPublic, true, name);
    assert.equal(cell(row, 'kind'), type.kind, name);
    const hasBases = type.kind !== 'enum' && type.kind !== 'delegate';
    const bases = hasBases
      ? [type.base, ...type.interfaces].flatMap((base) => (base?.kind === 'named' ? [base.name] : []))
      : [];
    assert.equal(cell(row, 'base_and_interfaces'), bases.filter((base) => !roots.test(base)).join(' | '), name);
  }
});

const sets = ['unknown', 'SAFE', 'EXTERNAL_ACCESS', 'UNSAFE', 'NONE'];

/** The implementation of an interface that no code can name. */
function isExplicit(name: string): boolean {
  return name.slice(1).includes('.');
}

/** What is declared for each member that a row speaks of; reasons of `every member` as the row writes them. */
function declaredFor(row: Parameters<typeof cell>[0]): readonly (Declared | undefined)[] {
  const type = types.get(fullName(row)) ?? assert.fail(fullName(row));
  const member = cell(row, 'clr_name');
  if (member === '*') {
    const ofType = declaredOfType(type);
    if (ofType) return [ofType];
    const every = type.methods.map((method) => declaredOf(type, method));
    return every.map((declared) => declared && { ...declared, reason: `every member: ${declared.reason}` });
  }
  const parameters = cell(row, 'params');
  return methodsOf(type.name, member)
    .filter((method) => parameters === '*' || parametersOf(method).join(',') === parameters)
    .map((method) => declaredOf(type, method));
}

function supportedAssemblies(): readonly string[] {
  const rows = knowledgeRows('types').filter((row) => cell(row, 'supported_assembly') === '1');
  return [...new Set(rows.map((row) => cell(row, 'assembly')))];
}

function typesOf(assembly: string): readonly TypeDef[] {
  const { image } = readAssembly(readFileSync(`/usr/lib/mono/4.8-api/${assembly}.dll`), nodePlatform);
  return image?.code.types ?? assert.fail(assembly);
}

function methodsOf(type: string, name: string): readonly MethodDef[] {
  return types.get(type)?.methods.filter((method) => method.name === name) ?? [];
}

function parametersOf({ name, parameters, returns }: MethodDef): readonly string[] {
  return parameterNames({ name, parameters: parameters.map(({ type }) => type), returns });
}

function isProtected(security: readonly SecurityDeclaration[]): boolean {
  return security.some(({ permissions }) =>
    permissions.some(({ type }) => type === 'System.Security.Permissions.HostProtectionAttribute'),
  );
}
