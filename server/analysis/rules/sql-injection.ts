import { fixesBy } from '../code/remedy.js';
import { reportInput } from '../project/input-flows.js';
import type { InputFlow } from '../project/untrusted-input.js';
import type { CodeRule } from './rule.js';

export const sqlInjection: CodeRule = {
  name: 'sql-injection',
  summary: 'What a caller in T-SQL gives becomes part of SQL text that the code runs.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [89],
  on: 'code',
  check(code, report, { requirements }) {
    // A routine that runs what it is given says so; what is put into other text changes that text.
    const asParameter = ({ place }: InputFlow): ReturnType<typeof fixesBy> =>
      fixesBy(code, {
        title: 'Give it to the command as a parameter',
        changes: [{ kind: 'parameterise', command: place }],
        needsReview: true,
      });
    reportInput(requirements, 'sql', report, ({ isWhole }) => isWhole, asParameter);
    for (const bound of requirements.untrustedInput.bounds)
      report('declaration', `Not everything was looked for: ${bound}`, { severity: 'information' });
  },
};
