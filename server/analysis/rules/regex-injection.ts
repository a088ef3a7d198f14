import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const regexInjection: CodeRule = {
  name: 'regex-injection',
  summary: 'What a caller in T-SQL gives becomes part of a regular expression, as pattern and not as text.',
  topic: 'untrusted-input',
  severity: 'information',
  phase: 'review',
  cwe: [625, 1333],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'pattern', report);
  },
};
