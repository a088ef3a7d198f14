import { findAssembly } from '../project/find-assembly.js';
import { statementsOf } from '../tsql/nodes.js';
import type { ProjectRule } from './rule.js';

export const droppedDependents: ProjectRule = {
  name: 'dropped-dependents',
  summary: 'DROP ASSEMBLY without NO DEPENDENTS also drops the assemblies that the dropped one references.',
  topic: 'assemblies',
  severity: 'information',
  phase: 'create',
  on: 'project',
  check(project, report) {
    for (const file of project.scripts) {
      for (const statement of statementsOf(file.script, 'dropAssembly')) {
        const { names, noDependents, span } = statement;
        if (noDependents) continue;
        for (const name of names) {
          const found = findAssembly(project.byName, file, name.value, statement);
          const references = found.kind === 'found' ? (found.assembly.code?.references ?? []) : [];
          const dropped = references.find((reference) =>
            project.byName.get(reference.name.toLowerCase())?.some((other) => other.created),
          );
          if (!dropped) continue;
          report(
            file.uri,
            name.span,
            `Dropping ${name.value} also drops assembly ${dropped.name}, which it references`,
            {
              fix: {
                title: 'Drop it WITH NO DEPENDENTS',
                edits: [{ at: { start: span.end, end: span.end }, text: ' WITH NO DEPENDENTS' }],
              },
            },
          );
        }
      }
    }
  },
};
