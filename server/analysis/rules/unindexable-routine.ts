import { indexFaults } from '../project/index-faults.js';
import type { PlacedRule } from './rule.js';

export const unindexableRoutine: PlacedRule = {
  name: 'unindexable-routine',
  summary: 'An index or indexed view stands on managed code or a user-defined type that SQL Server does not index.',
  topic: 'links',
  severity: 'error',
  phase: 'call',
  sqlErrors: [2709, 2725, 2729, 2798, 2799, 6210, 10130, 10131, 10132, 10133, 10141, 11427],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { at, message, ...details } of indexFaults(project, file)) report(at, message, details);
  },
};
