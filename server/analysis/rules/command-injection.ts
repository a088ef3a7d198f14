import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const commandInjection: CodeRule = {
  name: 'command-injection',
  summary: 'What a caller in T-SQL gives becomes part of a command that the code starts.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [78, 88],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'command', report);
  },
};
