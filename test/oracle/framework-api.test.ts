// Members and host protection of the .NET Framework, as the reference assemblies in Debian's mono-devel have them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { MethodDef, SecurityDeclaration, TypeDef } from '../../server/analysis/code/model.js';
import { parameterNames } from '../../server/analysis/code/names.js';
import { findApiRequirement } from '../../server/analysis/knowledge/api-permissions.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform-node.js';
import { cell, fullName, knowledgeRows } from '../support/csv.js';

const types = new Map(
  supportedAssemblies()
    .flatMap(typesOf)
    .map((type) => [type.name, type]),
);

test('every row names a member, and its parameters are those of an overload', () => {
  const missing: string[] = [];
  const rows = knowledgeRows('api-permissions').filter((row) => cell(row, 'clr_name') !== '*');
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
  for (const type of [...types.values()].filter((each) => each.isPublic)) {
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
