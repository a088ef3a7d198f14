// Reads data/framework-members.bin, as .ci/framework-packing.mjs writes it. Opening it takes the names of types; all else is read
// when it is first asked for, the members of a type together.
//
// First come six pairs of lengths, deflated and inflated, then as many sections, each deflated. Numbers are varints.
//   types   text: names of assemblies; `Name,Assembly` of types that only signatures name; `@Namespace` over the names of its types
//   heads   of each type, in that order: flags, assembly, base + 1, interfaces, of a generic one its type parameters, of an
//           enumeration what underlies it, and how much of `bodies` and of the names said once is its own
//   pool    types that signatures name, by how often they do
//   shapes  members without their names, as far as several members have the same
//   names   text: how many are said more than once; those; then the others, in the order in which `bodies` comes to them
//   bodies  of each type its members
import type { TypeRef } from '../code/model.js';
import { once } from '../knowledge/once.js';
import { textOf } from '../knowledge/packed.js';
import {
  headFlags,
  headsOf,
  sectionsOf,
  typeNamesOf,
  withOuter,
  type Heads,
  type TypeNames,
} from './framework-index.js';
import { memberReader, type MemberReader } from './framework-members.js';
import { typePoolOf, type TypePool } from './framework-pool.js';
import type { Framework, FrameworkTypeMembers } from './framework.js';
import { Varints } from './varints.js';

export function readFramework(bytes: Uint8Array): Framework {
  const section = sectionsOf(bytes);
  const names = typeNamesOf(textOf(section(0)));
  const contents = once(() => contentsOf(section, names));
  const known = new Map<number, FrameworkTypeMembers>();
  const typeAt = (number: number): FrameworkTypeMembers => {
    const type = known.get(number) ?? readHead(number, names, contents());
    known.set(number, type);
    return type;
  };
  const named = new Map<string, FrameworkTypeMembers | undefined>();
  const namespaces = once(() => new Set([...names.namespaces.keys()].flatMap(withOuter)));
  return {
    findType(name) {
      if (named.has(name)) return named.get(name);
      const number = names.find(name);
      const type = number === undefined ? undefined : typeAt(number);
      if (named.size < mostNames) named.set(name, type);
      return type;
    },
    hasNamespace: (name) => namespaces().has(name),
    extensionTypes(namespace) {
      const types = names.namespaces.get(namespace);
      if (!types) return [];
      const { first, names: own } = types;
      return contents()
        .heads.extending.filter((number) => number >= first && number < first + own.length)
        .map(typeAt);
    },
  };
}

/** Sources have names of their own, and the table outlives them. */
const mostNames = 20_000;

interface Contents {
  readonly heads: Heads;
  readonly pool: TypePool;
  readonly members: () => MemberReader;
}

function contentsOf(section: (index: number) => Uint8Array, names: TypeNames): Contents {
  const heads = headsOf(section(1), names.count);
  const pool = typePoolOf(section(2), (number) => {
    if (number < names.count)
      return { name: names.nameOf(number), assembly: names.assemblies[heads.assemblies[number] ?? 0] ?? '' };
    const [name = '', assembly = ''] = names.others[number - names.count]?.split(',') ?? [];
    return { name, assembly };
  });
  const members = once(() => memberReader({ pool, shapes: section(3), names: textOf(section(4)), bodies: section(5) }));
  return { heads, pool, members };
}

const kinds = ['class', 'struct', 'interface', 'enum', 'delegate'] as const;
const variances = ['invariant', 'out', 'in'] as const;

function readHead(number: number, names: TypeNames, { heads, pool, members }: Contents): FrameworkTypeMembers {
  const cursor = new Varints(heads.bytes, heads.starts[number]);
  const flags = cursor.next();
  const name = names.nameOf(number);
  const assembly = names.assemblies[cursor.next()] ?? '';
  const base = cursor.next();
  const interfaces = cursor.many(cursor.next()).map(pool);
  const given = (flags & headFlags.isGeneric) === 0 ? [] : cursor.many(cursor.next());
  const kind = kinds[flags & headFlags.kind] ?? 'class';
  const typeParameters = given.map((each) => variances[each] ?? 'invariant');
  const own = typeParameters.map((_, index): TypeRef => ({ kind: 'typeParameter', index }));
  const self: TypeRef = { kind: 'named', name, assembly, arguments: own };
  const underlying = kind === 'enum' ? pool(cursor.next()) : undefined;
  const at = { body: heads.bodies[number] ?? 0, rare: heads.rare[number] ?? 0, self };
  const read = once(() => (underlying ? members().valuesOf(at, is64Bit(underlying)) : members().membersOf(at)));
  return {
    name,
    assembly,
    kind,
    isStatic: (flags & headFlags.isAbstract) !== 0 && (flags & headFlags.isSealed) !== 0,
    isAbstract: (flags & headFlags.isAbstract) !== 0,
    isSealed: (flags & headFlags.isSealed) !== 0,
    ...(base > 0 && { base: pool(base - 1) }),
    interfaces,
    typeParameters,
    ...(underlying && { underlying }),
    get members() {
      return read();
    },
  };
}

function is64Bit(type: TypeRef): boolean {
  return type.kind === 'named' && /^System\.U?Int64$/.test(type.name);
}
