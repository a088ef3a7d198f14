import { constantsOf } from '../code/values.js';
import {
  cipherMode,
  electronicCodebook,
  findWeakName,
  makersByName,
  rsaKeyMakers,
  smallestRsaKey,
  weakTypes,
  type WeakAlgorithm,
} from '../knowledge/weak-algorithms.js';
import type { ApiUse } from '../project/api-uses.js';
import { toldOnce, whereOf } from '../project/proof.js';
import { textsGiven } from '../project/string-arguments.js';
import type { CodeRule } from './rule.js';

export const weakCrypto: CodeRule = {
  name: 'weak-crypto',
  summary: 'The code uses a cipher, a hash or a key derivation that is broken or weak.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [327, 328],
  on: 'code',
  check(code, report, { requirements }) {
    const made = new Map<ApiUse, WeakAlgorithm>();
    for (const use of requirements.uses) {
      const algorithm = madeBy(use);
      if (algorithm) made.set(use, algorithm);
    }
    for (const { first, place, where, also } of toldOnce([...made.keys()], (use) => made.get(use)?.name ?? '')) {
      const algorithm = made.get(first);
      if (!algorithm) continue;
      const { kind, name, how } = algorithm;
      // A hash can be harmless: to notice a change, not to keep a secret.
      const severity = kind === 'hash' ? 'information' : 'warning';
      report(place, `${where} uses ${name}, a ${how} ${kind}${also}`, { severity });
    }
    for (const use of requirements.uses) {
      if (numbersGiven(use, isMode).includes(electronicCodebook))
        report(use.place, `${whereOf(use)} uses ECB mode, which shows what is alike`);
      const bits = rsaKeyMakers.has(nameOf(use)) ? numbersGiven(use, isSize) : [];
      const small = bits.find((size) => size < smallestRsaKey);
      if (small !== undefined) report(use.place, `${whereOf(use)} makes an RSA key of ${small} bits`);
    }

    function madeBy(use: ApiUse): WeakAlgorithm | undefined {
      const { member, operation } = use;
      if (makersByName.has(nameOf(use))) {
        const [named] = textsGiven(code, use, 0).flatMap((name) => findWeakName(name) ?? []);
        return named;
      }
      const isNew = operation.kind === 'call' && operation.dispatch === 'new';
      return (isNew || member.name === 'Create') && member.type.kind === 'named'
        ? weakTypes.get(member.type.name)
        : undefined;
    }

    /** What the first argument of that type can be, where it is surely known. */
    function numbersGiven({ member, operation, node }: ApiUse, type: (name: string) => boolean): readonly number[] {
      const at = member.parameters.findIndex((parameter) => parameter.kind === 'named' && type(parameter.name));
      const given = operation.kind === 'call' ? operation.arguments[at] : undefined;
      return ((given && constantsOf(code.graph, node, given)) ?? []).filter((value) => typeof value === 'number');
    }
  },
};

function nameOf({ member }: ApiUse): string {
  return member.type.kind === 'named' ? `${member.type.name}::${member.name}` : '';
}

function isMode(type: string): boolean {
  return type === cipherMode;
}

function isSize(type: string): boolean {
  return type === 'System.Int32';
}
