import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

const ofLogins: ReadonlySet<string> = new Set(['DEFAULT_DATABASE', 'DEFAULT_LANGUAGE']);
const ofUsers: ReadonlySet<string> = new Set(['DEFAULT_SCHEMA']);

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
      const isLogin = kind === 'createLogin';
      const option = options.find((one) => (isLogin ? ofLogins : ofUsers).has(one.name));
      if (!option) continue;
      const from = source.kind === 'certificate' ? 'a certificate' : 'an asymmetric key';
      report(option.span, `${name.value} is made from ${from}, and takes no ${option.name}`, {
        sqlErrors: [isLogin ? 15171 : 15259],
      });
    }
  },
};
