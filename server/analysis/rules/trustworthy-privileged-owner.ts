import { isNamed, sameName } from '../project/names.js';
import type { ScriptFile } from '../project/project.js';
import type { Span } from '../text/span.js';
import { argumentsOf } from '../tsql/calls.js';
import { textOf } from '../tsql/constants.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ProjectRule } from './rule.js';

export const trustworthyPrivilegedOwner: ProjectRule = {
  name: 'trustworthy-privileged-owner',
  summary: 'In a TRUSTWORTHY database that a sysadmin owns, every db_owner can become one.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'review',
  cwe: [269],
  on: 'project',
  check(project, report) {
    const sysadmins = ['sa', ...project.known.sysadmins];
    const owned = project.scriptsWith('alterAuthorization', 'execute').flatMap((file) =>
      givenIn(file)
        .filter(({ owner }) => isNamed(sysadmins, owner))
        .map((given) => ({ file, ...given })),
    );
    for (const file of project.scriptsWith('alterDatabaseSet', 'createDatabase')) {
      for (const { database, options } of statementsOf(file.script, 'alterDatabaseSet', 'createDatabase')) {
        const option = options.find(({ name, value }) => name === 'TRUSTWORTHY' && value === 'ON');
        const given = option && database && owned.find((one) => sameName(one.database, database.value));
        // Two names that are given at run time need not be one.
        if (!option || !given || given.database.includes('$(?)')) continue;
        report(file.uri, option.span, `TRUSTWORTHY database ${given.database} is owned by ${given.owner}`, {
          related: [{ uri: given.file.uri, span: given.span, message: `${given.owner} becomes its owner here` }],
        });
      }
    }
  },
};

interface Given {
  readonly database: string;
  readonly owner: string;
  readonly span: Span;
}

/** Databases that a script gives to somebody. */
function givenIn({ script }: ScriptFile): readonly Given[] {
  const given: Given[] = [];
  let current: string | undefined;
  for (const statement of statementsOf(script, 'use', 'alterAuthorization', 'execute')) {
    const { span } = statement;
    if (statement.kind === 'use') current = statement.database.value;
    else if (statement.kind === 'alterAuthorization') {
      if (statement.class === 'DATABASE' && statement.to)
        given.push({ database: statement.name.last.value, owner: statement.to.value, span });
    } else if (statement.kind === 'execute' && current !== undefined) {
      const login = argumentsOf(statement, 'sp_changedbowner', ['loginame'])?.get('loginame');
      const owner = login && (textOf(script, login) ?? (login.kind === 'other' ? login.text : undefined));
      if (owner !== undefined) given.push({ database: current, owner, span });
    }
  }
  return given;
}
