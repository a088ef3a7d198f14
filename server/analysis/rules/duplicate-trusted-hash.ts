import { trustedHashesIn } from '../project/configuration.js';
import type { ScriptRule } from './rule.js';

export const duplicateTrustedHash: ScriptRule = {
  name: 'duplicate-trusted-hash',
  summary: 'A hash is trusted twice in one script, and the second call fails.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [10345],
  on: 'script',
  check(file, report) {
    const trusted = new Set<string>();
    for (const { action, digits, statement, value } of trustedHashesIn(file.script)) {
      if (digits === undefined || statement.conditional) continue;
      if (action === 'drop') trusted.delete(digits);
      else if (trusted.has(digits)) report(value.span, 'The hash is already trusted by a call above');
      else trusted.add(digits);
    }
  },
};
