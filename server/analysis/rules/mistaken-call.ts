import { callFaults } from '../project/call-faults.js';
import type { PlacedRule } from './rule.js';

export const mistakenCall: PlacedRule = {
  name: 'mistaken-call',
  summary: 'T-SQL calls a managed function, aggregate or procedure in a way that it cannot be called.',
  topic: 'links',
  severity: 'error',
  phase: 'call',
  sqlErrors: [156, 174, 195, 317, 318, 345, 353, 406, 2809, 4121, 4186, 6569, 8622, 11515, 11516, 11517, 11518],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { at, message, ...details } of callFaults(project, file)) report(at, message, details);
  },
};
