// A .sqlproj or .csproj as facts: what it says of the assembly it builds and of its database, each with its place.
// Sources: projects as SQL Server Data Tools write them (<PermissionSet>, <Trustworthy>, <DSP>; of a reference <IsModelAware>,
// <GenerateSqlClrDdl>, <SqlOwnerName>); microsoft/DacFx, Sdk.props of Microsoft.Build.Sql, which compiles no C# by default;
// dotnet/sdk, Microsoft.NET.Sdk.DefaultItems.props and .targets, which do. Read 2026-11-25.
// <AssemblyOwner>, and <SqlAssemblyName> and <PermissionSet> of a reference, were seen in no project yet.
import type { Span } from '../text/span.js';
import { Importable, readBuildFile, type BuildFile } from './build-file.js';
import { truthOf } from './conditions.js';
import { evaluate, type Property } from './evaluate.js';
import type { Item, Metadata } from './items.js';
import { folderOf, keyOf } from './paths.js';
import type { Known } from './properties.js';
import {
  configurationConstant,
  frameworkConstants,
  isSqlSdk,
  valuesBefore,
  type Configuration,
} from './values-before.js';
import type { XmlAttribute, XmlElement, XmlError } from './xml.js';

export interface Said<T> {
  readonly value: T;
  /** The project's own file, or one that it imports. */
  readonly uri: string;
  readonly span: Span;
}

export type DeclaredPermissionSet = 'SAFE' | 'EXTERNAL_ACCESS' | 'UNSAFE';

export interface ProjectFile {
  readonly uri: string;
  readonly text: string;
  readonly kind: 'sqlproj' | 'csproj';
  /** Without its version; undefined for a project of the old style. */
  readonly sdk?: string;
  /** Where it is named, and its version, empty where the project leaves that to others. */
  readonly sdkVersion?: Said<string>;
  /** What it was evaluated for. */
  readonly configuration: string;
  readonly platform: string;
  /** Of the file where it names none; undefined where it cannot be told. */
  readonly assemblyName: string | undefined;
  /** What counts in the configuration, by name in lower case. */
  readonly properties: ReadonlyMap<string, Property>;
  /** Every property that is written, whatever its condition. */
  readonly written: readonly Property[];
  readonly items: readonly Item[];
  readonly rootNamespace?: Said<string>;
  /** Conditional compilation symbols, those that the SDK sets among them. */
  readonly constants: readonly string[];
  /** `v4.8`, `net48`. */
  readonly targetFramework?: Said<string>;
  /** `Sql160`, from `<DSP>` or `<SqlServerVersion>`. */
  readonly sqlServerVersion?: Said<string>;
  readonly permissionSet?: Said<DeclaredPermissionSet>;
  /** Every one that it declares, for its own assembly in whatever configuration, and for what it references. */
  readonly permissionSets: readonly DeclaredPermission[];
  /** C# that the project names to be compiled, where that can be told. */
  readonly namesSources: boolean;
  readonly owner?: Said<string>;
  readonly trustworthy?: Said<boolean>;
  readonly generatesDdl?: Said<boolean>;
  readonly isSigned?: Said<boolean>;
  readonly keyFile?: Said<string>;
  readonly delaySign?: Said<boolean>;
  readonly allowsUnsafe?: Said<boolean>;
  readonly references: readonly Reference[];
  /** Of `ProjectReference`. */
  readonly projectReferences: readonly Said<string>[];
  /** Of `ArtifactReference`: .dacpac files. */
  readonly artifactReferences: readonly Said<string>[];
  readonly comments: readonly Span[];
  readonly errors: readonly XmlError[];
}

/** `<Reference>`, and what SQL Server Data Tools notes with it. */
export interface Reference {
  /** Without version and the like. */
  readonly name: string;
  readonly uri: string;
  readonly span: Span;
  readonly hintPath?: Said<string>;
  readonly sqlAssemblyName?: Said<string>;
  readonly owner?: Said<string>;
  readonly permissionSet?: Said<DeclaredPermissionSet>;
  readonly generatesDdl?: Said<boolean>;
  readonly isModelAware?: Said<boolean>;
}

/** A project that imports nothing of the workspace. */
export function readProjectFile(uri: string, text: string, configuration?: Configuration): ProjectFile {
  return evaluateProject(readBuildFile(uri, text), new Importable([]), configuration);
}

/** Without a configuration: Debug and AnyCPU, or what the file itself makes the default. */
export function evaluateProject(file: BuildFile, files: Importable, configuration?: Configuration): ProjectFile {
  const { uri, text, comments, errors } = file;
  const project = file.root ?? { ...nothing, span: { start: 0, end: 0 } };
  const { sdk, version } = sdkOf(project);
  const shared = files.nearest(folderOf(keyOf(uri)), 'Directory.Build.props');
  const sharedRoot = shared === undefined ? undefined : files.take(shared)?.root;
  const { values, fixed } = valuesBefore(uri, project, sharedRoot, sdk, configuration);
  const { written, properties, items } = evaluate(file, { values, fixed, sdk }, files);
  const valueOf = (name: string): Known => (properties.has(name) ? properties.get(name)?.value : values.get(name));
  const assemblyName = properties.has('assemblyname') ? valueOf('assemblyname') : values.get('msbuildprojectname');
  const evaluated = {
    uri,
    text,
    kind: uri.toLowerCase().endsWith('.sqlproj') ? 'sqlproj' : 'csproj',
    ...(sdk !== undefined && { sdk }),
    ...saidOf('sdkVersion', version && { ...version, uri }),
    configuration: valueOf('configuration') ?? '',
    platform: valueOf('platform') ?? '',
    assemblyName: assemblyName === '' ? values.get('msbuildprojectname') : assemblyName,
    properties,
    written,
    items,
    constants: constantsOf(valueOf, sdk),
    ...saidOf('rootNamespace', textOf(properties, 'RootNamespace')),
    ...saidOf('targetFramework', textOf(properties, ...frameworkProperties(sdk))),
    ...saidOf('sqlServerVersion', mapped(textOf(properties, 'DSP', 'SqlServerVersion'), sqlServerVersionOf)),
    ...saidOf('permissionSet', mapped(textOf(properties, ...permissionSetProperties), permissionSetOf)),
    ...saidOf('owner', textOf(properties, 'AssemblyOwner')),
    ...saidOf('trustworthy', truth(properties, 'Trustworthy')),
    ...saidOf('generatesDdl', truth(properties, 'GenerateSqlClrDdl')),
    ...saidOf('isSigned', truth(properties, 'SignAssembly')),
    ...saidOf('keyFile', textOf(properties, 'AssemblyOriginatorKeyFile')),
    ...saidOf('delaySign', truth(properties, 'DelaySign')),
    ...saidOf('allowsUnsafe', truth(properties, 'AllowUnsafeBlocks')),
    references: included(items, 'Reference').map(referenceOf),
    projectReferences: included(items, 'ProjectReference').map(({ spec }) => spec),
    artifactReferences: included(items, 'ArtifactReference').map(({ spec }) => spec),
    comments,
    errors,
  } satisfies Omit<ProjectFile, 'permissionSets' | 'namesSources'>;
  return { ...evaluated, permissionSets: declaredPermissionSets(evaluated), namesSources: namesSources(evaluated) };
}

export interface DeclaredPermission extends Said<DeclaredPermissionSet> {
  /** Undefined where it cannot be told. */
  readonly assembly: string | undefined;
}

function declaredPermissionSets(
  file: Omit<ProjectFile, 'permissionSets' | 'namesSources'>,
): readonly DeclaredPermission[] {
  const names = permissionSetProperties.map((name) => name.toLowerCase());
  const own = file.written.flatMap((property) => {
    const isMeant = names.includes(property.name.toLowerCase()) && !property.isNever;
    return (isMeant && mapped(saidBy(property), permissionSetOf)) || [];
  });
  return [
    ...(buildsAssembly(file) ? own : []).map((said) => ({ ...said, assembly: file.assemblyName })),
    ...file.references.flatMap(({ name, sqlAssemblyName, permissionSet }) =>
      permissionSet ? [{ ...permissionSet, assembly: sqlAssemblyName?.value ?? name }] : [],
    ),
  ];
}

/** A database project may have nothing but scripts. */
function buildsAssembly(file: Pick<ProjectFile, 'sdk' | 'properties' | 'items'>): boolean {
  return takesAllSources(file) || file.items.some(({ kind, action }) => kind === 'Compile' && action === 'include');
}

/** SQL Server Data Tools write the first; the others are those of older projects. */
const permissionSetProperties = ['PermissionSet', 'AssemblyPermissionSet', 'PermissionLevel'];

/** The old style has no use for the first, which may stand in a file that it shares with SDKs. */
function frameworkProperties(sdk: string | undefined): readonly string[] {
  return sdk === undefined
    ? ['TargetFrameworkVersion', 'TargetFramework']
    : ['TargetFramework', 'TargetFrameworkVersion'];
}

const nothing = {
  name: '',
  nameSpan: { start: 0, end: 0 },
  attributes: [],
  children: [],
  text: '',
  inside: { start: 0, end: 0 },
  content: { start: 0, end: 0 },
};

function sdkOf({ attributes, children }: XmlElement): {
  readonly sdk?: string;
  readonly version?: Omit<Said<string>, 'uri'>;
} {
  const attributed = attributes.find(({ name }) => name === 'Sdk');
  const element = attributed ? undefined : children.find((child) => nameOfSdk(child));
  const said = attributed ?? (element && nameOfSdk(element));
  if (!said) return {};
  const [sdk = '', version] = said.value.split('/').map((part) => part.trim());
  const beside = element?.attributes.find(({ name }) => name === 'Version')?.value;
  return { sdk, version: { value: version ?? beside ?? '', span: said.span } };
}

/** `<Sdk Name="…" />` or `<Import Sdk="…" />`. */
function nameOfSdk({ name, attributes }: XmlElement): XmlAttribute | undefined {
  const wanted = name === 'Sdk' ? 'Name' : name === 'Import' ? 'Sdk' : undefined;
  return attributes.find((attribute) => attribute.name === wanted);
}

function constantsOf(valueOf: (name: string) => Known, sdk: string | undefined): readonly string[] {
  const said = (valueOf('defineconstants') ?? '').split(/[;,\s]+/).filter((name) => name !== '');
  const isOn = (name: string): boolean => truthOf(valueOf(name) ?? '') === true;
  const noted = [...(isOn('definedebug') ? ['DEBUG'] : []), ...(isOn('definetrace') ? ['TRACE'] : [])];
  return [...new Set([...said, ...noted, ...(sdk === undefined || isSqlSdk(sdk) ? [] : sdkConstants(valueOf))])];
}

function sdkConstants(valueOf: (name: string) => Known): readonly string[] {
  const isOn = (name: string): boolean => truthOf(valueOf(name) ?? '') === true;
  const configuration = configurationConstant(valueOf('configuration') ?? '');
  return [
    ...(configuration === '' || isOn('disableimplicitconfigurationdefines') ? [] : [configuration]),
    ...(isOn('disableimplicitframeworkdefines') ? [] : frameworkConstants(valueOf('targetframework') ?? '')),
  ];
}

/** The first of the properties that the file sets; none where its value is empty or not known. */
function textOf(properties: ReadonlyMap<string, Property>, ...names: readonly string[]): Said<string> | undefined {
  const property = names.map((name) => properties.get(name.toLowerCase())).find((each) => each);
  return property && saidBy(property);
}

function saidBy({ value, uri, span }: Property | (Metadata & { readonly uri: string })): Said<string> | undefined {
  return value === undefined || value === '' ? undefined : { value, uri, span };
}

function mapped<T>(said: Said<string> | undefined, map: (value: string) => T | undefined): Said<T> | undefined {
  const value = said && map(said.value);
  return said && value !== undefined ? { ...said, value } : undefined;
}

function truth(properties: ReadonlyMap<string, Property>, name: string): Said<boolean> | undefined {
  return mapped(textOf(properties, name), truthOf);
}

/** An optional member, left out where there is nothing. */
function saidOf<K extends string, T>(key: K, said: T | undefined): { readonly [key in K]?: T } {
  const member: { [key in K]?: T } = {};
  if (said !== undefined) member[key] = said;
  return member;
}

function permissionSetOf(value: string): DeclaredPermissionSet | undefined {
  switch (value.toUpperCase()) {
    case 'SAFE':
      return 'SAFE';
    case 'EXTERNAL':
    case 'EXTERNAL_ACCESS':
      return 'EXTERNAL_ACCESS';
    case 'UNSAFE':
      return 'UNSAFE';
    default:
      return undefined;
  }
}

/** `Microsoft.Data.Tools.Schema.Sql.Sql160DatabaseSchemaProvider`. */
function sqlServerVersionOf(value: string): string {
  return value.slice(value.lastIndexOf('.') + 1).replace('DatabaseSchemaProvider', '');
}

function included(
  items: readonly Item[],
  kind: string,
): readonly { readonly item: Item; readonly spec: Said<string> }[] {
  return items
    .filter((item) => item.action === 'include' && item.kind === kind)
    .flatMap((item) => item.specs.map(({ text, span }) => ({ item, spec: { value: text, uri: item.uri, span } })));
}

function referenceOf({ item, spec }: { readonly item: Item; readonly spec: Said<string> }): Reference {
  const said = (name: string): Said<string> | undefined => {
    const metadata = item.metadata.get(name);
    return metadata && saidBy({ ...metadata, uri: item.uri });
  };
  return {
    name: spec.value.split(',')[0]?.trim() ?? '',
    uri: spec.uri,
    span: spec.span,
    ...saidOf('hintPath', said('hintpath')),
    ...saidOf('sqlAssemblyName', said('sqlassemblyname')),
    ...saidOf('owner', said('sqlownername')),
    ...saidOf('permissionSet', mapped(said('sqlpermissionset') ?? said('permissionset'), permissionSetOf)),
    ...saidOf('generatesDdl', mapped(said('generatesqlclrddl'), truthOf)),
    ...saidOf('isModelAware', mapped(said('ismodelaware'), truthOf)),
  };
}

function namesSources({ items }: Pick<ProjectFile, 'items'>): boolean {
  return items.some(
    ({ kind, action, specs, isCertain }) =>
      kind === 'Compile' && action === 'include' && isCertain && specs.some(({ text }) => /\.cs$/i.test(text)),
  );
}

/** Whether the SDK takes every source below the project's folder. */
export function takesAllSources({ sdk, properties }: Pick<ProjectFile, 'sdk' | 'properties'>): boolean {
  const isOff = (name: string): boolean => truthOf(properties.get(name)?.value ?? '') === false;
  const isOn = truthOf(properties.get('enabledefaultcompileitems')?.value ?? '') === true;
  if (sdk === undefined) return false;
  return isSqlSdk(sdk) ? isOn : !isOff('enabledefaultitems') && !isOff('enabledefaultcompileitems');
}
