// The objects of scripts that run, and EXEC in scripts and in T-SQL bodies.
import { textOf } from '../tsql/constants.js';
import {
  routineKinds,
  statementsOf,
  type Execute,
  type ExecuteAs,
  type MethodSpecifier,
  type ObjectName,
  type Script,
  type Statement,
} from '../tsql/nodes.js';
import type { Location } from './build-project.js';
import { folderOf } from './find-assembly.js';
import { grouped } from './grouped.js';
import { sameName } from './names.js';
import type { BoundRoutine, Project, ScriptFile } from './project.js';
import { schemaOf } from './schema-owners.js';

/** A procedure, function or trigger, bound or with a body in T-SQL; a bound type or aggregate. */
export interface Module extends Pick<BoundRoutine, 'file' | 'statement' | 'kind' | 'name'> {
  readonly externalName?: MethodSpecifier;
}

export interface Keeping {
  readonly kind: 'table';
  readonly name: ObjectName;
  readonly database: string | undefined;
  readonly uri: string;
}

export interface ModuleCall {
  /** A script, for what runs when it does; a table or a view, for what its rows take. */
  readonly from: Module | ScriptFile | Keeping;
  readonly to: Module;
  readonly at: Location;
  /** A function that a query calls; else EXEC runs it. */
  readonly inQuery?: true;
  /** As the clause or the statement has it; undefined for the caller. */
  readonly executeAs?: string;
}

/** What scripts make, by name. */
export class Modules {
  readonly bodies: readonly Module[];
  readonly #byName: ReadonlyMap<string, readonly Module[]>;

  constructor({ scripts, routines }: Pick<Project, 'scripts' | 'routines'>) {
    this.bodies = scripts.flatMap(modulesIn);
    this.#byName = grouped<Module, string>([...routines, ...this.bodies], ({ name }) => nameKey(name));
  }

  /** Of the same script, then of the same folder, then the only one; in the same database, where both name one. */
  find(name: ObjectName, database: string | undefined, uri: string): Module | undefined {
    const wanted = name.parts.at(-3)?.value ?? database;
    const named = (this.#byName.get(nameKey(name)) ?? []).filter((one) => {
      const own = databaseOf(one);
      return wanted === undefined || own === undefined || sameName(own, wanted);
    });
    const near = [
      named.filter(({ file }) => file.uri === uri),
      named.filter(({ file }) => folderOf(file.uri) === folderOf(uri)),
      named,
    ].find((some) => some.length > 0);
    const [first, ...others] = near ?? [];
    // Made anew or altered is the same object; in another folder or database it is another.
    const isOne = first && others.every((one) => homeOf(one) === homeOf(first));
    return isOne ? (near?.find(({ externalName }) => externalName) ?? first) : undefined;
  }
}

/** What EXEC runs, in the order of scripts. */
export function executionsOf({ scripts }: Pick<Project, 'scripts'>, modules: Modules): readonly ModuleCall[] {
  return [...scripts.flatMap(callsOfScript), ...modules.bodies.flatMap(callsOfBody)].flatMap(
    ({ execute, database, ...call }): readonly ModuleCall[] => {
      const to = execute.procedure && modules.find(execute.procedure, database, call.at.uri);
      return to ? [{ ...call, to }] : [];
    },
  );
}

/** Where a module runs, as far as its script names the database. */
export function databaseOf({ file, statement, name }: Pick<Module, 'file' | 'statement' | 'name'>): string | undefined {
  return name.parts.at(-3)?.value ?? file.timeline.stepOf(statement)?.database;
}

/** Whom WITH EXECUTE AS names: `OWNER`, `SELF`, or a user. */
export function impersonatedBy(statement: Module['statement']): string | undefined {
  const clause = 'executeAs' in statement ? statement.executeAs : undefined;
  if (!clause || clause.context === 'CALLER') return undefined;
  return clause.context === 'USER' ? (clause.user?.value ?? 'a user') : clause.context;
}

interface Found extends Omit<ModuleCall, 'to'> {
  readonly execute: Execute;
  readonly database: string | undefined;
}

function modulesIn(file: ScriptFile): readonly Module[] {
  return statementsOf(file.script, ...routineKinds)
    .filter(({ externalName }) => !externalName)
    .map((statement) => ({ file, statement, kind: kindOf(statement.kind), name: statement.name }));
}

function kindOf(kind: (typeof routineKinds)[number]): Module['kind'] {
  return kind.endsWith('Procedure') ? 'procedure' : kind.endsWith('Function') ? 'function' : 'trigger';
}

function callsOfScript(file: ScriptFile): readonly Found[] {
  return file.timeline.steps.flatMap(({ statement, database, executeAs }) => {
    if (statement.kind !== 'execute' || !statement.procedure) return [];
    const at = { uri: file.uri, span: statement.procedure.span };
    return [{ from: file, execute: statement, database, at, ...impersonated(file.script, executeAs) }];
  });
}

function callsOfBody(module: Module): readonly Found[] {
  const { file, statement } = module;
  const database = databaseOf(module);
  const found: Found[] = [];
  const clause = impersonatedBy(statement);
  const walk = (statements: readonly Statement[], outside: readonly ExecuteAs[]): void => {
    const inForce = [...outside];
    for (const one of statements) {
      if (one.kind === 'executeAs') inForce.push(one);
      else if (one.kind === 'revert') inForce.pop();
      if (one.kind !== 'execute') continue;
      const { procedure, executed } = one;
      const executeAs =
        inForce.length > 0 ? impersonated(file.script, inForce.at(-1)) : clause !== undefined && { executeAs: clause };
      if (procedure)
        found.push({ from: module, execute: one, database, at: { uri: file.uri, span: procedure.span }, ...executeAs });
      for (const batch of executed?.batches ?? []) walk(batch.statements, inForce);
    }
  };
  walk('body' in statement ? statement.body : [], []);
  return found;
}

export function impersonated(script: Script, by: ExecuteAs | undefined): { readonly executeAs?: string } {
  if (!by || by.context === 'CALLER') return {};
  return { executeAs: (by.name && textOf(script, by.name)) ?? `a ${by.context.toLowerCase()}` };
}

/** The same for every statement that makes or alters one object. */
export function moduleKey(module: Module): string {
  return `${homeOf(module)}\n${nameKey(module.name)}`;
}

function homeOf(module: Module): string {
  return `${folderOf(module.file.uri)}\n${databaseOf(module)?.toLowerCase() ?? ''}`;
}

function nameKey(name: ObjectName): string {
  return `${schemaOf(name)}.${name.last.value}`.toLowerCase();
}
