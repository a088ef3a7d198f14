import { notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
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
    const uses = notableUses(requirements, 'assembly load').filter(({ permissionSet }) => permissionSet === 'NONE');
    for (const { first, place, where, also } of toldOnce(uses)) report(place, `${where} calls ${first.text}${also}`);
  },
};
