import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const ldapInjection: CodeRule = {
  name: 'ldap-injection',
  summary: 'What a caller in T-SQL gives becomes part of an LDAP filter or path.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [90],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'ldap', report);
  },
};
