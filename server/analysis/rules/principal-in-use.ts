import { nameOf, placeOf, type CatalogObject } from '../project/catalog.js';
import { Owners } from '../project/owners.js';
import type { ScriptFile } from '../project/project.js';
import type { Step } from '../project/timeline.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const principalInUse: ScriptRule = {
  name: 'principal-in-use',
  summary: 'DROP USER or DROP ROLE of a principal that owns something, or that a module runs as.',
  topic: 'links',
  severity: 'error',
  phase: 'create',
  sqlErrors: [15136, 15138],
  on: 'script',
  check(file, report) {
    if (statementsOf(file.script, 'dropUser', 'dropRole').length === 0) return;
    const owners = new Owners(file);
    const runners = new Map<string, Set<CatalogObject>>();
    for (const step of file.timeline.steps) {
      owners.follow(step);
      const { statement } = step;
      noteRunner(file, step, runners);
      if (statement.kind !== 'dropUser' && statement.kind !== 'dropRole') continue;
      const { name } = statement;
      const owned = owners.ownedBy(name.value, step);
      const of = statement.kind === 'dropUser' ? 'User' : 'Role';
      if (owned) {
        const what = `${owned.object.class} ${nameOf(owned.object)}`;
        report(name.span, `${of} ${name.value} owns ${what}`, {
          sqlErrors: [15138],
          related: [{ uri: file.uri, span: owned.owner?.span ?? name.span, message: `It is given ${what} here` }],
        });
        continue;
      }
      for (const object of runners.get(keyOf(name.value, step.database)) ?? []) {
        // Altered, it may run as someone else.
        if (file.catalog.presence(object, step) !== 'present' || object.changed.length > 0) continue;
        report(name.span, `${of} ${name.value} is whom ${object.class} ${nameOf(object)} runs as`, {
          sqlErrors: [15136],
          related: [placeOf(object)],
        });
        break;
      }
    }
  },
};

/** EXECUTE AS 'user' of a module. */
function noteRunner({ catalog }: ScriptFile, step: Step, runners: Map<string, Set<CatalogObject>>): void {
  const { statement, conditional, database } = step;
  const user = 'body' in statement ? statement.executeAs?.user?.value : undefined;
  const object = catalog.objectOf(statement);
  if (user === undefined || !object || conditional) return;
  const key = keyOf(user, database);
  const known = runners.get(key);
  if (known) known.add(object);
  else runners.set(key, new Set([object]));
}

function keyOf(name: string, database: string | undefined): string {
  return `${database ?? ''}\n${name}`.toLowerCase();
}
