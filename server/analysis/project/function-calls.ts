// Managed and T-SQL functions and aggregates that queries, views, computed columns, defaults and constraints call.
import { Cursor } from '../tsql/cursor.js';
import { parseObjectName } from '../tsql/expressions.js';
import type { ExecuteAs, ObjectName, Statement } from '../tsql/nodes.js';
import type { CallUse } from '../tsql/ordinary-nodes.js';
import { permissionsToUse } from './bindings.js';
import {
  databaseOf,
  impersonated,
  impersonatedBy,
  type Module,
  type ModuleCall,
  type Modules,
} from './module-calls.js';
import type { Project, ScriptFile } from './project.js';

export function functionCallsOf(
  { scripts, ordinaryOf }: Pick<Project, 'scripts' | 'ordinaryOf'>,
  modules: Modules,
): readonly ModuleCall[] {
  const bodies = new Map(modules.bodies.map((module) => [module.statement as Statement, module]));
  return scripts.flatMap((file) => {
    const calls = ordinaryOf(file).calls;
    return calls.length === 0 ? [] : new Calls(file, modules, bodies).of(calls);
  });
}

class Calls {
  readonly #file: ScriptFile;
  readonly #modules: Modules;
  readonly #bodies: ReadonlyMap<Statement, Module>;
  readonly #found: ModuleCall[] = [];

  constructor(file: ScriptFile, modules: Modules, bodies: ReadonlyMap<Statement, Module>) {
    this.#file = file;
    this.#modules = modules;
    this.#bodies = bodies;
  }

  /** Both are in the order of the text. */
  of(calls: readonly CallUse[]): readonly ModuleCall[] {
    const { steps } = this.#file.timeline;
    const byStep = parted(
      calls,
      steps.map(({ statement }) => statement),
    );
    for (const [index, { statement, database, executeAs }] of steps.entries()) {
      // `CREATE FUNCTION dbo.f (` is no call of it.
      const made = 'body' in statement || 'externalName' in statement ? statement.name.span.start : undefined;
      const own = (byStep[index] ?? []).filter(({ name }) => name.span.start !== made);
      if (own.length === 0) continue;
      const module = this.#bodies.get(statement);
      if (module) this.#ofBody(module, own);
      else this.#add(own, this.#holderOf(statement, database), database, impersonated(this.#file.script, executeAs));
    }
    return this.#found;
  }

  #ofBody(module: Module, calls: readonly CallUse[]): void {
    const body = 'body' in module.statement ? module.statement.body : [];
    const byStatement = parted(calls, body);
    const clause = impersonatedBy(module.statement);
    const inForce: ExecuteAs[] = [];
    for (const [index, statement] of body.entries()) {
      if (statement.kind === 'executeAs') inForce.push(statement);
      else if (statement.kind === 'revert') inForce.pop();
      const own = clause === undefined ? {} : { executeAs: clause };
      const as = inForce.length > 0 ? impersonated(this.#file.script, inForce.at(-1)) : own;
      this.#add(byStatement[index] ?? [], module, databaseOf(module), as);
    }
  }

  #add(
    calls: readonly CallUse[],
    from: ModuleCall['from'],
    database: string | undefined,
    as: Pick<ModuleCall, 'executeAs'>,
  ): void {
    for (const { name } of calls) {
      const to = name.parts.length > 3 ? undefined : this.#modules.find(name, database, this.#file.uri);
      if (to && isCalledBy(name, to))
        this.#found.push({ from, to, at: { uri: this.#file.uri, span: name.span }, inQuery: true, ...as });
    }
  }

  /** A table or a view, in which the call is kept; else the script. */
  #holderOf({ span, kind }: Statement, database: string | undefined): ModuleCall['from'] {
    const file = this.#file;
    if (kind !== 'unknown') return file;
    const cursor = new Cursor(file.text.slice(span.start, Math.min(span.end, span.start + mostHead)));
    if (
      !cursor.takeWord('ALTER') &&
      (!cursor.takeWord('CREATE') || (cursor.isWord('OR') && !cursor.takeWords('OR', 'ALTER')))
    )
      return file;
    if ((!cursor.takeWord('TABLE') && !cursor.takeWord('VIEW')) || !cursor.isName()) return file;
    const name = parseObjectName(cursor, 'a table');
    // What is gone when the session ends is part of the script.
    return name.last.value.startsWith('#')
      ? file
      : { kind: 'table', name, database: nameDatabase(name) ?? database, uri: file.uri };
  }
}

/** More than the names of a table take. */
const mostHead = 1_000;

function nameDatabase({ parts }: ObjectName): string | undefined {
  return parts.at(-3)?.value;
}

/**
 * A function that returns a value, and an aggregate, are called with their schema alone: learn.microsoft.com "Execute User-defined
 * Functions"; read 2026-11. Without one a name in front of parentheses is a function of SQL Server's own.
 */
function isCalledBy({ parts }: ObjectName, { kind, statement }: Module): boolean {
  if (kind !== 'function' && kind !== 'aggregate') return false;
  return parts.length > 1 || permissionsToUse({ kind, statement })[0] === 'SELECT';
}

/** The calls of each statement: those in front of the first belong to it. */
function parted(calls: readonly CallUse[], statements: readonly Statement[]): readonly (readonly CallUse[])[] {
  let next = 0;
  return statements.map((_, index) => {
    const end = statements[index + 1]?.span.start ?? Infinity;
    const first = next;
    while ((calls[next]?.name.span.start ?? Infinity) < end) next++;
    return calls.slice(first, next);
  });
}
