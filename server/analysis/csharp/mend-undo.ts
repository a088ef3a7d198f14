// What undoes something, put behind all that comes after it in its block: a finally, or a using where nothing was kept to undo it with.
import type { Change, SourceEdit } from '../code/remedy.js';
import type { Span } from '../text/span.js';
import type { SourceUnit } from './declare.js';
import { isPlain, type MendedSources } from './mended-sources.js';
import { indentationAt } from './mend-statements.js';
import type { BlockStatement, Expression, Statement } from './nodes.js';
import type { PlacedNode } from './node-path.js';

/** Undone twice it stays undone: what the block does of it itself is left there, but for the last statement. */
export function undoAtEnd(
  sources: MendedSources,
  { call, type, undo }: Extract<Change, { kind: 'undoAtEnd' }>,
): readonly SourceEdit[] | undefined {
  const found = sources.find(call);
  if (!found || call.kind !== 'source') return undefined;
  const { source, path } = found;
  const at = path.findLastIndex(isBlock);
  const block = path[at];
  const statement = path[at + 1];
  const value = path.findLast(({ span }) => span.start === call.span.start && span.end === call.span.end);
  if (!block || !isBlock(block) || !isStatement(statement) || value?.kind !== 'invocation') return undefined;
  const rest = block.statements.slice(
    block.statements.findIndex(({ span }) => span.start === statement.span.start) + 1,
  );
  if (rest.length === 0 || rest.some(isLabeled)) return undefined;
  const keeper = keeperOf(statement, value.span);
  if (keeper === undefined) return undefined;
  if (keeper === 'none') return wrapped(source, statement, value.span, rest);
  const isKnown = path.some(
    (one) => isBlock(one) && one.statements.some((each) => declares(source, each, keeper, type)),
  );
  if (!isKnown || isGivenAnother(source, rest, keeper)) return undefined;
  return tried(source, rest, `${keeper}.${undo}();`);
}

/** The variable that keeps what the call gives; `none` where nothing does. */
function keeperOf(statement: Statement, call: Span): string | 'none' | undefined {
  const is = (one: Expression | undefined): boolean => one?.span.start === call.start && one.span.end === call.end;
  if (statement.kind === 'locals') {
    const [only, ...others] = statement.variables;
    const isOne = only && others.length === 0 && !statement.isUsing && is(only.value);
    return isOne ? only.name.name : undefined;
  }
  if (statement.kind !== 'expression') return undefined;
  const { value } = statement;
  if (is(value)) return 'none';
  const isKept = value.kind === 'assignment' && value.operator === '=' && is(value.value);
  return isKept && value.target.kind === 'name' ? value.target.name : undefined;
}

function declares({ text }: SourceUnit, statement: Statement, name: string, type: string): boolean {
  if (statement.kind !== 'locals') return false;
  const declared = text.slice(statement.type.span.start, statement.type.span.end);
  const isOfType = declared === 'var' || declared === type || declared === type.slice(type.lastIndexOf('.') + 1);
  return isOfType && statement.variables.some((one) => one.name.name === name);
}

/** Whether the variable may hold something else at the end. */
function isGivenAnother({ text }: SourceUnit, rest: readonly Statement[], name: string): boolean {
  const assigned = new RegExp(`(?:\\b(?:out|ref)\\s+${name}\\b|\\b${name}\\s*=[^=])`);
  const [from, to] = [rest[0]?.span.start, rest.at(-1)?.span.end];
  return assigned.test(text.slice(from, to));
}

function tried(source: SourceUnit, rest: readonly Statement[], undo: string): readonly SourceEdit[] | undefined {
  const { text } = source;
  const last = rest.at(-1);
  const isUndone = rest.length > 1 && last && text.slice(last.span.start, last.span.end) === undo;
  const kept = isUndone ? rest.slice(0, -1) : rest;
  const span = { start: rest[0]?.span.start ?? 0, end: last?.span.end ?? 0 };
  const layout = layoutOf(source, span);
  if (!layout) return undefined;
  const { inside, line, end, unit } = layout;
  const body = inside({ start: span.start, end: kept.at(-1)?.span.end ?? span.end });
  const put = ['try', '{', `${unit}${body}`, '}', 'finally', '{', `${unit}${undo}`, '}'].join(`${end}${line}`);
  return [{ uri: source.uri, at: span, text: put }];
}

/** `using (the call) { the rest }`. */
function wrapped(
  source: SourceUnit,
  statement: Statement,
  call: Span,
  rest: readonly Statement[],
): readonly SourceEdit[] | undefined {
  const span = { start: statement.span.start, end: rest.at(-1)?.span.end ?? statement.span.end };
  const layout = layoutOf(source, span);
  const first = rest[0];
  if (!layout || !first) return undefined;
  const { inside, line, end, unit } = layout;
  const body = inside({ start: first.span.start, end: span.end });
  const using = `using (${source.text.slice(call.start, call.end)})`;
  return [{ uri: source.uri, at: span, text: [using, '{', `${unit}${body}`, '}'].join(`${end}${line}`) }];
}

interface Layout {
  /** What lines begin with, and what goes before it further in. */
  readonly line: string;
  readonly unit: string;
  readonly end: string;
  /** A stretch one step further in, its first line apart. */
  inside(span: Span): string;
}

/** Undefined where statements share a line, and where a string or a directive is in the way of indenting them. */
function layoutOf(source: SourceUnit, span: Span): Layout | undefined {
  const { text } = source;
  const line = indentationAt(text, span.start);
  const isFirst = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start) === line;
  const all = text.slice(span.start, span.end);
  if (!isFirst || !isPlain(source, span) || /"""|@\$?"[^"\n]*\n/.test(all)) return undefined;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = line.includes('\t') ? '\t' : '    ';
  const inside = ({ start, end: to }: Span): string => text.slice(start, to).replace(/\n(?=[ \t]*\S)/g, `\n${unit}`);
  return { line, unit, end, inside };
}

function isBlock(node: PlacedNode): node is BlockStatement {
  return node.kind === 'block';
}

function isStatement(node: PlacedNode | undefined): node is Statement {
  return node?.kind === 'locals' || node?.kind === 'expression';
}

function isLabeled({ kind }: Statement): boolean {
  return kind === 'labeled';
}
