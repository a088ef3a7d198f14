import { grouped } from '../project/grouped.js';
import { sameName } from '../project/names.js';
import { hasOpenText } from '../tsql/calls.js';
import { sameDatabase } from '../project/timeline.js';
import type { ProjectRule } from './rule.js';

export const visibleHelperAssembly: ProjectRule = {
  name: 'visible-helper-assembly',
  summary:
    'An assembly that only others use is left visible: anyone with REFERENCES on it can bind routines to its methods.',
  topic: 'assemblies',
  severity: 'information',
  phase: 'review',
  on: 'project',
  check(project, report) {
    const created = grouped(project.assemblies, (assembly) => assembly.created?.file);
    const bound = new Set(project.routines.map(({ externalName }) => externalName.assembly.value.toLowerCase()));
    for (const [file, assemblies] of created) {
      if (hasOpenText(file.script)) continue;
      const users = new Map(
        assemblies.flatMap((user) =>
          (user.code?.references ?? []).map(({ name }) => [name.toLowerCase(), user] as const),
        ),
      );
      for (const { name, code, created, altered, database } of assemblies) {
        const user = code && users.get(code.identity.name.toLowerCase());
        if (!created || !sameName(created.statement.name.value, name) || bound.has(name.toLowerCase())) continue;
        if (!user || user.code === code || !sameDatabase(user.database, database)) continue;
        // What nobody binds of the user either is not deployed by these scripts alone.
        if (!bound.has(user.name.toLowerCase()) || altered.some(({ statement }) => statement.visibility)) continue;
        if (file.catalog.objectOf(created.statement)?.dropped) continue;
        const { span } = created.statement;
        report(file.uri, created.statement.name.span, `${name} is visible, and only ${user.name} uses it`, {
          fix: {
            title: 'Hide it',
            edits: [
              {
                at: { start: span.end, end: span.end },
                text: `\nALTER ASSEMBLY [${name.replaceAll(']', ']]')}] WITH VISIBILITY = OFF`,
              },
            ],
          },
        });
      }
    }
  },
};
