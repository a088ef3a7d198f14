import { disabledUses, notableUses } from '../project/notable-uses.js';
import { alsoElsewhere, groupedByMember, proofOf, severityOf, toldOnce, verbOf, whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const runtimeCodeGeneration: CodeRule = {
  name: 'runtime-code-generation',
  summary: 'The code compiles or emits code while it runs; SQL Server disables that in every permission set.',
  topic: 'host-protection',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  cwe: [94],
  on: 'code',
  check(_code, report, { requirements }) {
    const disabled = disabledUses(requirements, 'code generation');
    for (const group of groupedByMember(disabled, ({ member }) => member)) {
      const [first] = group;
      const generates = `${whereOf(first.use)} ${verbOf(first.use)} ${first.member}`;
      report(first.place, `${generates}, which SQL Server disables in every permission set${alsoElsewhere(group)}`, {
        proof: proofOf(first),
        severity: severityOf(group),
      });
    }
    // What is built belongs to an assembly that was told of, or to one of somebody else's.
    if (disabled.length > 0) return;
    const emitted = notableUses(requirements, 'code generation').filter(
      ({ permissionSet }) => permissionSet === 'UNSAFE',
    );
    for (const { first, place, where, also } of toldOnce(emitted, () => ''))
      report(place, `${where} emits code by ${first.text}, which needs UNSAFE${also}`, {
        severity: 'information',
        sqlErrors: [],
      });
  },
};
