import { allStatements, type Statement } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const syntaxError: ScriptRule = {
  name: 'syntax-error',
  summary: 'A statement of CLR integration that SQL Server cannot parse.',
  topic: 'tool',
  severity: 'error',
  phase: 'create',
  sqlErrors: [102, 156],
  on: 'script',
  check(file, report) {
    if (file.script.errors.length === 0) return;
    const own = [...allStatements(file.script)].filter(isOfTheField);
    // Of a keyword SQL Server says it otherwise; which words are some is not looked up.
    for (const { span, message, isAtWord } of file.script.errors) {
      if (own.some((statement) => statement.span.start <= span.start && span.start <= statement.span.end + 1))
        report(span, message, { sqlErrors: isAtWord ? [102, 156] : [102] });
    }
  },
};

/** Ordinary T-SQL, and what other products take for T-SQL, is not ours to judge. */
function isOfTheField(statement: Statement): boolean {
  switch (statement.kind) {
    case 'createAssembly':
    case 'alterAssembly':
    case 'dropAssembly':
      return true;
    default:
      return 'externalName' in statement && statement.externalName !== undefined;
  }
}
