// Passwords and private keys in a statement.
import type { Cursor } from './cursor.js';
import { parseExpression, tryString } from './expressions.js';
import { TokenKind } from './lexer.js';
import type { LoginStatement, Secret, StringLiteral } from './nodes.js';
import { beginsStatement } from './starters.js';

/** Passwords and private keys named anywhere in the rest of a statement, which is taken; semicolon and next statement are not. */
export function parseSecrets(
  cursor: Cursor,
  subject?: (value: StringLiteral) => void,
  option?: (value: LoginStatement['options'][number]) => void,
): Secret[] {
  const secrets: Secret[] = [];
  let depth = 0;
  while (!cursor.atBatchEnd && !cursor.isSymbol(';')) {
    const first = cursor.index;
    if (cursor.isSymbol('(')) depth++;
    else if (cursor.isSymbol(')')) depth--;
    else if (depth === 0 && cursor.index > first && beginsStatement(cursor)) break;
    if ((cursor.isWord('PASSWORD') || cursor.isWord('SECRET')) && cursor.isSymbol('=', 1)) {
      const start = wordsBefore(cursor, first);
      cursor.index += 2;
      secrets.push({ kind: 'password', value: parseExpression(cursor), span: cursor.spanFrom(start) });
      continue;
    }
    if (cursor.isWord('BINARY') && cursor.isSymbol('=', 1) && depth > 0) {
      cursor.index += 2;
      secrets.push({ kind: 'privateKey', value: parseExpression(cursor), span: cursor.spanFrom(first) });
      continue;
    }
    if (subject && cursor.isWord('SUBJECT') && cursor.isSymbol('=', 1)) {
      cursor.index += 2;
      const value = tryString(cursor);
      if (value) subject(value);
      continue;
    }
    if (depth <= 0 && beginsStatement(cursor)) break;
    if (option && cursor.kind() === TokenKind.word && cursor.isSymbol('=', 1))
      option({ span: cursor.tokenSpan, name: cursor.word() });
    cursor.next();
  }
  return secrets;
}

/** `DECRYPTION BY` or `ENCRYPTION BY` before PASSWORD belongs to it. */
function wordsBefore(cursor: Cursor, index: number): number {
  return cursor.isWord('BY', -1) && (cursor.isWord('DECRYPTION', -2) || cursor.isWord('ENCRYPTION', -2))
    ? index - 2
    : index;
}
