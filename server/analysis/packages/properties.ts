// What properties stand for in a text, as far as a file alone decides it: what an import, the environment or a function may have
// to say is unknown, never guessed.

/** Undefined: not known. */
export type Known = string | undefined;

/** By name in lower case; a name that is missing is not known, and one that is surely not set is the empty text. */
export type Values = ReadonlyMap<string, Known>;

/** Properties put in, and `%3B` and the like resolved. */
export function expand(text: string, values: Values): Known {
  let result = '';
  for (const piece of piecesOf(text)) {
    const value = piece.kind === 'text' ? piece.text : piece.kind === 'property' ? values.get(piece.name) : undefined;
    if (value === undefined || result.length + value.length > longestValue) return undefined;
    result += value;
  }
  return unescaped(result);
}

/** Properties that double each other would grow without end. */
const longestValue = 1 << 16;

/** `A;B;$(C)` to its parts, each with where it stands; a part that is not known is left out, and `isWhole` says so. */
export function expandList(
  text: string,
  values: Values,
): { readonly parts: readonly ListPart[]; readonly isWhole: boolean } {
  const parts: ListPart[] = [];
  let isWhole = true;
  let at = 0;
  for (const part of text.split(';')) {
    const value = expand(part, values);
    if (value === undefined) isWhole = false;
    for (const each of value?.split(';') ?? [])
      if (each.trim() !== '') parts.push({ value: each.trim(), start: at, end: at + part.length });
    at += part.length + 1;
  }
  return { parts, isWhole };
}

export interface ListPart {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'unknown' };

/** Text, `$(Name)`, and whatever else begins with `$(`, `@(` or `%(`. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index } of text.matchAll(/[$@%]\(/g)) {
    if (index < from) continue;
    const close = closingOf(text, index + 1);
    pieces.push({ kind: 'text', text: text.slice(from, index) });
    const name = text.slice(index + 2, close);
    const isProperty = text[index] === '$' && /^[A-Za-z_][\w-]*$/.test(name.trim());
    pieces.push(isProperty ? { kind: 'property', name: name.trim().toLowerCase() } : { kind: 'unknown' });
    from = close + 1;
  }
  pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** The end of the text where the parenthesis is not closed. */
export function closingOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}

function unescaped(text: string): string {
  return text.includes('%')
    ? text.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    : text;
}
