import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const unvalidatedPath: CodeRule = {
  name: 'unvalidated-path',
  summary: 'What a caller in T-SQL gives says which file or folder the code uses.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [22, 73],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'path', report);
  },
};
