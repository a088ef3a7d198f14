import { recordFaults } from '../project/pipe-records.js';
import { whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const mismatchedRow: CodeRule = {
  name: 'mismatched-row',
  summary:
    'A row is sent through SqlContext.Pipe into a result set that has other columns, or with more than there can be.',
  topic: 'data-access',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6204, 6241, 6256],
  on: 'code',
  check(code, report, { requirements }) {
    for (const { use, what, sqlErrors } of recordFaults(code, requirements))
      report(use.place, `${whereOf(use)} ${what}`, { sqlErrors });
  },
};
