import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const connectionStringInjection: CodeRule = {
  name: 'connection-string-injection',
  summary: 'What a caller in T-SQL gives becomes part of a connection string.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [99],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'connection', report);
  },
};
