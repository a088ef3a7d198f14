import { readonlyContentChanges } from '../code/static-content.js';
import { isMutator } from '../knowledge/mutators.js';
import { alsoElsewhere, groupedBy, whereOf } from '../project/proof.js';
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
    for (const group of groupedBy(readonlyContentChanges(code, isMutator), ({ field }) => field)) {
      const [first] = group;
      const also = alsoElsewhere(group);
      report(
        first.field.place,
        `${first.name} is readonly, and ${whereOf(first)} changes what it holds (${first.how})${also}`,
        { proof: group.map((change) => ({ place: change.place, message: `${whereOf(change)} ${change.how}` })) },
      );
    }
  },
};
