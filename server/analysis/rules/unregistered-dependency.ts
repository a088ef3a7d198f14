import type { AssemblyIdentity } from '../code/model.js';
import { findFrameworkAssembly } from '../knowledge/framework-assemblies.js';
import { isRegistered } from '../project/build-project.js';
import { isNamed } from '../project/names.js';
import type { Project } from '../project/project.js';
import type { ProjectRule } from './rule.js';

export const unregisteredDependency: ProjectRule = {
  name: 'unregistered-dependency',
  summary: 'The assembly references one that no script of the project creates, or creates in another version.',
  topic: 'links',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [6286, 6503],
  on: 'project',
  check(project, report) {
    for (const { created, code, codeAt, name } of project.assemblies) {
      // From a path SQL Server looks beside the file itself.
      if (!created || !code || codeAt?.uri !== created.file.uri) continue;
      for (const reference of code.references) {
        if (findFrameworkAssembly(reference.name)) continue;
        if (isRegistered(project, reference.name)) {
          const version = otherVersion(project, reference);
          if (version !== undefined)
            report(
              codeAt.uri,
              codeAt.span,
              `Assembly ${name} references ${reference.name} ${reference.version}, and scripts create ${version}`,
              { sqlErrors: [6286] },
            );
          continue;
        }
        report(codeAt.uri, codeAt.span, `Assembly ${name} references ${reference.name}, which no script creates`, {
          sqlErrors: [6503],
        });
      }
    }
  },
};

/**
 * What a strong name stands for is of one version. Undefined where one of that version may be there: without a key the
 * runtime does not look at it, and of an assembly whose bytes are not here the version is not known.
 */
function otherVersion(
  { byName, byIdentity, known }: Project,
  { name, version, publicKeyToken }: AssemblyIdentity,
): string | undefined {
  if (publicKeyToken === undefined || isNamed(known.assemblies, name)) return undefined;
  const key = name.toLowerCase();
  const there = [...(byIdentity.get(key) ?? []), ...(byName.get(key) ?? []).filter(({ code }) => !code)];
  const versions = there.map(({ image, altered }) => {
    const is = altered.some(({ statement }) => statement.from) ? undefined : image?.code.identity;
    return is?.publicKeyToken === publicKeyToken ? is.version : version;
  });
  return versions.includes(version) ? undefined : versions[0];
}
