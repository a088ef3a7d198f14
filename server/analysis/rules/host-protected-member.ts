import { sourceMemberOf } from '../code/source-names.js';
import { findCompilerConstruct } from '../knowledge/compiler-constructs.js';
import type { ApiUse } from '../project/api-uses.js';
import { isStronger } from '../project/compare-sets.js';
import type { Reason } from '../project/requirements.js';
import { alsoElsewhere, groupedByMember, proofOf, verbOf, whereOf } from '../project/proof.js';
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
  check(_code, report, { name, permissionSet, requirements }) {
    const refused = requirements.reasons.filter(
      ({ api, permissionSet: needed }) =>
        api?.checks.includes('host-protection') && (!permissionSet || isStronger(needed, permissionSet)),
    );
    for (const group of groupedByMember(refused, toldAs)) {
      const [first] = group;
      if (!first.use || !first.api) continue;
      const does = constructOf(first.use);
      const calls = `${does ? `${does}, and so ` : ''}${verbOf(first.use)} ${first.member}`;
      const flags = first.api.hostProtection.join(', ');
      report(
        first.place,
        `${whereOf(first.use)} ${calls}, which is under host protection (${flags})${alsoElsewhere(group)}`,
        {
          proof: [
            ...proofOf(first),
            ...(permissionSet
              ? [{ place: 'declaration' as const, message: `${name} is declared ${permissionSet}` }]
              : []),
          ],
          severity: !permissionSet ? 'information' : group.some(({ isCertain }) => isCertain) ? 'error' : 'warning',
        },
      );
    }
  },
};

/** A member once in an assembly; what the compiler makes of `lock` and `await` once in a member of the source. */
function toldAs({ member, use }: Reason): string {
  const does = use && constructOf(use);
  return does ? `${sourceMemberOf(use.node.type, use.node.method).name} ${does}` : member;
}

function constructOf({ member }: ApiUse): string | undefined {
  return member.type.kind === 'named' ? findCompilerConstruct(member.type.name, member.name)?.does : undefined;
}
