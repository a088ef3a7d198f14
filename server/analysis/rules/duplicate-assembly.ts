import type { Step } from '../project/timeline.js';
import type { ScriptFile } from '../project/project.js';
import type { Statement } from '../tsql/nodes.js';
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
    // By MVID and database: what is there for sure.
    const there = new Map<string, string>();
    const keyOf = ({ statement, database }: Step): string | undefined => {
      const mvid = mvids.get(statement);
      return mvid === undefined ? undefined : `${mvid} ${database?.toLowerCase() ?? ''}`;
    };
    for (const step of file.timeline.steps) {
      const { statement, conditional } = step;
      if (statement.kind === 'dropAssembly') {
        for (const name of statement.names) {
          const { object } = file.catalog.before(step, 'assembly', name.value);
          const key = object?.created && keyOf(object.created);
          if (key !== undefined) there.delete(key);
        }
      }
      if (statement.kind !== 'createAssembly' || conditional) continue;
      const name = statement.name.value;
      const key = keyOf(step);
      const twin = key === undefined ? undefined : there.get(key);
      if (file.catalog.before(step, 'assembly', name).is === 'present')
        report(statement.name.span, `Assembly ${name} is already created above`);
      else if (twin)
        report(statement.name.span, `Assembly ${name} has the same bytes as ${twin}`, { sqlErrors: [6285] });
      // Only what is there: SQL Server refuses a second one, so it adds nothing.
      else if (key !== undefined) there.set(key, name);
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
