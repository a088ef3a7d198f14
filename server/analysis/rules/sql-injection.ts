import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const sqlInjection: CodeRule = {
  name: 'sql-injection',
  summary: 'What a caller in T-SQL gives becomes part of SQL text that the code runs.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [89],
  on: 'code',
  check(_, report, { requirements }) {
    // A routine that runs what it is given says so; what is put into other text changes that text.
    reportInput(requirements, 'sql', report, ({ isWhole }) => isWhole);
    for (const bound of requirements.untrustedInput.bounds)
      report('declaration', `Not everything was looked for: ${bound}`, { severity: 'information' });
  },
};
