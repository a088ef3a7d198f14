// Names, types, and the expressions that clauses of the field take.
import type { Cursor } from './cursor.js';
import { undoubled } from './cursor.js';
import { TokenKind } from './lexer.js';
import type {
  BinaryLiteral,
  Column,
  Constraint,
  DataType,
  Expression,
  Identifier,
  MethodSpecifier,
  ObjectName,
  Parameter,
  StringLiteral,
} from './nodes.js';
import { beginsStatement } from './starters.js';

const maximumDepth = 64;

/** One to four parts, `db..name` included. */
export function parseObjectName(cursor: Cursor, what: string): ObjectName {
  const first = cursor.index;
  const parts: (Identifier | undefined)[] = [];
  while (cursor.isSymbol('.')) {
    parts.push(undefined);
    cursor.next();
  }
  let last = cursor.identifier(what);
  parts.push(last);
  while (cursor.isSymbol('.')) {
    cursor.next();
    while (cursor.isSymbol('.')) {
      parts.push(undefined);
      cursor.next();
    }
    last = cursor.identifier(what);
    parts.push(last);
  }
  return { span: cursor.spanFrom(first), parts, last };
}

/** Behind EXTERNAL NAME. */
export function parseMethodSpecifier(cursor: Cursor): MethodSpecifier {
  const name = parseObjectName(cursor, 'the name of an assembly');
  const [assembly, className, method] = name.parts;
  return {
    span: name.span,
    assembly: assembly ?? name.last,
    ...(className && { className }),
    ...(method && { method }),
    surplus: name.parts.length > 3,
  };
}

export function parseDataType(cursor: Cursor): DataType {
  const first = cursor.index;
  const name = parseObjectName(cursor, 'a data type');
  if (name.last.value.toUpperCase() === 'DOUBLE') cursor.takeWord('PRECISION');
  if (/^(NATIONAL|CHAR|CHARACTER|NCHAR|BINARY)$/i.test(name.last.value)) {
    cursor.takeWord('CHARACTER');
    cursor.takeWord('VARYING');
  }
  const facets: string[] = [];
  if (cursor.isSymbol('(')) {
    cursor.next();
    let start = cursor.start();
    while (!cursor.atBatchEnd && !cursor.isSymbol(')')) {
      if (cursor.isSymbol(',')) {
        facets.push(cursor.text.slice(start, cursor.start()).trim());
        start = cursor.end();
      }
      cursor.next();
    }
    facets.push(cursor.text.slice(start, cursor.start()).trim());
    cursor.takeSymbol(')');
  }
  return { span: cursor.spanFrom(first), name, facets };
}

/** `@p [AS] type [NULL | NOT NULL] [= default] [OUT | OUTPUT] [READONLY]`, with VARYING passed over. */
export function parseParameter(cursor: Cursor): Parameter {
  const first = cursor.index;
  const name = cursor.source();
  cursor.next();
  cursor.takeWord('AS');
  const type = parseDataType(cursor);
  cursor.takeWord('VARYING');
  let nullability: Parameter['nullability'];
  if (cursor.takeWords('NOT', 'NULL')) nullability = 'NOT NULL';
  else if (cursor.takeWord('NULL')) nullability = 'NULL';
  const value = cursor.takeSymbol('=') ? parseExpression(cursor) : undefined;
  let output = false;
  let readOnly = false;
  for (;;) {
    if (cursor.takeWord('OUT') || cursor.takeWord('OUTPUT')) output = true;
    else if (cursor.takeWord('READONLY')) readOnly = true;
    else break;
  }
  return {
    span: cursor.spanFrom(first),
    name,
    type,
    output,
    readOnly,
    ...(value && { default: value }),
    ...(nullability && { nullability }),
  };
}

/** Parameters to the first token that is none. */
export function parseParameters(cursor: Cursor): Parameter[] {
  const parameters: Parameter[] = [];
  while (cursor.kind() === TokenKind.variable || cursor.source().startsWith('<')) {
    parameters.push(parseParameter(cursor));
    if (!cursor.takeSymbol(',')) break;
  }
  return parameters;
}

/** `name type [constraints]`, to the comma or parenthesis behind it. */
export function parseColumn(cursor: Cursor): Column {
  const first = cursor.index;
  const name = cursor.identifier('the name of a column');
  const type = cursor.takeWord('AS') ? undefined : parseDataType(cursor);
  const constraints = parseConstraints(cursor);
  return { span: cursor.spanFrom(first), name, constraints, ...(type && { type }) };
}

const constraintWords: readonly (readonly [Constraint['name'], ...(readonly string[])])[] = [
  ['NOT NULL', 'NOT', 'NULL'],
  ['PRIMARY KEY', 'PRIMARY', 'KEY'],
  ['UNIQUE', 'UNIQUE'],
  ['CHECK', 'CHECK'],
  ['DEFAULT', 'DEFAULT'],
  ['IDENTITY', 'IDENTITY'],
];

/** To a comma or closing parenthesis of this level, neither taken; what stands in parentheses is passed over. */
export function parseConstraints(cursor: Cursor): readonly Constraint[] {
  const constraints: Constraint[] = [];
  while (!cursor.atBatchEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')') && !cursor.isSymbol(';')) {
    const first = cursor.index;
    const found = constraintWords.find(([, ...words]) => cursor.takeWords(...words));
    if (found) constraints.push({ name: found[0], span: cursor.spanFrom(first) });
    else if (cursor.isSymbol('(')) skipParentheses(cursor);
    else cursor.next();
  }
  return constraints;
}

/** Over a parenthesis and what it holds. */
export function skipParentheses(cursor: Cursor): void {
  let depth = 0;
  while (!cursor.atBatchEnd) {
    if (cursor.isSymbol('(')) depth++;
    else if (cursor.isSymbol(')')) depth--;
    cursor.next();
    if (depth <= 0) return;
  }
}

export function tryString(cursor: Cursor): StringLiteral | undefined {
  return cursor.isString() ? parseString(cursor) : undefined;
}

/** At a string token. */
function parseString(cursor: Cursor): StringLiteral {
  const national = cursor.kind() === TokenKind.nationalString;
  const source = cursor.source();
  const literal: StringLiteral = {
    kind: 'string',
    span: cursor.tokenSpan,
    value: undoubled(national ? source.slice(1) : source, "'"),
    national,
  };
  cursor.next();
  return literal;
}

export function parseExpression(cursor: Cursor, depth = 0): Expression {
  const first = cursor.index;
  const operands = [parseOperand(cursor, depth)];
  let concatenates = true;
  for (;;) {
    if (cursor.isSymbol('+')) cursor.next();
    else if (operators.has(cursor.text[cursor.start()] ?? '') && cursor.kind() === TokenKind.symbol) {
      concatenates = false;
      cursor.next();
    } else break;
    if (cursor.atBatchEnd || cursor.isSymbol(';')) break;
    operands.push(parseOperand(cursor, depth));
  }
  const [only] = operands;
  if (only && operands.length === 1) return only;
  const span = cursor.spanFrom(first);
  return concatenates ? { kind: 'concatenation', span, operands } : other(cursor, first);
}

const operators: ReadonlySet<string> = new Set(['-', '*', '/', '%', '&', '|', '^']);

function parseOperand(cursor: Cursor, depth: number): Expression {
  const first = cursor.index;
  const operand = parseBareOperand(cursor, depth);
  if (cursor.isWord('COLLATE')) {
    cursor.next();
    cursor.tryIdentifier();
    return operand.kind === 'string' ? operand : other(cursor, first);
  }
  return operand;
}

function parseBareOperand(cursor: Cursor, depth: number): Expression {
  const first = cursor.index;
  if (depth > maximumDepth || beginsStatement(cursor)) return other(cursor, first);
  switch (cursor.kind()) {
    case TokenKind.string:
    case TokenKind.nationalString:
      return parseString(cursor);
    case TokenKind.binary:
      return parseBinary(cursor);
    case TokenKind.number: {
      const text = cursor.source();
      cursor.next();
      return { kind: 'number', span: cursor.spanFrom(first), text };
    }
    case TokenKind.variable: {
      const name = cursor.source();
      cursor.next();
      if (!cursor.isSymbol('.')) return { kind: 'variable', span: cursor.spanFrom(first), name };
      return parsePath(cursor, first);
    }
    case TokenKind.symbol:
      if (cursor.isSymbol('-') || cursor.isSymbol('+') || cursor.isSymbol('~')) {
        cursor.next();
        parseOperand(cursor, depth + 1);
        return other(cursor, first);
      }
      if (cursor.isSymbol('(')) return parseParenthesized(cursor, depth);
      if (cursor.isSymbol('<')) return parsePlaceholder(cursor, first);
      return other(cursor, first);
    case TokenKind.word:
    case TokenKind.bracket:
    case TokenKind.quoted:
      return parseWordOperand(cursor, first, depth);
    default:
      return other(cursor, first);
  }
}

function parseParenthesized(cursor: Cursor, depth: number): Expression {
  const first = cursor.index;
  if (depth > maximumDepth || cursor.isWord('SELECT', 1)) {
    skipParentheses(cursor);
    return other(cursor, first);
  }
  cursor.next();
  const inner = parseExpression(cursor, depth + 1);
  if (cursor.takeSymbol(')')) return inner;
  while (!cursor.atBatchEnd && !cursor.isSymbol(')') && !cursor.isSymbol(';')) {
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    else cursor.next();
  }
  cursor.takeSymbol(')');
  return other(cursor, first);
}

function parseBinary(cursor: Cursor): Expression {
  const first = cursor.index;
  const raw = cursor.text.slice(cursor.start() + 2, cursor.end());
  const end = cursor.end();
  cursor.next();
  // `0x<PASTE_HASH_HERE>`: a placeholder somebody was to fill in.
  if (cursor.isSymbol('<') && cursor.start() === end) return parsePlaceholder(cursor, first);
  const literal: BinaryLiteral = { kind: 'binary', span: cursor.spanFrom(first), raw };
  return literal;
}

/** `<name, type, value>` of a template, on one line. */
function parsePlaceholder(cursor: Cursor, first: number): Expression {
  for (let taken = 0; taken < 32 && !cursor.atBatchEnd; taken++) {
    const closes = cursor.isSymbol('>');
    cursor.next();
    if (closes) break;
  }
  return other(cursor, first);
}

function parseWordOperand(cursor: Cursor, first: number, depth: number): Expression {
  const word = cursor.word();
  // `$ 10.12`, `$-23`: an amount may stand apart from its sign.
  if (/^[$£€¥¤]$/.test(word)) {
    cursor.next();
    cursor.takeSymbol('-');
    if (cursor.kind() === TokenKind.number) cursor.next();
    return other(cursor, first);
  }
  if (word === 'CASE') {
    skipCase(cursor);
    return other(cursor, first);
  }
  if (cursor.isSymbol('(', 1) && depth < maximumDepth) {
    if (word === 'CONVERT' || word === 'TRY_CONVERT') return parseConvert(cursor, first, depth);
    if (word === 'CAST' || word === 'TRY_CAST') return parseCast(cursor, first, depth);
  }
  return parsePath(cursor, first);
}

/** A name, a call, a method of a value: `a.b(c).d`. */
function parsePath(cursor: Cursor, first: number): Expression {
  if (cursor.isName()) cursor.next();
  for (;;) {
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    else if (cursor.isSymbol('.') || cursor.isSymbol(':')) {
      cursor.next();
      if (cursor.isSymbol(':')) cursor.next();
      if (cursor.isName()) cursor.next();
    } else break;
  }
  return other(cursor, first);
}

function skipCase(cursor: Cursor): void {
  let cases = 0;
  while (!cursor.atBatchEnd) {
    if (cursor.isWord('CASE')) cases++;
    else if (cursor.isWord('END')) cases--;
    cursor.next();
    if (cases === 0) return;
  }
}

function parseConvert(cursor: Cursor, first: number, depth: number): Expression {
  cursor.index += 2;
  const type = parseDataType(cursor);
  if (!cursor.takeSymbol(',')) return abandoned(cursor, first);
  const operand = parseExpression(cursor, depth + 1);
  let style: number | undefined;
  if (cursor.takeSymbol(',')) {
    const value = parseExpression(cursor, depth + 1);
    style = value.kind === 'number' ? Number(value.text) : Number.NaN;
  }
  if (!cursor.takeSymbol(')')) return abandoned(cursor, first);
  return { kind: 'conversion', span: cursor.spanFrom(first), type, operand, ...(style !== undefined && { style }) };
}

function parseCast(cursor: Cursor, first: number, depth: number): Expression {
  cursor.index += 2;
  const operand = parseExpression(cursor, depth + 1);
  if (!cursor.takeWord('AS')) return abandoned(cursor, first);
  const type = parseDataType(cursor);
  if (!cursor.takeSymbol(')')) return abandoned(cursor, first);
  return { kind: 'conversion', span: cursor.spanFrom(first), type, operand };
}

/** A call that is not as expected: to its closing parenthesis. */
function abandoned(cursor: Cursor, first: number): Expression {
  let depth = 1;
  while (!cursor.atBatchEnd && depth > 0 && !(cursor.isSymbol(';') && depth === 1) && !beginsStatement(cursor)) {
    if (cursor.isSymbol('(')) depth++;
    else if (cursor.isSymbol(')')) depth--;
    cursor.next();
  }
  return other(cursor, first);
}

/** From a token's index to here; empty where nothing was taken. */
function other(cursor: Cursor, first: number): Expression {
  if (cursor.index === first) {
    const at = cursor.start();
    return { kind: 'other', span: cursor.spanOf(at, at), text: '' };
  }
  const span = cursor.spanFrom(first);
  const start = cursor.tokens.starts[first] ?? 0;
  const end = cursor.tokens.ends[cursor.index - 1] ?? start;
  return { kind: 'other', span, text: cursor.text.slice(start, Math.min(end, start + 400)) };
}
