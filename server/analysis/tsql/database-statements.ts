// CREATE DATABASE, as far as it says TRUSTWORTHY, DB_CHAINING or CONTAINMENT, and ALTER DATABASE … SET.
import type { Cursor } from './cursor.js';
import { skipParentheses } from './expressions.js';
import type { Bare, DatabaseOption, DatabaseStatement, Identifier } from './nodes.js';
import { beginsStatement } from './starters.js';

/** Behind CREATE DATABASE. */
export function parseCreateDatabase(cursor: Cursor, first: number): Bare<DatabaseStatement> {
  const database = cursor.identifier('the name of a database');
  const options: DatabaseOption[] = [];
  while (!cursor.atBatchEnd && !cursor.isSymbol(';')) {
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    else if (cursor.isWord('CONTAINMENT')) {
      const option = parseOption(cursor);
      if (option) options.push(option);
    } else if (cursor.isWord('WITH') || cursor.isSymbol(',')) {
      cursor.next();
      const option = tryWidening(cursor);
      if (option) options.push(option);
    } else if (cursor.index > first && beginsStatement(cursor)) break;
    else cursor.next();
  }
  return { kind: 'createDatabase', span: cursor.spanFrom(first), database, options };
}

/** Behind ALTER DATABASE. */
export function parseAlterDatabase(cursor: Cursor, first: number): Bare<DatabaseStatement> {
  const isCurrent = cursor.isWord('CURRENT');
  const name = cursor.identifier('the name of a database');
  const database: { database?: Identifier } = isCurrent ? {} : { database: name };
  if (!cursor.takeWord('SET')) {
    skipRest(cursor);
    return { kind: 'alterDatabase', span: cursor.spanFrom(first), ...database, options: [] };
  }
  const options: DatabaseOption[] = [];
  do {
    const option = parseOption(cursor);
    if (option) options.push(option);
  } while (cursor.takeSymbol(','));
  skipRest(cursor);
  return { kind: 'alterDatabaseSet', span: cursor.spanFrom(first), ...database, options };
}

/** TRUSTWORTHY or DB_CHAINING with its value. */
function tryWidening(cursor: Cursor): DatabaseOption | undefined {
  return cursor.isWord('TRUSTWORTHY') || cursor.isWord('DB_CHAINING') ? parseOption(cursor) : undefined;
}

function parseOption(cursor: Cursor): DatabaseOption | undefined {
  const first = cursor.index;
  const name = cursor.word();
  if (name === '') return undefined;
  cursor.next();
  cursor.takeSymbol('=');
  let value = '';
  if (cursor.isName() && !(cursor.isWord('WITH') || beginsStatement(cursor))) {
    value = cursor.source().toUpperCase();
    cursor.next();
  }
  const span = cursor.spanFrom(first);
  if ((name === 'TRUSTWORTHY' || name === 'DB_CHAINING') && value !== 'ON' && value !== 'OFF' && !value.includes('$('))
    cursor.fail('ON or OFF');
  while (
    !cursor.atBatchEnd &&
    !cursor.isSymbol(',') &&
    !cursor.isSymbol(';') &&
    !cursor.isWord('WITH') &&
    !beginsStatement(cursor)
  ) {
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    else cursor.next();
  }
  return { span, name, value };
}

function skipRest(cursor: Cursor): void {
  while (!cursor.atBatchEnd && !cursor.isSymbol(';') && !(beginsStatement(cursor) && !cursor.isWord('ROLLBACK'))) {
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    else cursor.next();
  }
}
