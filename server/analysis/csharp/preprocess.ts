// Blanks what is no C# before the grammar sees it: directives, and the branches of `#if` that are not compiled.
// What is left keeps its place. The grammar knows directives only between whole statements, and never which branch counts.
import type { Span } from '../text/span.js';
import { holds } from './condition.js';
import { replacementsFor } from './dereference.js';

export interface Preprocessed {
  /** As long as the text it was, line ends where they were. */
  readonly text: string;
  /** In order. */
  readonly skipped: readonly Span[];
  /** Of what is left, outside of literals and comments. */
  readonly braces: readonly Brace[];
  /** Those that hold behind the directives of the text; undefined where it defines and undefines none. */
  readonly symbols: ReadonlySet<string> | undefined;
}

/** Where a `{` stands, or the complement (`~`) of where a `}` does. */
export type Brace = number;

export function placeOf(brace: Brace): number {
  return brace < 0 ? ~brace : brace;
}

export function preprocess(text: string, symbols: Iterable<string>): Preprocessed {
  return new Preprocessor(text, symbols).run();
}

interface Replaced extends Span {
  /** For each character; a blank where it is not said. */
  readonly by?: string;
}

/** Spaces for what is in the spans, which are in order; line ends stay. */
export function blank(text: string, spans: readonly Replaced[]): string {
  if (spans.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, by = ' ' } of spans) {
    pieces.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, by));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** The grammar's memory grows with the square of `<` that are open in one statement. */
const mostAngles = 1000;
const deepestHole = 16;

/** Words that are keywords in places, and what only stands behind them where they are names. */
const contextual: ReadonlyMap<string, string> = new Map([
  ['and', '.=);,]'],
  ['or', '.=);,]'],
  ['with', '.=);,]'],
  ['async', '.=);,]{+-*/?:&|!'],
  ['partial', '.=);,]{+-*/?:&|!'],
  ['required', '.=);,]{+-*/?:&|!'],
]);
const longestContextual = 'required'.length;

interface Branches {
  readonly isInCompiled: boolean;
  isCompiled: boolean;
  /** One of the branches was compiled, or none may be any more. */
  isDone: boolean;
}

class Preprocessor {
  readonly #text: string;
  readonly #symbols: Set<string>;
  readonly #blanked: Replaced[] = [];
  readonly #skipped: Span[] = [];
  readonly #braces: Brace[] = [];
  #defines = false;
  readonly #branches: Branches[] = [];
  #at = 0;
  #holes = 0;
  #angles = 0;
  #mostAngles = 0;
  #statement = 0;
  #lastStart = 0;
  #lastEnd = 0;

  constructor(text: string, symbols: Iterable<string>) {
    this.#text = text;
    this.#symbols = new Set(symbols);
  }

  run(): Preprocessed {
    while (this.#at < this.#text.length) {
      if (this.#branches.at(-1)?.isCompiled === false) this.#skipBranch();
      else this.#code();
    }
    this.#endStatement();
    // A statement that is left out can have directives in it.
    const blanked = inOrder(this.#blanked);
    return {
      text: blank(this.#text, blanked),
      skipped: inOrder(this.#skipped),
      braces: this.#braces,
      symbols: this.#defines ? this.#symbols : undefined,
    };
  }

  /** Up to a branch that is not compiled, or to the end. */
  #code(): void {
    let isLineStart = true;
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 35 && isLineStart) {
        this.#directive();
        if (this.#branches.at(-1)?.isCompiled === false) return;
      } else {
        if (code === 10 || code === 13) isLineStart = true;
        else if (code > 32 && code !== 0xfeff) isLineStart = false;
        const start = this.#at;
        this.#token(code);
        const isComment = code === 47 && this.#at > start + 1;
        if (code > 32 && !isComment) {
          this.#lastStart = start;
          this.#lastEnd = this.#at;
        }
      }
    }
  }

  /** What stands before, but for space and comments: a character, or `return`. */
  #last(): string {
    const text = this.#text.slice(Math.max(this.#lastStart, this.#lastEnd - 'return'.length), this.#lastEnd);
    return text === 'return' ? text : (text.at(-1) ?? ';');
  }

  /** Passes a comment or a literal whole, anything else by the character. */
  #token(code: number): void {
    switch (code) {
      case 47: // /
        return this.#comment();
      case 34: // "
      case 36: // $
      case 64: // @
        return this.#string();
      case 39: // '
        return this.#character();
      case 123: // {
      case 125: // }
        this.#braces.push(code === 123 ? this.#at : ~this.#at);
        this.#at++;
        return this.#endStatement();
      case 59: // ;
        this.#at++;
        return this.#endStatement();
      case 42: // *
        this.#blanked.push(...replacementsFor(this.#text, this.#at, this.#last()));
        break;
      case 60: // <
        if (this.#text.charCodeAt(this.#at + 1) === 60) this.#at++;
        else this.#mostAngles = Math.max(this.#mostAngles, ++this.#angles);
        break;
      case 62: // >
        if (this.#angles > 0) this.#angles--;
        break;
      default:
        if (isLetter(code)) return this.#word();
    }
    this.#at++;
  }

  /** The grammar takes some words for keywords where they are names: it gets to see others in their place. */
  #word(): void {
    const start = this.#at++;
    while (isLetter(this.#text.charCodeAt(this.#at)) || isDigit(this.#text.charCodeAt(this.#at))) this.#at++;
    const behind = contextual.get(this.#text.slice(start, Math.min(this.#at, start + longestContextual + 1)));
    if (behind === undefined) return;
    let next = this.#at;
    while (this.#text.charCodeAt(next) === 32) next++;
    if (behind.includes(this.#text[next] ?? ' ') || this.#text.startsWith('in ', next))
      this.#blanked.push({ start, end: start + 1, by: '_' });
  }

  #endStatement(): void {
    if (this.#mostAngles > mostAngles) {
      const span = { start: this.#statement, end: this.#at };
      this.#blanked.push(span);
      this.#skipped.push(span);
    }
    this.#angles = 0;
    this.#mostAngles = 0;
    this.#statement = this.#at;
  }

  #comment(): void {
    const next = this.#text.charCodeAt(this.#at + 1);
    if (next === 47) this.#at = this.#lineEnd(this.#at);
    else if (next === 42) this.#at = this.#behind('*/', this.#at + 2);
    else this.#at++;
  }

  /** `'x'`, `'\''`; an apostrophe alone is passed as one. */
  #character(): void {
    const isEscape = this.#text.charCodeAt(this.#at + 1) === 92;
    const end = this.#text.indexOf("'", this.#at + (isEscape ? 3 : 2));
    const most = isEscape ? 12 : 4;
    this.#at = end > 0 && end - this.#at < most ? end + 1 : this.#at + 1;
  }

  /** A literal with whatever stands before its quotes; an `@` or a `$` alone is passed as one. */
  #string(): void {
    const { dollars, isVerbatim, quote } = this.#prefix();
    if (this.#text.charCodeAt(quote) !== 34) {
      this.#at = Math.max(quote, this.#at + 1);
      return;
    }
    let quotes = quote;
    while (this.#text.charCodeAt(quotes) === 34) quotes++;
    const isRaw = !isVerbatim && quotes - quote >= 3;
    // The grammar has no interpolated string without anything in it.
    if (dollars === 1 && !isVerbatim && quotes - quote === 2) this.#blanked.push({ start: quote - 1, end: quote });
    this.#at = isRaw ? quotes : quote + 1;
    if (isRaw) this.#at = this.#behind('"'.repeat(quotes - quote), quotes);
    else this.#content(isVerbatim, dollars > 0);
  }

  #prefix(): { readonly dollars: number; readonly isVerbatim: boolean; readonly quote: number } {
    let dollars = 0;
    let isVerbatim = false;
    let quote = this.#at;
    for (;;) {
      const code = this.#text.charCodeAt(quote);
      if (code === 36) dollars++;
      else if (code === 64 && !isVerbatim) isVerbatim = true;
      else return { dollars, isVerbatim, quote };
      quote++;
    }
  }

  #content(isVerbatim: boolean, isInterpolated: boolean): void {
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at++);
      if (code === 34) {
        if (!isVerbatim || this.#text.charCodeAt(this.#at) !== 34) return;
        this.#at++;
      } else if (code === 92 && !isVerbatim) this.#at++;
      else if ((code === 10 || code === 13) && !isVerbatim) {
        this.#at--;
        return;
      } else if (code === 123 && isInterpolated) {
        if (this.#text.charCodeAt(this.#at) === 123) this.#at++;
        else this.#hole(isVerbatim);
      }
    }
  }

  /** The expression of an interpolation, strings and all, with its brace. */
  #hole(isVerbatim: boolean): void {
    if (this.#holes >= deepestHole) return;
    this.#holes++;
    let depth = 1;
    while (depth > 0 && this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at);
      // A string that was never closed ends with its line.
      if ((code === 10 || code === 13) && !isVerbatim) break;
      if (code === 123) depth++;
      if (code === 125) depth--;
      if (code === 34 || code === 36 || code === 64) this.#string();
      else if (code === 39) this.#character();
      else this.#at++;
    }
    this.#holes--;
  }

  #directive(): void {
    const start = this.#at;
    const end = this.#lineEnd(start);
    const [, word = '', rest = ''] = /^#\s*([a-z]*)(.*)/s.exec(this.#text.slice(start, end)) ?? [];
    this.#blanked.push({ start, end });
    this.#at = end;
    const comment = rest.indexOf('//');
    this.#obey(word, (comment < 0 ? rest : rest.slice(0, comment)).trim());
  }

  #obey(word: string, rest: string): void {
    const branches = this.#branches.at(-1);
    const isInCompiled = branches?.isCompiled ?? true;
    if (word === 'if') {
      const isCompiled = isInCompiled && holds(rest, this.#symbols);
      this.#branches.push({ isInCompiled, isCompiled, isDone: isCompiled || !isInCompiled });
    } else if (word === 'endif') this.#branches.pop();
    else if (branches && (word === 'elif' || word === 'else')) {
      branches.isCompiled = !branches.isDone && (word === 'else' || holds(rest, this.#symbols));
      branches.isDone ||= branches.isCompiled;
    } else if (isInCompiled && (word === 'define' || word === 'undef')) {
      this.#defines = true;
      if (word === 'define') this.#symbols.add(rest);
      else this.#symbols.delete(rest);
    }
  }

  /** Lines up to a directive after which code is compiled again: no string and no comment reaches over them. */
  #skipBranch(): void {
    let start = this.#at;
    while (this.#at < this.#text.length) {
      const end = this.#lineEnd(this.#at);
      const first = this.#firstOfLine(this.#at, end);
      if (this.#text.charCodeAt(first) === 35 && first < end) {
        this.#skip(start, this.#at);
        this.#at = first;
        this.#directive();
        if (this.#branches.at(-1)?.isCompiled !== false) return;
        start = this.#at;
      }
      this.#at = end + 1;
    }
    this.#at = this.#text.length;
    this.#skip(start, this.#at);
  }

  #skip(from: number, end: number): void {
    // The end of the directive's line is none of the branch.
    const start = from + (/^\r?\n?/.exec(this.#text.slice(from, from + 2))?.[0].length ?? 0);
    const span = { start, end };
    if (this.#text.slice(start, end).trim() === '') return;
    this.#blanked.push(span);
    this.#skipped.push(span);
  }

  #firstOfLine(start: number, end: number): number {
    let at = start;
    while (at < end && (this.#text.charCodeAt(at) <= 32 || this.#text.charCodeAt(at) === 0xfeff)) at++;
    return at;
  }

  #lineEnd(from: number): number {
    let at = from;
    for (; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === 10 || code === 13) break;
    }
    return at;
  }

  #behind(end: string, from: number): number {
    const at = this.#text.indexOf(end, from);
    return at < 0 ? this.#text.length : at + end.length;
  }
}

/** Whatever is not ASCII counts as one. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** By start, and what overlaps as one. */
function inOrder(spans: readonly Replaced[]): readonly Replaced[] {
  const merged: Replaced[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
