import { typePlaceFaults } from '../project/type-place-faults.js';
import type { PlacedRule } from './rule.js';

export const misplacedType: PlacedRule = {
  name: 'misplaced-type',
  summary: 'A user-defined type is used before it is made, dropped while it is used, or stands where none is taken.',
  topic: 'links',
  severity: 'error',
  phase: 'call',
  sqlErrors: [2715, 3732, 4175, 6220, 6632, 15101],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { at, message, ...details } of typePlaceFaults(project, file)) report(at, message, details);
  },
};
