import { sameName } from '../project/build-project.js';
import type { ScriptFile } from '../project/project.js';
import { deployedStatements, type CreateAssembly } from '../tsql/nodes.js';
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
    const existing: CreateAssembly[] = [];
    for (const statement of deployedStatements(file.script)) {
      // Another database, or a statement that may not run: what exists then is not known.
      if (statement.kind === 'use') existing.length = 0;
      else if (statement.kind === 'dropAssembly') {
        for (const name of statement.names) removeNamed(existing, name.value);
      } else if (statement.kind === 'createAssembly' && !statement.conditional) {
        const name = statement.name.value;
        const mvid = mvidOf(file, statement);
        if (existing.some((other) => sameName(other.name.value, name)))
          report(statement.name.span, `Assembly ${name} is already created above`);
        else {
          const twin = mvid && existing.find((other) => mvidOf(file, other) === mvid);
          if (twin)
            report(statement.name.span, `Assembly ${name} has the same bytes as ${twin.name.value}`, {
              sqlErrors: [6285],
            });
        }
        existing.push(statement);
      }
    }
  },
};

function removeNamed(existing: CreateAssembly[], name: string): void {
  const at = existing.findIndex((statement) => sameName(statement.name.value, name));
  if (at >= 0) existing.splice(at, 1);
}

function mvidOf(file: ScriptFile, statement: CreateAssembly): string | undefined {
  return file.literals.find((literal) => literal.statement === statement && literal.index === 0)?.image?.module.mvid;
}
