import { entryName, type EntryPoint } from '../code/entry-points.js';
import { memberText } from '../code/names.js';
import { methodsReaching } from '../code/reachability.js';
import { reachedOutside } from '../project/outside-access.js';
import { whereOf } from '../project/proof.js';
import { routinesUsing, surelyHappens } from '../project/routine-reach.js';
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
    const impersonating = methodsReaching(
      code.graph,
      identities.origins.map(({ node }) => node.method),
    );
    const isAsked = (entry: EntryPoint): EntryPoint | undefined =>
      entry.kind === 'public' || impersonating.has(entry.method) ? undefined : entry;
    for (const routine of routinesUsing(code, requirements, isAsked, outside)) {
      const { entry } = routine;
      const first = routine.uses.slice(0, mostProved).find((use) => surelyHappens(routine, use));
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

/** Of many in one routine the first are looked at. */
const mostProved = 20;
