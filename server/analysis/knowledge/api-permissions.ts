// What a call into the .NET Framework needs: the least permission set in which SQL Server lets it through, and why.
// Source: .NET Framework 4.8 reference assemblies and reference source (HostProtection, LinkDemand, SecurityCritical, demands);
// learn.microsoft.com "Host protection attributes and CLR integration programming", "CLR integration code access security"; read 2026-11.
// It says nothing of what the framework itself goes on to call: host protection and link demands look at the direct caller only.
//
// Packed, the first line names the flags of host protection; then there is a line for each requirement (letters of permission set
// and confidence, letters of checks, digits of flags, reason, note), an empty line, then `Namespace.*`, `Type`, and under a type its
// `Member` and `Member(Parameter,…)`, each with the number of its requirement in base 36.
import { packed } from './api-permissions.data.js';
import { findFrameworkType, namespaceOf } from './framework-types.js';
import { once } from './once.js';
import { unpack } from './packed.js';

/**
 * How SQL Server finds out. `host-protection`, `link-demand` and `security-critical`: when the method with the call is compiled,
 * for the direct caller, so that none of it runs. `demand`: at the call, for every caller on the stack. `registration`: at CREATE
 * ASSEMBLY, by the reference. `disabled`: the host never does it.
 */
export type Check = 'host-protection' | 'link-demand' | 'security-critical' | 'demand' | 'registration' | 'disabled';

export interface ApiRequirement {
  /** `NONE`: refused in every permission set. */
  readonly permissionSet: 'SAFE' | 'EXTERNAL_ACCESS' | 'UNSAFE' | 'NONE';
  /** Clauses, with `; ` between them. */
  readonly reason: string;
  /** Empty for SAFE, and where not the call is checked but what it takes cannot be had. */
  readonly checks: readonly Check[];
  /** Members of HostProtectionResource, by name. */
  readonly hostProtection: readonly string[];
  readonly confidence: 'high' | 'medium' | 'low';
  readonly note: string;
  /** The table itself is not sure, or says that it depends: no finding may rest on it. */
  readonly isDoubtful: boolean;
  /** Which row answered. */
  readonly row: 'overload' | 'member' | 'type' | 'namespace' | 'safe-type';
}

/**
 * The most exact row: overload, member, type, namespace, type without a finding. Undefined is "unknown", never "allowed".
 * Nothing is inherited, neither from a base nor from an enclosing type: ask for the type that declares the member.
 *
 * Names are metadata names (`.ctor`, `get_Item`, `add_Exited`). Parameters are written as `parameterNames` of code/names.ts has
 * them: `String`, `Byte[]`, `Boolean&`, `Void*`, `IList<ArraySegment<Byte>>`, `!0` and `!!0` for type parameters of type and
 * method, the last name only of namespaces and enclosing types, no `__arglist`; conversion operators end in `->` and what they return.
 */
export function findApiRequirement(
  type: string,
  member: string,
  parameters: readonly string[],
): ApiRequirement | undefined {
  return (
    findRow('overload', `${type}\t${member}(${parameters.join(',')})`) ??
    findRow('member', `${type}\t${member}`) ??
    findRow('type', type) ??
    findRow('namespace', `${namespaceOf(type)}.*`) ??
    findSafeType(type)
  );
}

type Row = ApiRequirement['row'];

function findRow(row: Row, key: string): ApiRequirement | undefined {
  const requirement = requirements().get(key);
  return requirement && { ...requirement, row };
}

function findSafeType(type: string): ApiRequirement | undefined {
  const reason = findFrameworkType(type)?.safe;
  if (!reason) return undefined;
  const confidence = reason === 'reviewed' ? 'high' : 'medium';
  return {
    permissionSet: 'SAFE',
    reason,
    checks: [],
    hostProtection: [],
    confidence,
    note: '',
    isDoubtful: false,
    row: 'safe-type',
  };
}

type Requirement = Omit<ApiRequirement, 'row'>;

// What does not look at it is bundled without it.
const requirements = /* @__PURE__ */ once((): ReadonlyMap<string, Requirement> => {
  const [flagNames = '', ...lines] = unpack(packed).split('\n');
  const flags = flagNames.split('\t');
  const empty = lines.indexOf('');
  const distinct = lines.slice(0, empty).map((line) => readRequirement(line, flags));
  const table = new Map<string, Requirement>();
  let type = '';
  for (const line of lines.slice(empty + 1)) {
    const [name = '', member = '', third] = line.split('\t');
    if (name !== '') type = name;
    const isMember = name === '';
    const requirement = distinct[Number.parseInt(isMember ? (third ?? '') : member, 36)];
    // A type whose line has no number only heads its members.
    if (requirement) table.set(isMember ? `${type}\t${member}` : type, requirement);
  }
  return table;
});

const permissionSets = { S: 'SAFE', E: 'EXTERNAL_ACCESS', U: 'UNSAFE', N: 'NONE' } as const;
const confidences = { h: 'high', m: 'medium', l: 'low' } as const;
const checks = {
  h: 'host-protection',
  l: 'link-demand',
  s: 'security-critical',
  d: 'demand',
  r: 'registration',
  x: 'disabled',
} as const;

/** Notes of rows whose demand is not made where SQL Server holds the assembly. */
const doubts = ['an assembly stored in the database has no path'];

function readRequirement(line: string, flags: readonly string[]): Requirement {
  const [grade = '', checkLetters = '', flagDigits = '', reason = '', note = ''] = line.split('\t');
  return {
    permissionSet: namedBy(permissionSets, grade.charAt(0)),
    confidence: namedBy(confidences, grade.charAt(1)),
    checks: [...checkLetters].map((letter) => namedBy(checks, letter)),
    hostProtection: [...flagDigits].map((digit) => flags[Number(digit)] ?? ''),
    reason,
    note,
    isDoubtful:
      grade.charAt(1) === 'l' || reason.includes('(conditional)') || doubts.some((doubt) => note.includes(doubt)),
  };
}

function namedBy<Name extends string>(names: Readonly<Record<string, Name>>, letter: string): Name {
  const name = names[letter];
  if (name === undefined) throw new Error(`api-permissions.data.ts has an unknown letter: ${letter}`);
  return name;
}
