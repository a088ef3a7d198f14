import { notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
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
    const uses = notableUses(requirements, 'code generation').filter(({ permissionSet }) => permissionSet !== 'SAFE');
    for (const { first, place, where, also } of toldOnce(uses)) report(place, `${where} calls ${first.text}${also}`);
  },
};
