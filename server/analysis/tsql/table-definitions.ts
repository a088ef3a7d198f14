// Tables and indexes as ordinary T-SQL makes them.
import type { Span } from '../text/span.js';
import type { Cursor } from './cursor.js';
import { parseDataType, parseObjectName, skipParentheses } from './expressions.js';
import type { DataType, Identifier } from './nodes.js';
import type { IndexDefinition, TableColumn, TableDefinition } from './ordinary-nodes.js';

/** Behind CREATE TABLE; the cursor is left before the first column, whose expressions may hold more. */
export function readTable(cursor: Cursor): TableDefinition | undefined {
  const name = parseObjectName(cursor, 'a table');
  if (!cursor.takeSymbol('(')) return undefined;
  const begin = cursor.index;
  const columns: TableColumn[] = [];
  while (!cursor.atBatchEnd && !cursor.isSymbol(')')) {
    const first = cursor.index;
    if (/^(CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN|INDEX|PERIOD)$/.test(cursor.word())) toComma(cursor);
    else {
      const column = cursor.tryIdentifier();
      if (!column) break;
      const isComputed = cursor.takeWord('AS');
      const type = isComputed ? undefined : parseDataType(cursor);
      const { isPersisted, key } = toComma(cursor);
      columns.push({
        name: column,
        isPersisted,
        span: cursor.spanFrom(first),
        ...(type && { type }),
        ...(key && { key }),
      });
    }
    if (!cursor.takeSymbol(',')) break;
  }
  cursor.index = begin;
  return { name, columns };
}

/** To the comma or the parenthesis that ends a column. */
function toComma(cursor: Cursor): { isPersisted: boolean; key: Span | undefined } {
  let isPersisted = false;
  let key: Span | undefined;
  while (!cursor.atBatchEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    else {
      if (cursor.isWord('PERSISTED')) isPersisted = true;
      if (cursor.areWords('PRIMARY', 'KEY')) key = cursor.spanOf(cursor.start(), cursor.end(1));
      else if (cursor.isWord('UNIQUE')) key = cursor.tokenSpan;
      cursor.next();
    }
  }
  return { isPersisted, key };
}

/** Behind CREATE INDEX. */
export function readIndex(cursor: Cursor): IndexDefinition | undefined {
  if (!cursor.tryIdentifier() || !cursor.takeWord('ON')) return undefined;
  const on = parseObjectName(cursor, 'a table');
  const columns = columnNames(cursor);
  const included = cursor.takeWord('INCLUDE') ? columnNames(cursor) : [];
  const isOnline = cursor.takeWord('WITH') && isOnlineOption(cursor);
  return { on, columns, included, isOnline };
}

/** ALTER TABLE … ALTER COLUMN … WITH (ONLINE = ON): what the column becomes. */
export function readColumnAlteredOnline(cursor: Cursor): DataType | undefined {
  cursor.next();
  if (!cursor.takeWord('TABLE')) return undefined;
  parseObjectName(cursor, 'a table');
  if (!cursor.takeWords('ALTER', 'COLUMN') || !cursor.tryIdentifier() || !cursor.isName()) return undefined;
  const type = parseDataType(cursor);
  if (!cursor.takeWord('NULL')) cursor.takeWords('NOT', 'NULL');
  return cursor.takeWord('WITH') && isOnlineOption(cursor) ? type : undefined;
}

/** `(a, b DESC)`. */
function columnNames(cursor: Cursor): readonly Identifier[] {
  const names: Identifier[] = [];
  if (!cursor.takeSymbol('(')) return names;
  for (;;) {
    const name = cursor.tryIdentifier();
    if (name) names.push(name);
    if (!cursor.takeWord('ASC')) cursor.takeWord('DESC');
    if (!cursor.takeSymbol(',')) break;
  }
  cursor.takeSymbol(')');
  return names;
}

/** `(…, ONLINE = ON, …)`. */
function isOnlineOption(cursor: Cursor): boolean {
  const first = cursor.index;
  if (!cursor.isSymbol('(')) return false;
  skipParentheses(cursor);
  for (let ahead = first - cursor.index; ahead < 0; ahead++)
    if (cursor.isWord('ONLINE', ahead) && cursor.isSymbol('=', ahead + 1) && cursor.isWord('ON', ahead + 2))
      return true;
  return false;
}
