// The permission set an assembly needs, with the proof: its code against what is known of the .NET Framework.
import type { Call, MethodPointer, MethodRef } from '../code/body.js';
import { entryPointsOf, type BoundName } from '../code/entry-points.js';
import type { MethodNode, Use } from '../code/graph.js';
import { memberName, placeIn, type AssemblyCode, type Place } from '../code/model.js';
import { memberText, parameterNames } from '../code/names.js';
import { isCertain, reachFrom, runsAlways, type Reachability, type Reached } from '../code/reachability.js';
import { isFinalizer, mutableStaticFields, nativeMethods } from '../code/registration.js';
import { sourceMemberOf } from '../code/source-names.js';
import { isMarkedUnverifiable, unverifiableIn } from '../code/unverifiable.js';
import { valuesOf, type Value } from '../code/values.js';
import {
  findArgumentCondition,
  hasArgumentCondition,
  isContextConnection,
  type ArgumentCondition,
} from '../knowledge/argument-conditions.js';
import { findApiRequirement, type ApiRequirement } from '../knowledge/api-permissions.js';
import { findFrameworkType } from '../knowledge/framework-types.js';
import { refusedAttributesIn } from './refused-attributes.js';
import type { PermissionSetName } from '../tsql/nodes.js';

export type ApiPermissionSet = ApiRequirement['permissionSet'];

/**
 * When SQL Server finds out: `create`, of anything in the assembly; `jit`, when the method that makes the call is compiled,
 * whether or not the call is reached; `call`, when it runs, of every caller on the stack.
 */
export type CheckedAt = 'create' | 'jit' | 'call';

/** Why the assembly needs a permission set. */
export interface Reason {
  /** `NONE`: refused in every permission set. */
  readonly permissionSet: ApiPermissionSet;
  /** `System.IO.File::ReadAllText(String)`; of what is refused at `create`, the assembly's own member. */
  readonly member: string;
  readonly why: string;
  readonly checkedAt: CheckedAt;
  readonly api?: ApiRequirement;
  /** The call; undefined for what is refused at `create`. */
  readonly use?: ApiUse;
  readonly place: Place;
  /** How it is reached from SQL Server; undefined where it is not, or where that does not matter. */
  readonly reached?: Reached;
  /** It surely happens when the entry point is called. */
  readonly isCertain: boolean;
}

/** A call of a member of the framework, and what it needs as it stands. */
export interface ApiUse {
  readonly node: MethodNode;
  readonly member: MethodRef;
  readonly operation: Call | MethodPointer;
  readonly text: string;
  readonly place: Place;
  /** Undefined where nothing is known of the member. */
  readonly api?: ApiRequirement;
  /** As the arguments have it; `unknown` where nothing is known. */
  readonly permissionSet: ApiPermissionSet | 'unknown';
  /** An argument decides, and is not known. */
  readonly isOpen: boolean;
}

export interface Requirements {
  /** The weakest set under which everything that is reached runs. */
  readonly permissionSet: PermissionSetName;
  /** What is reached, or looked at by CREATE ASSEMBLY; strongest first, then nearest. */
  readonly reasons: readonly Reason[];
  /** What nothing SQL Server calls reaches. */
  readonly unreached: readonly Reason[];
  /** What a smaller set would rest on: each a sentence without full stop. */
  readonly assumptions: readonly string[];
  readonly reachability: Reachability;
  /** All of them, reached or not. */
  readonly uses: readonly ApiUse[];
}

const order: readonly (ApiPermissionSet | 'unknown')[] = ['SAFE', 'EXTERNAL_ACCESS', 'UNSAFE', 'NONE'];

export function isStronger(one: ApiPermissionSet, other: ApiPermissionSet): boolean {
  return order.indexOf(one) > order.indexOf(other);
}

export function requirementsOf(code: AssemblyCode, uses: readonly ApiUse[], bound: readonly BoundName[]): Requirements {
  const reachability = reachFrom(code.graph, entryPointsOf(code, bound));
  const reasons: Reason[] = registrationReasons(code);
  const unreached: Reason[] = [];
  const assumptions = new Set<string>();
  const seen = new Set<string>();
  for (const use of uses) {
    const reached = reachability.get(use.node.method);
    if (reached) for (const assumption of assumptionsOf(use)) assumptions.add(assumption);
    const reason = reasonOf(use, reached);
    if (!reason) continue;
    const key = `${memberKey(use.node)} ${reason.member} ${reason.permissionSet}`;
    if (seen.has(key)) continue;
    seen.add(key);
    (reached ? reasons : unreached).push(reason);
  }
  for (const method of reachability.keys()) {
    for (const { message } of method.body?.unknown ?? [])
      assumptions.add(`A method of the assembly cannot be read whole: ${message}`);
  }
  reasons.sort(byWeight);
  const strongest = reasons.find(({ permissionSet }) => permissionSet !== 'NONE')?.permissionSet;
  return {
    permissionSet: strongest === 'UNSAFE' || strongest === 'EXTERNAL_ACCESS' ? strongest : 'SAFE',
    reasons,
    unreached: unreached.sort(byWeight),
    assumptions: [...assumptions].sort(),
    reachability,
    uses,
  };
}

function memberKey({ type, method }: MethodNode): string {
  return method.place.kind === 'image' ? String(method.place.token) : `${type.name} ${method.place.span.start}`;
}

function byWeight(a: Reason, b: Reason): number {
  return (
    Number(a.permissionSet === 'NONE') - Number(b.permissionSet === 'NONE') ||
    order.indexOf(b.permissionSet) - order.indexOf(a.permissionSet) ||
    Number(b.isCertain) - Number(a.isCertain) ||
    (a.reached?.path.length ?? 0) - (b.reached?.path.length ?? 0)
  );
}

/** Every call of a member of the framework, in order of the code. */
export function apiUsesOf(code: AssemblyCode): readonly ApiUse[] {
  const uses: ApiUse[] = [];
  for (const node of code.graph.nodes.values()) for (const use of node.uses) uses.push(apiUseOf(code, node, use));
  return uses;
}

function apiUseOf(code: AssemblyCode, node: MethodNode, { member, operation }: Use): ApiUse {
  const text = memberText(member);
  const use = { node, member, operation, text, place: placeIn(node.method, operation) };
  const { type } = member;
  if (type.kind !== 'named') return { ...use, permissionSet: 'unknown', isOpen: false };
  const parameters = parameterNames(member);
  const api = findApiRequirement(type.name, member.name, parameters);
  if (!api) return { ...use, permissionSet: 'unknown', isOpen: false };
  const condition = conditionOf(code, { node, member, operation }, type.name, parameters);
  const argument = condition && operation.kind === 'call' ? operation.arguments[condition.argument] : undefined;
  if (!condition || !argument) return { ...use, api, permissionSet: api.permissionSet, isOpen: false };
  const holds = condition.is === 'anything' ? true : verdictOn(condition, valuesOf(code.graph, node, argument));
  const permissionSet = holds === undefined ? weaker(condition) : holds ? condition.then : condition.otherwise;
  return { ...use, api, permissionSet, isOpen: holds === undefined };
}

/** A member that a base declares is asked for as a member of what it is called on, where that is known. */
function conditionOf(
  code: AssemblyCode,
  { node, member, operation }: Use & { readonly node: MethodNode },
  type: string,
  parameters: readonly string[],
): ArgumentCondition | undefined {
  const own = findArgumentCondition(type, member.name, parameters);
  if (own || operation.kind !== 'call' || !operation.instance || !hasArgumentCondition(member.name)) return own;
  const types = new Set(valuesOf(code.graph, node, operation.instance).map(madeType));
  const [only, ...others] = types;
  return only === undefined || others.length > 0 ? undefined : findArgumentCondition(only, member.name, parameters);
}

function madeType(value: Value): string | undefined {
  if (value.kind !== 'object') return undefined;
  const { type } = value.operation.method;
  return type.kind === 'named' ? type.name : undefined;
}

function weaker({ then, otherwise }: ArgumentCondition): ApiPermissionSet {
  return isStronger(then, otherwise) ? otherwise : then;
}

/** Whether the argument is what the condition asks; undefined where it may or may not be. */
function verdictOn({ is }: ArgumentCondition, values: readonly Value[]): boolean | undefined {
  let holds = false;
  let isOpen = values.length === 0;
  for (const value of values) {
    if (value.kind === 'constant') {
      const fits =
        is === 'context-connection'
          ? typeof value.value === 'string' && isContextConnection(value.value)
          : is !== 'anything' && is.oneOf.includes(typeof value.value === 'bigint' ? Number(value.value) : value.value);
      // A variable is null before it is given a connection string.
      if (!fits && !(is === 'context-connection' && (value.value === null || value.value === ''))) return false;
      holds ||= fits;
    } else if (value.kind === 'object' && is !== 'context-connection') return false;
    else isOpen = true;
  }
  return isOpen ? undefined : holds ? true : undefined;
}

function reasonOf(use: ApiUse, reached: Reached | undefined): Reason | undefined {
  const { api, node, operation, permissionSet } = use;
  if (!api || permissionSet === 'unknown' || permissionSet === 'SAFE' || !isFirm(api)) return undefined;
  const checkedAt = checkedAtOf(api, use);
  return {
    permissionSet,
    member: use.text,
    why: api.reason,
    checkedAt,
    api,
    use,
    place: use.place,
    ...(reached && { reached }),
    isCertain:
      reached !== undefined &&
      api.confidence === 'high' &&
      isCertain(reached) &&
      (checkedAt === 'jit' || (operation.kind === 'call' && runsAlways(node.method.body, operation.at))),
  };
}

/** Rows that say "perhaps" are told as assumptions, not as needs. */
function isFirm(api: ApiRequirement): boolean {
  return !api.isDoubtful && !isOthersBusiness(api);
}

/** A library off SQL Server's list has to be registered itself; who calls it may stay as it is where the library lets it. */
function isOthersBusiness({ checks, note }: ApiRequirement): boolean {
  return checks.every((check) => check === 'registration') && note.includes('SAFE caller is possible');
}

function checkedAtOf({ checks }: ApiRequirement, { operation }: ApiUse): CheckedAt {
  const early = checks.some(
    (check) =>
      check === 'host-protection' ||
      check === 'link-demand' ||
      check === 'security-critical' ||
      check === 'registration',
  );
  return early || operation.kind === 'methodPointer' ? 'jit' : 'call';
}

function assumptionsOf({ api, text, member, permissionSet, isOpen, node }: ApiUse): readonly string[] {
  if (isOpen)
    return [`An argument of ${text} in ${sourceMemberOf(node.type, node.method).name} decides, and is not known`];
  if (permissionSet === 'unknown') return [unknownMember(member, text)];
  if (!api || permissionSet === 'SAFE') return [];
  if (isOthersBusiness(api)) return [`The library of ${text} is registered and lets its callers be SAFE`];
  if (!isFirm(api)) return [`${text} does not need ${permissionSet}: ${api.reason}`];
  return [];
}

function unknownMember({ type }: MethodRef, text: string): string {
  if (type.kind !== 'named') return `What ${text} needs is not known`;
  const framework = findFrameworkType(type.name);
  if (!framework) return `${text} is another assembly's, which is not looked into`;
  if (!framework.supported) return `The library of ${text} is registered and lets its callers be SAFE`;
  return `What ${text} needs is not known`;
}

function registrationReasons(code: AssemblyCode): Reason[] {
  const reason = (member: string, why: string, place: Place): Reason => ({
    permissionSet: 'UNSAFE',
    member,
    why,
    checkedAt: 'create',
    place,
    isCertain: true,
  });
  const marked = [...code.moduleAttributes, ...code.attributes].filter((attribute) =>
    isMarkedUnverifiable([attribute]),
  );
  return [
    ...marked.slice(0, 1).map(({ place }) => reason(code.identity.name, 'compiled as unsafe code', place)),
    ...mutableStaticFields(code).map(({ name, field }) =>
      reason(name, 'static field that is not readonly', field.place),
    ),
    ...nativeMethods(code).map(({ type, method, what }) => reason(memberName(type, method), what, method.place)),
    ...code.types.flatMap((type) =>
      type.methods.filter(isFinalizer).map((method) => reason(memberName(type, method), 'finalizer', method.place)),
    ),
    ...refusedAttributesIn(code).map(({ on, what, place }) => reason(on, what, place)),
    ...[...code.graph.nodes.values()].flatMap((node) => {
      const [first] = unverifiableIn(node);
      return first
        ? [reason(memberName(node.type, node.method), first.cause, placeIn(node.method, first.operation))]
        : [];
    }),
  ];
}
