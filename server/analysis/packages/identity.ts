// What a project's properties make of its assembly's identity: version and strong name. Attributes in sources come on top.
// Sources: dotnet/sdk, Microsoft.NET.GenerateAssemblyInfo.targets and Microsoft.NET.DefaultAssemblyInfo.targets; dotnet/roslyn,
// Microsoft.CSharp.Core.targets; MSBuild, Microsoft.Common.CurrentVersion.targets (_GetKeyFile); read 2026-11-25.
import { truthOf } from './conditions.js';
import type { ProjectFile } from './project-file.js';
import { isSqlSdk } from './values-before.js';

export interface BuiltIdentity {
  /** What the SDK writes into the assembly; empty where it is not known. Undefined where it writes none. */
  readonly version: string | undefined;
  /** What the compiler is told of a key; undefined where attributes may tell. */
  readonly strongName: 'signed' | 'delay-signed' | 'public-signed' | undefined;
  /** Of the framework's assemblies it refers to; undefined where it is built for another. */
  readonly frameworkVersion: string | undefined;
  readonly targetFramework: string | undefined;
}

export function builtIdentity(project: ProjectFile): BuiltIdentity {
  return {
    version: versionOf(project),
    strongName: strongNameOf(project),
    frameworkVersion: frameworkVersionOf(project.targetFramework?.value ?? ''),
    targetFramework: project.targetFramework?.value,
  };
}

/** `v3.5`, `net48`; a project that names none is one of the .NET Framework's. */
function frameworkVersionOf(target: string): string | undefined {
  if (target === '') return '4.0.0.0';
  const major = /^(?:v|net)([1-4])(?:\.\d|\d|$)/i.exec(target)?.[1];
  return major === undefined ? undefined : major === '4' ? '4.0.0.0' : '2.0.0.0';
}

function versionOf(project: ProjectFile): string | undefined {
  const { sdk, properties } = project;
  const isOff = (name: string): boolean => isSet(project, name) === false;
  if (sdk === undefined || isSqlSdk(sdk)) return undefined;
  if (isOff('GenerateAssemblyInfo') || isOff('GenerateAssemblyVersionAttribute')) return undefined;
  const said = ['assemblyversion', 'version', 'versionprefix'].map((name) => properties.get(name)).find((each) => each);
  if (!said) return '1.0.0.0';
  // `-` and `+` begin what a package's version has on top.
  return said.value === undefined ? '' : (said.value.split(/[-+]/)[0] ?? '');
}

function strongNameOf(project: ProjectFile): BuiltIdentity['strongName'] {
  const hasKey = ['assemblyoriginatorkeyfile', 'keycontainername'].some((name) => {
    const property = project.properties.get(name);
    return property && property.value !== '';
  });
  if (isSet(project, 'SignAssembly') !== true || !hasKey) return undefined;
  if (isSet(project, 'PublicSign') === true) return 'public-signed';
  return project.delaySign?.value === true ? 'delay-signed' : 'signed';
}

function isSet({ properties }: ProjectFile, name: string): boolean | undefined {
  return truthOf(properties.get(name.toLowerCase())?.value ?? '');
}
