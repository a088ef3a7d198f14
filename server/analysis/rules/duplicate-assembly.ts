import type { ScriptFile } from '../project/project.js';
import { deployedStatements, type CreateAssembly, type Statement } from '../tsql/nodes.js';
import type { ScriptRule } from './rule.js';

export const duplicateAssembly: ScriptRule = {
  name: 'duplicate-assembly',
  summary: 'The same assembly is created twice in one database.',
  topic: 'assemblies',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6246],
  on: 'script',
  check(file, report) {
    const mvids = mvidsOf(file);
    // Only what is there: SQL Server refuses a second one, so it adds nothing.
    const byName = new Map<string, CreateAssembly>();
    const byMvid = new Map<string, CreateAssembly>();
    for (const statement of deployedStatements(file.script)) {
      // Another database, or a statement that may not run: what exists then is not known.
      if (statement.kind === 'use') {
        byName.clear();
        byMvid.clear();
      } else if (statement.kind === 'dropAssembly') {
        for (const { value } of statement.names) {
          const dropped = byName.get(value.toLowerCase());
          byName.delete(value.toLowerCase());
          const mvid = dropped && mvids.get(dropped);
          if (mvid !== undefined) byMvid.delete(mvid);
        }
      } else if (statement.kind === 'createAssembly' && !statement.conditional) {
        const name = statement.name.value;
        const mvid = mvids.get(statement);
        const twin = mvid === undefined ? undefined : byMvid.get(mvid);
        if (byName.has(name.toLowerCase())) report(statement.name.span, `Assembly ${name} is already created above`);
        else if (twin)
          report(statement.name.span, `Assembly ${name} has the same bytes as ${twin.name.value}`, {
            sqlErrors: [6285],
          });
        else {
          byName.set(name.toLowerCase(), statement);
          if (mvid !== undefined) byMvid.set(mvid, statement);
        }
      }
    }
  },
};

/** The MVID of what each statement creates first, where its bytes are known. */
function mvidsOf({ literals }: ScriptFile): ReadonlyMap<Statement, string> {
  const mvids = new Map<Statement, string>();
  for (const { statement, index, image } of literals) {
    if (image && index === 0) mvids.set(statement, image.module.mvid);
  }
  return mvids;
}
