import { fixedTrustworthy } from '../knowledge/database-options.js';
import { placesOfTrue } from '../packages/places-of-true.js';
import { statementsOf, type Identifier } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const trustworthyDatabase: ScriptRule = {
  name: 'trustworthy-database',
  summary: 'TRUSTWORTHY lets code in a database act outside it with the authority of its owner.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'review',
  cwe: [250],
  on: 'script',
  check(file, report) {
    for (const { database, options } of statementsOf(file.script, 'alterDatabaseSet', 'createDatabase')) {
      for (const option of options) {
        if (option.name !== 'TRUSTWORTHY') continue;
        if (database && fixedTrustworthy.has(database.value.toLowerCase())) {
          report(option.span, `TRUSTWORTHY of ${database.value} cannot be changed`, {
            severity: 'error',
            sqlErrors: [15309],
            phase: 'create',
          });
          continue;
        }
        if (option.value !== 'ON') continue;
        report(option.span, `TRUSTWORTHY is ON for ${nameOf(database)}`, {
          fix: { title: 'Set TRUSTWORTHY OFF', edits: [{ at: option.span, text: 'TRUSTWORTHY OFF' }] },
        });
      }
    }
  },
  checkProjectFile(file, report) {
    for (const { uri, span } of placesOfTrue(file, 'Trustworthy')) {
      report(uri, span, 'TRUSTWORTHY is ON for the database of this project', {
        fix: { title: 'Set TRUSTWORTHY OFF', edits: [{ at: span, text: 'False' }] },
      });
    }
  },
};

function nameOf(database: Identifier | undefined): string {
  if (!database) return 'the current database';
  return database.value.includes('$(?)') ? 'a database that is named at run time' : `database ${database.value}`;
}
