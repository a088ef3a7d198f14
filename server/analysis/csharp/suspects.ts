// Lines that look as if somebody were still typing them. Only asked where the grammar has lost its way, so a wrong guess costs time alone.
import type { Span } from '../text/span.js';
import { placeOf, type Brace } from './preprocess.js';

/** What to leave out so that the rest can be read: best guesses first. `code` has no comments in it. */
export function suspects(
  code: string,
  braces: readonly Brace[],
  errors: readonly Span[],
): readonly (readonly Span[])[] {
  const lines = linesOf(code);
  const open: Span[][] = [];
  const wrapped: Span[][] = [];
  const headless: Span[][] = [];
  lines.forEach((line, index) => {
    const next = lines[index + 1];
    // Often it is a later line that the grammar stumbles over.
    const { end } = lines[index + 2] ?? next ?? line;
    if (!errors.some((error) => error.start < end && line.start <= error.end)) return;
    if (next !== undefined && code[next.start] === '{') {
      if (!isHeading(code.slice(line.start, line.end))) headless.push(withBlock(code, braces, line, next.start));
      else if (/=\s*$/.test(code.slice(line.start, line.end))) wrapped.push(exceptBraces(code, line));
    } else if (isOpen(code, line, next)) open.push(exceptBraces(code, line));
    else if (isPerhapsOpen(code, line, next)) wrapped.push(exceptBraces(code, line));
  });
  return [...open.slice(0, 4), ...headless.slice(0, 3), ...wrapped.slice(0, 3)];
}

/** A parenthesis or a quote is not closed, or the line ends and the next one starts something else. */
function isOpen(code: string, { start, end }: Span, next: Span | undefined): boolean {
  const line = code.slice(start, end).trimEnd();
  if (/^(?:using|return|else|do|try|finally|get|set|add|remove)$/.test(line)) return line === 'using';
  const last = line.at(-1) ?? '';
  const follows = next === undefined ? '}' : code.slice(next.start, next.start + 12);
  if (hasOpenQuote(line)) return true;
  if (parentheses(line) > 0) return !/[,(&|+?:=>-]/.test(last) && !/^[.,&|+?:)]/.test(follows);
  return /[\w.=+/-]/.test(last) && !/^[.,&|+?:)}=]|^(?:where|select|from|orderby|let|join|group)\b/.test(follows);
}

/** As much of C# is written, over several lines. */
function isPerhapsOpen(code: string, { start, end }: Span, next: Span | undefined): boolean {
  const line = code.slice(start, end).trimEnd();
  return parentheses(line) > 0 || (/\w$/.test(line) && next !== undefined && code[next.start] === '}');
}

function hasOpenQuote(line: string): boolean {
  return !line.includes('@"') && line.replaceAll('\\"', '').split('"').length % 2 === 0;
}

function parentheses(line: string): number {
  return line.split(/[([]/).length - line.split(/[)\]]/).length;
}

/** What stands before a brace by right: a type, a method, a statement. */
function isHeading(line: string): boolean {
  return (
    /[)>:=]\s*$|^[\w\s]*\b(?:class|struct|interface|enum|namespace|record)\s+\w/.test(line) ||
    /^(?:else|try|do|finally|get|set|add|remove|unsafe|checked|unchecked|catch|init)\s*$|[;{}]\s*$/.test(line)
  );
}

/** A line and the block that begins at `brace`, all of it. */
function withBlock(text: string, braces: readonly Brace[], line: Span, brace: number): Span[] {
  let depth = 0;
  for (let at = braces.indexOf(brace); at >= 0 && at < braces.length; at++) {
    const one = braces[at] ?? 0;
    depth += one < 0 ? -1 : 1;
    if (depth === 0) return [{ start: line.start, end: placeOf(one) + 1 }];
  }
  return exceptBraces(text, line);
}

/** Braces belong to more than the line. */
export function exceptBraces(text: string, { start, end }: Span): Span[] {
  const spans: Span[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && text[at] !== '{' && text[at] !== '}') continue;
    if (at > from) spans.push({ start: from, end: at });
    from = at + 1;
  }
  return spans;
}

/** From the first letter of each line that has one to its end. */
export function linesOf(text: string): readonly Span[] {
  const lines: Span[] = [];
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    let start = at;
    while (start < end && text.charCodeAt(start) <= 32) start++;
    if (start < end) lines.push({ start, end });
    at = end + 1;
  }
  return lines;
}

/** Whether a member's modifier stands here. */
export function startsDeclaration(text: string, at: number): boolean {
  return /^(?:public|private|protected|internal|static)\s/.test(text.slice(at, at + 12));
}
