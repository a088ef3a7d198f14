// Statements: one taken away, one put into an empty handler.
import type { Change, SourceEdit } from '../code/remedy.js';
import type { SourceUnit } from './declare.js';
import { isPlain, overlapping, wholeLines, withBlanksBehind, type MendedSources } from './mended-sources.js';
import type { BlockStatement, CatchClause, Statement } from './nodes.js';
import type { PlacedNode } from './node-path.js';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

export function removeStatement(
  sources: MendedSources,
  { at }: Of<'removeStatement'>,
): readonly SourceEdit[] | undefined {
  const found = sources.find(at);
  const index = found?.path.findLastIndex(isExpression) ?? -1;
  const statement = found?.path[index];
  const around = found?.path[index - 1];
  // The body of an `if` is not empty, and a section of a `switch` may end with it.
  if (!found || at.kind !== 'source' || !statement || !isExpression(statement) || around?.kind !== 'block')
    return undefined;
  const { source } = found;
  const { span, value } = statement;
  if (value.span.start !== at.span.start || value.span.end !== at.span.end) return undefined;
  if (!isPlain(source, span) || overlapping(source.unit.comments, span).length > 0) return undefined;
  const { uri, text } = source;
  return [{ uri, at: wholeLines(text, span) ?? withBlanksBehind(text, span), text: '' }];
}

/** What stands in it as a comment is the reason why it is empty: it stays so. */
export function rethrow(sources: MendedSources, { handler }: Of<'rethrow'>): readonly SourceEdit[] | undefined {
  const found = sources.find(handler);
  const clause = found?.path.findLast(isCatch);
  const tried = found?.path.findLast(isTry);
  if (!found || handler.kind !== 'source' || !clause || !tried) return undefined;
  const { source } = found;
  const { block, span } = clause;
  if (span.start !== handler.span.start && span.end !== handler.span.start) return undefined;
  const inside = { start: block.span.start + 1, end: block.span.end - 1 };
  const { uri, text } = source;
  const blank = text.slice(inside.start, inside.end);
  if (block.statements.length > 0 || blank.trim() !== '' || !isPlain(source, span)) return undefined;
  const end = blank.includes('\r\n') ? '\r\n' : '\n';
  const written = blank.includes('\n')
    ? `${end}${indentationIn(source, tried.block) ?? `${indentationAt(text, inside.end)}    `}throw;${end}${indentationAt(text, inside.end)}`
    : ' throw; ';
  return [{ uri, at: inside, text: written }];
}

/** Of what stands in a block, where that begins a line. */
function indentationIn({ text }: SourceUnit, { statements: [first] }: BlockStatement): string | undefined {
  if (!first) return undefined;
  const indentation = indentationAt(text, first.span.start);
  return text[first.span.start - indentation.length - 1] === '\n' ? indentation : undefined;
}

export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}

function isExpression(node: PlacedNode): node is Extract<Statement, { kind: 'expression' }> {
  return node.kind === 'expression';
}

function isTry(node: PlacedNode): node is Extract<Statement, { kind: 'try' }> {
  return node.kind === 'try';
}

function isCatch(node: PlacedNode): node is CatchClause {
  return node.kind === undefined && 'block' in node;
}
