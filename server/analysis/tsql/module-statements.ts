// Procedures, functions, triggers, aggregates and types: the objects that EXTERNAL NAME binds to managed code.
import type { Cursor } from './cursor.js';
import {
  parseColumn,
  parseConstraints,
  parseDataType,
  parseMethodSpecifier,
  parseObjectName,
  parseParameters,
  skipParentheses,
  tryString,
} from './expressions.js';
import type {
  Bare,
  Column,
  Constraint,
  CreateAggregate,
  CreateTypeTable,
  CreateTypeUddt,
  CreateTypeUdt,
  DropObjects,
  ExecuteAsClause,
  FunctionStatement,
  Identifier,
  MethodSpecifier,
  ObjectName,
  ProcedureStatement,
  Statement,
  TriggerStatement,
} from './nodes.js';
import { TokenKind } from './lexer.js';

/** Gives the statements of a T-SQL body: to the end of the batch. */
export type ParseBody = () => readonly Statement[];

export type Verb = 'create' | 'createOrAlter' | 'alter';

interface Options {
  executeAs?: ExecuteAsClause;
  readonly names: { readonly span: { readonly start: number; readonly end: number }; readonly name: string }[];
}

/** Behind CREATE PROCEDURE. */
export function parseProcedure(cursor: Cursor, first: number, verb: Verb, body: ParseBody): Bare<ProcedureStatement> {
  const name = parseObjectName(cursor, 'the name of a procedure');
  if (cursor.takeSymbol(';')) cursor.next();
  const bracketed = cursor.isSymbol('(') && cursor.kind(1) === TokenKind.variable;
  if (bracketed) cursor.next();
  const parameters = parseParameters(cursor);
  if (bracketed) cursor.expectSymbol(')');
  const options = parseOptions(cursor);
  cursor.takeWords('FOR', 'REPLICATION');
  const rest = parseImplementation(cursor, true, body);
  return {
    kind: verb === 'create' ? 'createProcedure' : verb === 'alter' ? 'alterProcedure' : 'createOrAlterProcedure',
    span: cursor.spanFrom(first),
    name,
    parameters,
    options: options.names,
    ...(options.executeAs && { executeAs: options.executeAs }),
    ...rest,
  };
}

/** Behind CREATE FUNCTION. */
export function parseFunction(cursor: Cursor, first: number, verb: Verb, body: ParseBody): Bare<FunctionStatement> {
  const name = parseObjectName(cursor, 'the name of a function');
  cursor.expectSymbol('(');
  const parameters = parseParameters(cursor);
  cursor.expectSymbol(')');
  const returns = cursor.expectWord('RETURNS') ? parseReturns(cursor) : undefined;
  const options = parseOptions(cursor);
  const order: { column: Identifier; descending: boolean }[] = [];
  if (cursor.isWord('ORDER') && cursor.isSymbol('(', 1)) {
    cursor.index += 2;
    do {
      const column = cursor.identifier('the name of a column');
      const descending = cursor.takeWord('DESC');
      if (!descending) cursor.takeWord('ASC');
      order.push({ column, descending });
    } while (cursor.takeSymbol(','));
    cursor.expectSymbol(')');
  }
  const rest = parseImplementation(cursor, false, body);
  return {
    kind: verb === 'create' ? 'createFunction' : verb === 'alter' ? 'alterFunction' : 'createOrAlterFunction',
    span: cursor.spanFrom(first),
    name,
    parameters,
    order,
    options: options.names,
    ...(returns && { returns }),
    ...(options.executeAs && { executeAs: options.executeAs }),
    ...rest,
  };
}

function parseReturns(cursor: Cursor): FunctionStatement['returns'] {
  const first = cursor.index;
  // RETURNS @name TABLE (…): a T-SQL function of several statements.
  if (cursor.kind() === TokenKind.variable) cursor.next();
  if (!cursor.takeWord('TABLE')) return { kind: 'scalar', type: parseDataType(cursor), span: cursor.spanFrom(first) };
  const columns: Column[] = [];
  const constraints: Constraint[] = [];
  if (cursor.takeSymbol('(')) {
    do {
      if (isTableConstraint(cursor)) constraints.push(...parseConstraints(cursor));
      else columns.push(parseColumn(cursor));
    } while (cursor.takeSymbol(','));
    cursor.expectSymbol(')');
  }
  return { kind: 'table', columns, constraints, span: cursor.spanFrom(first) };
}

function isTableConstraint(cursor: Cursor): boolean {
  const word = cursor.word();
  return (
    (word === 'PRIMARY' && cursor.isWord('KEY', 1)) ||
    ((word === 'UNIQUE' || word === 'CHECK' || word === 'INDEX' || word === 'CONSTRAINT') && !cursor.isSymbol(',', 1))
  );
}

/** WITH and what follows it, EXECUTE AS told apart. */
function parseOptions(cursor: Cursor): Options {
  const options: Options = { names: [] };
  if (!cursor.takeWord('WITH')) return options;
  do {
    const first = cursor.index;
    if (cursor.isWord('EXECUTE') || cursor.isWord('EXEC')) {
      const clause = parseExecuteAsClause(cursor);
      if (clause) options.executeAs = clause;
    } else {
      const name = takeOptionWords(cursor);
      if (name === '') cursor.fail('an option of the module');
      else options.names.push({ span: cursor.spanFrom(first), name });
    }
  } while (cursor.takeSymbol(','));
  return options;
}

const wordyOptions: readonly (readonly string[])[] = [
  ['RETURNS', 'NULL', 'ON', 'NULL', 'INPUT'],
  ['CALLED', 'ON', 'NULL', 'INPUT'],
];

function takeOptionWords(cursor: Cursor): string {
  for (const words of wordyOptions) if (cursor.takeWords(...words)) return words.join(' ');
  const word = cursor.word();
  if (word === '' || word === 'AS' || word === 'EXTERNAL') return '';
  cursor.next();
  if (cursor.takeSymbol('=')) cursor.next();
  return word;
}

/** EXECUTE AS { CALLER | SELF | OWNER | 'user' }. */
export function parseExecuteAsClause(cursor: Cursor): ExecuteAsClause | undefined {
  const first = cursor.index;
  cursor.next();
  if (!cursor.expectWord('AS')) return undefined;
  for (const context of ['CALLER', 'SELF', 'OWNER'] as const) {
    if (cursor.takeWord(context)) return { context, span: cursor.spanFrom(first) };
  }
  const user = tryString(cursor);
  if (user) return { context: 'USER', user, span: cursor.spanFrom(first) };
  cursor.fail('CALLER, SELF, OWNER or the name of a user in quotes');
  return undefined;
}

interface Implementation {
  readonly externalName?: MethodSpecifier;
  readonly body: readonly Statement[];
}

/** [AS] EXTERNAL NAME … or a T-SQL body. */
function parseImplementation(cursor: Cursor, asRequired: boolean, body: ParseBody): Implementation {
  const as = cursor.takeWord('AS');
  if (cursor.takeWords('EXTERNAL', 'NAME')) {
    const externalName = parseMethodSpecifier(cursor);
    if (asRequired && !as) cursor.fail('AS before EXTERNAL NAME');
    return { externalName, body: [] };
  }
  if (cursor.atBatchEnd && !as) {
    cursor.fail('AS');
    return { body: [] };
  }
  return { body: body() };
}

/** Behind CREATE TRIGGER. */
export function parseTrigger(cursor: Cursor, first: number, verb: Verb, body: ParseBody): Bare<TriggerStatement> {
  const name = parseObjectName(cursor, 'the name of a trigger');
  cursor.expectWord('ON');
  const target = parseTriggerTarget(cursor);
  const options = parseOptions(cursor);
  const timing = cursor.takeWords('INSTEAD', 'OF') ? 'INSTEAD OF' : cursor.takeWord('AFTER') ? 'AFTER' : 'FOR';
  if (timing === 'FOR') cursor.expectWord('FOR');
  const events: string[] = [];
  do {
    const event = cursor.word();
    if (event === '' || event === 'AS') {
      cursor.fail('an event');
      break;
    }
    events.push(event);
    cursor.next();
  } while (cursor.takeSymbol(','));
  cursor.takeWords('WITH', 'APPEND');
  cursor.takeWords('NOT', 'FOR', 'REPLICATION');
  const rest = parseImplementation(cursor, true, body);
  return {
    kind: verb === 'create' ? 'createTrigger' : verb === 'alter' ? 'alterTrigger' : 'createOrAlterTrigger',
    span: cursor.spanFrom(first),
    name,
    target,
    timing,
    events,
    options: options.names,
    ...(options.executeAs && { executeAs: options.executeAs }),
    ...rest,
  };
}

function parseTriggerTarget(cursor: Cursor): TriggerStatement['target'] {
  if (cursor.takeWords('ALL', 'SERVER')) return { kind: 'server' };
  if (cursor.isWord('DATABASE') && !cursor.isSymbol('.', 1)) {
    cursor.next();
    return { kind: 'database' };
  }
  return { kind: 'table', name: parseObjectName(cursor, 'a table, DATABASE or ALL SERVER') };
}

/** Behind CREATE AGGREGATE. */
export function parseCreateAggregate(cursor: Cursor, first: number): Bare<CreateAggregate> {
  const name = parseObjectName(cursor, 'the name of an aggregate');
  cursor.expectSymbol('(');
  const parameters = parseParameters(cursor);
  cursor.expectSymbol(')');
  const returns = cursor.expectWord('RETURNS') ? parseDataType(cursor) : undefined;
  const externalName = parseBareExternalName(cursor);
  if (!externalName) cursor.fail('EXTERNAL NAME');
  return {
    kind: 'createAggregate',
    span: cursor.spanFrom(first),
    name,
    parameters,
    ...(returns && { returns }),
    ...(externalName && { externalName }),
  };
}

/** Without the AS of procedures and functions, which is an error here. */
function parseBareExternalName(cursor: Cursor): MethodSpecifier | undefined {
  if (cursor.areWords('AS', 'EXTERNAL', 'NAME')) {
    cursor.fail('EXTERNAL NAME without AS');
    cursor.next();
  }
  return cursor.takeWords('EXTERNAL', 'NAME') ? parseMethodSpecifier(cursor) : undefined;
}

/** Behind CREATE TYPE; undefined where the statement stops at the name. */
export function parseCreateType(
  cursor: Cursor,
  first: number,
): Bare<CreateTypeUdt> | Bare<CreateTypeUddt> | Bare<CreateTypeTable> | undefined {
  const name = parseObjectName(cursor, 'the name of a type');
  const externalName = parseBareExternalName(cursor);
  if (externalName) return { kind: 'createTypeUdt', span: cursor.spanFrom(first), name, externalName };
  if (cursor.takeWord('FROM')) {
    const baseType = parseDataType(cursor);
    if (!cursor.takeWord('NULL')) cursor.takeWords('NOT', 'NULL');
    return { kind: 'createTypeUddt', span: cursor.spanFrom(first), name, baseType };
  }
  if (cursor.takeWords('AS', 'TABLE')) {
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    if (cursor.takeWord('WITH') && cursor.isSymbol('(')) skipParentheses(cursor);
    return { kind: 'createTypeTable', span: cursor.spanFrom(first), name };
  }
  cursor.fail('EXTERNAL NAME, FROM or AS TABLE');
  return undefined;
}

/** Behind DROP PROCEDURE and its like; ON DATABASE and ON ALL SERVER of a trigger are passed over. */
export function parseDropObjects(cursor: Cursor, first: number, kind: DropObjects['kind']): Bare<DropObjects> {
  const ifExists = cursor.takeWords('IF', 'EXISTS');
  const names: ObjectName[] = [];
  do {
    names.push(parseObjectName(cursor, 'the name of an object'));
    if (cursor.isSymbol(';') && cursor.kind(1) === TokenKind.number) cursor.index += 2;
  } while (cursor.takeSymbol(','));
  if (kind === 'dropTrigger' && cursor.takeWord('ON') && !cursor.takeWord('DATABASE'))
    cursor.takeWords('ALL', 'SERVER');
  return { kind, span: cursor.spanFrom(first), names, ifExists };
}
