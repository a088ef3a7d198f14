import { isStronger } from '../project/compare-sets.js';
import { alsoElsewhere, foreignText, groupedByMember, proofOf, severityOf, verbOf, whereOf } from '../project/proof.js';
import type { Reason } from '../project/requirements.js';
import type { CodeRule } from './rule.js';

export const insufficientPermissionSet: CodeRule = {
  name: 'insufficient-permission-set',
  summary: 'Code that SQL Server can reach needs more than the permission set the assembly is declared with.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  on: 'code',
  check(_code, report, { name, permissionSet, requirements }) {
    if (!permissionSet) return;
    const refused = requirements.reasons.filter(
      (reason) => reason.use && reason.permissionSet !== 'NONE' && isStronger(reason.permissionSet, permissionSet),
    );
    // What host protection refuses has a rule of its own.
    const lacking = refused.filter(({ api }) => !api?.checks.includes('host-protection'));
    for (const group of groupedByMember(lacking, ({ member }) => member)) {
      const [first] = group;
      if (!first.use) continue;
      const needs = `${first.member}, which needs ${first.permissionSet}${first.beyond ? ' of every caller' : ''} (${first.why})`;
      report(
        first.place,
        `${whereOf(first.use)} ${verbOf(first.use)} ${through(first)}${needs}${alsoElsewhere(group)}`,
        {
          proof: [...proofOf(first), { place: 'declaration', message: `${name} is declared ${permissionSet}` }],
          severity: severityOf(group),
        },
      );
    }
    const [strongest] = refused;
    if (!strongest?.use || lacking.length === 0) return;
    const use = `${whereOf(strongest.use)} ${verbOf(strongest.use)} ${through(strongest)}${strongest.member}`;
    report('declaration', `${name} is declared ${permissionSet} and needs ${strongest.permissionSet}: ${use}`, {
      proof: proofOf(strongest),
      severity: severityOf(lacking),
    });
  },
};

/** `Files.Reader::Read(String) of Files, which leads to `. */
function through({ use, beyond }: Reason): string {
  return use && beyond ? `${foreignText(use)}, which leads to ` : '';
}
