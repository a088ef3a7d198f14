// Calls from managed code into T-SQL: what the commands of its methods call, read and write, and which routines run them.
import type { OwnMethod } from '../code/body.js';
import type { EntryPoint } from '../code/entry-points.js';
import type { AssemblyCode, MethodDef } from '../code/model.js';
import type { Execute, Expression, Identifier, ObjectName } from '../tsql/nodes.js';
import type { DataUse } from '../tsql/data-uses.js';
import type { ApiUse } from './api-uses.js';
import { Bindings, createdAs } from './bindings.js';
import type { Location } from './build-project.js';
import { commandsOf } from './commands.js';
import { createdAt } from './find-assembly.js';
import { callsToBound } from './calls-to-bound.js';
import { moduleKey, Modules, type Module, type ModuleCall } from './module-calls.js';
import { sameName } from './names.js';
import type { BoundRoutine, DeployedAssembly, Project } from './project.js';
import { routinesUsing } from './routine-reach.js';

export interface CodeCall {
  readonly assembly: DeployedAssembly;
  readonly use: ApiUse;
  /** The routines whose way leads there; none where scripts bind none. */
  readonly routines: readonly BoundRoutine[];
  readonly to: Module | NamedObject;
  readonly permission: DataUse['permission'];
  readonly at: Location;
}

/** What no script of the project makes with a body: a table or view, or a procedure that is somewhere else. */
export interface NamedObject {
  readonly kind: 'procedure' | 'table';
  readonly name: ObjectName;
  readonly database: string | undefined;
}

export interface ProjectCalls {
  readonly inScripts: readonly ModuleCall[];
  readonly inCode: readonly CodeCall[];
  /** What one of these names stands for, if it calls or is called. */
  named(names: readonly Identifier[]): readonly Module[];
  into(module: Module): readonly Between[];
  /** The arguments of EXEC that the code behind it runs as SQL. */
  textsIn(call: Execute): readonly Expression[];
  outOf(caller: Module | MethodDef): readonly Between[];
}

/** A call that ends at a T-SQL object, and begins at one or in code. */
interface Between {
  readonly by: { readonly routine: Module } | CallingMethod;
  readonly to: Module;
  readonly at: Location;
}

export interface CallingMethod extends OwnMethod {
  readonly assembly: DeployedAssembly;
  readonly code: AssemblyCode;
}

/** Each part is found out when it is first asked for. */
export function callsOf(project: Project): ProjectCalls {
  const modules = new Modules(project);
  let inScripts: readonly ModuleCall[] | undefined;
  let inCode: readonly CodeCall[] | undefined;
  const calls: ProjectCalls = {
    get inScripts() {
      return (inScripts ??= callsToBound(project, modules));
    },
    get inCode() {
      return (inCode ??= codeCallsOf(project, modules));
    },
    named: (names) =>
      betweenModules(calls)
        .flatMap(({ by, to }) => ('routine' in by ? [by.routine, to] : [to]))
        .filter(({ name }) => names.includes(name.last)),
    textsIn: (call) => {
      const to = calls.inScripts.find(({ at }) => at.span === call.procedure?.span)?.to;
      return project.routines.filter((one) => one === to).flatMap((routine) => sqlArguments(project, routine, call));
    },
    into: (module) => betweenModules(calls).filter(({ to }) => moduleKey(to) === moduleKey(module)),
    outOf: (caller) => {
      const key = 'statement' in caller ? moduleKey(caller) : caller;
      return betweenModules(calls).filter(({ by }) => ('routine' in by ? moduleKey(by.routine) : by.method) === key);
    },
  };
  return calls;
}

function betweenModules({ inScripts, inCode }: Pick<ProjectCalls, 'inScripts' | 'inCode'>): readonly Between[] {
  return [
    ...inScripts.flatMap(({ from, to, at }) => ('statement' in from ? [{ by: { routine: from }, to, at }] : [])),
    ...inCode.flatMap(({ assembly, use: { node }, to, at }) =>
      'statement' in to ? [{ by: { assembly, code: node.code, type: node.type, method: node.method }, to, at }] : [],
    ),
  ];
}

/** What the parameters that the code takes for SQL text are given, by name or by place. */
function sqlArguments(project: Project, routine: BoundRoutine, call: Execute): readonly Expression[] {
  const { statement, assembly, externalName } = routine;
  const flows = (assembly && project.requirementsOf(assembly)?.untrustedInput.flows) ?? [];
  const parameters = 'parameters' in statement ? statement.parameters : [];
  return flows.flatMap(({ harm, source }) => {
    if (harm !== 'sql' || source.kind !== 'parameter') return [];
    const { type, method } = source.node;
    if (method.name !== externalName.method?.value || type.name !== externalName.className?.value) return [];
    const name = parameters[source.index]?.name;
    const given = call.arguments.find((one) => one.name !== undefined && sameName(one.name, name ?? ''));
    const byPlace = call.arguments[source.index];
    const argument = given ?? (byPlace?.name === undefined ? byPlace : undefined);
    return argument ? [argument.value] : [];
  });
}

/** In the order of assemblies and of the code. */
function codeCallsOf(project: Project, modules: Modules): readonly CodeCall[] {
  return project.assemblies.flatMap((assembly) => {
    const { code, codeAt } = assembly;
    const requirements = project.requirementsOf(assembly);
    const commands = code && requirements ? commandsOf(code, requirements) : [];
    if (!code || !codeAt || !requirements || commands.length === 0) return [];
    const created = createdAs(project, assembly);
    const uri = created.created ? createdAt(created) : codeAt.uri;
    const running = routinesRunning(project, assembly, [...new Set(commands.map(({ use }) => use))]);
    return commands.flatMap(({ use, calls, data }) => {
      const { place } = use;
      const from = {
        assembly,
        use,
        routines: running.get(use) ?? [],
        at: place.kind === 'source' ? { uri: place.uri, span: place.span } : codeAt,
      };
      return [...calls.map((name) => ({ name, permission: 'EXECUTE' as const, isCall: false })), ...data].flatMap(
        ({ name, permission, isCall }): readonly CodeCall[] => {
          const database = name.parts.at(-3)?.value ?? created.database;
          const found = modules.find(name, created.database, uri);
          if (found) return [{ ...from, to: found, permission }];
          // On another server, or a function that nothing here makes: it may be a method of a value.
          if (isCall || name.parts.length > 3 || isOfSystem(name)) return [];
          const kind = permission === 'EXECUTE' ? 'procedure' : 'table';
          return [{ ...from, to: { kind, name, database }, permission }];
        },
      );
    });
  });
}

/** Views of the catalog and procedures that SQL Server brings: no object of the database's own. */
function isOfSystem({ parts, last }: ObjectName): boolean {
  const schema = parts.at(-2)?.value.toLowerCase();
  return schema === 'sys' || schema === 'information_schema' || (schema === undefined && /^sp_/i.test(last.value));
}

function routinesRunning(
  project: Project,
  assembly: DeployedAssembly,
  uses: readonly ApiUse[],
): ReadonlyMap<ApiUse, readonly BoundRoutine[]> {
  const running = new Map<ApiUse, Set<BoundRoutine>>();
  const { code } = assembly;
  const requirements = project.requirementsOf(assembly);
  if (!code || !requirements) return new Map();
  const bindings = new Bindings(project, assembly);
  const begins = ({ type, method }: EntryPoint): OwnMethod => ({ type, method });
  for (const { entry, uses: led } of routinesUsing(code, requirements, begins, uses)) {
    const isWhole = entry.kind === 'type' || entry.kind === 'aggregate';
    const routines = bindings.of(entry.type, isWhole ? undefined : entry.method);
    for (const use of led) {
      const known = running.get(use) ?? new Set();
      running.set(use, known);
      for (const routine of routines) known.add(routine);
    }
  }
  return new Map([...running].map(([use, routines]) => [use, [...routines]]));
}
