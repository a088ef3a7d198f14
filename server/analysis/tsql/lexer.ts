// T-SQL into tokens, in one pass. White space and comments are no tokens: what lies between two tokens is trivia.
// sqlcmd's commands and `$(variables)` are opaque wherever they stand; GO is a token only as a line of its own.

export const TokenKind = {
  end: 0,
  /** A keyword or regular identifier; also one with `$(variables)` in it. */
  word: 1,
  /** `[name]`. */
  bracket: 2,
  /** `"name"`. */
  quoted: 3,
  string: 4,
  nationalString: 5,
  /** `0x…`, continued over lines by `\`. */
  binary: 6,
  number: 7,
  /** `@name`, `@@name`. */
  variable: 8,
  /** One character: punctuation, an operator, or a stray character. */
  symbol: 9,
  /** GO with its count, to the end of its line. */
  go: 10,
  /** A line for sqlcmd: `:setvar …`, `!!…`. */
  command: 11,
} as const;

export interface Tokens {
  readonly text: string;
  /** Number of tokens, the end token at the end of the text included. */
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Start, end, and 1 for a block comment or 0 for a line comment; three numbers each. */
  readonly comments: readonly number[];
}

const charClass = new Uint8Array(128);
const WORD = 1;
const DIGIT = 2;
const SPACE = 4;
const HEX = 8;
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_#$@') charClass[char.charCodeAt(0)] = WORD;
for (const char of '0123456789') charClass[char.charCodeAt(0)] = WORD | DIGIT | HEX;
for (const char of 'abcdefABCDEF') charClass[char.charCodeAt(0)] = WORD | HEX;
for (const char of ' \t\r\n\v\f') charClass[char.charCodeAt(0)] = SPACE;

/** Outside ASCII: white space as Unicode has it, and letters for all the rest. */
function classOf(code: number): number {
  if (code < 128) return charClass[code] ?? 0;
  return code === 0xa0 || code === 0xfeff || code === 0x3000 || (code >= 0x2000 && code <= 0x200b) || code === 0x85
    ? SPACE
    : WORD;
}

export function tokenize(text: string): Tokens {
  const length = text.length;
  // Never more tokens than characters. The room is reserved, not touched: pages that stay empty cost nothing.
  const kinds = new Uint8Array(length + 1);
  const starts = new Uint32Array(length + 1);
  const ends = new Uint32Array(length + 1);
  let count = 0;
  const comments: number[] = [];
  /** Only white space and comments lie between the start of the line and here. */
  let fresh = true;
  let at = 0;

  while (at < length) {
    const code = text.charCodeAt(at);
    const of = classOf(code);
    if (of === SPACE) {
      if (code === 10 || code === 13) fresh = true;
      at++;
      continue;
    }
    const start = at;
    if (fresh) {
      fresh = false;
      const end = lineToken(text, at);
      if (end > 0) {
        kinds[count] = code === 71 || code === 103 ? TokenKind.go : TokenKind.command;
        starts[count] = start;
        ends[count++] = end;
        at = end;
        continue;
      }
    }
    switch (code) {
      case 39: // '
      case 34: // "
      case 91: // [
        at = endOfQuoted(text, start, code === 91 ? 93 : code);
        kinds[count] = code === 39 ? TokenKind.string : code === 34 ? TokenKind.quoted : TokenKind.bracket;
        starts[count] = start;
        ends[count++] = at;
        continue;
      case 45: // -
        if (text.charCodeAt(at + 1) === 45) {
          at = endOfLine(text, at + 2);
          comments.push(start, at, 0);
          continue;
        }
        break;
      case 47: // /
        if (text.charCodeAt(at + 1) === 42) {
          at = endOfBlockComment(text, at + 2);
          comments.push(start, at, 1);
          fresh = true;
          continue;
        }
        break;
      case 64: // @
        at = endOfWord(text, at + 1);
        if (at === start + 1 && text.charCodeAt(at) === 60) at = endOfTemplate(text, at);
        kinds[count] = TokenKind.variable;
        starts[count] = start;
        ends[count++] = at;
        continue;
      case 78: // N
      case 110:
        if (text.charCodeAt(at + 1) === 39) {
          at = endOfQuoted(text, start + 1, 39);
          kinds[count] = TokenKind.nationalString;
          starts[count] = start;
          ends[count++] = at;
          continue;
        }
        break;
      case 48: // 0
        if ((text.charCodeAt(at + 1) | 32) === 120) {
          at = endOfBinary(text, at + 2);
          kinds[count] = TokenKind.binary;
          starts[count] = start;
          ends[count++] = at;
          continue;
        }
        break;
      case 36: // $ before an amount
        if ((classOf(text.charCodeAt(at + 1)) & DIGIT) !== 0) {
          at = endOfNumber(text, at + 1);
          kinds[count] = TokenKind.number;
          starts[count] = start;
          ends[count++] = at;
          continue;
        }
        break;
      case 60: // <
        at = endOfTemplate(text, start);
        if (at > start) {
          kinds[count] = TokenKind.word;
          starts[count] = start;
          ends[count++] = at;
          continue;
        }
        break;
      default:
        if (code > 127 && isCurrency(code) && (classOf(text.charCodeAt(at + 1)) & DIGIT) !== 0) {
          at = endOfNumber(text, at + 1);
          kinds[count] = TokenKind.number;
          starts[count] = start;
          ends[count++] = at;
          continue;
        }
        break;
    }
    if (
      (of & DIGIT) !== 0 ||
      (code === 46 && (classOf(text.charCodeAt(at + 1)) & DIGIT) !== 0 && !endsInName(text, at))
    ) {
      at = endOfNumber(text, at);
      kinds[count] = TokenKind.number;
      starts[count] = start;
      ends[count++] = at;
    } else if ((of & WORD) !== 0) {
      at = endOfWord(text, at);
      kinds[count] = TokenKind.word;
      starts[count] = start;
      ends[count++] = at;
    } else {
      at++;
      kinds[count] = TokenKind.symbol;
      starts[count] = start;
      ends[count++] = at;
    }
  }
  kinds[count] = TokenKind.end;
  starts[count] = length;
  ends[count++] = length;
  return { text, count, kinds, starts, ends, comments };
}

/** What may stand before an amount as `$` does: learn.microsoft.com "money and smallmoney (Transact-SQL)". */
function isCurrency(code: number): boolean {
  return (code >= 0xa2 && code <= 0xa5) || (code >= 0x20a0 && code <= 0x20bf) || otherCurrencies.includes(code);
}

const otherCurrencies: readonly number[] = [
  0x9f2, 0x9f3, 0xe3f, 0x17db, 0xfdfc, 0xfe69, 0xff04, 0xffe0, 0xffe1, 0xffe5, 0xffe6,
];

/** `.5` is a number, `a.5` and `].5` are not. */
function endsInName(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before === 93 || before === 34 || (at > 0 && (classOf(before) & WORD) !== 0);
}

function endOfWord(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 40 && text.charCodeAt(at - 1) === 36) {
      // $( … ): a name of sqlcmd's, on this line.
      const close = endOfSqlcmdVariable(text, at + 1);
      if (close < 0) return at;
      at = close;
    } else if (at < text.length && (classOf(code) & WORD) !== 0) at++;
    else return at;
  }
}

function endOfSqlcmdVariable(text: string, from: number): number {
  for (let at = from; at < text.length && at < from + 256; at++) {
    const code = text.charCodeAt(at);
    if (code === 41) return at + 1;
    if (code === 10 || code === 13) return -1;
  }
  return -1;
}

function endOfNumber(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((classOf(code) & DIGIT) !== 0 || code === 46) continue;
    const exponent = (code | 32) === 101;
    if (!exponent) break;
    const next = text.charCodeAt(at + 1);
    if ((next === 43 || next === 45) && (classOf(text.charCodeAt(at + 2)) & DIGIT) !== 0) at++;
    else if ((classOf(next) & DIGIT) === 0) break;
  }
  return at;
}

/** `<name, type, value>`: a parameter of an SSMS template, opaque as `$(name)` is; the start itself where it is none. */
function endOfTemplate(text: string, start: number): number {
  if ((classOf(text.charCodeAt(start + 1)) & (WORD | DIGIT)) !== WORD) return start;
  let commas = 0;
  for (let at = start + 1; at < text.length && at < start + 200; at++) {
    const code = text.charCodeAt(at);
    if (code === 44) commas++;
    else if (code === 62) return commas >= 2 ? at + 1 : start;
    else if (code === 10 || code === 13 || (code === 40 && commas < 2) || code === 61 || code === 60) return start;
  }
  return start;
}

/** Behind the closing quote, a doubled one being none; the end of the text where it is missing. */
function endOfQuoted(text: string, start: number, close: number): number {
  const quote = close === 39 ? "'" : close === 34 ? '"' : ']';
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf(quote, at);
    if (at < 0) return text.length;
    if (text.charCodeAt(at + 1) !== close) return at + 1;
  }
}

const lineEnd = /[\r\n]/g;

function endOfLine(text: string, from: number): number {
  lineEnd.lastIndex = from;
  return lineEnd.test(text) ? lineEnd.lastIndex - 1 : text.length;
}

/** Block comments nest; one that is not closed runs to the end of the text. */
function endOfBlockComment(text: string, from: number): number {
  let depth = 1;
  commentEdge.lastIndex = from;
  while (commentEdge.test(text)) {
    const at = commentEdge.lastIndex;
    depth += text.charCodeAt(at - 1) === 47 ? -1 : 1;
    if (depth === 0) return at;
  }
  return text.length;
}

const commentEdge = /\*\/|\/\*/g;

const notHex = /[^0-9A-Fa-f]/g;

function endOfBinary(text: string, from: number): number {
  let at = from;
  for (;;) {
    // A regular expression with one class finds the end at memory speed; it holds no state between calls.
    notHex.lastIndex = at;
    at = notHex.test(text) ? notHex.lastIndex - 1 : text.length;
    if (text.charCodeAt(at) !== 92) return at;
    const next = text.charCodeAt(at + 1);
    if (next === 10) at += 2;
    else if (next === 13) at += text.charCodeAt(at + 2) === 10 ? 3 : 2;
    else return at;
  }
}

/** The end of a GO line or a sqlcmd command that starts here, or 0. */
function lineToken(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 58) return (classOf(text.charCodeAt(at + 1)) & (WORD | DIGIT)) === WORD ? endOfLine(text, at) : 0;
  if (code === 33) return text.charCodeAt(at + 1) === 33 ? endOfLine(text, at) : 0;
  if ((code | 32) !== 103 || (text.charCodeAt(at + 1) | 32) !== 111) return 0;
  let end = at + 2;
  while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end++;
  const digits = end;
  if (digits > at + 2) while (at < text.length && (classOf(text.charCodeAt(end)) & DIGIT) !== 0) end++;
  let rest = end;
  while (text.charCodeAt(rest) === 32 || text.charCodeAt(rest) === 9 || text.charCodeAt(rest) === 59) rest++;
  const next = text.charCodeAt(rest);
  const ends = rest >= text.length || next === 10 || next === 13 || (next === 45 && text.charCodeAt(rest + 1) === 45);
  return ends ? (end > digits ? end : at + 2) : 0;
}
