import { typePlaceFaults } from '../project/type-place-faults.js';
import type { ProjectRule } from './rule.js';

export const misplacedType: ProjectRule = {
  name: 'misplaced-type',
  summary: 'A user-defined type is used before it is made, dropped while it is used, or stands where none is taken.',
  topic: 'links',
  severity: 'error',
  phase: 'call',
  sqlErrors: [2715, 3732, 4175, 6220, 6632, 15101],
  on: 'project',
  check(project, report) {
    for (const { uri, at, message, ...details } of typePlaceFaults(project)) report(uri, at, message, details);
  },
};
