// Passwords, private keys and other options in a statement.
import type { Cursor } from './cursor.js';
import { parseExpression, tryString } from './expressions.js';
import { TokenKind } from './lexer.js';
import type { LoginStatement, Secret, StringLiteral } from './nodes.js';
import { beginsStatement } from './starters.js';

interface Named {
  readonly secrets: readonly Secret[];
  /** What else has a value, in upper case. */
  readonly options: LoginStatement['options'];
  /** Of a certificate. */
  readonly subject?: StringLiteral;
}

/** What is named anywhere in the rest of a statement, which is taken; semicolon and next statement are not. */
export function parseSecrets(cursor: Cursor): Named {
  const secrets: Secret[] = [];
  const options: LoginStatement['options'][number][] = [];
  let subject: StringLiteral | undefined;
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
    if (cursor.isWord('SUBJECT') && cursor.isSymbol('=', 1)) {
      cursor.index += 2;
      subject = tryString(cursor) ?? subject;
      continue;
    }
    if (depth <= 0 && beginsStatement(cursor)) break;
    if (cursor.kind() === TokenKind.word && cursor.isSymbol('=', 1))
      options.push({ span: cursor.tokenSpan, name: cursor.word() });
    cursor.next();
  }
  return { secrets, options, ...(subject && { subject }) };
}

/** `DECRYPTION BY` or `ENCRYPTION BY` before PASSWORD belongs to it. */
function wordsBefore(cursor: Cursor, index: number): number {
  return cursor.isWord('BY', -1) && (cursor.isWord('DECRYPTION', -2) || cursor.isWord('ENCRYPTION', -2))
    ? index - 2
    : index;
}
