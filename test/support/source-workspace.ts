// A sample of a rule's page as sources: the scripts without bytes, and a project for each assembly.
import type { CSharpFrontEnd } from '../../server/analysis/features/csharp-front-end.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import type { CompiledSample } from './compiled-samples.js';
import type { Sample, SampleFile } from './rule-page.js';

export function sourceWorkspace(
  language: CSharpFrontEnd,
  { files, settings }: Scripts,
  compiled: readonly Source[],
): Workspace {
  const workspace = new Workspace(nodePlatform, settings);
  workspace.useCSharp(language);
  const isCompiled = (name: string): boolean => compiled.some((one) => one.name === name);
  for (const { uri, text } of files)
    workspace.set(
      uri,
      text.replace(/0x\{([\w.]+)\}/g, (whole, name: string) => (isCompiled(name) ? `'${name}.dll'` : whole)),
    );
  for (const { name, source, references } of compiled) {
    workspace.set(`file:///${name}/${name}.csproj`, projectOf(name, references));
    workspace.set(sourceUri(name), source);
  }
  return workspace;
}

interface Scripts {
  readonly files: readonly Pick<SampleFile, 'uri' | 'text'>[];
  readonly settings?: Sample['settings'];
}

type Source = Pick<CompiledSample, 'name' | 'source'> & { readonly references: readonly { readonly name: string }[] };

/** One source in an assembly that may do everything. */
export function unsafeWorkspace(language: CSharpFrontEnd, source: string): Workspace {
  const text = "CREATE ASSEMBLY a FROM 'a.dll' WITH PERMISSION_SET = UNSAFE;";
  const sample = { files: [{ uri: 'file:///a/a.sql', text }] };
  return sourceWorkspace(language, sample, [{ name: 'a', source, references: [] }]);
}

export function sourceUri(name: string): string {
  return `file:///${name}/${name}.cs`;
}

function projectOf(name: string, references: Source['references']): string {
  const others = references.map((one) => `<ProjectReference Include="..\\${one.name}\\${one.name}.csproj" />`).join('');
  return `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup><AssemblyName>${name}</AssemblyName></PropertyGroup><ItemGroup><Compile Include="${name}.cs" />${others}</ItemGroup></Project>`;
}
