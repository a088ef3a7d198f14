import { trustedHashesIn } from '../project/configuration.js';
import type { ScriptRule } from './rule.js';

/** Bytes of other digests, by what they are taken for. */
const digests: readonly (readonly [bytes: number, name: string])[] = [
  [16, 'MD5'],
  [20, 'SHA1'],
  [32, 'SHA2_256'],
  [48, 'SHA-384'],
];

export const trustedHashMalformed: ScriptRule = {
  name: 'trusted-hash-malformed',
  summary: 'A trusted hash must be the 64 bytes of a SHA2_512; anything else trusts nothing.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  on: 'script',
  check(file, report) {
    for (const { digits, value } of trustedHashesIn(file.script)) {
      if (digits === undefined) {
        if (value.kind === 'other' && value.text.includes('<'))
          report(value.span, 'A placeholder stands where the hash belongs');
        else if (value.kind === 'string') report(value.span, 'The hash is a string; it must be a binary literal');
        continue;
      }
      const bytes = Math.ceil(digits.length / 2);
      if (bytes === 64) continue;
      const digest = digests.find(([length]) => length === bytes);
      report(value.span, `The hash has ${bytes} bytes${digest ? `, as many as ${digest[1]}` : ''}; a SHA2_512 has 64`);
    }
  },
};
