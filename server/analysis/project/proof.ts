// The proof of a requirement in words: from the way in to the call.
import { placeIn, type AssemblyCode, type MethodDef, type Place } from '../code/model.js';
import type { EntryPoint } from '../code/entry-points.js';
import type { MethodNode } from '../code/graph.js';
import { stepsTo } from '../code/reachability.js';
import { sourceMemberOf } from '../code/source-names.js';
import type { ApiUse } from './api-uses.js';
import type { CheckedAt, Reason } from './requirements.js';

export interface ProofStep {
  readonly place: Place;
  /** Of another assembly. */
  readonly code?: AssemblyCode;
  readonly message: string;
}

/** A member of the source, and the method of it whose code goes on. */
export interface PathMember {
  readonly name: string;
  readonly method: MethodDef;
}

/** Members of the source from the entry point to the one that holds the call; what the compiler made of one is not told apart. */
export function pathOf({ reached, use, beyond }: Reason): readonly PathMember[] {
  if (!reached || !use) return [];
  const nodes = stepsTo(beyond?.way ?? reached).map(({ node }) => node);
  const members = [...nodes, (beyond?.use ?? use).node].map((node) => ({
    name: nameOf(node),
    method: node.method,
  }));
  return members.filter(({ name }, index) => name !== members[index + 1]?.name);
}

/** The beginning and the end of a long one, with `gap` between. */
export function abridged<T>(items: readonly T[], most: number, gap: T): readonly T[] {
  const half = Math.floor(most / 2);
  return items.length <= most ? items : [...items.slice(0, half), gap, ...items.slice(-half)];
}

/** Why, for those who do not know the table's abbreviations. */
export function whyText(why: string): string {
  return why.replace(/^HPA ([^;]*)/, 'under host protection ($1)');
}

/** When SQL Server looks, whatever the assembly is declared as. */
export const checkedAtText: Readonly<Record<CheckedAt, string>> = {
  create: 'checked by CREATE ASSEMBLY',
  jit: 'checked when the method is first called',
  call: 'checked when it runs',
};

export function proofOf(reason: Reason): readonly ProofStep[] {
  const { reached, use: own, beyond } = reason;
  if (!reached || !own) return [];
  const use = beyond?.use ?? own;
  const path = stepsTo(beyond?.way ?? reached);
  const stepAt = (node: MethodNode, place: Place, message: string): ProofStep => ({
    place,
    message,
    ...(node.code !== own.node.code && { code: node.code }),
  });
  const steps: ProofStep[] = [
    {
      place: reached.entry.method.place,
      message: `${nameOf(path[0]?.node ?? use.node)} is ${entryKinds[reached.entry.kind]}`,
    },
  ];
  path.forEach(({ node, at, why }, index) => {
    const next = path[index + 1]?.node ?? use.node;
    if (nameOf(node) === nameOf(next)) return;
    steps.push(stepAt(node, placeIn(node.method, { at }), `${nameOf(node)} ${verbs[why]} ${nameOf(next)}`));
  });
  steps.push(stepAt(use.node, use.place, `${nameOf(use.node)} ${verbOf(use)} ${use.text}: ${whyText(reason.why)}`));
  return steps;
}

const verbs = {
  call: 'calls',
  override: 'may call',
  delegate: 'makes a delegate of',
  object: 'makes an object with',
  'type initialiser': 'runs the type initialiser',
} as const;

/** `a stored procedure`. */
export function entryKindOf({ kind }: EntryPoint): string {
  return entryKinds[kind];
}

const entryKinds = {
  procedure: 'a stored procedure',
  function: 'a function',
  'fill row': 'the method that fills rows',
  trigger: 'a trigger',
  aggregate: 'part of an aggregate',
  type: 'part of a type',
  routine: 'bound to a routine',
  public: 'public, for other assemblies',
} as const;

export function nameOf({ type, method }: MethodNode): string {
  return sourceMemberOf(type, method).name;
}

/** `Payroll.Cache::Get (IL_0007)`, `Payroll.Cache::Get (in a lambda, IL_0007)`: where a use stands. */
export function whereOf({
  node,
  operation,
}: {
  readonly node: MethodNode;
  readonly operation: { readonly at: number };
}): string {
  const { name, made } = sourceMemberOf(node.type, node.method);
  const inside = made && made !== 'closure' ? `in a ${made}, ` : '';
  return node.method.place.kind === 'image' ? `${name} (${inside}${ilLabel(operation.at)})` : name;
}

/** What is done to a member: a delegate made of it is as good as a call. */
export function verbOf({ operation }: Pick<ApiUse, 'operation'>): string {
  return operation.kind === 'call' ? 'calls' : 'makes a delegate of';
}

/** `Contoso.Files::Read(String) of Files`: a member of another assembly. */
export function foreignText({ text, member: { type } }: ApiUse): string {
  return `${text} of ${(type.kind === 'named' && type.assembly) || 'another assembly'}`;
}

export function ilLabel(offset: number): string {
  return `IL_${offset.toString(16).padStart(4, '0')}`;
}

/** The same member used in several places: told once, at the first. */
export function groupedByMember<T>(
  items: readonly T[],
  memberOf: (item: T) => string,
): readonly (readonly [T, ...T[]])[] {
  return groupedBy(items, memberOf);
}

/** In the order of the first of each group. */
export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<K, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

/** `, and in 2 other places`. */
export function alsoElsewhere(group: readonly unknown[]): string {
  const others = group.length - 1;
  return others === 0 ? '' : `, and in ${others} other place${others === 1 ? '' : 's'}`;
}

/** A member's uses in the words of a finding: told once, at the first. */
export interface ToldUse {
  readonly first: ApiUse;
  readonly all: readonly ApiUse[];
  readonly place: Place;
  /** `Payroll.Cache::Get (IL_0007)`. */
  readonly where: string;
  /** `, and in 2 other places`. */
  readonly also: string;
}

export function toldOnce(
  uses: readonly ApiUse[],
  by: (use: ApiUse) => string = ({ text }) => text,
): readonly ToldUse[] {
  return groupedByMember(uses, by).map((group) => {
    const [first] = group;
    return { first, all: group, place: first.place, where: whereOf(first), also: alsoElsewhere(group) };
  });
}

/** `error` where one of them surely happens; where nothing reaches any it is worth a look. */
export function severityOf(reasons: readonly Reason[]): 'error' | 'warning' | 'information' {
  if (reasons.some(({ isCertain }) => isCertain)) return 'error';
  return reasons.some(({ reached }) => reached) ? 'warning' : 'information';
}
