import { findFrameworkAssembly, isSeenToLoad } from '../knowledge/framework-assemblies.js';
import { isRegistered } from '../project/build-project.js';
import type { ProjectRule } from './rule.js';

export const unsupportedLibrary: ProjectRule = {
  name: 'unsupported-library',
  summary: 'The assembly references a framework assembly that SQL Server does not load by itself.',
  topic: 'host-protection',
  severity: 'error',
  phase: 'create',
  sqlErrors: [6503, 10300],
  on: 'project',
  check(project, report) {
    for (const { created, code, codeAt, name } of project.assemblies) {
      if (!code || !codeAt) continue;
      for (const reference of code.references) {
        const known = findFrameworkAssembly(reference.name);
        if (!known || known.supported || isSeenToLoad(known.name) || reference.publicKeyToken !== known.publicKeyToken)
          continue;
        if (isRegistered(project, reference.name)) continue;
        report(
          codeAt.uri,
          codeAt.span,
          `Assembly ${name} references ${reference.name}, which is not on SQL Server's list and which no script registers`,
          created ? {} : { severity: 'information' },
        );
      }
    }
  },
};
