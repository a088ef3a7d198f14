// Where a statement begins when nothing ends the one before: T-SQL needs no semicolon.
import type { Cursor } from './cursor.js';
import { TokenKind } from './lexer.js';

/** Words that begin a statement wherever they stand outside parentheses. */
const always: ReadonlySet<string> = new Set([
  'BEGIN',
  'BREAK',
  'CHECKPOINT',
  'CLOSE',
  'COMMIT',
  'CONTINUE',
  'DBCC',
  'DEALLOCATE',
  'DECLARE',
  'DENY',
  'ELSE',
  'END',
  'EXEC',
  'EXECUTE',
  'GOTO',
  'GRANT',
  'KILL',
  'PRINT',
  'RAISERROR',
  'READTEXT',
  'RECONFIGURE',
  'RESTORE',
  'RETURN',
  'REVERT',
  'REVOKE',
  'ROLLBACK',
  'SAVE',
  'SETUSER',
  'SHUTDOWN',
  'THROW',
  'TRUNCATE',
  'UPDATETEXT',
  'WAITFOR',
  'WHILE',
  'WRITETEXT',
]);

/** What CREATE, ALTER and DROP are followed by where they begin a statement. */
const objects: ReadonlySet<string> = new Set([
  'AGGREGATE',
  'APPLICATION',
  'ASSEMBLY',
  'ASYMMETRIC',
  'AVAILABILITY',
  'BROKER',
  'CERTIFICATE',
  'CLUSTERED',
  'CONTRACT',
  'CREDENTIAL',
  'CRYPTOGRAPHIC',
  'DATABASE',
  'DEFAULT',
  'ENDPOINT',
  'EVENT',
  'EXTERNAL',
  'FULLTEXT',
  'FUNCTION',
  'INDEX',
  'LOGIN',
  'MASTER',
  'MESSAGE',
  'NONCLUSTERED',
  'OR',
  'PARTITION',
  'PRIMARY',
  'PROC',
  'PROCEDURE',
  'QUEUE',
  'REMOTE',
  'RESOURCE',
  'ROLE',
  'ROUTE',
  'RULE',
  'SCHEMA',
  'SEARCH',
  'SECURITY',
  'SEQUENCE',
  'SERVER',
  'SERVICE',
  'SPATIAL',
  'STATISTICS',
  'SYMMETRIC',
  'SYNONYM',
  'TABLE',
  'TRIGGER',
  'TYPE',
  'UNIQUE',
  'USER',
  'VIEW',
  'WORKLOAD',
  'XML',
  'AUTHORIZATION',
  'SIGNATURE',
  'COUNTER',
  'COLUMNSTORE',
  'COLUMN',
  'PROVIDER',
  'SELECTIVE',
  'SENSITIVITY',
]);

/** What SET is followed by where it begins a statement and not a clause of UPDATE. */
const settings: ReadonlySet<string> = new Set([
  'NOCOUNT',
  'NOEXEC',
  'XACT_ABORT',
  'QUOTED_IDENTIFIER',
  'IDENTITY_INSERT',
  'TRANSACTION',
  'DATEFORMAT',
  'DATEFIRST',
  'ROWCOUNT',
  'ARITHABORT',
  'ARITHIGNORE',
  'NUMERIC_ROUNDABORT',
  'CONCAT_NULL_YIELDS_NULL',
  'STATISTICS',
  'LANGUAGE',
  'DEADLOCK_PRIORITY',
  'LOCK_TIMEOUT',
  'CONTEXT_INFO',
  'FMTONLY',
  'PARSEONLY',
  'TEXTSIZE',
  'OFFSETS',
  'FORCEPLAN',
  'IMPLICIT_TRANSACTIONS',
  'CURSOR_CLOSE_ON_COMMIT',
  'QUERY_GOVERNOR_COST_LIMIT',
  'REMOTE_PROC_TRANSACTIONS',
  'FIPS_FLAGGER',
  'SHOWPLAN_ALL',
  'SHOWPLAN_TEXT',
  'SHOWPLAN_XML',
  'ANSI_NULLS',
  'ANSI_PADDING',
  'ANSI_WARNINGS',
  'ANSI_DEFAULTS',
  'ANSI_NULL_DFLT_ON',
  'ANSI_NULL_DFLT_OFF',
  'DISABLE_DEF_CNST_CHK',
  'ERRLVL',
]);

const dataVerbs: ReadonlySet<string> = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'BULK']);

/** Words behind which a data verb goes on with the statement it stands in. */
const joins: ReadonlySet<string> = new Set([
  'UNION',
  'ALL',
  'EXCEPT',
  'INTERSECT',
  'FOR',
  'AFTER',
  'OF',
  'ON',
  'THEN',
  'AS',
  'OR',
  'AND',
  'NOT',
  'EXISTS',
  'IN',
  'GRANT',
  'DENY',
  'REVOKE',
  'BEFORE',
  'EXPLAIN',
]);

/** By length, the first letters (bit 0 is A) that words which matter here have: most words are told by these two. */
const shapes = new Uint32Array(16);
for (const word of [
  ...always,
  ...dataVerbs,
  'IF',
  'CREATE',
  'ALTER',
  'DROP',
  'ADD',
  'SET',
  'USE',
  'OPEN',
  'FETCH',
  'BACKUP',
  'ENABLE',
  'DISABLE',
  'WITH',
  'CASE',
]) {
  shapes[word.length] = (shapes[word.length] ?? 0) | (1 << (word.charCodeAt(0) - 65));
}

function hasShape(cursor: Cursor): boolean {
  const { kinds, starts, ends } = cursor.tokens;
  if (kinds[cursor.index] !== TokenKind.word) return false;
  const start = starts[cursor.index] ?? 0;
  const letter = (cursor.text.charCodeAt(start) | 32) - 97;
  return letter >= 0 && letter < 26 && ((shapes[(ends[cursor.index] ?? 0) - start] ?? 0) & (1 << letter)) !== 0;
}

/** Whether a statement begins at the token ahead, as far as this word tells. */
export function beginsStatement(cursor: Cursor): boolean {
  if (!hasShape(cursor)) return false;
  const word = cursor.word();
  if (word === '') return false;
  // Behind a comma stands an item of a list: SET OFFSETS PROCEDURE, EXECUTE ON.
  if (always.has(word)) return !isObjectPart(cursor) && !cursor.isSymbol(',', -1);
  switch (word) {
    case 'SELECT':
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'MERGE':
    case 'BULK':
      return (
        !joins.has(cursor.word(-1)) && !cursor.isSymbol(',', -1) && !cursor.isSymbol('(', 1) && !isObjectPart(cursor)
      );
    case 'IF':
      return (
        !cursor.isWord('EXISTS', 1) || !['TABLE', 'COLUMN', 'CONSTRAINT', 'INDEX', 'DATABASE'].includes(cursor.word(-1))
      );
    case 'CREATE':
    case 'ALTER':
    case 'DROP':
      return (
        objects.has(cursor.word(1)) &&
        !(cursor.isWord('COLUMN', 1) && !cursor.isWord('MASTER', 2) && !cursor.isWord('ENCRYPTION', 2))
      );
    case 'ADD':
      return cursor.isWord('SIGNATURE', 1) || cursor.areWords('ADD', 'COUNTER', 'SIGNATURE');
    case 'SET':
      return cursor.kind(1) === TokenKind.variable || settings.has(cursor.word(1));
    case 'USE':
      return cursor.isName(1) && !cursor.isWord('HINT', 1) && !cursor.isWord('PLAN', 1) && !cursor.isWord('OPTION', -1);
    case 'OPEN':
      return cursor.isName(1) || cursor.kind(1) === TokenKind.variable;
    case 'FETCH':
      return !cursor.isWord('ROWS', -1) && !cursor.isWord('ROW', -1);
    case 'BACKUP':
      return cursor.isWord('DATABASE', 1) || cursor.isWord('LOG', 1) || cursor.isWord('CERTIFICATE', 1);
    case 'ENABLE':
    case 'DISABLE':
      return cursor.isWord('TRIGGER', 1);
    case 'WITH':
      return cursor.isSymbol(';', -1) && cursor.isName(1);
    default:
      return false;
  }
}

/** `t.end`, `end.x`: a name with a keyword in it. */
function isObjectPart(cursor: Cursor): boolean {
  return cursor.isSymbol('.', -1) || cursor.isSymbol('.', 1);
}

/**
 * Takes the rest of a statement that is not ours: to a semicolon (taken not), the end of the batch, or the next statement.
 * Parentheses and CASE … END are gone over whole.
 */
export function skipStatement(cursor: Cursor): void {
  const lead = cursor.word();
  const { kinds, starts } = cursor.tokens;
  let verbs = lead === 'INSERT' || lead === 'WITH' || lead === 'MERGE' ? 1 : 0;
  let depth = 0;
  let cases = 0;
  const first = cursor.index;
  for (;;) {
    const kind = kinds[cursor.index] ?? TokenKind.end;
    if (kind === TokenKind.end || kind === TokenKind.go) return;
    if (kind === TokenKind.symbol) {
      const code = cursor.text.charCodeAt(starts[cursor.index] ?? 0);
      if (code === 40) depth++;
      else if (code === 41) depth = Math.max(0, depth - 1);
      else if (code === 59 && depth === 0) return;
      else if (code === 59 && cases === 0 && beginsAfterSemicolon(cursor)) return;
    } else if (kind === TokenKind.command && cursor.index > first) {
      return;
    } else if (kind === TokenKind.word && hasShape(cursor)) {
      if (cursor.isWord('CASE')) cases++;
      else if (cases > 0) {
        if (cursor.isWord('END')) cases--;
      } else if (depth === 0 && cursor.index > first && beginsStatement(cursor)) {
        if (verbs > 0 && continues(cursor, lead)) verbs--;
        else if (!(lead === 'UPDATE' && cursor.isWord('SET')) || cursor.index === first) return;
      }
    }
    cursor.next();
  }
}

/** INSERT … SELECT, INSERT … EXEC, WITH … SELECT. */
function continues(cursor: Cursor, lead: string): boolean {
  const word = cursor.word();
  if (lead === 'INSERT') return word === 'SELECT' || word === 'EXEC' || word === 'EXECUTE';
  return dataVerbs.has(word);
}

/** Where a parenthesis was never closed, a semicolon before the start of a statement ends it all the same. */
function beginsAfterSemicolon(cursor: Cursor): boolean {
  cursor.index++;
  const begins = beginsStatement(cursor);
  cursor.index--;
  return begins;
}
