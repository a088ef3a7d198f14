import { comparisonFaults } from '../project/type-place-faults.js';
import type { ProjectRule } from './rule.js';

export const incomparableType: ProjectRule = {
  name: 'incomparable-type',
  summary: 'A user-defined type that has no order is compared, sorted, grouped or selected as DISTINCT.',
  topic: 'links',
  severity: 'error',
  phase: 'call',
  sqlErrors: [403, 421, 6210],
  on: 'project',
  check(project, report) {
    for (const { uri, at, message, ...details } of comparisonFaults(project)) report(uri, at, message, details);
  },
};
