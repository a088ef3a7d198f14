// What the text of a literal stands for.
import type { LiteralType } from './nodes.js';

export interface Literal {
  readonly type: LiteralType;
  readonly value: string | number | bigint | boolean | null;
}

/** `42`, `0xFFu`, `1_000L`: of the types the suffix allows, the first that has the value (C# 6.4.5.3). Longs are bigints. */
export function integerLiteral(text: string): Literal {
  const [, digits = '0', suffix = ''] = /^(0x[0-9a-f_]+|0b[01_]+|[0-9_]+)([ul]*)$/i.exec(text) ?? [];
  const value = BigInt(digits.replaceAll('_', '') || '0');
  const isUnsigned = /u/i.test(suffix);
  if (!/l/i.test(suffix)) {
    if (!isUnsigned && value < 1n << 31n) return { type: 'int', value: Number(value) };
    if (value < 1n << 32n) return { type: 'uint', value: Number(value) };
  }
  return { type: !isUnsigned && value < 1n << 63n ? 'long' : 'ulong', value };
}

/** Decimals are numbers here, and so not to the last digit. */
export function realLiteral(text: string): Literal {
  const suffix = text.at(-1)?.toLowerCase();
  const type = suffix === 'f' ? 'float' : suffix === 'm' ? 'decimal' : 'double';
  return { type, value: Number(text.replaceAll('_', '').replace(/[fdm]$/i, '')) };
}

/** Its code. */
export function characterLiteral(text: string): Literal {
  return { type: 'char', value: unescaped(text.slice(1, -1)).charCodeAt(0) || 0 };
}

export function stringLiteral(text: string): Literal {
  return { type: 'string', value: unescaped(withoutQuotes(text, 1)) };
}

export function verbatimLiteral(text: string): Literal {
  return { type: 'string', value: withoutQuotes(text.slice(1), 1).replaceAll('""', '"') };
}

export function rawLiteral(text: string): Literal {
  const quotes = /^"+/.exec(text)?.[0].length ?? 0;
  return { type: 'string', value: rawParts([withoutQuotes(text, quotes)])[0] ?? '' };
}

/** Without an encoding behind it (`"x"u8`). */
function withoutQuotes(text: string, quotes: number): string {
  const encoded = /u8$/i.test(text) && text.at(-3) === '"' ? text.slice(0, -2) : text;
  return encoded.slice(quotes, encoded.endsWith('"') && encoded.length >= 2 * quotes ? -quotes : undefined);
}

const simple: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Escapes of ordinary strings (C# 6.4.5.6). */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,4})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g,
    (whole, x?: string, u?: string, long?: string, one?: string) => {
      const digits = x ?? u ?? long;
      if (digits === undefined) return simple[one ?? ''] ?? one ?? whole;
      const code = Number.parseInt(digits, 16);
      return code > 0x10ffff ? whole : String.fromCodePoint(code);
    },
  );
}

/** Pieces of a raw string, holes between them: where it has lines of its own, without the indentation of the last one. */
export function rawParts(pieces: readonly string[]): readonly string[] {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  const opening = /^[ \t]*\r?\n/.exec(first)?.[0];
  const closing = /\r?\n([ \t]*)$/.exec(last);
  if (opening === undefined || !closing) return pieces;
  const indentation = closing[1] ?? '';
  return pieces.map((piece, index) => {
    const end = index === pieces.length - 1 ? piece.length - closing[0].length : piece.length;
    // A string of one empty line has its two ends in common.
    const start = index === 0 ? Math.min(opening.length, Math.max(end, 0)) : 0;
    const lines = piece.slice(start, Math.max(start, end)).split('\n');
    return lines
      .map((line, at) =>
        (at > 0 || index === 0) && line.startsWith(indentation) ? line.slice(indentation.length) : line,
      )
      .join('\n');
  });
}
