import { aggregateFaults } from '../project/aggregate-faults.js';
import type { PlacedRule } from './rule.js';

export const aggregateContract: PlacedRule = {
  name: 'aggregate-contract',
  summary: 'A class is bound to an aggregate, and is not what SQL Server asks of one.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [
    6222, 6223, 6224, 6225, 6226, 6227, 6229, 6230, 6231, 6232, 6243, 6244, 6245, 6255, 6539, 6542, 6558, 6599, 10726,
  ],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { at, message, ...details } of aggregateFaults(project, file)) report(at, message, details);
  },
};
