// The call that a caret is in: of a function between its parentheses, or of a procedure behind EXEC.
import { Cursor, undoubled } from './cursor.js';
import { TokenKind } from './lexer.js';
import type { Script } from './nodes.js';

export interface CallAt {
  /** The parts of the name, delimiters undone; empty for one that is left out. */
  readonly name: readonly string[];
  readonly isExecuted: boolean;
  /** Which argument the caret is at, counted from zero. */
  readonly argument: number;
  /** `@name`, where it is given by its name. */
  readonly argumentName?: string;
}

/** Nobody types at the end of a longer statement. */
const longest = 1 << 16;

export function callAt(text: string, { batches }: Script, offset: number): CallAt | undefined {
  const batch = batches.findLast(({ span }) => span.start <= offset);
  const statement = batch?.statements.findLast(({ span }) => span.start <= offset);
  const from = statement?.span.start ?? batch?.span.start ?? 0;
  if (offset - from > longest) return undefined;
  const cursor = new Cursor(text.slice(from, offset));
  return isInToken(cursor) ? undefined : (functionAt(cursor) ?? executionAt(cursor));
}

/** In a comment or a string. */
function isInToken({ text, tokens }: Cursor): boolean {
  const [start = 0, end, isBlock] = tokens.comments.slice(-3);
  if (end === text.length && (isBlock === 0 || end - start < 4 || !text.endsWith('*/'))) return true;
  const last = tokens.count - 2;
  const kind = tokens.kinds[last];
  if (kind !== TokenKind.string && kind !== TokenKind.nationalString) return false;
  const source = text.slice(tokens.starts[last], tokens.ends[last]).replace(/^N/i, '').slice(1).replaceAll("''", '');
  return tokens.ends[last] === text.length && !source.endsWith("'");
}

/** Backwards to the parenthesis that is open, and the name in front of it; one without a name is part of an argument. */
function functionAt(cursor: Cursor): CallAt | undefined {
  let depth = 0;
  let argument = 0;
  for (cursor.index = cursor.tokens.count - 2; cursor.index >= 0; cursor.index--) {
    if (cursor.isSymbol(')')) depth++;
    else if (cursor.isSymbol('(') && depth > 0) depth--;
    else if (cursor.isSymbol('(')) {
      const name = nameBefore(cursor);
      if (name.length > 0) return { name, isExecuted: false, argument };
      argument = 0;
    } else if (depth === 0 && cursor.isSymbol(',')) argument++;
  }
  return undefined;
}

function nameBefore(cursor: Cursor): readonly string[] {
  const name: string[] = [];
  for (let behind = -1; cursor.index + behind >= 0; behind -= 2) {
    if (!cursor.isName(behind)) break;
    name.unshift(nameOf(cursor.source(behind)));
    if (cursor.index + behind < 1 || !cursor.isSymbol('.', behind - 1)) break;
  }
  return name;
}

/** `EXEC @status = dbo.name 1, @second = 2`. */
function executionAt(cursor: Cursor): CallAt | undefined {
  const { count } = cursor.tokens;
  for (cursor.index = count - 2; cursor.index >= 0; cursor.index--)
    if (cursor.isWord('EXEC') || cursor.isWord('EXECUTE')) break;
  if (cursor.index < 0) return undefined;
  cursor.next();
  if (cursor.kind() === TokenKind.variable && cursor.isSymbol('=', 1)) cursor.index += 2;
  const name: string[] = [];
  while (cursor.isName() || cursor.isSymbol('.')) {
    if (cursor.isName()) name.push(nameOf(cursor.source()));
    else if (cursor.isSymbol('.', 1)) name.push('');
    cursor.next();
  }
  // The caret is in the name, or behind another statement.
  if (name.length === 0 || cursor.end(-1) === cursor.text.length) return undefined;
  let argument = 0;
  let argumentName: string | undefined;
  for (; cursor.index < count - 1; cursor.next()) {
    if (cursor.isSymbol(',')) {
      argument++;
      argumentName = undefined;
    } else if (cursor.isSymbol(';') || isStatement(cursor)) return undefined;
    else if (cursor.kind() === TokenKind.variable && cursor.isSymbol('=', 1)) argumentName = cursor.source();
  }
  return { name, isExecuted: true, argument, ...(argumentName !== undefined && { argumentName }) };
}

function isStatement(cursor: Cursor): boolean {
  return statements.has(cursor.word());
}

const statements: ReadonlySet<string> = new Set(
  'BEGIN BREAK COMMIT CREATE DECLARE DELETE DROP ELSE END GO GRANT IF INSERT MERGE PRINT RETURN ROLLBACK SELECT SET UPDATE WHILE WITH'.split(
    ' ',
  ),
);

function nameOf(source: string): string {
  if (source.startsWith('[')) return undoubled(source, ']');
  return source.startsWith('"') ? undoubled(source, '"') : source;
}
