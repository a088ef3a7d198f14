// Where a parser stands in the tokens of a text, and what it knows of the text's own place in the file.
import type { Span } from '../text/span.js';
import { tokenize, TokenKind, type Tokens } from './lexer.js';
import type { Identifier, SyntaxIssue } from './nodes.js';

/** From offsets in the text that is parsed to offsets in the file; the two differ for executed text. */
export interface OffsetMap {
  startOf(offset: number): number;
  endOf(offset: number): number;
}

const identity: OffsetMap = { startOf: (offset) => offset, endOf: (offset) => offset };

export class Cursor {
  readonly text: string;
  readonly tokens: Tokens;
  readonly errors: SyntaxIssue[] = [];
  readonly #map: OffsetMap;
  /** Index of the token ahead. */
  index = 0;
  #failedAt = -1;

  constructor(text: string, map: OffsetMap = identity) {
    this.text = text;
    this.tokens = tokenize(text);
    this.#map = map;
  }

  kind(ahead = 0): number {
    return this.tokens.kinds[this.index + ahead] ?? TokenKind.end;
  }

  start(ahead = 0): number {
    return this.tokens.starts[this.index + ahead] ?? this.text.length;
  }

  end(ahead = 0): number {
    return this.tokens.ends[this.index + ahead] ?? this.text.length;
  }

  source(ahead = 0): string {
    return this.text.slice(this.start(ahead), this.end(ahead));
  }

  /** A word in upper case; empty for anything else. */
  word(ahead = 0): string {
    return this.kind(ahead) === TokenKind.word ? this.source(ahead).toUpperCase() : '';
  }

  /** Compared without regard to case, letter by letter: the most frequent question of all. */
  isWord(word: string, ahead = 0): boolean {
    const { kinds, starts, ends } = this.tokens;
    const index = this.index + ahead;
    if (kinds[index] !== TokenKind.word) return false;
    const start = starts[index] ?? 0;
    if ((ends[index] ?? 0) - start !== word.length) return false;
    for (let at = 0; at < word.length; at++) {
      const code = this.text.charCodeAt(start + at);
      if (code !== word.charCodeAt(at) && !(code >= 97 && code <= 122 && code - 32 === word.charCodeAt(at)))
        return false;
    }
    return true;
  }

  areWords(...words: readonly string[]): boolean {
    return words.every((word, ahead) => this.isWord(word, ahead));
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    return this.kind(ahead) === TokenKind.symbol && this.text.charCodeAt(this.start(ahead)) === symbol.charCodeAt(0);
  }

  isName(ahead = 0): boolean {
    const kind = this.kind(ahead);
    return kind === TokenKind.word || kind === TokenKind.bracket || kind === TokenKind.quoted;
  }

  isString(ahead = 0): boolean {
    const kind = this.kind(ahead);
    return kind === TokenKind.string || kind === TokenKind.nationalString;
  }

  /** GO or the end of the text. */
  get atBatchEnd(): boolean {
    const kind = this.kind();
    return kind === TokenKind.end || kind === TokenKind.go;
  }

  next(): void {
    if (this.index < this.tokens.count - 1) this.index++;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.next();
    return true;
  }

  takeWords(...words: readonly string[]): boolean {
    if (!this.areWords(...words)) return false;
    this.index += words.length;
    return true;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.next();
    return true;
  }

  /** From a token's index to the last token taken. */
  spanFrom(first: number): Span {
    const last = Math.max(first, this.index - 1);
    return this.spanOf(this.tokens.starts[first] ?? 0, this.tokens.ends[last] ?? 0);
  }

  /** Of offsets in the text, in offsets of the file. */
  spanOf(start: number, end: number): Span {
    return { start: this.#map.startOf(start), end: this.#map.endOf(end) };
  }

  get tokenSpan(): Span {
    return this.spanOf(this.start(), this.end());
  }

  beginStatement(): void {
    this.#failedAt = -1;
  }

  get failed(): boolean {
    return this.#failedAt >= 0;
  }

  /** The first failure of a statement is reported, at the token ahead; later ones follow from it. */
  fail(expected: string): void {
    if (this.failed) return;
    this.#failedAt = this.index;
    const message =
      this.kind() === TokenKind.end
        ? `Unexpected end of the script; expected ${expected}`
        : this.kind() === TokenKind.go
          ? `Unexpected end of the batch; expected ${expected}`
          : `Incorrect syntax near '${shortened(this.source())}'; expected ${expected}`;
    this.errors.push({ span: this.tokenSpan, message, isAtWord: /^[A-Z_]+$/.test(this.word()) });
  }

  expectWord(word: string): boolean {
    if (this.takeWord(word)) return true;
    this.fail(word);
    return false;
  }

  expectSymbol(symbol: string): boolean {
    if (this.takeSymbol(symbol)) return true;
    this.fail(`'${symbol}'`);
    return false;
  }

  /** An identifier; an empty one, and a failure, where there is none. */
  identifier(what: string): Identifier {
    const found = this.tryIdentifier();
    if (found) return found;
    this.fail(what);
    const at = this.spanOf(this.start(), this.start());
    return { span: at, value: '', quote: 'none' };
  }

  tryIdentifier(): Identifier | undefined {
    if (!this.isName()) return undefined;
    const kind = this.kind();
    const source = this.source();
    const span = this.tokenSpan;
    this.next();
    if (kind === TokenKind.word) return { span, value: source, quote: 'none' };
    if (kind === TokenKind.bracket) return { span, value: undoubled(source, ']'), quote: 'bracket' };
    return { span, value: undoubled(source, '"'), quote: 'double' };
  }
}

/** What a delimited token holds: its delimiters away, doubled closing ones undone. */
export function undoubled(source: string, close: string): string {
  const inner = source.length > 1 && source.endsWith(close) ? source.slice(1, -1) : source.slice(1);
  return inner.includes(close) ? inner.replaceAll(close + close, close) : inner;
}

function shortened(source: string): string {
  const line = source.split('\n', 1)[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
