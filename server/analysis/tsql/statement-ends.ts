// What a statement begins with in words, and whether it ends where its production does.
import type { Cursor } from './cursor.js';
import { TokenKind } from './lexer.js';
import { beginsStatement } from './starters.js';

/** Behind a statement of the field another must begin; what stands there instead is reported, and passed over. */
export function ended<T>(cursor: Cursor, statement: T): T {
  if (cursor.atBatchEnd || cursor.isSymbol(';') || cursor.kind() === TokenKind.command || beginsStatement(cursor))
    return statement;
  const word = cursor.word();
  if (otherVerbs.has(word) || word.startsWith('<') || (cursor.kind() === TokenKind.word && cursor.isSymbol(':', 1)))
    return statement;
  cursor.fail('the end of the statement');
  while (!cursor.atBatchEnd && !cursor.isSymbol(';') && !beginsStatement(cursor) && cursor.kind() !== TokenKind.command)
    cursor.next();
  return statement;
}

/** Words that begin statements, besides those of `beginsStatement`, where one may stand first in a batch. */
export const otherVerbs: ReadonlySet<string> = new Set([
  'ADD',
  'ALTER',
  'BACKUP',
  'BULK',
  'CREATE',
  'DELETE',
  'DISABLE',
  'DROP',
  'ENABLE',
  'FETCH',
  'GET',
  'IF',
  'INSERT',
  'MERGE',
  'MOVE',
  'OPEN',
  'RECEIVE',
  'SELECT',
  'SEND',
  'SET',
  'UPDATE',
  'USE',
  'WITH',
  'LINENO',
  'EXTERNAL',
  'AS',
  'FROM',
]);

/** The first words of a statement, as far as they tell what it is. */
export function wordsOf(cursor: Cursor): string {
  if (cursor.kind() === TokenKind.command) return cursor.source().split(/\s/, 1)[0]?.toUpperCase() ?? '';
  const [first, second] = [cursor.word(), cursor.word(1)];
  return twoWords.has(first) && second !== '' ? `${first} ${second}` : first;
}

const twoWords: ReadonlySet<string> = new Set([
  'CREATE',
  'ALTER',
  'DROP',
  'BEGIN',
  'BULK',
  'BACKUP',
  'RESTORE',
  'ENABLE',
  'DISABLE',
  'OPEN',
  'CLOSE',
  'ADD',
]);
