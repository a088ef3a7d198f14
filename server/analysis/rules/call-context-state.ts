import type { Notable } from '../knowledge/notable-members.js';
import { notableUses } from '../project/notable-uses.js';
import { toldOnce } from '../project/proof.js';
import type { CodeRule } from './rule.js';

const keepers: readonly (readonly [Notable, string])[] = [
  ['domain state', 'the application domain'],
  ['thread state', 'the thread'],
  ['call context state', 'the call context'],
];

export const callContextState: CodeRule = {
  name: 'call-context-state',
  summary: 'State kept with the thread or the application domain is no state of the session: others find it there.',
  topic: 'application-domains',
  severity: 'warning',
  phase: 'review',
  cwe: [488],
  on: 'code',
  check(_code, report, { requirements }) {
    for (const [notable, keeper] of keepers)
      for (const { first, place, where, also } of toldOnce(notableUses(requirements, notable)))
        report(place, `${where} keeps state with ${keeper} by ${first.text}${also}`);
  },
};
