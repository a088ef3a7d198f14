// The links of a project: who calls, reads, binds and refers to whom among T-SQL objects, assemblies, tables, and what lies outside.
// What is not known is left out, or stands without what is not known of it.
import { nativeMethods } from '../code/registration.js';
import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import type { LinkKind } from '../knowledge/link-checks.js';
import { reachOf } from '../knowledge/reach.js';
import type { MethodSpecifier, ObjectName, PermissionSetName } from '../tsql/nodes.js';
import type { ApiPermissionSet } from './api-uses.js';
import { createdAs, objectText, permissionsToUse } from './bindings.js';
import type { Location } from './build-project.js';
import { createdAt, folderOf, nearest } from './find-assembly.js';
import { grouped } from './grouped.js';
import { callsToBound, databaseOf, impersonatedBy, type Module } from './link-modules.js';
import type { AssemblyCode } from '../code/model.js';
import type { BoundRoutine, DeployedAssembly, Project } from './project.js';
import type { Reason } from './requirements.js';
import { schemaOf, schemaOwners } from './schema-owners.js';
import type { SourceAssembly } from '../packages/membership.js';

export type LinkNode = AssemblyNode | ObjectNode | ScriptNode | TableNode | AreaNode;

interface NodeBase {
  /** As SQL names it; of an area what it is: `files`. */
  readonly name: string;
  /** Undefined where no statement names it. */
  readonly database?: string;
  /** Where scripts or sources say it; empty for what nothing of the project makes. */
  readonly places: readonly Location[];
}

export interface AssemblyNode extends NodeBase {
  readonly kind: 'assembly';
  /** `built`: of sources, or a file of bytes, that no script creates. `missing`: objects or code name it, and nothing of the project makes it. `ambiguous`: several could be meant. */
  readonly state: 'created' | 'built' | 'missing' | 'ambiguous';
  readonly permissionSet?: PermissionSetName;
  readonly owner?: string;
  /** What its findings may stand in besides its places: the files of its code. */
  readonly files: readonly string[];
}

export interface ObjectNode extends NodeBase {
  readonly kind: BoundRoutine['kind'];
  /** What it is bound to; undefined for a body in T-SQL. */
  readonly externalName?: string;
  /** As the clause has it: `OWNER`, `SELF`, or a user. Undefined for the caller. */
  readonly executeAs?: string;
}

/** The statements of a script that run when it does. */
export interface ScriptNode extends NodeBase {
  readonly kind: 'script';
}

export interface TableNode extends NodeBase {
  readonly kind: 'table';
}

/** What code reaches outside of the database. */
export interface AreaNode extends NodeBase {
  readonly kind: 'area';
}

export interface Link {
  readonly kind: LinkKind;
  /** Places in the list of nodes. */
  readonly from: number;
  readonly to: number;
  /** Any one of them is enough; of `reach` the permission set that it takes. Empty where none is asked. */
  readonly permissions: readonly string[];
  readonly checkedAt: 'create' | 'execute';
  readonly against: Against;
  /** The first member of the framework, or function, that it goes through. */
  readonly through?: string;
  readonly places: readonly Location[];
}

/** Of whom the permission is asked. */
export type Against =
  /** Of the object the link starts at; the name where scripts tell it. */
  | { readonly who: 'owner'; readonly name?: string }
  /** Whoever runs it. */
  | { readonly who: 'caller' }
  /** Whom EXECUTE AS names: `OWNER`, `SELF`, or a name. */
  | { readonly who: 'impersonated'; readonly name: string }
  /** No principal: what the assembly is registered with. */
  | { readonly who: 'permission set'; readonly name?: PermissionSetName };

export interface Links {
  readonly nodes: readonly LinkNode[];
  readonly links: readonly Link[];
  /** Nodes and links that were too many. */
  readonly leftOut: number;
}

export interface Bounds {
  readonly nodes: number;
  readonly links: number;
  /** Of one node or link. */
  readonly places: number;
}

export const defaultBounds: Bounds = { nodes: 3_000, links: 10_000, places: 20 };

/** In the order of scripts and of the code: the same project gives the same graph. */
export function linksOf(project: Project, bounds: Bounds = defaultBounds): Links {
  const graph = new Graph(project, bounds);
  for (const assembly of project.assemblies) graph.assembly(assembly);
  for (const routine of project.routines) graph.routine(routine);
  for (const assembly of project.assemblies) graph.references(assembly);
  graph.calls();
  for (const assembly of project.assemblies) graph.reaches(assembly);
  return graph.done();
}

type Growing<T extends { readonly places: readonly Location[] }> = T & { readonly places: Location[] };

class Graph {
  readonly #project: Project;
  readonly #bounds: Bounds;
  readonly #nodes: Growing<LinkNode>[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #links = new Map<string, Growing<Link>>();
  readonly #byCode: ReadonlyMap<AssemblyCode, readonly DeployedAssembly[]>;
  readonly #ownerOf: ReturnType<typeof schemaOwners>;
  readonly #sourceOf: ReadonlyMap<AssemblyCode, SourceAssembly>;
  readonly #files = new Map<number, Set<string>>();
  #leftOut = 0;

  constructor(project: Project, bounds: Bounds) {
    this.#project = project;
    this.#bounds = bounds;
    this.#byCode = grouped(project.assemblies, ({ code }) => code);
    this.#ownerOf = schemaOwners(project.scripts);
    this.#sourceOf = new Map([...project.sourceCode].map(([source, code]) => [code, source]));
  }

  done(): Links {
    const nodes = this.#nodes.map((node, index) =>
      node.kind === 'assembly' ? { ...node, files: [...(this.#files.get(index) ?? [])] } : node,
    );
    return { nodes, links: [...this.#links.values()], leftOut: this.#leftOut };
  }

  /** Of sources and of the bytes that were made of them it is one; `undefined` once there are too many nodes. */
  assembly(given: DeployedAssembly): number | undefined {
    const assembly = createdAs(this.#project, given);
    const { name, created, altered, database, permissionSet, owner } = assembly;
    const folder = created ? folderOf(createdAt(assembly)) : (given.codeAt?.uri ?? '');
    const key = keyOf('assembly', folder, database ?? '', name, permissionSet ?? '', owner ?? '');
    const places = [
      ...(created ? [{ uri: created.file.uri, span: created.statement.span }] : []),
      ...altered.map(({ file, statement }) => ({ uri: file.uri, span: statement.span })),
      ...(given.codeAt && given.codeAt.uri !== created?.file.uri ? [given.codeAt] : []),
    ];
    const index = this.#add(key, places, () => ({
      kind: 'assembly',
      name,
      state: created ? 'created' : 'built',
      places: [],
      files: [],
      ...(database !== undefined && { database }),
      ...(permissionSet && { permissionSet }),
      ...(owner !== undefined && { owner }),
    }));
    if (index !== undefined) {
      const files = this.#files.get(index) ?? new Set();
      this.#files.set(index, files);
      for (const uri of this.#filesOf(given)) files.add(uri);
    }
    return index;
  }

  /** With the link to what it is bound to, and for a trigger from what fires it. */
  routine(routine: BoundRoutine): void {
    const { file, statement, externalName, assembly, ambiguous } = routine;
    const from = this.#object(routine);
    this.#change(from, statement);
    const database = databaseOf(routine);
    const to = assembly
      ? this.assembly(assembly)
      : this.#unknownAssembly(externalName.assembly.value, ambiguous ? 'ambiguous' : 'missing', database, file.uri);
    this.#link({
      kind: 'gated',
      from,
      to,
      permissions: ['REFERENCES'],
      checkedAt: 'create',
      against: ownedBy(this.#ownerOf(routine.name)),
      places: [{ uri: file.uri, span: externalName.span }],
    });
    if (!('target' in statement) || statement.target.kind !== 'table') return;
    const { name } = statement.target;
    const table = this.#add(keyOf('table', folderOf(file.uri), database ?? '', fullName(name)), [], () => ({
      kind: 'table',
      name: objectText(name),
      places: [],
      ...(database !== undefined && { database }),
    }));
    // No permission on a trigger exists: who may change the table fires it.
    this.#link({
      kind: 'invocation',
      from: table,
      to: from,
      permissions: permissionsToUse(routine),
      checkedAt: 'execute',
      against: { who: 'caller' },
      places: [{ uri: file.uri, span: name.span }],
    });
  }

  /** Own assemblies and missing ones; those that SQL Server brings are none of the project. */
  references(given: DeployedAssembly): void {
    const { code, codeAt } = given;
    const from = code && this.assembly(given);
    if (!code || from === undefined) return;
    for (const { name } of code.references) {
      const meant = this.#project.referencedBy(given)(code, name);
      const other = (meant && this.#byCode.get(meant)?.[0]) ?? this.#named(given, name);
      if (!other && findFrameworkAssembly(name)) continue;
      const { owner, database, created } = createdAs(this.#project, given);
      const uri = created?.file.uri ?? codeAt?.uri ?? '';
      const to = other ? this.assembly(other) : this.#unknownAssembly(name, 'missing', database, uri);
      this.#link({
        kind: 'gated',
        from,
        to,
        permissions: ['REFERENCES'],
        checkedAt: 'create',
        against: ownedBy(owner),
        places: codeAt ? [codeAt] : [],
      });
    }
  }

  /** EXEC of what leads to bound objects: of scripts, and of T-SQL bodies. */
  calls(): void {
    for (const { from, to, at, executeAs } of callsToBound(this.#project)) {
      this.#link({
        kind: 'invocation',
        from: 'statement' in from ? this.#object(from) : this.#script(from.uri),
        to: this.#object(to),
        permissions: ['EXECUTE'],
        checkedAt: 'execute',
        against: executeAs === undefined ? { who: 'caller' } : { who: 'impersonated', name: executeAs },
        places: [at],
      });
    }
  }

  /** What the code that is reached needs more than SAFE for, by what it touches. */
  reaches(given: DeployedAssembly): void {
    const { code, codeAt } = given;
    const requirements = this.#project.requirementsOf(given);
    if (!code || !codeAt || !requirements) return;
    const from = this.assembly(given);
    const { permissionSet } = createdAs(this.#project, given);
    const add = (area: string, set: ApiPermissionSet, through: string, reason: Pick<Reason, 'checkedAt' | 'place'>) => {
      const { checkedAt, place } = reason;
      this.#link({
        kind: 'reach',
        from,
        to: this.#add(keyOf('area', area), [], () => ({ kind: 'area', name: area, places: [] })),
        permissions: [set],
        checkedAt: checkedAt === 'create' ? 'create' : 'execute',
        against: { who: 'permission set', ...(permissionSet && { name: permissionSet }) },
        through,
        places: [place.kind === 'source' ? { uri: place.uri, span: place.span } : codeAt],
      });
    };
    for (const reason of requirements.reasons) {
      if (reason.permissionSet === 'SAFE' || !reason.use) continue;
      for (const area of reachOf(reason.why)) add(area, reason.permissionSet, reason.member, reason);
    }
    for (const { method, isImport } of nativeMethods(code))
      if (isImport && method.import)
        add('native code', 'UNSAFE', `${method.import.name} in ${method.import.library}`, {
          checkedAt: 'create',
          place: method.place,
        });
  }

  #filesOf(given: DeployedAssembly): readonly string[] {
    const source = given.code && this.#sourceOf.get(given.code);
    const { codeAt, created } = given;
    const bytes = codeAt && codeAt.uri !== created?.file.uri ? [codeAt.uri] : [];
    return [...bytes, ...(source?.sources ?? []), ...(source?.project ? [source.project.uri] : [])];
  }

  /** By its name alone: it may have another owner, or be in another database, which SQL Server refuses. */
  #named(by: DeployedAssembly, name: string): DeployedAssembly | undefined {
    const { byIdentity, byName } = this.#project;
    const key = name.toLowerCase();
    const found = nearest(byIdentity.get(key) ?? byName.get(key) ?? [], createdAt(by));
    return found.kind === 'found' ? found.assembly : undefined;
  }

  #unknownAssembly(
    name: string,
    state: 'missing' | 'ambiguous',
    database: string | undefined,
    uri: string,
  ): number | undefined {
    return this.#add(keyOf(state, folderOf(uri), database ?? '', name), [], () => ({
      kind: 'assembly',
      name,
      state,
      places: [],
      files: [],
      ...(database !== undefined && { database }),
    }));
  }

  #object(module: Module): number | undefined {
    const { file, statement, kind, name, externalName } = module;
    const database = databaseOf(module);
    const key = keyOf(kind, folderOf(file.uri), database ?? '', fullName(name));
    return this.#add(key, [{ uri: file.uri, span: statement.span }], () => {
      const executeAs = impersonatedBy(statement);
      return {
        kind,
        name: objectText(name),
        places: [],
        ...(database !== undefined && { database }),
        ...(externalName && { externalName: specifierText(externalName) }),
        ...(executeAs !== undefined && { executeAs }),
      };
    });
  }

  /** What alters an object says anew whose rights it runs with. */
  #change(index: number | undefined, statement: Module['statement']): void {
    const node = index === undefined ? undefined : this.#nodes[index];
    if (index === undefined || !node || !('externalName' in node)) return;
    const { executeAs: before, ...rest } = node;
    const executeAs = impersonatedBy(statement);
    if (before !== executeAs) this.#nodes[index] = { ...rest, ...(executeAs !== undefined && { executeAs }) };
  }

  #script(uri: string): number | undefined {
    const name = uri.slice(uri.lastIndexOf('/') + 1);
    return this.#add(keyOf('script', uri), [{ uri, span: { start: 0, end: 0 } }], () => ({
      kind: 'script',
      name: decoded(name),
      places: [],
    }));
  }

  #add(key: string, places: readonly Location[], make: () => Growing<LinkNode>): number | undefined {
    let index = this.#byKey.get(key);
    if (index === undefined) {
      if (this.#nodes.length >= this.#bounds.nodes) return void this.#leftOut++;
      index = this.#nodes.push(make()) - 1;
      this.#byKey.set(key, index);
    }
    for (const place of places) this.#addPlace(this.#nodes[index]?.places, place);
    return index;
  }

  #link({ from, to, places, ...rest }: Omit<Link, 'from' | 'to'> & Record<'from' | 'to', number | undefined>): void {
    if (from === undefined || to === undefined || from === to) return;
    const { kind, permissions, checkedAt, against } = rest;
    const key = JSON.stringify([kind, from, to, permissions, checkedAt, against]);
    let link = this.#links.get(key);
    if (!link) {
      if (this.#links.size >= this.#bounds.links) return void this.#leftOut++;
      link = { ...rest, from, to, places: [] };
      this.#links.set(key, link);
    }
    for (const place of places) this.#addPlace(link.places, place);
  }

  #addPlace(places: Location[] | undefined, { uri, span }: Location): void {
    if (!places || places.length >= this.#bounds.places) return;
    const isThere = places.some((one) => one.uri === uri && one.span.start === span.start && one.span.end === span.end);
    if (!isThere) places.push({ uri, span });
  }
}

function ownedBy(name: string | undefined): Against {
  return { who: 'owner', ...(name !== undefined && { name }) };
}

function specifierText({ assembly, className, method }: MethodSpecifier): string {
  return [assembly, className, method].flatMap((part) => part?.value ?? []).join('.');
}

function fullName(name: ObjectName): string {
  return `${schemaOf(name)}.${name.last.value}`;
}

/** Names compare without case. */
function keyOf(...parts: readonly string[]): string {
  return parts.join('\n').toLowerCase();
}

/** What a URI writes with `%`, where that is well-formed. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
