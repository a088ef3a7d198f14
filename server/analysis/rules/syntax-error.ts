import type { ScriptRule } from './rule.js';

export const syntaxError: ScriptRule = {
  name: 'syntax-error',
  summary: 'A statement of CLR integration that SQL Server cannot parse.',
  topic: 'tool',
  severity: 'error',
  phase: 'create',
  sqlErrors: [102],
  on: 'script',
  check(file, report) {
    for (const { span, message } of file.script.errors) report(span, message);
  },
};
