// What the code of an assembly reaches outside of itself, all of it or what one routine leads to, as the capability report shows it.
import { mutableStaticFields, nativeMethods } from '../code/registration.js';
import type { EntryPoint } from '../code/entry-points.js';
import type { Reachability } from '../code/reachability.js';
import { reachOf } from '../knowledge/reach.js';
import type { Location } from '../project/build-project.js';
import { dataAccessesOf, type DataAccess } from '../project/data-accesses.js';
import { grouped } from '../project/grouped.js';
import { identityTextOf } from '../project/identity-text.js';
import type { BoundRoutine, DeployedAssembly } from '../project/project.js';
import { nameOf, pathOf, whyText } from '../project/proof.js';
import { strongestOf, type CheckedAt, type Reason, type Requirements } from '../project/requirements.js';
import { RoutineNeeds } from '../project/routine-needs.js';
import { entriesOf } from '../project/routine-reach.js';
import type { PermissionSetName } from '../tsql/nodes.js';

/** Something outside of the code that it reaches. */
export interface Touched {
  /** `files`, `the network`, `data of the server`. */
  readonly what: string;
  /** The member of the framework, or the function, that shows it. */
  readonly through: string;
  /** Undefined where SAFE is enough. */
  readonly permissionSet?: string;
  readonly why: string;
  readonly checkedAt?: CheckedAt;
  /** Methods from the routine to the one that makes the call. */
  readonly path: readonly string[];
  /** The Windows account, where Windows asks for one and it is known. */
  readonly account?: string;
  readonly place?: Location;
  /** More members that show the same. */
  readonly more: number;
}

interface RoutineReach {
  readonly needs: PermissionSetName;
  readonly touches: readonly Touched[];
}

export class CodeOfRoutines {
  readonly #assembly: DeployedAssembly;
  readonly #requirements: Requirements;
  readonly #needs: RoutineNeeds | undefined;
  readonly #entries: ReadonlyMap<string, readonly EntryPoint[]>;
  readonly #data: readonly DataAccess[];

  constructor(assembly: DeployedAssembly, requirements: Requirements) {
    this.#assembly = assembly;
    this.#requirements = requirements;
    this.#needs = assembly.code && new RoutineNeeds(assembly.code, requirements);
    this.#entries = grouped(entriesOf(requirements), ({ type }) => type.name);
    this.#data = assembly.code ? dataAccessesOf(assembly.code, requirements) : [];
  }

  /** Undefined where the code has no such method. */
  of({ externalName, name }: BoundRoutine): RoutineReach | undefined {
    const { className, method } = externalName;
    const entries = (this.#entries.get(className?.value ?? name.last.value) ?? []).filter(
      (entry) => !method || entry.method.name === method.value,
    );
    if (entries.length === 0 || !this.#needs) return undefined;
    const { reasons, reachability } = this.#needs.of(entries);
    const data = this.#data.filter(({ use }) => reachability.has(use.node.method));
    return {
      needs: strongestOf(reasons),
      touches: touchedBy(this.#assembly, this.#requirements, reasons, reachability, data),
    };
  }
}

/** Of an assembly everything; of what is reached from a routine that alone. */
export function touchedBy(
  assembly: DeployedAssembly,
  requirements: Requirements,
  reasons: readonly Reason[],
  reachability: Reachability = requirements.reachability,
  data: readonly DataAccess[] = assembly.code ? dataAccessesOf(assembly.code, requirements) : [],
): readonly Touched[] {
  const isWhole = reachability === requirements.reachability;
  const found = new Map<string, Touched>();
  const add = (what: string, show: () => Omit<Touched, 'what' | 'more'>): void => {
    const known = found.get(what);
    found.set(what, known ? { ...known, more: known.more + 1 } : { what, ...show(), more: 0 });
  };
  for (const reason of reasons)
    for (const what of reason.use ? reachOf(reason.why) : []) add(what, () => shownBy(reason, assembly, requirements));
  for (const { method, isImport } of assembly.code ? nativeMethods(assembly.code) : []) {
    const { import: of } = method;
    // One that nothing reaches still counts for the assembly: CREATE ASSEMBLY looks at it.
    if (!isImport || !of || !(isWhole || reachability.has(method))) continue;
    add('native code', () => ({
      through: `${of.name} in ${of.library}`,
      permissionSet: 'UNSAFE',
      why: 'P/Invoke',
      checkedAt: 'create',
      path: [],
      ...placed(method.place, assembly),
    }));
  }
  if (assembly.code && isWhole)
    for (const { name, field } of mutableStaticFields(assembly.code))
      add('state of other sessions', () => ({
        through: name,
        permissionSet: 'UNSAFE',
        why: 'static field that is not readonly',
        checkedAt: 'create',
        path: [],
        ...placed(field.place, assembly),
      }));
  for (const { use, does } of data) {
    if (!reachability.has(use.node.method)) continue;
    add('data of the server', () => ({
      through: use.text,
      why: does,
      path: [nameOf(use.node)],
      ...placed(use.place, assembly),
    }));
  }
  return [...found.values()];
}

function shownBy(
  reason: Reason,
  assembly: DeployedAssembly,
  requirements: Requirements,
): Omit<Touched, 'what' | 'more'> {
  const { use, permissionSet, checkedAt, member, place } = reason;
  const account = use && identityTextOf(requirements, use);
  return {
    through: member,
    permissionSet,
    why: whyText(reason.why),
    checkedAt,
    path: pathOf(reason).map(({ name }) => name),
    ...(account && {
      account: account.isOwnElse ? `${account.account}, or SQL Server's own account` : account.account,
    }),
    ...placed(place, assembly),
  };
}

function placed(place: Reason['place'], { codeAt }: DeployedAssembly): { readonly place?: Location } {
  if (place.kind === 'source') return { place: { uri: place.uri, span: place.span } };
  return codeAt ? { place: codeAt } : {};
}
