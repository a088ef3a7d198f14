// What `sqlclr-lint syntax` prints: batches, statements by ScriptDom's class names, and errors; lines and columns from 1.
import { lineStartsOf, positionOf } from '../text/lines.js';
import type { Script, Statement } from './nodes.js';

export interface SyntaxReport {
  readonly batches: readonly { readonly statements: readonly ReportedStatement[] }[];
  readonly errors: readonly { readonly line: number; readonly column: number; readonly message: string }[];
}

export interface ReportedStatement {
  readonly kind: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Statements in T-SQL bodies and under control of flow are listed behind the one that holds them; executed text is not. */
export function syntaxReport(script: Script, text: string): SyntaxReport {
  const lineStarts = lineStartsOf(text);
  const reported = (statement: Statement): ReportedStatement[] => {
    const kind = scriptDomName(statement, text);
    const start = positionOf(lineStarts, statement.span.start);
    const end = positionOf(lineStarts, statement.span.end);
    const own = {
      kind,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
    const nested = 'body' in statement ? statement.body.flatMap(reported) : [];
    return kind === '' ? nested : [own, ...nested];
  };
  return {
    batches: script.batches.map((batch) => ({ statements: batch.statements.flatMap(reported) })),
    errors: script.errors.map(({ span, message }) => {
      const at = positionOf(lineStarts, span.start);
      return { line: at.line + 1, column: at.character + 1, message };
    }),
  };
}

/** ScriptDom's class for a statement; empty for the second and further assignments of one SELECT. */
function scriptDomName(statement: Statement, text: string): string {
  if (statement.kind === 'unknown')
    return (
      names[statement.words] ?? names[statement.words.split(' ', 1)[0] ?? ''] ?? `${pascal(statement.words)}Statement`
    );
  if (statement.kind === 'setVariable') {
    const lead = text.slice(statement.span.start, statement.span.start + 6).toUpperCase();
    if (lead === 'SELECT') return 'SelectStatement';
    return lead.startsWith('SET') ? 'SetVariableStatement' : '';
  }
  if (statement.kind === 'alterDatabaseSet') return 'AlterDatabaseSetStatement';
  return `${statement.kind.charAt(0).toUpperCase()}${statement.kind.slice(1)}Statement`;
}

function pascal(words: string): string {
  const name = words
    .split(' ')
    .filter((word) => /^[A-Z_]+$/.test(word))
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
  return name === '' ? 'Unknown' : name;
}

/** Where ScriptDom's class is not named after the statement's first words. */
const names: Readonly<Record<string, string>> = {
  BEGIN: 'BeginEndBlockStatement',
  'BEGIN TRY': 'TryCatchStatement',
  'BEGIN CATCH': 'TryCatchStatement',
  'BEGIN TRAN': 'BeginTransactionStatement',
  COMMIT: 'CommitTransactionStatement',
  ROLLBACK: 'RollbackTransactionStatement',
  SAVE: 'SaveTransactionStatement',
  RAISERROR: 'RaiseErrorStatement',
  WAITFOR: 'WaitForStatement',
  TRUNCATE: 'TruncateTableStatement',
  GOTO: 'GoToStatement',
  SET: 'SetStatement',
  WITH: 'SelectStatement',
  DECLARE: 'DeclareCursorStatement',
  FETCH: 'FetchCursorStatement',
  OPEN: 'OpenCursorStatement',
  CLOSE: 'CloseCursorStatement',
  DEALLOCATE: 'DeallocateCursorStatement',
};
