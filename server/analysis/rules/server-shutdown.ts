import { notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const serverShutdown: CodeRule = {
  name: 'server-shutdown',
  summary: 'The code ends its process, which is that of SQL Server.',
  topic: 'permission-sets',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6537],
  cwe: [382],
  on: 'code',
  check(_code, report, { requirements }) {
    for (const { first, place, where, also } of toldOnce(notableUses(requirements, 'shutdown'), ({ text }) => text))
      report(place, `${where} ends the process of SQL Server by ${first.text}${also}`);
  },
};
