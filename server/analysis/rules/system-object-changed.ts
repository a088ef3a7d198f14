import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import { builtInName } from '../project/type-pairs.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const systemObjectChanged: ScriptRule = {
  name: 'system-object-changed',
  summary: "The statement changes or drops an assembly or a type that is SQL Server's own.",
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [4185, 6560],
  on: 'script',
  check(file, report) {
    for (const statement of statementsOf(file.script, 'alterAssembly', 'dropAssembly')) {
      const [names, ifExists] =
        statement.kind === 'dropAssembly' ? [statement.names, statement.ifExists] : [[statement.name], false];
      for (const { value, span } of names)
        if (!ifExists && isOwn(value)) report(span, `${value} is a system assembly`, { sqlErrors: [6560] });
    }
    for (const { names } of statementsOf(file.script, 'dropType'))
      for (const name of names)
        if (name.parts.length > 1 || name.last.quote === 'none') {
          const own = builtInName({ span: name.span, name, facets: [] });
          if (own && clrTypes.has(own) && name.parts.at(-2)?.value !== 'dbo')
            report(name.span, `${own} is a system type`, { sqlErrors: [4185] });
        }
  },
};

/** The one system assembly that a database has ("sys.assemblies (Transact-SQL)"); others of the framework may be the user's copies. */
function isOwn(name: string): boolean {
  return name.toLowerCase() === 'microsoft.sqlserver.types' && findFrameworkAssembly(name) !== undefined;
}

const clrTypes: ReadonlySet<string> = new Set(['geography', 'geometry', 'hierarchyid']);
