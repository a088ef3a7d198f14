// Members of the framework, and of libraries, as names resolve to them: made once for all assemblies that name them.
import type { FrameworkMember, FrameworkTypeMembers } from './framework.js';
import type { MemberSymbol, NamedType } from './symbols.js';

const known = new WeakMap<FrameworkTypeMembers, readonly MemberSymbol[]>();
const named = new WeakMap<readonly MemberSymbol[], ReadonlyMap<string, readonly MemberSymbol[]>>();

export function frameworkSymbols(type: FrameworkTypeMembers): readonly MemberSymbol[] {
  let symbols = known.get(type);
  if (!symbols) {
    const declaring = declaringType(type);
    symbols = type.members.map((member) => symbolOf(declaring, member));
    known.set(type, symbols);
  }
  return symbols;
}

/** A list of members by their names. */
export function byName(members: readonly MemberSymbol[]): ReadonlyMap<string, readonly MemberSymbol[]> {
  let names = named.get(members);
  if (!names) {
    const made = new Map<string, MemberSymbol[]>();
    for (const member of members) {
      const same = made.get(member.name);
      if (same) same.push(member);
      else made.set(member.name, [member]);
    }
    named.set(members, (names = made));
  }
  return names;
}

function declaringType({ name, assembly }: FrameworkTypeMembers): NamedType {
  const arity = Number(/`(\d+)$/.exec(name)?.[1] ?? 0);
  return {
    kind: 'named',
    name,
    assembly,
    arguments: Array.from({ length: arity }, (_, index) => ({ kind: 'typeParameter', index })),
  };
}

function symbolOf(declaring: NamedType, member: FrameworkMember): MemberSymbol {
  return {
    kind: member.kind,
    name: member.name,
    declaring,
    isStatic: member.isStatic,
    isVirtual: member.isVirtual,
    isOverride: member.isOverride,
    isExtension: member.isExtension,
    hasParams: member.hasParams,
    arity: member.arity,
    parameters: member.parameters,
    type: member.returns,
    hasGetter: member.hasGetter,
    hasSetter: member.hasSetter,
    ...(member.constant !== undefined && { constant: member.constant }),
  };
}
