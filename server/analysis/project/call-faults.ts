// Calls of managed functions, aggregates and procedures that SQL Server refuses, or that certainly fail.
import { builtInFunctions } from '../knowledge/built-in-functions.js';
import type { TypeRef } from '../code/model.js';
import { textOf } from '../tsql/constants.js';
import { Cursor } from '../tsql/cursor.js';
import { parseObjectName } from '../tsql/expressions.js';
import { statementsOf, type Execute, type ObjectName, type Statement } from '../tsql/nodes.js';
import type { CallUse } from '../tsql/ordinary-nodes.js';
import type { Span } from '../text/span.js';
import { classOf } from './bound-methods.js';
import { checkClauses } from './clause-faults.js';
import { sameName } from './names.js';
import { marked, OrdinaryNames } from './ordinary-names.js';
import type { CodeFault, BoundRoutine, Project, ScriptFile } from './project.js';
import { saysItReads } from './routine-reach.js';
import { schemaOf } from './schema-owners.js';
import { hasNoNull } from '../knowledge/clr-type-mapping.js';
import { managedName } from './type-pairs.js';

/** In one script. */
export function callFaults(project: Project, file: ScriptFile): readonly CodeFault[] {
  const names = project.ordinaryNames;
  const faults: CodeFault[] = [];
  if (!project.bindsCode) return faults;
  const add: Add = (at, message, number, severity) =>
    void faults.push({ uri: file.uri, at, message, sqlErrors: [number], ...(severity && { severity }) });
  for (const call of project.ordinaryOf(file).calls) checkCall(names, call, add);
  checkClauses(project, file, add);
  for (const statement of statementsOf(file.script, 'execute')) checkExecute(project, names, file, statement, add);
  return faults;
}

export type Add = (at: Span, message: string, number: number, severity?: 'warning') => void;

/** What only tests of others tell is a warning. */
function checkCall(names: OrdinaryNames, call: CallUse, add: Add): void {
  const routine = names.routine(call.name);
  if (!routine) return;
  const { name, place } = call;
  const shown = name.last.value;
  const isAlone = name.parts.length === 1;
  const isQueried = place === 'select' || place === 'filter';
  if (isAlone) {
    const isScalar = routine.kind === 'aggregate' || names.method(name)?.statement.kind.endsWith('Function') === true;
    const isTable = 'returns' in routine.statement && isTableResult(routine);
    if (isScalar && !isTable && isQueried && !builtInFunctions.has(shown.toLowerCase()))
      add(name.span, `${shown} is called without its schema`, 195, 'warning');
    return;
  }
  if (routine.kind === 'aggregate' && routine.statement.kind === 'createAggregate') {
    const { length } = routine.statement.parameters;
    const aggregated = classOf(routine);
    if (isQueried && call.argumentCount !== length)
      add(
        name.span,
        `Aggregate ${shown} is given ${call.argumentCount} ${call.argumentCount === 1 ? 'argument' : 'arguments'}, and takes ${length}`,
        174,
        'warning',
      );
    if (call.ordered) add(call.ordered, `Aggregate ${shown} takes no ORDER BY`, 156, 'warning');
    if (call.hashGroup) add(call.hashGroup, `Aggregate ${shown} is not computed by HASH GROUP`, 8622, 'warning');
    if (place === 'pivot' && aggregated && marked({ type: aggregated }, 'IsInvariantToNulls') === false)
      add(name.span, `PIVOT sums up by ${shown}, which is not marked IsInvariantToNulls`, 406);
  }
  const bound = names.method(name);
  if (!bound || routine.kind !== 'function') return;
  const { method, statement } = bound;
  if (place === 'output' && saysItReads(method)) add(name.span, `OUTPUT calls ${shown}, which reads data`, 345);
  if (!statement.options.some((one) => one.name === 'RETURNS NULL ON NULL INPUT'))
    for (const { index, span } of call.nulls) {
      const parameter = method.parameters[index];
      if (parameter && isNeverNull(parameter.type))
        add(span, `${shown} takes ${parameter.name} as ${managedName(parameter.type) ?? ''}, which is not NULL`, 6569);
    }
}

function checkExecute(project: Project, names: OrdinaryNames, file: ScriptFile, of: Execute, add: Add): void {
  const { procedure } = of;
  if (!procedure) return;
  const routine = names.routine(procedure);
  if (routine?.kind === 'aggregate' || (routine?.kind === 'function' && isTableResult(routine)))
    add(
      procedure.span,
      `${procedure.last.value} is ${routine.kind === 'aggregate' ? 'an aggregate' : 'a table-valued function'}, and no procedure`,
      2809,
    );
  const bound = names.method(procedure);
  if (bound && routine?.kind === 'procedure' && 'parameters' in bound.statement)
    for (const [at, { name, value }] of of.arguments.entries()) {
      const index = bound.statement.parameters.findIndex((one, place) =>
        name === undefined ? place === at : sameName(one.name, name),
      );
      const parameter = bound.method.parameters[index];
      if (value.kind !== 'other' || !/^NULL$/i.test(value.text) || !parameter || !isNeverNull(parameter.type)) continue;
      add(
        value.span,
        `${procedure.last.value} takes ${parameter.name} as ${managedName(parameter.type) ?? ''}, which is not NULL`,
        6569,
      );
    }
  if (sameName(procedure.last.value, 'sp_describe_first_result_set')) checkDescribed(project, names, file, of, add);
}

/** What a statement would return is asked of code that does not say so. */
function checkDescribed(project: Project, names: OrdinaryNames, file: ScriptFile, of: Execute, add: Add): void {
  const [first] = of.arguments;
  const text = first && textOf(file.script, first.value);
  if (!first || text === undefined) return;
  const own = invokedBy(project, names, text);
  if (own) return add(first.span, `${own.what} does not tell what it returns`, own.is === 'procedure' ? 11515 : 11517);
  const called = executedBy(text);
  const body = called && bodyOf(project, called);
  if (!body) return;
  const [statement] = body.statements;
  const inner = statement && invokedBy(project, names, body.file.text.slice(statement.span.start, statement.span.end));
  if (inner)
    add(
      first.span,
      `${inner.what}, which ${called.last.value} runs, does not tell what it returns`,
      inner.is === 'procedure' ? 11516 : 11518,
    );
}

function bodyOf(
  project: Project,
  name: ObjectName,
): { readonly file: ScriptFile; readonly statements: readonly Statement[] } | undefined {
  const bodies = project
    .scriptsWith('createProcedure', 'createOrAlterProcedure')
    .flatMap((file) =>
      statementsOf(file.script, 'createProcedure', 'createOrAlterProcedure').flatMap((one) =>
        !one.externalName &&
        sameName(one.name.last.value, name.last.value) &&
        sameName(schemaOf(one.name), schemaOf(name))
          ? [{ file, statements: one.body }]
          : [],
      ),
    );
  return bodies.length === 1 ? bodies[0] : undefined;
}

/** The managed procedure that a statement executes, or the managed trigger that it fires. */
function invokedBy(
  project: Project,
  names: OrdinaryNames,
  text: string,
): { readonly is: 'procedure' | 'trigger'; readonly what: string } | undefined {
  const procedure = executedBy(text);
  if (procedure)
    return names.routine(procedure)?.kind === 'procedure'
      ? { is: 'procedure', what: `Procedure ${procedure.last.value}` }
      : undefined;
  const cursor = new Cursor(text);
  const verb = cursor.word();
  if (verb !== 'INSERT' && verb !== 'UPDATE' && verb !== 'DELETE') return undefined;
  cursor.next();
  if (!cursor.takeWord('INTO')) cursor.takeWord('FROM');
  if (!cursor.isName()) return undefined;
  const table = parseObjectName(cursor, 'a table');
  const trigger = project.routines.find(
    ({ statement }) =>
      'target' in statement &&
      statement.target.kind === 'table' &&
      statement.events.includes(verb) &&
      sameName(statement.target.name.last.value, table.last.value) &&
      sameName(schemaOf(statement.target.name), schemaOf(table)),
  );
  return trigger && { is: 'trigger', what: `Trigger ${trigger.name.last.value}` };
}

/** What `EXEC name …` executes, unless it says what that returns. */
function executedBy(text: string): ObjectName | undefined {
  const cursor = new Cursor(text);
  if (!cursor.takeWord('EXEC') && !cursor.takeWord('EXECUTE')) return undefined;
  if (!cursor.isName()) return undefined;
  const name = parseObjectName(cursor, 'a procedure');
  while (!cursor.atBatchEnd) {
    if (cursor.areWords('WITH', 'RESULT', 'SETS')) return undefined;
    cursor.next();
  }
  return name;
}

export function isTableResult({ statement }: Pick<BoundRoutine, 'statement'>): boolean {
  return 'returns' in statement && statement.returns !== undefined && 'columns' in statement.returns;
}

function isNeverNull(type: TypeRef): boolean {
  const name = managedName(type);
  return name !== undefined && hasNoNull(name);
}
