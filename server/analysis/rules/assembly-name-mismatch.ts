import { isFilledIn, sameName } from '../project/names.js';
import type { DeployedAssembly, Project } from '../project/project.js';
import type { ProjectRule } from './rule.js';

export const assemblyNameMismatch: ProjectRule = {
  name: 'assembly-name-mismatch',
  summary: 'The name in the database is not the name inside the assembly, which is what other assemblies find it by.',
  topic: 'assemblies',
  severity: 'information',
  phase: 'create',
  on: 'project',
  check(project, report) {
    const users = referencing(project);
    for (const { created, code, name } of project.assemblies) {
      if (!created || !code || created.statement.name.value !== name || isFilledIn(name)) continue;
      const inside = code.identity.name;
      if (sameName(inside, name)) continue;
      const user = users.get(inside.toLowerCase());
      report(created.file.uri, created.statement.name.span, `Assembly ${name} is named ${inside} in its metadata`, {
        ...(user && {
          severity: 'warning',
          sqlErrors: [6503],
          related: user.codeAt ? [{ ...user.codeAt, message: `Assembly ${user.name} references it as ${inside}` }] : [],
        }),
      });
    }
  },
};

/** By the name in a reference, in lower case: an assembly that has it. */
function referencing(project: Project): ReadonlyMap<string, DeployedAssembly> {
  const users = new Map<string, DeployedAssembly>();
  for (const assembly of project.assemblies) {
    for (const { name } of assembly.code?.references ?? []) users.set(name.toLowerCase(), assembly);
  }
  return users;
}
