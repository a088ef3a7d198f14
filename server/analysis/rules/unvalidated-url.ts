import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const unvalidatedUrl: CodeRule = {
  name: 'unvalidated-url',
  summary: 'What a caller in T-SQL gives says which machine the code speaks to.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [918],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'url', report);
  },
};
