import { sameName } from '../project/names.js';
import type { ScriptFile } from '../project/project.js';
import type { Span } from '../text/span.js';
import { argumentsOf } from '../tsql/calls.js';
import { textOf } from '../tsql/constants.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ProjectRule } from './rule.js';

export const trustworthyPrivilegedOwner: ProjectRule = {
  name: 'trustworthy-privileged-owner',
  summary: 'In a TRUSTWORTHY database that sa owns, every db_owner can become sysadmin.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'review',
  cwe: [269],
  on: 'project',
  check(project, report) {
    const owned = project.scripts.flatMap((file) => ownedBySa(file).map((owner) => ({ file, ...owner })));
    for (const file of project.scripts) {
      for (const { database, options } of statementsOf(file.script, 'alterDatabaseSet', 'createDatabase')) {
        const option = options.find(({ name, value }) => name === 'TRUSTWORTHY' && value === 'ON');
        const owner = option && database && owned.find((one) => sameName(one.database, database.value));
        if (!option || !owner) continue;
        report(file.uri, option.span, `TRUSTWORTHY database ${owner.database} is owned by sa`, {
          related: [{ uri: owner.file.uri, span: owner.span, message: 'sa becomes its owner here' }],
        });
      }
    }
  },
};

/** Databases that a script gives to sa. */
function ownedBySa({ script }: ScriptFile): readonly { readonly database: string; readonly span: Span }[] {
  const owned: { database: string; span: Span }[] = [];
  let current: string | undefined;
  for (const statement of statementsOf(script, 'use', 'alterAuthorization', 'execute')) {
    if (statement.kind === 'use') current = statement.database.value;
    else if (statement.kind === 'alterAuthorization') {
      if (statement.class === 'DATABASE' && statement.to?.value.toLowerCase() === 'sa')
        owned.push({ database: statement.name.last.value, span: statement.span });
    } else if (statement.kind === 'execute' && current !== undefined) {
      const login = argumentsOf(statement, 'sp_changedbowner', ['loginame'])?.get('loginame');
      const name = login && (textOf(script, login) ?? (login.kind === 'other' ? login.text : ''));
      if (name?.toLowerCase() === 'sa') owned.push({ database: current, span: statement.span });
    }
  }
  return owned;
}
