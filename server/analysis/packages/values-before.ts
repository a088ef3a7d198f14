// What is set before a project file is read: by MSBuild, by the SDK it names, and by whoever builds it; and what the SDK adds.
// Sources: dotnet/sdk, Microsoft.NET.Sdk.props, .CSharp.props, .CSharp.targets and .BeforeCommon.targets; MSBuild Reserved
// Properties, learn.microsoft.com/previous-versions/dotnet/netframework-2.0/ms164309. Read 2026-11-25.
import { decoded, folderOf, keyOf, relativeFolder } from './paths.js';
import type { Known } from './properties.js';
import type { XmlElement } from './xml.js';

export interface Configuration {
  readonly configuration: string;
  readonly platform: string;
}

interface Before {
  readonly values: ReadonlyMap<string, Known>;
  /** Names that the file cannot change. */
  readonly fixed: ReadonlySet<string>;
}

export function valuesBefore(
  uri: string,
  project: XmlElement,
  /** `Directory.Build.props`. */
  shared: XmlElement | undefined,
  sdk: string | undefined,
  given: Configuration | undefined,
): Before {
  const { file, name, extension } = nameOf(uri);
  const values = new Map<string, Known>([
    ['msbuildprojectname', name],
    ['msbuildprojectfile', file],
    ['msbuildprojectextension', extension],
    // Paths are those of the project's folder.
    ['msbuildprojectdirectory', '.'],
    ['projectdir', './'],
    ...valuesIn(uri, uri),
  ]);
  const fixed = new Set<string>();
  const set = (name: string, value: string | undefined, byDefault: string): void => {
    if (value !== undefined) fixed.add(name.toLowerCase());
    const isOwn = sdk === undefined && propertiesNamed(project, name).length > 0;
    values.set(name.toLowerCase(), value ?? (isOwn ? '' : byDefault));
  };
  set('Configuration', given?.configuration, 'Debug');
  set('Platform', given?.platform, 'AnyCPU');
  const own = propertiesNamed(project, 'TargetFrameworks');
  const isOwn = own.length > 0 || propertiesNamed(project, 'TargetFramework').length > 0;
  const framework = chosenFramework(shared && !isOwn ? propertiesNamed(shared, 'TargetFrameworks') : own);
  if (framework !== undefined) {
    values.set('targetframework', framework);
    fixed.add('targetframework');
  }
  values.set('defineconstants', sdk === undefined || isSqlSdk(sdk) ? '' : 'TRACE');
  return { values, fixed };
}

/** What a file of a project's says of itself; its folder as the project would name it. */
export function valuesIn(project: string, uri: string): readonly (readonly [string, string])[] {
  const { file, name, extension } = nameOf(uri);
  return [
    ['msbuildthisfile', file],
    ['msbuildthisfilename', name],
    ['msbuildthisfileextension', extension],
    ['msbuildthisfiledirectory', relativeFolder(folderOf(keyOf(project)), folderOf(keyOf(uri)))],
  ];
}

function nameOf(uri: string): { readonly file: string; readonly name: string; readonly extension: string } {
  const file = decoded(uri.slice(uri.lastIndexOf('/') + 1));
  const dot = file.lastIndexOf('.');
  return { file, name: file.slice(0, dot), extension: file.slice(dot) };
}

/** SDKs that build a database from scripts, and leave C# alone. */
export function isSqlSdk(sdk: string): boolean {
  return ['microsoft.build.sql', 'msbuild.sdk.sqlproj'].includes(sdk.toLowerCase());
}

/** `DEBUG`, of the configuration that is built; whatever the file makes of its constants, this one comes on top. */
export function configurationConstant(configuration: string): string {
  return configuration.toUpperCase().replace(/[-. ]/g, '_');
}

const frameworks = '20 35 40 45 451 452 46 461 462 47 471 472 48'.split(' ');

/**
 * Of the .NET Framework alone, which SQL Server hosts.
 * Source: dotnet/docs, the table of target frameworks and their preprocessor symbols, read 2026-11-25.
 */
export function frameworkConstants(targetFramework: string): readonly string[] {
  const version = /^net([1-4]\d{1,2})$/i.exec(targetFramework)?.[1];
  if (version === undefined) return [];
  const orGreater = frameworks.filter((each) => Number(each.padEnd(3, '0')) <= Number(version.padEnd(3, '0')));
  return ['NETFRAMEWORK', `NET${version}`, ...orGreater.map((each) => `NET${each}_OR_GREATER`)];
}

function propertiesNamed({ children }: XmlElement, name: string): readonly string[] {
  return children
    .filter((group) => group.name === 'PropertyGroup')
    .flatMap((group) => group.children.filter((property) => property.name === name))
    .map(({ text }) => text);
}

/** Of several, the one that SQL Server can load: it hosts the .NET Framework. */
function chosenFramework(lists: readonly string[]): string | undefined {
  const names = lists.flatMap((list) => list.split(';')).map((name) => name.trim());
  return names.find((name) => /^net[1-4]\d{1,2}$/i.test(name)) ?? names.find((name) => /^netstandard/i.test(name));
}
