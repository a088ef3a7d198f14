import { isStronger } from '../project/api-uses.js';
import { alsoElsewhere, groupedByMember, proofOf, whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const hostProtectedMember: CodeRule = {
  name: 'host-protected-member',
  summary:
    'Members under host protection are refused to SAFE and EXTERNAL_ACCESS assemblies when their caller is compiled.',
  topic: 'host-protection',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'code',
  check(_code, report, { permissionSet, requirements }) {
    const refused = requirements.reasons.filter(
      ({ api, permissionSet: needed }) =>
        api?.checks.includes('host-protection') && (!permissionSet || isStronger(needed, permissionSet)),
    );
    for (const group of groupedByMember(refused, ({ member }) => member)) {
      const [first] = group;
      if (!first.use || !first.api) continue;
      const flags = first.api.hostProtection.join(', ');
      report(
        first.place,
        `${whereOf(first.use)} calls ${first.member}, which is under host protection (${flags})${alsoElsewhere(group)}`,
        {
          proof: proofOf(first),
          severity: !permissionSet ? 'information' : group.some(({ isCertain }) => isCertain) ? 'error' : 'warning',
        },
      );
    }
  },
};
