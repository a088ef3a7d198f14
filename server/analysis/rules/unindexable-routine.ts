import { indexFaults } from '../project/index-faults.js';
import type { ProjectRule } from './rule.js';

export const unindexableRoutine: ProjectRule = {
  name: 'unindexable-routine',
  summary: 'An index or indexed view stands on managed code or a user-defined type that SQL Server does not index.',
  topic: 'links',
  severity: 'error',
  phase: 'call',
  sqlErrors: [2709, 2725, 2729, 2798, 2799, 6210, 10130, 10131, 10132, 10133, 10141, 11427],
  on: 'project',
  check(project, report) {
    for (const { uri, at, message, ...details } of indexFaults(project)) report(uri, at, message, details);
  },
};
