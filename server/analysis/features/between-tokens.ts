// Whether a line of its own can be put into a script: not within a literal, a delimited name or a comment.
import { tokenize } from '../tsql/lexer.js';

export function isBetweenTokens(text: string, offset: number): boolean {
  const { starts, ends, count, comments } = tokenize(text);
  let low = 0;
  let high = count - 1;
  // The first token that ends behind the offset; the last, at the end of the text, is none.
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return (starts[low] ?? Infinity) >= offset && !isInComment(comments, offset);
}

function isInComment(comments: readonly number[], offset: number): boolean {
  for (let at = 0; at < comments.length; at += 3) {
    if ((comments[at] ?? 0) < offset && offset < (comments[at + 1] ?? 0)) return true;
  }
  return false;
}
