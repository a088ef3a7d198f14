// The text that EXEC and sp_executesql run, and the way back from it to the file.
import type { OffsetMap } from './cursor.js';
import type { TextPiece } from './constants.js';

export interface ExecutedText {
  readonly text: string;
  readonly map: OffsetMap;
}

/** The pieces as one text; `file` is the text their spans lie in. */
export function executedText(pieces: readonly TextPiece[], file: string): ExecutedText {
  const starts: number[] = [];
  const quotes = new Map<TextPiece, readonly number[]>();
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.value.length;
  }
  const find = (offset: number): { readonly piece: TextPiece; readonly within: number } | undefined => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const piece = pieces[low];
    return piece && { piece, within: offset - (starts[low] ?? 0) };
  };
  const inFile = (offset: number): number => {
    const found = find(Math.max(0, Math.min(offset, length)));
    return found ? offsetInLiteral(found.piece, found.within, file, quotes) : 0;
  };
  return {
    text: pieces.map((piece) => piece.value).join(''),
    map: {
      startOf: inFile,
      endOf: (offset) => {
        if (offset <= 0) return inFile(0);
        const found = find(Math.min(offset, length) - 1);
        return found
          ? found.piece.hole
            ? found.piece.span.end
            : offsetInLiteral(found.piece, found.within, file, quotes) + 1
          : 0;
      },
    },
  };
}

/** Where the n-th character of a literal's value stands in the file. */
function offsetInLiteral(
  piece: TextPiece,
  within: number,
  file: string,
  quotes: Map<TextPiece, readonly number[]>,
): number {
  if (piece.hole) return piece.span.start;
  const { start, end } = piece.span;
  const open = file.indexOf("'", start) + 1;
  if (open === 0 || open > end) return start;
  if (end - 1 - open === piece.value.length) return open + within;
  let doubled = quotes.get(piece);
  if (!doubled) {
    doubled = quotesIn(piece.value);
    quotes.set(piece, doubled);
  }
  // A value that was itself executed text has more quotes in the file than this counts: the end of the literal bounds it.
  return Math.min(open + within + countBelow(doubled, within), end);
}

function quotesIn(value: string): readonly number[] {
  const found: number[] = [];
  for (let at = value.indexOf("'"); at >= 0; at = value.indexOf("'", at + 1)) found.push(at);
  return found;
}

function countBelow(sorted: readonly number[], bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
