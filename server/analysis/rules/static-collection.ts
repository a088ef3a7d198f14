import { contentChanges } from '../code/static-content.js';
import { sourceMemberOf } from '../code/source-names.js';
import { isMutator } from '../knowledge/mutators.js';
import type { CodeRule } from './rule.js';

export const staticCollection: CodeRule = {
  name: 'static-collection',
  summary:
    'A readonly static field whose contents change while the code runs is shared by all sessions, unseen by SQL Server.',
  topic: 'host-protection',
  severity: 'warning',
  phase: 'review',
  cwe: [362, 488],
  on: 'code',
  check(code, report) {
    const told = new Set<unknown>();
    for (const { field, name, node, operation, place } of contentChanges(code, isMutator)) {
      if (told.has(field)) continue;
      told.add(field);
      const where = sourceMemberOf(node.type, node.method).name;
      report(field.place, `${name} is readonly, and ${where} changes what it holds`, {
        proof: [{ place, message: `${where} ${operation}` }],
      });
    }
  },
};
