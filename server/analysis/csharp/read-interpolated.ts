// Interpolated strings of all three kinds.
import type { Node } from './flat-tree.js';
import { rawParts, unescaped } from './literals.js';
import type { Expression, Interpolation } from './nodes.js';
import type { Reader } from './reader.js';
import { expression } from './read-expressions.js';

export function interpolated(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const { start, end } = tree.span(node);
  const [, before = '$', quotes = '"'] = /^([$@]+)("""+|")/.exec(tree.text.slice(start, start + 64)) ?? [];
  const holes = tree.all(node, 'interpolation');
  const isClosed = tree.text.endsWith(quotes, end) && end - start >= before.length + 2 * quotes.length;
  const pieces: string[] = [];
  let at = start + before.length + quotes.length;
  for (const hole of holes) {
    const span = tree.span(hole);
    pieces.push(tree.text.slice(at, span.start));
    at = span.end;
  }
  pieces.push(tree.text.slice(at, isClosed ? end - quotes.length : end));
  const texts = quotes.length > 1 ? rawParts(pieces) : pieces.map((piece) => decoded(piece, before.includes('@')));
  const parts = texts.flatMap((text, index) => {
    const hole = holes[index];
    return [...(text === '' ? [] : [text]), ...(hole === undefined ? [] : [interpolation(reader, hole)])];
  });
  return { kind: 'interpolated', span: { start, end }, parts };
}

function decoded(piece: string, isVerbatim: boolean): string {
  const text = piece.replaceAll('{{', '{').replaceAll('}}', '}');
  return isVerbatim ? text.replaceAll('""', '"') : unescaped(text);
}

function interpolation(reader: Reader, node: Node): Interpolation {
  const { tree } = reader;
  const alignment = tree.first(node, 'interpolation_alignment_clause');
  const format = tree.first(node, 'interpolation_format_clause');
  const value = tree.parts(node).find((part) => tree.type(part) !== 'interpolation_brace');
  return {
    span: tree.span(node),
    value: expression(reader, value, node),
    ...(alignment !== undefined && { alignment: expression(reader, tree.parts(alignment)[0], alignment) }),
    ...(format !== undefined && { format: tree.textOf(format).slice(1) }),
  };
}
