import { memberMisuses } from '../project/member-misuses.js';
import type { PlacedRule } from './rule.js';

export const typeMemberMisuse: PlacedRule = {
  name: 'type-member-misuse',
  summary: 'T-SQL uses a member of a user-defined type as the class does not have it.',
  topic: 'links',
  severity: 'error',
  phase: 'call',
  sqlErrors: [6200, 6201, 6202, 6506, 6523, 6573, 6574, 6584, 6592, 6593, 6594, 6595, 10211, 10227, 10319, 10321],
  on: 'script-in-project',
  check(file, project, report) {
    for (const { at, message, ...details } of memberMisuses(project, file)) report(at, message, details);
  },
};
