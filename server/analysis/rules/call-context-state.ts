import { notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const callContextState: CodeRule = {
  name: 'call-context-state',
  summary: 'State kept with the thread or the application domain is no state of the session: others find it there.',
  topic: 'application-domains',
  severity: 'warning',
  phase: 'review',
  cwe: [488],
  on: 'code',
  check(_code, report, { requirements }) {
    for (const { first, place, where, also } of toldOnce(notableUses(requirements, 'session state')))
      report(place, `${where} keeps state by ${first.text}${also}`);
  },
};
