import { refusedPrincipalOptions } from '../knowledge/principal-options.js';
import { stepsOf } from '../project/timeline.js';
import { argumentsOf } from '../tsql/calls.js';
import { textOf } from '../tsql/constants.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const certificatePrincipalOption: ScriptRule = {
  name: 'certificate-principal-option',
  summary:
    'A login or user made from a certificate or an asymmetric key has no default database, language or schema, and no alias.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [15171, 15259, 15582],
  on: 'script',
  check(file, report, { target }) {
    for (const { kind, name, source, options } of statementsOf(file.script, 'createLogin', 'createUser')) {
      if (source?.kind !== 'certificate' && source?.kind !== 'asymmetricKey') continue;
      for (const option of options) {
        const row = refusedPrincipalOptions.find((one) => one.of === kind && one.name === option.name);
        if (!row) continue;
        report(option.span, `${name.value} is made from ${shown[source.kind]}, and takes no ${option.name}`, {
          sqlErrors: [row.error],
        });
        break;
      }
    }
    if (!target.hasAliases) return;
    for (const step of stepsOf(file, 'execute')) {
      const login = argumentsOf(step.statement, 'sp_addalias', ['loginame'])?.get('loginame');
      const name = login && (login.kind === 'other' ? login.text : textOf(file.script, login));
      if (!login || name === undefined) continue;
      const { is, object } = file.catalog.before(step, 'login', name);
      const made = is === 'present' ? object?.created?.statement : undefined;
      const source = made?.kind === 'createLogin' ? made.source?.kind : undefined;
      if (source === 'certificate' || source === 'asymmetricKey')
        report(login.span, `${name} is made from ${shown[source]}, and takes no alias`, { sqlErrors: [15582] });
    }
  },
};

const shown = { certificate: 'a certificate', asymmetricKey: 'an asymmetric key' } as const;
