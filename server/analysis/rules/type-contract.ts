import { typeFaults } from '../project/type-faults.js';
import type { PlacedRule } from './rule.js';

export const typeContract: PlacedRule = {
  name: 'type-contract',
  summary: 'A class is bound to a user-defined type, and is not what SQL Server asks of one.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [
    6203, 6222, 6223, 6224, 6225, 6226, 6227, 6229, 6230, 6231, 6232, 6234, 6235, 6243, 6244, 6245, 6247, 6248, 6255,
    6293, 6294, 6295, 6296, 6297, 6298, 6539, 6542, 6557, 6558, 6577, 6599, 10331,
  ],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { at, message, ...details } of typeFaults(project, file)) report(at, message, details);
  },
};
