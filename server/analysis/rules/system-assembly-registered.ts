import { isClientAssembly } from '../knowledge/client-assemblies.js';
import { findFrameworkAssembly, isSeenToLoad } from '../knowledge/framework-assemblies.js';
import type { ProjectRule } from './rule.js';

export const systemAssemblyRegistered: ProjectRule = {
  name: 'system-assembly-registered',
  summary:
    'A framework assembly is registered by hand: its copy must match the global assembly cache to the byte, after every update.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [6540, 6596, 10308, 10309],
  on: 'project',
  check(project, report) {
    for (const { created, image, name } of project.assemblies) {
      if (!created || created.statement.name.value !== name) continue;
      const known = findFrameworkAssembly(image?.code.identity.name ?? name);
      const { uri } = created.file;
      const namesake = findFrameworkAssembly(name);
      if (namesake?.supported && image && image.code.identity.name.toLowerCase() !== namesake.name.toLowerCase())
        report(uri, created.statement.name.span, `${namesake.name} is the name of a system assembly`, {
          severity: 'error',
          sqlErrors: [6540],
        });
      if (!known && isClientAssembly(name, image?.code.identity))
        report(
          uri,
          created.statement.name.span,
          `${name} is a client assembly, which SQL Server has not tested inside`,
          {
            sqlErrors: [10309],
          },
        );
      if (!known || isSeenToLoad(known.name) || (image && image.code.identity.publicKeyToken !== known.publicKeyToken))
        continue;
      if (known.supported)
        report(
          uri,
          created.statement.name.span,
          `${known.name} is a system assembly; it loads without being registered`,
          { severity: 'error', sqlErrors: [6596] },
        );
      else
        report(
          uri,
          created.statement.name.span,
          `${known.name} is a framework assembly that SQL Server does not support`,
          { sqlErrors: [10308] },
        );
    }
  },
};
