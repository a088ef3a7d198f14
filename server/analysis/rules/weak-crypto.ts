import { constantsOf } from '../code/values.js';
import type { Notable } from '../knowledge/notable-members.js';
import { notableUses } from '../project/notable-uses.js';
import { toldOnce, whereOf, type ToldUse } from '../project/proof.js';
import type { ApiUse } from '../project/api-uses.js';
import type { CodeRule } from './rule.js';

/** CipherMode.ECB. */
const electronicCodebook = 2;

export const weakCrypto: CodeRule = {
  name: 'weak-crypto',
  summary: 'The code uses a cipher or a hash that is broken.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [327, 328],
  on: 'code',
  check(code, report, { requirements }) {
    const typeOf = ({ member }: ApiUse): string => (member.type.kind === 'named' ? member.type.name : '');
    const isMade = ({ operation, member }: ApiUse): boolean =>
      (operation.kind === 'call' && operation.dispatch === 'new') || member.name === 'Create';
    const made = (what: Notable): readonly ToldUse[] =>
      toldOnce(notableUses(requirements, what).filter(isMade), typeOf);
    for (const { first, place, where, also } of made('broken cipher'))
      report(place, `${where} encrypts with ${typeOf(first)}${also}`);
    // A hash can be harmless: to notice a change, not to keep a secret.
    for (const { first, place, where, also } of made('broken hash'))
      report(place, `${where} hashes with ${typeOf(first)}${also}`, { severity: 'information' });
    for (const use of requirements.uses) {
      const { member, operation, node } = use;
      if (
        member.name !== 'set_Mode' ||
        operation.kind !== 'call' ||
        !typeOf(use).startsWith('System.Security.Cryptography.')
      )
        continue;
      const [mode] = operation.arguments;
      if (mode && constantsOf(code.graph, node, mode)?.includes(electronicCodebook))
        report(use.place, `${whereOf(use)} encrypts in ECB mode, which shows what is alike`);
    }
  },
};
