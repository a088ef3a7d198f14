import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import { isRegistered } from '../project/build-project.js';
import type { ProjectRule } from './rule.js';

export const unregisteredDependency: ProjectRule = {
  name: 'unregistered-dependency',
  summary: 'The assembly references one that no script of the project creates.',
  topic: 'links',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [6503],
  on: 'project',
  check(project, report) {
    for (const { created, code, codeAt, name } of project.assemblies) {
      // From a path SQL Server looks beside the file itself.
      if (!created || !code || codeAt?.uri !== created.file.uri) continue;
      for (const reference of code.references) {
        if (findFrameworkAssembly(reference.name)) continue;
        if (isRegistered(project, reference.name)) continue;
        report(codeAt.uri, codeAt.span, `Assembly ${name} references ${reference.name}, which no script creates`);
      }
    }
  },
};
