import { findTargetFramework } from '../knowledge/target-frameworks.js';
import type { ProjectFile, Said } from '../packages/project-file.js';
import { fileNameOf, fileSourcesIn } from '../project/file-sources.js';
import type { ProjectRule } from './rule.js';

export const unloadableFramework: ProjectRule = {
  name: 'unloadable-framework',
  summary:
    'The assembly is compiled for a framework that SQL Server does not load: its runtime is that of the .NET Framework.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  sqlErrors: [6503, 10300],
  on: 'project',
  check(project, report) {
    const built = project.projectFiles.flatMap((file) => {
      const said = unloadableIn(file);
      return said && file.assemblyName !== undefined ? [{ said, name: file.assemblyName }] : [];
    });
    if (built.length === 0) return;
    for (const { uri, script } of project.scriptsWith('createAssembly', 'alterAssembly')) {
      for (const { statement, span, path } of fileSourcesIn(script)) {
        const file = path && fileNameOf(path);
        const { said, name } = built.find((one) => `${one.name}.dll`.toLowerCase() === file) ?? {};
        if (!said || name === undefined) continue;
        report(
          uri,
          span,
          `Assembly ${statement.name.value} is compiled for ${said.value}, and SQL Server loads what is compiled for the .NET Framework alone`,
          {
            related: [{ uri: said.uri, span: said.span, message: `${name} is compiled for ${said.value}` }],
          },
        );
      }
    }
  },
};

/** Of several frameworks none may be loaded. */
function unloadableIn({ targetFramework, properties, kind }: ProjectFile): Said<string> | undefined {
  if (kind !== 'csproj') return undefined;
  const { value = '', uri = '', span } = properties.get('targetframeworks') ?? {};
  const several = span && value !== '' ? { value, uri, span } : undefined;
  const said = several ?? targetFramework;
  const names = said?.value.split(';').flatMap((name) => name.trim() || []) ?? [];
  const [first] = names;
  const isUnloadable = first !== undefined && names.every((name) => findTargetFramework(name)?.isLoaded === false);
  return said && isUnloadable ? { ...said, value: first } : undefined;
}
