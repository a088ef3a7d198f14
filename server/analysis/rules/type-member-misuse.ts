import { memberMisuses } from '../project/member-misuses.js';
import type { ProjectRule } from './rule.js';

export const typeMemberMisuse: ProjectRule = {
  name: 'type-member-misuse',
  summary: 'T-SQL uses a member of a user-defined type as the class does not have it.',
  topic: 'links',
  severity: 'error',
  phase: 'call',
  sqlErrors: [6200, 6201, 6202, 6506, 6523, 6573, 6574, 6584, 6592, 6593, 6594, 6595, 10211, 10227, 10319, 10321],
  on: 'project',
  check(project, report) {
    for (const { uri, at, message, ...details } of memberMisuses(project)) report(uri, at, message, details);
  },
};
