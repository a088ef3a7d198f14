import { disabledUses } from '../project/notable-uses.js';
import { alsoElsewhere, groupedByMember, proofOf, severityOf, verbOf, whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const dynamicAssemblyLoad: CodeRule = {
  name: 'dynamic-assembly-load',
  summary: 'The code loads an assembly from bytes or from a file; SQL Server disables that in every permission set.',
  topic: 'host-protection',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  cwe: [114, 829],
  on: 'code',
  check(_code, report, { requirements }) {
    // Assembly.Load by name finds what is registered in the database, and is no finding.
    for (const group of groupedByMember(disabledUses(requirements, 'assembly load'), ({ member }) => member)) {
      const [first] = group;
      const loads = `${whereOf(first.use)} ${verbOf(first.use)} ${first.member}`;
      report(first.place, `${loads}, which SQL Server disables in every permission set${alsoElsewhere(group)}`, {
        proof: proofOf(first),
        severity: severityOf(group),
      });
    }
  },
};
