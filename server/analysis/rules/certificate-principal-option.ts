import { refusedPrincipalOptions } from '../knowledge/principal-options.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const certificatePrincipalOption: ScriptRule = {
  name: 'certificate-principal-option',
  summary: 'A login or user made from a certificate or an asymmetric key has no default database, language or schema.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [15171, 15259],
  on: 'script',
  check(file, report) {
    for (const { kind, name, source, options } of statementsOf(file.script, 'createLogin', 'createUser')) {
      if (source?.kind !== 'certificate' && source?.kind !== 'asymmetricKey') continue;
      const from = source.kind === 'certificate' ? 'a certificate' : 'an asymmetric key';
      for (const option of options) {
        const row = refusedPrincipalOptions.find((one) => one.of === kind && one.name === option.name);
        if (!row) continue;
        report(option.span, `${name.value} is made from ${from}, and takes no ${option.name}`, {
          sqlErrors: [row.error],
        });
        break;
      }
    }
  },
};
