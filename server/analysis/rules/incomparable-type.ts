import { comparisonFaults } from '../project/type-place-faults.js';
import type { PlacedRule } from './rule.js';

export const incomparableType: PlacedRule = {
  name: 'incomparable-type',
  summary: 'A user-defined type that has no order is compared, sorted, grouped or selected as DISTINCT.',
  topic: 'links',
  severity: 'error',
  phase: 'call',
  sqlErrors: [403, 421, 6210],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { at, message, ...details } of comparisonFaults(project, file)) report(at, message, details);
  },
};
