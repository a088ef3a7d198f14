// The nodes and links of a project, as its statements, bindings and code tell them.
import { nativeMethods } from '../code/registration.js';
import type { AssemblyCode } from '../code/model.js';
import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import { reachOf } from '../knowledge/reach.js';
import type { SourceAssembly } from '../packages/membership.js';
import type { MethodSpecifier, ObjectName } from '../tsql/nodes.js';
import type { ApiPermissionSet } from './compare-sets.js';
import { createdAs, objectText, permissionsToUse } from './bindings.js';
import type { NamedObject, ProjectCalls } from './code-calls.js';
import { createdAt, folderOf, nearest } from './find-assembly.js';
import { grouped } from './grouped.js';
import { LinkStore } from './link-store.js';
import type { Against, Bounds, Links } from './links.js';
import { callsToBound } from './calls-to-bound.js';
import { databaseOf, impersonatedBy, Modules, type Module } from './module-calls.js';
import type { BoundRoutine, DeployedAssembly, Project } from './project.js';
import type { Reason } from './requirements.js';
import { schemaOf, schemaOwners } from './schema-owners.js';

export class LinkBuilder {
  readonly #project: Project;
  readonly #calls: Pick<ProjectCalls, 'inScripts' | 'inCode'>;
  readonly #store: LinkStore;
  readonly #byCode: ReadonlyMap<AssemblyCode, readonly DeployedAssembly[]>;
  readonly #ownerOf: ReturnType<typeof schemaOwners>;
  readonly #sourceOf: ReadonlyMap<AssemblyCode, SourceAssembly>;
  readonly #files = new Map<number, Set<string>>();

  constructor(project: Project, bounds: Bounds) {
    this.#project = project;
    // Where nothing follows values, there is no code.
    this.#calls = project.calls ?? { inScripts: callsToBound(project, new Modules(project)), inCode: [] };
    this.#store = new LinkStore(bounds);
    this.#byCode = grouped(project.assemblies, ({ code }) => code);
    this.#ownerOf = schemaOwners(project.scripts);
    this.#sourceOf = new Map([...project.sourceCode].map(([source, code]) => [code, source]));
  }

  done(): Links {
    const { nodes, links, leftOut } = this.#store;
    const whole = nodes.map((node, index) =>
      node.kind === 'assembly' ? { ...node, files: [...(this.#files.get(index) ?? [])] } : node,
    );
    return { nodes: whole, links, leftOut };
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
    const index = this.#store.node(key, places, () => ({
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
    this.#store.link({
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
    const table = this.#named(file.uri, { kind: 'table', name, database });
    // No permission on a trigger exists: who may change the table fires it.
    this.#store.link({
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
      const other = (meant && this.#byCode.get(meant)?.[0]) ?? this.#referred(given, name);
      if (!other && findFrameworkAssembly(name)) continue;
      const { owner, database, created } = createdAs(this.#project, given);
      const uri = created?.file.uri ?? codeAt?.uri ?? '';
      const to = other ? this.assembly(other) : this.#unknownAssembly(name, 'missing', database, uri);
      this.#store.link({
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

  /** What scripts, T-SQL bodies, tables and views run or call of what leads to bound objects. */
  calls(): void {
    for (const { from, to, at, executeAs } of this.#calls.inScripts) {
      // What returns a table is read as one.
      const isRead = to.kind === 'function' && permissionsToUse(to)[0] === 'SELECT';
      this.#store.link({
        kind: isRead ? 'table-access' : 'invocation',
        from:
          'statement' in from
            ? this.#object(from)
            : 'kind' in from
              ? this.#named(from.uri, from)
              : this.#script(from.uri),
        to: this.#object(to),
        permissions: [isRead ? 'SELECT' : 'EXECUTE'],
        checkedAt: 'execute',
        against: executeAs === undefined ? { who: 'caller' } : { who: 'impersonated', name: executeAs },
        places: [at],
      });
    }
  }

  /** What commands of code call, read and write: from the routines that run them, else from the assembly. */
  commands(): void {
    for (const { assembly, routines, to, permission, at } of this.#calls.inCode) {
      const uri = createdAt(createdAs(this.#project, assembly)) || at.uri;
      const target = 'statement' in to ? this.#object(to) : this.#named(uri, to);
      const isRun = permission === 'EXECUTE';
      const add = (from: number | undefined, executeAs: string | undefined) =>
        this.#store.link({
          kind: isRun ? 'invocation' : 'table-access',
          from,
          to: target,
          permissions: [permission],
          checkedAt: 'execute',
          against: executeAs === undefined ? { who: 'caller' } : { who: 'impersonated', name: executeAs },
          places: [at],
        });
      if (routines.length === 0) add(this.assembly(assembly), undefined);
      for (const routine of routines) add(this.#object(routine), impersonatedBy(routine.statement));
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
      this.#store.link({
        kind: 'reach',
        from,
        to: this.#store.node(keyOf('area', area), [], () => ({ kind: 'area', name: area, places: [] })),
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
  #referred(by: DeployedAssembly, name: string): DeployedAssembly | undefined {
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
    return this.#store.node(keyOf(state, folderOf(uri), database ?? '', name), [], () => ({
      kind: 'assembly',
      name,
      state,
      places: [],
      files: [],
      ...(database !== undefined && { database }),
    }));
  }

  /** Statements about tables are not read: one has no place of its own. */
  #named(uri: string, { kind, name, database }: NamedObject): number | undefined {
    return this.#store.node(keyOf(kind, folderOf(uri), database ?? '', fullName(name)), [], () => ({
      kind,
      name: objectText(name),
      places: [],
      ...(database !== undefined && { database }),
    }));
  }

  #object(module: Module): number | undefined {
    const { file, statement, kind, name, externalName } = module;
    const database = databaseOf(module);
    const key = keyOf(kind, folderOf(file.uri), database ?? '', fullName(name));
    return this.#store.node(key, [{ uri: file.uri, span: statement.span }], () => {
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
    const node = index === undefined ? undefined : this.#store.nodes[index];
    if (index === undefined || !node || !('externalName' in node)) return;
    const { executeAs: before, ...rest } = node;
    const executeAs = impersonatedBy(statement);
    if (before !== executeAs) this.#store.nodes[index] = { ...rest, ...(executeAs !== undefined && { executeAs }) };
  }

  #script(uri: string): number | undefined {
    const name = uri.slice(uri.lastIndexOf('/') + 1);
    return this.#store.node(keyOf('script', uri), [{ uri, span: { start: 0, end: 0 } }], () => ({
      kind: 'script',
      name: decoded(name),
      places: [],
    }));
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
