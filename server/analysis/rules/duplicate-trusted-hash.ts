import { trustedHashesIn } from '../project/configuration.js';
import type { ScriptRule } from './rule.js';

export const duplicateTrustedHash: ScriptRule = {
  name: 'duplicate-trusted-hash',
  summary: 'A hash is trusted, or dropped, twice in one script, and the second call fails.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [10345, 10346],
  on: 'script',
  check(file, report) {
    const trusted = new Set<string>();
    const dropped = new Set<string>();
    for (const { action, digits, statement, value } of trustedHashesIn(file.script)) {
      if (digits === undefined || statement.conditional) continue;
      const [is, other] = action === 'drop' ? [dropped, trusted] : [trusted, dropped];
      if (is.has(digits))
        report(value.span, `The hash is already ${action === 'drop' ? 'dropped' : 'trusted'} by a call above`, {
          sqlErrors: [action === 'drop' ? 10346 : 10345],
        });
      is.add(digits);
      other.delete(digits);
    }
  },
};
