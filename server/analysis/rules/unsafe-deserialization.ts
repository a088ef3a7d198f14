import { reportInput } from '../project/input-flows.js';
import type { CodeRule } from './rule.js';

export const unsafeDeserialization: CodeRule = {
  name: 'unsafe-deserialization',
  summary: 'Bytes that a caller in T-SQL gives say which objects the code makes.',
  topic: 'untrusted-input',
  severity: 'warning',
  phase: 'review',
  cwe: [502],
  on: 'code',
  check(_, report, { requirements }) {
    reportInput(requirements, 'serialized', report);
  },
};
