import { configuredIn } from '../project/configuration.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const crossDatabaseChaining: ScriptRule = {
  name: 'cross-database-chaining',
  summary: 'Ownership chains reach from one database into another, past the permissions on its objects.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'review',
  cwe: [732],
  on: 'script',
  check(file, report) {
    for (const { statement, option, number, value } of configuredIn(file.script)) {
      if (option !== 'cross db ownership chaining' || number !== 1) continue;
      report(statement.span, 'Ownership chains reach across all databases of the instance', {
        ...(value.kind === 'number' && {
          fix: { title: 'Keep it off', edits: [{ at: value.span, text: '0' }] },
        }),
      });
    }
    for (const { database, options } of statementsOf(file.script, 'alterDatabaseSet', 'createDatabase')) {
      for (const { name, value, span } of options) {
        if (name !== 'DB_CHAINING' || value !== 'ON') continue;
        const of = database && !database.value.includes('$(?)') ? `database ${database.value}` : 'the database';
        report(span, `Ownership chains reach into ${of} and out of it`, {
          fix: { title: 'Set DB_CHAINING OFF', edits: [{ at: span, text: 'DB_CHAINING OFF' }] },
        });
      }
    }
  },
};
