// The permission set an assembly needs, with the proof: its code against what is known of the .NET Framework.
import { entryPointsOf, type BoundName } from '../code/entry-points.js';
import type { MethodNode } from '../code/graph.js';
import { memberName, placeIn, type AssemblyCode, type MethodDef, type Place } from '../code/model.js';
import { isCertain, reachFrom, runsAlways, stepsTo, type Reachability, type Reached } from '../code/reachability.js';
import { isFinalizer, mutableStaticFields, nativeMethods } from '../code/registration.js';
import { isMarkedUnverifiable, unverifiableIn } from '../code/unverifiable.js';
import type { ApiRequirement } from '../knowledge/api-permissions.js';
import { groupedBy } from './proof.js';
import type { ApiUse } from './api-uses.js';
import { compareSets, type ApiPermissionSet } from './compare-sets.js';
import { assumptionsOf, isFirm, type Assumption } from './assumptions.js';
import { stackWalksOf, type Links, type StackWalks } from './stack-walks.js';
import type { Identities } from './identities.js';
import { refusedAttributesIn } from './refused-attributes.js';
import type { FlowAnalysis } from './code-analysis.js';
import type { UntrustedInput } from './untrusted-input.js';
import type { PermissionSetName } from '../tsql/nodes.js';

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
  /** Where the call leads into other assemblies: the whole way, and the call there. */
  readonly beyond?: { readonly way: Reached; readonly use: ApiUse };
  /** It surely happens when the entry point is called. */
  readonly isCertain: boolean;
}

export interface Requirements {
  /** The weakest set under which everything that is reached runs. */
  readonly permissionSet: PermissionSetName;
  /** What is reached, or looked at by CREATE ASSEMBLY; strongest first, then nearest. */
  readonly reasons: readonly Reason[];
  /** What nothing SQL Server calls reaches. */
  readonly unreached: readonly Reason[];
  readonly assumptions: readonly Assumption[];
  readonly reachability: Reachability;
  /** All of them, reached or not. */
  readonly uses: readonly ApiUse[];
  readonly usesByMethod: ReadonlyMap<MethodDef, MethodUses>;
  /** What is reached in the assemblies it refers to. */
  readonly beyond: StackWalks;
  /** What T-SQL gives, and where it does harm. Found out when it is first asked for. */
  readonly untrustedInput: UntrustedInput;
  /** What follows the ways through code, where a host has it. */
  readonly flow: () => FlowAnalysis | undefined;
  /** Found out when they are first asked for; nothing where no host has what follows them. */
  readonly identities: Identities | undefined;
}

/** What one method uses. */
export interface MethodUses {
  /** Of the methods that use anything. */
  readonly order: number;
  readonly uses: readonly ApiUse[];
}

export function requirementsOf(
  code: AssemblyCode,
  uses: readonly ApiUse[],
  bound: readonly BoundName[],
  links: Links = { referenced: () => undefined, usesOf: () => [] },
  flow: () => FlowAnalysis | undefined = () => undefined,
): Requirements {
  const entries = entryPointsOf(code, bound);
  const reachability = reachFrom(code.graph, entries);
  const walks = stackWalksOf(code, uses, entries, reachability, links);
  const { reached, unreached } = reasonsOfUses(uses, reachability);
  const reasons = [...registrationReasons(code), ...reached, ...walks.reasons].sort(byWeight);
  const permissionSet = strongestOf(reasons);
  let untrustedInput: UntrustedInput | undefined;
  let identities: Identities | undefined;
  return {
    permissionSet,
    reasons,
    unreached,
    assumptions: assumptionsOf(uses, reachability, permissionSet, walks),
    beyond: walks,
    reachability,
    uses,
    usesByMethod: byMethod(uses),
    get untrustedInput() {
      return (untrustedInput ??= flow()?.untrustedInputOf(code, { reachability, uses }) ?? { flows: [], bounds: [] });
    },
    flow,
    get identities() {
      return (identities ??= flow()?.identitiesOf(code, entries));
    },
  };
}

function byMethod(uses: readonly ApiUse[]): ReadonlyMap<MethodDef, MethodUses> {
  const groups = groupedBy(uses, ({ node }) => node.method);
  return new Map(groups.map((own, order) => [own[0].node.method, { order, uses: own }]));
}

/** The weakest set under which everything of it runs. */
export function strongestOf(reasons: readonly Reason[]): PermissionSetName {
  const sets = new Set(reasons.map(({ permissionSet }) => permissionSet));
  return sets.has('UNSAFE') ? 'UNSAFE' : sets.has('EXTERNAL_ACCESS') ? 'EXTERNAL_ACCESS' : 'SAFE';
}

/** Strongest first; a member that a method uses more than once is told once. */
export function reasonsOfUses(
  uses: readonly ApiUse[],
  reachability: Reachability,
): { readonly reached: readonly Reason[]; readonly unreached: readonly Reason[] } {
  const found: Reason[] = [];
  const seen = new Set<string>();
  for (const use of uses) {
    if (!use.api || use.permissionSet === 'SAFE' || !isFirm(use.api)) continue;
    const key = `${memberKey(use.node)} ${use.text} ${use.permissionSet}`;
    const reason = seen.has(key) ? undefined : reasonOf(use, reachability.get(use.node.method));
    if (!reason) continue;
    seen.add(key);
    found.push(reason);
  }
  found.sort(byWeight);
  return {
    reached: found.filter(({ reached }) => reached),
    unreached: found.filter(({ reached }) => !reached),
  };
}

function memberKey({ type, method }: MethodNode): string {
  return method.place.kind === 'image' ? String(method.place.token) : `${type.name} ${method.place.span.start}`;
}

export function byWeight(a: Reason, b: Reason): number {
  return (
    Number(a.permissionSet === 'NONE') - Number(b.permissionSet === 'NONE') ||
    compareSets(b.permissionSet, a.permissionSet) ||
    Number(b.isCertain) - Number(a.isCertain) ||
    lengthOf(a) - lengthOf(b)
  );
}

function lengthOf({ reached }: Reason): number {
  return reached ? stepsTo(reached).length : 0;
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
      !node.method.body?.isDeferred &&
      (checkedAt === 'jit' || (operation.kind === 'call' && runsAlways(node.method.body, operation.at))),
  };
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
