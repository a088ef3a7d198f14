// Every public member of the reference assemblies against data/framework-members.bin: there by name and signature, and no other.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { MethodDef, TypeDef, TypeRef } from '../../server/analysis/code/model.js';
import { readFramework } from '../../server/analysis/csharp/framework-table.js';
import type { FrameworkMember, FrameworkTypeMembers } from '../../server/analysis/csharp/framework.js';
import { findFrameworkAssembly } from '../../server/analysis/knowledge/framework-assemblies.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';
import { referenceFolder } from './mono.js';

const framework = readFramework(new Uint8Array(readFileSync('data/framework-members.bin')));

test('every public member of the types that it has', (context) => {
  const folder = referenceFolder();
  const counts = { types: 0, members: 0 };
  const wrong: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.dll'))) {
    const assembly = file.slice(0, -4);
    const isSupported = findFrameworkAssembly(assembly)?.supported ?? false;
    const { image } = readAssembly(new Uint8Array(readFileSync(join(folder, file))), nodePlatform);
    for (const type of image?.code.types ?? []) {
      if (!type.isPublic) continue;
      const packed = framework.findType(type.name);
      if (isSupported && !packed) wrong.push(`${assembly}: ${type.name} is missing`);
      if (packed?.assembly !== assembly) continue;
      counts.types++;
      const [all, open] = [membersOf(type, () => true), membersOf(type, ({ isPublic }) => isPublic)];
      const found = new Set(packed.members.flatMap(textsOf));
      counts.members += open.length;
      wrong.push(...open.filter((text) => !found.has(text)).map((text) => `${type.name} lacks ${text}`));
      const known = new Set(all);
      wrong.push(...[...found].filter((text) => !known.has(text)).map((text) => `${type.name} has no ${text}`));
      if (headOf(packed) !== headOf(type)) wrong.push(`${headOf(type)} is read as ${headOf(packed)}`);
    }
  }
  assert.deepEqual(wrong, []);
  context.diagnostic(`${counts.members} of ${counts.members} public members of ${counts.types} types`);
  assert.ok(counts.types > 4000);
});

function headOf(type: TypeDef | FrameworkTypeMembers): string {
  const bases = [type.base, ...type.interfaces].map((base) => (base ? fullName(base) : '-'));
  return `${type.kind} ${String(type.isAbstract)} ${String(type.isSealed)} ${type.name}: ${bases.join(', ')}`;
}

/** Fields and methods, accessors as such. */
function membersOf(
  { kind, fields, methods }: TypeDef,
  isWanted: (member: { readonly isPublic: boolean }) => boolean,
): readonly string[] {
  return [
    ...fields
      .filter((field) => isWanted(field) && !(kind === 'enum' && field.name === 'value__'))
      .map((field) => `${slot(field)}${fullName(field.type)} ${field.name} ${constantText(field.constant)}`),
    ...methods.filter((method) => isWanted(method) && !method.isVarArg).map(methodText),
  ];
}

function methodText(method: Pick<MethodDef, 'isStatic' | 'name' | 'arity' | 'returns'> & WithParameters): string {
  const parameters = method.parameters.map(({ name, type }) => `${fullName(type)} ${name}`).join(', ');
  return `${slot(method)}${fullName(method.returns)} ${method.name}\`${method.arity}(${parameters})`;
}

interface WithParameters {
  readonly parameters: readonly { readonly name: string; readonly type: TypeRef }[];
}

const nothing: TypeRef = { kind: 'named', name: 'System.Void', arguments: [] };

function textsOf(member: FrameworkMember): readonly string[] {
  const value = { name: 'value', type: member.returns };
  switch (member.kind) {
    case 'field':
      return [`${slot(member)}${fullName(member.returns)} ${member.name} ${constantText(member.constant)}`];
    case 'method':
    case 'constructor':
      return [methodText(member)];
    case 'event':
      return ['add', 'remove'].map((prefix) =>
        methodText({ ...member, name: `${prefix}_${member.name}`, parameters: [value], returns: nothing }),
      );
    case 'property': {
      const parameters = [...member.parameters, value];
      return [
        ...(member.hasGetter ? [methodText({ ...member, name: `get_${member.name}` })] : []),
        ...(member.hasSetter
          ? [methodText({ ...member, name: `set_${member.name}`, parameters, returns: nothing })]
          : []),
      ];
    }
  }
}

function slot({ isStatic }: { readonly isStatic: boolean }): string {
  return isStatic ? 'static ' : '';
}

function constantText(constant: string | number | bigint | null | undefined): string {
  return constant === undefined ? '' : `= ${typeof constant} ${String(constant)}`;
}

/** With what `shortTypeName` leaves out. */
function fullName(type: TypeRef): string {
  switch (type.kind) {
    case 'named':
      return type.arguments.length === 0 ? type.name : `${type.name}<${type.arguments.map(fullName).join()}>`;
    case 'array':
      return `${fullName(type.element)}[${type.rank}]`;
    case 'pointer':
    case 'byReference':
      return `${fullName(type.element)}${type.kind}`;
    case 'typeParameter':
    case 'methodParameter':
      return `${type.kind}${type.index}`;
    default:
      return type.kind;
  }
}
