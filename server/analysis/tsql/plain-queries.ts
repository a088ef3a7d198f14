// Queries of one table or view, of plain columns alone.
import type { Cursor } from './cursor.js';
import { parseObjectName, skipParentheses } from './expressions.js';
import type { Identifier } from './nodes.js';
import type { Query } from './ordinary-nodes.js';

/** Looks ahead of SELECT, and leaves the cursor where it is. */
export function readQuery(cursor: Cursor): Query | undefined {
  const at = cursor.index;
  const query = queryAhead(cursor);
  cursor.index = at;
  return query;
}

function queryAhead(cursor: Cursor): Query | undefined {
  cursor.next();
  const isDistinct = cursor.takeWord('DISTINCT');
  const selected = plainColumns(cursor);
  if (!selected) return undefined;
  const into = cursor.takeWord('INTO') ? parseObjectName(cursor, 'a table') : undefined;
  if (!cursor.takeWord('FROM') || !cursor.isName()) return undefined;
  const from = parseObjectName(cursor, 'a table');
  cursor.takeWord('AS');
  if (!endsSource.has(cursor.word())) cursor.tryIdentifier();
  if (!endsSource.has(cursor.word()) && !cursor.isSymbol(';') && !cursor.atBatchEnd && !cursor.isSymbol(')'))
    return undefined;
  const sorted = sortedColumns(cursor);
  return { from, selected, distinct: isDistinct ? selected : [], sorted, ...(into && { into }) };
}

const endsSource: ReadonlySet<string> = new Set(['WHERE', 'ORDER', 'GROUP', 'OPTION', 'HAVING', 'FOR', 'GO', 'UNION']);

/** Of ORDER BY and GROUP BY, to the end of the query. */
function sortedColumns(cursor: Cursor): readonly Identifier[] {
  const sorted: Identifier[] = [];
  let steps = 0;
  while (!cursor.atBatchEnd && !cursor.isSymbol(';') && !cursor.isSymbol(')') && steps++ < 200) {
    if (cursor.isSymbol('(')) skipParentheses(cursor);
    else if (cursor.areWords('ORDER', 'BY') || cursor.areWords('GROUP', 'BY')) {
      cursor.index += 2;
      sorted.push(...(plainColumns(cursor) ?? []));
    } else if (/^(SELECT|INSERT|UPDATE|DELETE|EXEC|CREATE|JOIN|UNION)$/.test(cursor.word())) break;
    else cursor.next();
  }
  return sorted;
}

/** Plain columns, with commas between them; undefined where anything else stands among them. */
function plainColumns(cursor: Cursor): readonly Identifier[] | undefined {
  const columns: Identifier[] = [];
  do {
    if (!cursor.isName()) return undefined;
    const name = parseObjectName(cursor, 'a column');
    if (cursor.isSymbol('(') || cursor.isSymbol(':') || name.parts.length > 2) return undefined;
    columns.push(name.last);
    if (!cursor.takeWord('ASC')) cursor.takeWord('DESC');
    if (cursor.takeWord('AS')) cursor.tryIdentifier();
  } while (cursor.takeSymbol(','));
  return columns;
}
