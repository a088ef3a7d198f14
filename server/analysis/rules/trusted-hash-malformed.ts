import { findDigest, trustedDigest } from '../knowledge/digests.js';
import { trustedHashesIn } from '../project/configuration.js';
import type { ScriptRule } from './rule.js';

export const trustedHashMalformed: ScriptRule = {
  name: 'trusted-hash-malformed',
  summary: 'A trusted hash must be the 64 bytes of a SHA2_512; anything else trusts nothing.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [214],
  on: 'script',
  check(file, report) {
    for (const { digits, value } of trustedHashesIn(file.script)) {
      if (digits === undefined) {
        if (value.kind === 'other' && value.text.includes('<'))
          report(value.span, 'A placeholder stands where the hash belongs', { sqlErrors: [] });
        else if (value.kind === 'string')
          report(value.span, 'The hash is a string; it must be a binary literal', {
            severity: 'warning',
            sqlErrors: [214],
          });
        continue;
      }
      const bytes = Math.ceil(digits.length / 2);
      if (bytes === trustedDigest.length) continue;
      const digest = findDigest(bytes);
      const like = digest ? `, as many as ${digest.name}` : '';
      report(value.span, `The hash has ${bytes} bytes${like}; a ${trustedDigest.name} has ${trustedDigest.length}`, {
        sqlErrors: [],
      });
    }
  },
};
