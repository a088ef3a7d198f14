// The capability report: of each assembly and routine who may call it, as whom it runs, what it can touch and through what, and which
// findings are on it. Markdown, JSON and the page are made of this one value.
import { entryName } from '../code/entry-points.js';
import { baselines, type Baseline } from '../knowledge/baselines.js';
import { Bindings, createdAs, Grants, objectText, permissionsToUse, type PermissionWord } from '../project/bindings.js';
import type { Location } from '../project/build-project.js';
import type { CodeCall } from '../project/code-calls.js';
import { grouped } from '../project/grouped.js';
import { callsToBound } from '../project/calls-to-bound.js';
import { impersonatedBy, Modules, type Module, type ModuleCall } from '../project/module-calls.js';
import type { BoundRoutine, DeployedAssembly, Project } from '../project/project.js';
import { entryKindOf } from '../project/proof.js';
import type { Requirements } from '../project/requirements.js';
import { entriesOf } from '../project/routine-reach.js';
import { schemaOwners } from '../project/schema-owners.js';
import { isStrict } from '../project/strict-security.js';
import type { Trust } from '../project/trust.js';
import type { Finding } from '../rules/rule.js';
import type { PermissionSetName } from '../tsql/nodes.js';
import { held, HoldersByFile } from './held-findings.js';
import { CodeOfRoutines, touchedBy, type Touched } from './report-touches.js';

export interface CapabilityReport {
  readonly target: string;
  /** By settings and scripts; undefined where the target has no such option. */
  readonly clrStrictSecurity?: boolean;
  readonly assemblies: readonly ReportedAssembly[];
  /** Routines whose assembly nothing of the project makes. */
  readonly unbound: readonly ReportedRoutine[];
  /** Findings on none of them: of the server, of databases, keys and logins. */
  readonly others: readonly Finding[];
  readonly baselines: readonly ReportedBaseline[];
  /** Assemblies and routines that were too many. */
  readonly leftOut: number;
}

export interface ReportedAssembly {
  readonly name: string;
  readonly version?: string;
  readonly database?: string;
  readonly owner?: string;
  /** Whether a script creates it, or it is only there. */
  readonly isCreated: boolean;
  readonly places: readonly Location[];
  readonly declared?: PermissionSetName;
  /** Undefined where its code is not known. */
  readonly needs?: PermissionSetName;
  readonly trust?: Pick<Trust, 'verdict' | 'because' | 'error'>;
  readonly touches: readonly Touched[];
  readonly routines: readonly ReportedRoutine[];
  /** What its code offers to T-SQL, and no script binds. */
  readonly offered: readonly Offered[];
  readonly notKnown: readonly string[];
  readonly notKnownTotal: number;
  readonly findings: readonly Finding[];
}

export interface Offered {
  readonly name: string;
  /** `a function`. */
  readonly what: string;
}

export interface ReportedRoutine {
  readonly kind: BoundRoutine['kind'];
  readonly name: string;
  readonly externalName: string;
  readonly place: Location;
  readonly callers: Callers;
  /** As its clause says: `OWNER`, `SELF`, or a user. Undefined for the caller. */
  readonly executeAs?: string;
  /** Undefined where its code is not known. */
  readonly needs?: PermissionSetName;
  readonly touches: readonly Touched[];
  /** What its commands on the context connection ask SQL Server for, as far as their text is known. */
  readonly asks: readonly Asked[];
  readonly findings: readonly Finding[];
}

export interface Asked {
  readonly permission: string;
  readonly on: string;
  readonly at: Location;
}

export interface Callers {
  /** Undefined for a trigger, which whoever changes `table` fires. */
  readonly permission?: string;
  readonly table?: string;
  readonly said: readonly PermissionWord[];
  readonly isPublic: boolean;
  /** Of the schema, or the object itself, where scripts tell: who needs no grant. */
  readonly owner?: string;
  /** Modules and scripts that run it. */
  readonly by: readonly { readonly name: string; readonly executeAs?: string; readonly at: Location }[];
}

export interface ReportedBaseline {
  readonly baseline: Baseline;
  readonly findings: readonly Finding[];
  /** Names of assemblies that are against it. */
  readonly assemblies: readonly string[];
}

const most = { assemblies: 500, routines: 2_000, list: 50 };

/** `uris`: the files whose findings are wanted. */
export function reportOf(
  project: Project,
  uris: readonly string[],
  findingsOf: (uri: string) => readonly Finding[],
): CapabilityReport {
  const shown = [...grouped(project.assemblies, (assembly) => createdAs(project, assembly))];
  const routines = project.routines.slice(0, most.routines);
  const grants = new Grants(project);
  const words = new Map(routines.map((routine) => [routine, grants.of(routine)]));
  const { on, others, all } = findingsBy(project, shown, words, uris, findingsOf);
  const writer = new RoutineReports(project, words, on);
  const written = new Set<BoundRoutine>();
  const assemblies = shown.slice(0, most.assemblies).map(([assembly, same]): ReportedAssembly => {
    const own = routines.filter(({ assembly: of }) => of && same.includes(of));
    for (const routine of own) written.add(routine);
    return assemblyOf(project, assembly, same, own, writer, on.get(assembly) ?? []);
  });
  const { target } = project;
  return {
    target: target.title,
    ...(target.strictSecurity && { clrStrictSecurity: isStrict(project) }),
    assemblies,
    unbound: routines.filter((routine) => !written.has(routine)).map((routine) => writer.of(routine)),
    others,
    baselines: baselines.map((baseline) => ({
      baseline,
      findings: all.filter(({ rule }) => baseline.rules.includes(rule)),
      assemblies: against(baseline, assemblies),
    })),
    leftOut: shown.length - assemblies.length + project.routines.length - routines.length,
  };
}

function against({ assemblies: which }: Baseline, assemblies: readonly ReportedAssembly[]): readonly string[] {
  if (which === undefined) return [];
  const created = assemblies.filter(({ isCreated }) => isCreated);
  return created
    .filter(({ declared }) => which === 'any' || (declared !== undefined && declared !== 'SAFE'))
    .map(({ name }) => name);
}

type Shown = readonly (readonly [DeployedAssembly, readonly DeployedAssembly[]])[];

function findingsBy(
  project: Project,
  shown: Shown,
  words: ReadonlyMap<BoundRoutine, readonly PermissionWord[]>,
  uris: readonly string[],
  findingsOf: (uri: string) => readonly Finding[],
): {
  readonly on: ReadonlyMap<object, readonly Finding[]>;
  readonly others: readonly Finding[];
  readonly all: readonly Finding[];
} {
  const holders = new HoldersByFile<object>();
  const sources = new Map([...project.sourceCode].map(([source, code]) => [code, source]));
  for (const [assembly, same] of shown) {
    for (const { uri, span } of placesOf(assembly)) holders.in(uri).spans.push({ span, holder: assembly });
    for (const { code, codeAt } of same) {
      const source = code && sources.get(code);
      const own = codeAt && codeAt.uri !== assembly.created?.file.uri ? [codeAt.uri] : [];
      for (const uri of [...own, ...(source?.sources ?? [])]) holders.in(uri).file ??= assembly;
    }
  }
  for (const [routine, said] of words) {
    holders.in(routine.file.uri).spans.push({ span: routine.statement.span, holder: routine });
    for (const { uri, span, on } of said) if (on === 'object') holders.in(uri).spans.push({ span, holder: routine });
  }
  const found = uris.flatMap((uri) => [...held(findingsOf(uri), holders.in(uri))]);
  const on = grouped(found, ([, holder]) => holder);
  return {
    on: new Map([...on].map(([holder, some]) => [holder, some.map(([finding]) => finding)])),
    others: found.flatMap(([finding, holder]) => (holder ? [] : [finding])),
    all: found.map(([finding]) => finding),
  };
}

function placesOf({ created, altered, codeAt }: DeployedAssembly): readonly Location[] {
  const statements = [...(created ? [created] : []), ...altered];
  if (statements.length === 0 && codeAt) return [codeAt];
  return statements.map(({ file, statement }) => ({ uri: file.uri, span: statement.span }));
}

function assemblyOf(
  project: Project,
  assembly: DeployedAssembly,
  same: readonly DeployedAssembly[],
  routines: readonly BoundRoutine[],
  writer: RoutineReports,
  findings: readonly Finding[],
): ReportedAssembly {
  // The bytes are what runs; the sources stand for them where there are none.
  const known = same.find(({ image }) => image) ?? same.find(({ code }) => code);
  const requirements = known && project.requirementsOf(known);
  const { name, database, owner, created, permissionSet } = assembly;
  const trust = project.trusts.find(({ deposit }) => deposit.statement === created?.statement);
  const assumptions = requirements?.assumptions ?? [];
  const version = known?.code?.identity.version;
  return {
    name,
    ...(version !== undefined && { version }),
    ...(database !== undefined && { database }),
    ...(owner !== undefined && { owner }),
    isCreated: created !== undefined,
    places: placesOf(assembly),
    ...(permissionSet && { declared: permissionSet }),
    ...(requirements && { needs: requirements.permissionSet }),
    ...(trust && trust.cause !== 'not asked' && { trust }),
    touches: known && requirements ? touchedBy(known, requirements, requirements.reasons) : [],
    routines: routines.map((routine) => writer.of(routine)),
    offered: known && requirements ? offeredBy(project, known, requirements) : [],
    notKnown: assumptions.slice(0, most.list).map(({ text }) => text),
    notKnownTotal: assumptions.length,
    findings,
  };
}

function offeredBy(project: Project, assembly: DeployedAssembly, requirements: Requirements): readonly Offered[] {
  const bindings = new Bindings(project, assembly);
  const offered = new Map<string, Offered>();
  for (const entry of entriesOf(requirements)) {
    const { type, method, kind } = entry;
    if (kind === 'public' || kind === 'fill row') continue;
    const whole = kind === 'type' ? 'a type' : kind === 'aggregate' ? 'an aggregate' : undefined;
    if (bindings.of(type, whole === undefined ? method : undefined).length > 0) continue;
    const name = whole === undefined ? entryName(entry) : type.name;
    offered.set(name, { name, what: whole ?? entryKindOf(entry) });
  }
  return [...offered.values()].slice(0, most.list);
}

/** What routines share is found out once. */
class RoutineReports {
  readonly #project: Project;
  readonly #words: ReadonlyMap<BoundRoutine, readonly PermissionWord[]>;
  readonly #findings: ReadonlyMap<object, readonly Finding[]>;
  readonly #ownerOf: ReturnType<typeof schemaOwners>;
  readonly #calls: ReadonlyMap<Module, readonly ModuleCall[]>;
  readonly #asked: ReadonlyMap<BoundRoutine, readonly { readonly call: CodeCall }[]>;
  readonly #code = new Map<DeployedAssembly, CodeOfRoutines | undefined>();

  constructor(
    project: Project,
    words: ReadonlyMap<BoundRoutine, readonly PermissionWord[]>,
    findings: ReadonlyMap<object, readonly Finding[]>,
  ) {
    this.#project = project;
    this.#words = words;
    this.#findings = findings;
    this.#ownerOf = schemaOwners(project.scripts);
    const inScripts = project.calls?.inScripts ?? callsToBound(project, new Modules(project));
    this.#calls = grouped(inScripts, ({ to }) => to);
    const inCode = (project.calls?.inCode ?? []).flatMap((call) => call.routines.map((routine) => ({ routine, call })));
    this.#asked = grouped(inCode, ({ routine }) => routine);
  }

  of(routine: BoundRoutine): ReportedRoutine {
    const { kind, name, file, statement, externalName, assembly } = routine;
    const executeAs = impersonatedBy(statement);
    const needed = assembly && this.#codeOf(assembly)?.of(routine);
    const { assembly: of, className, method } = externalName;
    return {
      kind,
      name: objectText(name),
      externalName: [of, className, method].flatMap((part) => (part ? [part.value] : [])).join('.'),
      place: { uri: file.uri, span: statement.span },
      callers: this.#callersOf(routine),
      ...(executeAs !== undefined && { executeAs }),
      ...(needed && { needs: needed.needs }),
      touches: needed?.touches ?? [],
      asks: askedOnce((this.#asked.get(routine) ?? []).map(({ call }) => call)),
      findings: this.#findings.get(routine) ?? [],
    };
  }

  #callersOf(routine: BoundRoutine): Callers {
    const [permission] = permissionsToUse(routine);
    const { statement } = routine;
    const table = 'target' in statement && statement.target.kind === 'table' ? statement.target.name : undefined;
    const said = this.#words.get(routine) ?? [];
    const owner = this.#ownerOf(routine.name);
    return {
      ...(permission !== undefined && { permission }),
      ...(table && { table: objectText(table) }),
      said,
      isPublic: said.some(({ kind, principal }) => kind === 'grant' && principal.toLowerCase() === 'public'),
      ...(owner !== undefined && { owner }),
      by: (this.#calls.get(routine) ?? []).map(({ from, at, executeAs }) => ({
        name: 'name' in from ? objectText(from.name) : (from.uri.split('/').at(-1) ?? ''),
        ...(executeAs !== undefined && { executeAs }),
        at,
      })),
    };
  }

  #codeOf(assembly: DeployedAssembly): CodeOfRoutines | undefined {
    if (!this.#code.has(assembly)) {
      const known = knownCode(this.#project, assembly);
      const requirements = known && this.#project.requirementsOf(known);
      this.#code.set(assembly, known && requirements && new CodeOfRoutines(known, requirements));
    }
    return this.#code.get(assembly);
  }
}

function askedOnce(calls: readonly CodeCall[]): readonly Asked[] {
  const asked = calls.map(({ permission, to, at }) => ({ permission, on: objectText(to.name), at }));
  const first = new Map(asked.toReversed().map((one) => [`${one.permission} ${one.on}`, one]));
  return asked.filter((one) => first.get(`${one.permission} ${one.on}`) === one).slice(0, most.list);
}

/** Of its bytes, else of the sources that are made into it. */
function knownCode(project: Project, assembly: DeployedAssembly): DeployedAssembly | undefined {
  if (assembly.code) return assembly;
  return project.assemblies.find((one) => one.code && createdAs(project, one) === assembly);
}
