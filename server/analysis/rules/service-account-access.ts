import { entryName } from '../code/entry-points.js';
import { memberText } from '../code/names.js';
import { reachedOutside } from '../project/outside-access.js';
import { whereOf } from '../project/proof.js';
import { routinesOf, surelyHappens } from '../project/routine-reach.js';
import type { CodeRule } from './rule.js';

export const serviceAccountAccess: CodeRule = {
  name: 'service-account-access',
  summary: "A routine reaches outside without impersonating: Windows sees SQL Server's own account, whoever calls.",
  topic: 'impersonation',
  severity: 'information',
  phase: 'review',
  cwe: [250],
  on: 'code',
  check(code, report, { permissionSet, requirements }) {
    // Nothing outside is reached at all.
    if (permissionSet === 'SAFE') return;
    const { identities, uses } = requirements;
    const outside = uses.filter((use) => reachedOutside(use) !== undefined);
    if (!identities || outside.length === 0) return;
    for (const routine of routinesOf(code, requirements, ({ kind }) => kind !== 'public')) {
      const { entry, reached } = routine;
      if (identities.origins.some(({ node }) => reached.has(node.method))) continue;
      const first = outside.find((use) => reached.has(use.node.method) && surelyHappens(routine, use));
      if (!first) continue;
      report(first.place, `${whereOf(first)} reaches ${reachedOutside(first) ?? ''} as SQL Server's own account`, {
        proof: [
          {
            place: entry.method.place,
            message: `${entryName(entry)} impersonates nobody on the way to ${memberText(first.member)}`,
          },
        ],
      });
    }
  },
};
