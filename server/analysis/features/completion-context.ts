// What stands before a caret in a script: tokens of its statement, and the part of a word that is being typed.
import type { ScriptFile } from '../project/project.js';
import type { Span } from '../text/span.js';
import { undoubled } from '../tsql/cursor.js';
import { tokenize, TokenKind, type Tokens } from '../tsql/lexer.js';
import type { Statement } from '../tsql/nodes.js';

/** Nobody types at the end of a longer statement, literals of bytes left aside. */
const longest = 1 << 16;

export interface CaretContext {
  /** That the caret is in or behind; undefined at the head of a batch. */
  readonly statement: Statement | undefined;
  /** Before the word at the caret. */
  readonly before: readonly Word[];
  /** What an item takes the place of: the word at the caret, to its end. */
  readonly replaced: Span;
  /** What of the word stands before the caret begins so. */
  readonly opening: 'none' | 'bracket' | 'quote' | 'string';
}

export interface Word {
  /** Words in upper case, symbols as they are; empty for any other token. */
  readonly text: string;
  /** Of an identifier, delimiters undone. */
  readonly name: string | undefined;
}

/** Undefined in a comment, and behind what is complete. */
export function contextAt(file: ScriptFile, offset: number): CaretContext | undefined {
  const { text } = file;
  const batch = file.script.batches.findLast(({ span }) => span.start <= offset);
  const statement = batch?.statements.findLast(({ span }) => span.start <= offset);
  const literal = file.literals.findLast(({ span }) => span.end <= offset)?.span.end ?? 0;
  const from = Math.max(statement?.span.start ?? batch?.span.start ?? 0, literal);
  if (offset - from > longest) return undefined;
  const tokens = tokenize(text.slice(from, offset));
  if (isInComment(tokens)) return undefined;
  const words: Word[] = [];
  for (let index = 0; index < tokens.count - 1; index++) words.push(wordOf(tokens, index));
  const last = tokens.count - 2;
  const isTouched = last >= 0 && tokens.ends[last] === offset - from;
  const kind = isTouched ? tokens.kinds[last] : undefined;
  const start = isTouched ? from + (tokens.starts[last] ?? 0) : offset;
  const source = text.slice(start, offset);
  const found = (opening: CaretContext['opening'], rest: RegExp): CaretContext => ({
    statement,
    before: words.slice(0, -1),
    replaced: { start, end: offset + (rest.exec(text.slice(offset, offset + 200))?.[0].length ?? 0) },
    opening,
  });
  switch (kind) {
    case TokenKind.word:
      return found('none', /^[\w@#$]*/);
    case TokenKind.bracket:
      return isOpen(source, ']') ? found('bracket', /^[^[\]\r\n]*\]/) : undefined;
    case TokenKind.quoted:
      return isOpen(source, '"') ? found('quote', /^[^"\r\n]*"/) : undefined;
    case TokenKind.string:
    case TokenKind.nationalString:
      return isOpen(source.replace(/^N/i, ''), "'") ? found('string', /^[^'\r\n]*'/) : undefined;
    case undefined:
    case TokenKind.symbol:
      return { statement, before: words, replaced: { start: offset, end: offset }, opening: 'none' };
    default:
      return undefined;
  }
}

function isInComment({ comments, text }: Tokens): boolean {
  const [start = 0, end, isBlock] = comments.slice(-3);
  if (end !== text.length) return false;
  return isBlock === 0 || end - start < 4 || !text.endsWith('*/');
}

function isOpen(source: string, close: string): boolean {
  return !source
    .slice(1)
    .replaceAll(close + close, '')
    .endsWith(close);
}

function wordOf({ text, kinds, starts, ends }: Tokens, index: number): Word {
  const source = text.slice(starts[index], ends[index]);
  switch (kinds[index]) {
    case TokenKind.word:
      return { text: source.toUpperCase(), name: source };
    case TokenKind.bracket:
      return { text: '', name: undoubled(source, ']') };
    case TokenKind.quoted:
      return { text: '', name: undoubled(source, '"') };
    case TokenKind.variable:
      return { text: source.toUpperCase(), name: undefined };
    case TokenKind.symbol:
      return { text: source, name: undefined };
    default:
      return { text: '', name: undefined };
  }
}

/** Whether the words end so; `*` is an identifier. */
export function endsWith(words: readonly Word[], ...wanted: readonly string[]): boolean {
  const from = words.length - wanted.length;
  return (
    from >= 0 &&
    wanted.every((text, index) => {
      const word = words[from + index];
      return text === '*' ? word?.name !== undefined : word?.text === text;
    })
  );
}
