// EXECUTE of procedures and of text, EXECUTE AS, and the variables that feed them.
import type { Cursor } from './cursor.js';
import { parseDataType, parseExpression, parseObjectName, skipParentheses } from './expressions.js';
import { TokenKind } from './lexer.js';
import type {
  Bare,
  DeclareVariable,
  Execute,
  ExecuteArgument,
  ExecuteAs,
  Expression,
  Revert,
  SetVariable,
} from './nodes.js';
import { beginsStatement, skipStatement } from './starters.js';

/** Behind EXEC; `executed` is the parser's to add. */
export function parseExecute(cursor: Cursor, first: number): Bare<Execute> {
  if (cursor.kind() === TokenKind.variable && cursor.isSymbol('=', 1)) cursor.index += 2;
  if (cursor.isSymbol('(')) {
    const text = parseExecutedText(cursor);
    skipTail(cursor);
    return { kind: 'execute', span: cursor.spanFrom(first), arguments: [], text };
  }
  if (cursor.kind() === TokenKind.variable) {
    const variable = { kind: 'variable', span: cursor.tokenSpan, name: cursor.source() } as const;
    cursor.next();
    const passed = parseArguments(cursor);
    return { kind: 'execute', span: cursor.spanFrom(first), variable, arguments: passed };
  }
  return parseCall(cursor, first);
}

/** A procedure's name and its arguments, with or without EXEC before it. */
export function parseCall(cursor: Cursor, first: number): Bare<Execute> {
  const procedure = parseObjectName(cursor, 'the name of a procedure');
  if (cursor.isSymbol(';') && cursor.kind(1) === TokenKind.number) cursor.index += 2;
  const passed = parseArguments(cursor);
  return { kind: 'execute', span: cursor.spanFrom(first), procedure, arguments: passed };
}

/** `('…' + @x)`; the rest of a list for a linked server is passed over. */
function parseExecutedText(cursor: Cursor): Expression {
  const start = cursor.index;
  cursor.next();
  const text = parseExpression(cursor);
  if (!cursor.takeSymbol(')')) {
    const resume = cursor.index;
    cursor.index = start;
    skipParentheses(cursor);
    if (cursor.index < resume) cursor.index = resume;
  }
  return text;
}

/** AS USER = …, AT server. */
function skipTail(cursor: Cursor): void {
  if (cursor.isWord('AS') && (cursor.isWord('USER', 1) || cursor.isWord('LOGIN', 1))) {
    cursor.index += 2;
    if (cursor.takeSymbol('=')) cursor.next();
  }
  if (cursor.takeWord('AT')) {
    cursor.takeWord('DATA_SOURCE');
    cursor.tryIdentifier();
  }
}

function parseArguments(cursor: Cursor): ExecuteArgument[] {
  const passed: ExecuteArgument[] = [];
  while (!endsArguments(cursor)) {
    const first = cursor.index;
    let name: string | undefined;
    if (cursor.kind() === TokenKind.variable && cursor.isSymbol('=', 1)) {
      name = cursor.source();
      cursor.index += 2;
    }
    const value = parseExpression(cursor);
    const output = cursor.takeWord('OUTPUT') || cursor.takeWord('OUT');
    if (cursor.index === first) break;
    passed.push({ span: cursor.spanFrom(first), value, output, ...(name !== undefined && { name }) });
    if (!cursor.takeSymbol(',')) break;
  }
  if (cursor.takeWord('WITH')) skipStatement(cursor);
  return passed;
}

function endsArguments(cursor: Cursor): boolean {
  return (
    cursor.atBatchEnd ||
    cursor.isSymbol(';') ||
    cursor.isWord('WITH') ||
    cursor.isSymbol(')') ||
    cursor.kind() === TokenKind.command ||
    beginsStatement(cursor)
  );
}

/** Behind EXECUTE AS. */
export function parseExecuteAs(cursor: Cursor, first: number): Bare<ExecuteAs> {
  if (cursor.takeWord('CALLER')) return { kind: 'executeAs', span: cursor.spanFrom(first), context: 'CALLER' };
  const context = cursor.takeWord('LOGIN') ? 'LOGIN' : 'USER';
  if (context === 'USER') cursor.expectWord('USER');
  cursor.expectSymbol('=');
  const name = parseExpression(cursor);
  if (cursor.takeWord('WITH')) skipStatement(cursor);
  return { kind: 'executeAs', span: cursor.spanFrom(first), context, name };
}

/** REVERT, or SETUSER, which without a name ends what it began. */
export function parseRevert(cursor: Cursor, first: number): Bare<ExecuteAs> | Bare<Revert> {
  cursor.next();
  const isNamed = cursor.isWord('SETUSER', -1) && (cursor.isString() || cursor.kind() === TokenKind.variable);
  const name = isNamed ? parseExpression(cursor) : undefined;
  if (cursor.takeWord('WITH')) skipStatement(cursor);
  const span = cursor.spanFrom(first);
  return name ? { kind: 'executeAs', span, context: 'SETUSER', name } : { kind: 'revert', span };
}

/** Behind DECLARE, at a variable; a cursor or a table variable is passed over. */
export function parseDeclare(cursor: Cursor, first: number): Bare<DeclareVariable> {
  const variables: DeclareVariable['variables'][number][] = [];
  do {
    if (cursor.kind() !== TokenKind.variable) break;
    const start = cursor.index;
    const name = cursor.source();
    cursor.next();
    cursor.takeWord('AS');
    if (cursor.takeWord('TABLE')) {
      if (cursor.isSymbol('(')) skipParentheses(cursor);
      variables.push({ span: cursor.spanFrom(start), name });
      continue;
    }
    const type = cursor.isName() ? parseDataType(cursor) : undefined;
    const value = cursor.takeSymbol('=') ? parseWholeExpression(cursor) : undefined;
    variables.push({ span: cursor.spanFrom(start), name, ...(type && { type }), ...(value && { value }) });
  } while (cursor.takeSymbol(','));
  return { kind: 'declareVariable', span: cursor.spanFrom(first), variables };
}

/** Behind SET, at a variable. */
export function parseSetVariable(cursor: Cursor, first: number): Bare<SetVariable> {
  const name = cursor.source();
  cursor.next();
  const operator = parseAssignment(cursor);
  const value = operator ? parseWholeExpression(cursor) : skipped(cursor);
  if (!operator || value.kind === 'other') skipStatement(cursor);
  return { kind: 'setVariable', span: cursor.spanFrom(first), name, operator: operator ?? '=', value };
}

/** `=` or `+=`; undefined for another operator, a method call, or nothing. */
function parseAssignment(cursor: Cursor): '=' | '+=' | undefined {
  if (cursor.takeSymbol('=')) return '=';
  if (cursor.isSymbol('+') && cursor.isSymbol('=', 1)) {
    cursor.index += 2;
    return '+=';
  }
  return undefined;
}

/** An expression that must reach its end: what goes on behind it is part of a value that cannot be told. */
function parseWholeExpression(cursor: Cursor): Expression {
  const first = cursor.index;
  const value = parseExpression(cursor);
  if (
    cursor.atBatchEnd ||
    cursor.isSymbol(';') ||
    cursor.isSymbol(',') ||
    cursor.kind() === TokenKind.command ||
    beginsStatement(cursor)
  )
    return value;
  while (!cursor.atBatchEnd && !cursor.isSymbol(';') && !cursor.isSymbol(',') && !beginsStatement(cursor)) {
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    else cursor.next();
  }
  return { kind: 'other', span: cursor.spanFrom(first), text: '' };
}

function skipped(cursor: Cursor): Expression {
  const first = cursor.index;
  return {
    kind: 'other',
    span: cursor.spanOf(cursor.tokens.starts[first] ?? 0, cursor.tokens.starts[first] ?? 0),
    text: '',
  };
}

/**
 * SELECT @a = …, @b = …: one node an assignment; undefined, and nothing taken, where the statement is more than that.
 * The first begins at SELECT.
 */
export function trySelectAssignments(cursor: Cursor, first: number): Bare<SetVariable>[] | undefined {
  const restart = cursor.index;
  const assignments: Bare<SetVariable>[] = [];
  let start = first;
  do {
    if (
      cursor.kind() !== TokenKind.variable ||
      !(cursor.isSymbol('=', 1) || (cursor.isSymbol('+', 1) && cursor.isSymbol('=', 2)))
    )
      break;
    const name = cursor.source();
    const from = start;
    cursor.next();
    const operator = parseAssignment(cursor) ?? '=';
    const value = parseWholeExpression(cursor);
    assignments.push({ kind: 'setVariable', span: cursor.spanFrom(from), name, operator, value });
    start = cursor.index + 1;
  } while (cursor.takeSymbol(','));
  if (assignments.length > 0 && (cursor.atBatchEnd || cursor.isSymbol(';') || beginsStatement(cursor)))
    return assignments;
  cursor.index = restart;
  return undefined;
}
