import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const xmlExternalEntity: CodeRule = {
  name: 'xml-external-entity',
  summary:
    'XML that a caller in T-SQL gives is read by what fetches the entities it names, or a style sheet by what runs its scripts.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [611, 827],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'xml', report);
  },
};
