import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const typeNameInjection: CodeRule = {
  name: 'type-name-injection',
  summary: 'What a caller in T-SQL gives says which code is loaded or run.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [470],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'type', report);
  },
};
