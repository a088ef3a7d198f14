// What a proof rests on: what the code does not tell, and what of it nothing reaches.
import type { MethodRef } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import type { Reachability } from '../code/reachability.js';
import { sourceMemberOf } from '../code/source-names.js';
import type { ApiRequirement } from '../knowledge/api-permissions.js';
import { findFrameworkNamespace, findFrameworkType, namespaceOf } from '../knowledge/framework-types.js';
import { findNotable } from '../knowledge/notable-members.js';
import type { PermissionSetName } from '../tsql/nodes.js';
import type { ApiUse } from './api-uses.js';
import { isStronger, type ApiPermissionSet } from './compare-sets.js';
import { isDemand, type StackWalks } from './stack-walks.js';

/**
 * What the answer rests on. `argument`: the value of one decides; `doubtful`: the table is not sure of a member; `unknown`: it
 * does not have it; `assembly`: another one is called, and not looked into; `unbound`: what nothing reaches needs more;
 * `unread`: bytes that are no code.
 */
export interface Assumption {
  readonly kind: 'argument' | 'doubtful' | 'unknown' | 'assembly' | 'late' | 'unbound' | 'unread';
  /** A sentence without full stop. */
  readonly text: string;
  /** What is needed where it does not hold, as far as that is known. */
  readonly otherwise?: ApiPermissionSet;
}

/** In order of their text; what would need no more than is needed anyway is none. */
export function assumptionsOf(
  uses: readonly ApiUse[],
  reachability: Reachability,
  permissionSet: PermissionSetName,
  { graph, uses: beyond, assumptions }: Pick<StackWalks, 'graph' | 'uses' | 'assumptions'>,
): readonly Assumption[] {
  const found = new Map<string, Assumption>();
  const add = (assumption: Assumption | undefined): void => {
    if (!assumption) return;
    const { text, otherwise } = assumption;
    if (!otherwise || isStronger(otherwise, permissionSet)) found.set(text, assumption);
  };
  const isLookedInto = ({ node, member }: ApiUse): boolean => graph.definitionOf(node.code, member) !== undefined;
  const unreached: ApiUse[] = [];
  const others = new Map<string, Set<string>>();
  const known = new Set<MethodRef>();
  for (const use of uses) {
    if (!reachability.has(use.node.method)) unreached.push(use);
    else if (use.otherwise || !known.has(use.member)) {
      known.add(use.member);
      const other = otherAssemblyOf(use);
      if (other === undefined) add(assumptionOf(use));
      else if (!isLookedInto(use)) others.set(other, (others.get(other) ?? new Set()).add(use.text));
    }
  }
  // Of what others do, only what is demanded of every caller, and what nobody knows.
  for (const use of beyond) {
    const other = otherAssemblyOf(use);
    if (other !== undefined) {
      if (!isLookedInto(use)) others.set(other, (others.get(other) ?? new Set()).add(use.text));
    } else if (!use.api || isDemand(use)) add(use.otherwise || !use.api ? assumptionOf(use) : undefined);
  }
  assumptions.forEach(add);
  for (const [name, members] of others) add(otherAssembly(name, [...members]));
  add(unboundNeed(unreached, permissionSet));
  for (const method of reachability.keys()) {
    for (const { message } of method.body?.unknown ?? [])
      add({ kind: 'unread', text: `A method of the assembly cannot be read whole: ${message}` });
  }
  return [...found.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** Rows that say "perhaps" are told as assumptions, not as needs. */
export function isFirm(api: ApiRequirement): boolean {
  return !api.isDoubtful && !isOthersBusiness(api);
}

/** A library off SQL Server's list has to be registered itself; who calls it may stay as it is where the library lets it. */
function isOthersBusiness({ checks, note }: ApiRequirement): boolean {
  return checks.every((check) => check === 'registration') && note.includes('SAFE caller is possible');
}

function assumptionOf({ api, text, member, permissionSet, otherwise, node }: ApiUse): Assumption | undefined {
  if (otherwise) {
    const where = sourceMemberOf(node.type, node.method).name;
    return {
      kind: 'argument',
      text: `${text} in ${where} may need ${otherwise}: what it is given is not known`,
      otherwise,
    };
  }
  if (permissionSet === 'unknown') return unknownMember(member, text);
  if (member.type.kind === 'named' && findNotable(member.type.name, member.name) === 'late call')
    return { kind: 'late', text: `What ${text} calls is not known` };
  if (!api || permissionSet === 'SAFE') return undefined;
  if (isOthersBusiness(api)) return otherLibrary(assemblyOf(member) ?? text);
  if (isFirm(api)) return undefined;
  return {
    kind: 'doubtful',
    text: `Whether ${text} needs ${permissionSet} is not sure: ${api.reason}`,
    otherwise: permissionSet,
  };
}

function unknownMember({ type }: MethodRef, text: string): Assumption {
  const library = unsupportedLibraryOf(type);
  return library === undefined ? { kind: 'unknown', text: `What ${text} needs is not known` } : otherLibrary(library);
}

/** The framework's assembly that a type is of, where it is not on SQL Server's list. */
function unsupportedLibraryOf(type: TypeRef): string | undefined {
  if (type.kind !== 'named') return undefined;
  const framework = findFrameworkType(type.name);
  if (framework) return framework.supported ? undefined : framework.assembly;
  const { assembly = '' } = type;
  return findFrameworkNamespace(namespaceOf(type.name)).includes(assembly) ? assembly : undefined;
}

/** The assembly of a member that is neither the framework's nor its own. */
function otherAssemblyOf({ member: { type }, permissionSet }: ApiUse): string | undefined {
  if (permissionSet !== 'unknown' || type.kind !== 'named') return undefined;
  if (findFrameworkType(type.name) || unsupportedLibraryOf(type) !== undefined) return undefined;
  return type.assembly ?? 'another assembly';
}

function assemblyOf({ type }: MethodRef): string | undefined {
  return type.kind === 'named' ? (findFrameworkType(type.name)?.assembly ?? type.assembly) : undefined;
}

function otherAssembly(name: string, members: readonly string[]): Assumption {
  const [first = '', ...others] = members;
  const text =
    others.length === 0
      ? `What ${first} of ${name} does is not looked into`
      : `What ${first} and ${others.length} more of ${name} do is not looked into`;
  return { kind: 'assembly', text };
}

function otherLibrary(name: string): Assumption {
  return { kind: 'assembly', text: `Whether ${name} is registered and lets its callers be SAFE is not known` };
}

/** What may be bound by scripts that are not there. */
function unboundNeed(uses: readonly ApiUse[], permissionSet: PermissionSetName): Assumption | undefined {
  let found: { readonly use: ApiUse; readonly needs: PermissionSetName } | undefined;
  for (const use of uses) {
    const needs = neededSet(use);
    if (needs && isStronger(needs, found?.needs ?? permissionSet)) found = { use, needs };
  }
  if (!found) return undefined;
  const { use, needs } = found;
  const where = sourceMemberOf(use.node.type, use.node.method).name;
  const text = `Nothing SQL Server calls reaches ${where}, where ${use.text} ${use.otherwise ? 'may need' : 'needs'} ${needs}`;
  return { kind: 'unbound', text, otherwise: needs };
}

function neededSet({ api, permissionSet, otherwise }: ApiUse): PermissionSetName | undefined {
  const set = otherwise ?? (api && isFirm(api) ? permissionSet : 'SAFE');
  return set === 'UNSAFE' || set === 'EXTERNAL_ACCESS' ? set : undefined;
}
