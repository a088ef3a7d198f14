import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const xpathInjection: CodeRule = {
  name: 'xpath-injection',
  summary: 'What a caller in T-SQL gives becomes part of an XPath expression.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [643],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'xpath', report);
  },
};
