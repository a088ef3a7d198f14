// What is set before a project file is read: by MSBuild, by the SDK it names, and by whoever builds it.
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
  sdk: string | undefined,
  given: Configuration | undefined,
): Before {
  const file = decoded(uri.slice(uri.lastIndexOf('/') + 1));
  const dot = file.lastIndexOf('.');
  const values = new Map<string, Known>([
    ['msbuildprojectname', file.slice(0, dot)],
    ['msbuildprojectfile', file],
    ['msbuildprojectextension', file.slice(dot)],
    // Paths are those of the project's folder.
    ['msbuildprojectdirectory', '.'],
    ['msbuildthisfiledirectory', './'],
    ['projectdir', './'],
  ]);
  const fixed = new Set<string>();
  const set = (name: string, value: string | undefined, byDefault: string): void => {
    if (value !== undefined) fixed.add(name.toLowerCase());
    const isOwn = sdk === undefined && propertiesNamed(project, name).length > 0;
    values.set(name.toLowerCase(), value ?? (isOwn ? '' : byDefault));
  };
  set('Configuration', given?.configuration, 'Debug');
  set('Platform', given?.platform, 'AnyCPU');
  const framework = chosenFramework(propertiesNamed(project, 'TargetFrameworks'));
  if (framework !== undefined) {
    values.set('targetframework', framework);
    fixed.add('targetframework');
  }
  values.set('defineconstants', sdk === undefined || isSqlSdk(sdk) ? '' : sdkConstants(values.get('configuration')));
  return { values, fixed };
}

/** SDKs that build a database from scripts, and leave C# alone. */
export function isSqlSdk(sdk: string): boolean {
  return ['microsoft.build.sql', 'msbuild.sdk.sqlproj'].includes(sdk.toLowerCase());
}

/** Source: Microsoft.NET.Sdk.CSharp.props. */
function sdkConstants(configuration: Known): string {
  return configuration?.toLowerCase() === 'debug' ? 'TRACE;DEBUG' : 'TRACE';
}

const frameworks = '20 35 40 45 451 452 46 461 462 47 471 472 48 481'.split(' ');

/** Of the .NET Framework alone, which SQL Server hosts. Source: learn.microsoft.com/dotnet/standard/frameworks, read 2026-11-25. */
export function frameworkConstants(targetFramework: string): readonly string[] {
  const version = /^net(\d{2,3})$/i.exec(targetFramework)?.[1] ?? '';
  const last = frameworks.indexOf(version);
  if (last < 0) return [];
  const orGreater = frameworks.slice(0, last + 1).map((each) => `NET${each}_OR_GREATER`);
  return ['NETFRAMEWORK', `NET${version}`, ...orGreater];
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

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
