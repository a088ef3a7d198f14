// The metadata tables as data (ECMA-335 II.22): one reader reads every row from this.

/** What a column holds: bytes of a number, an index into a heap, a row of a table, or one of several tables. */
export type ColumnKind =
  2 | 4 | 'string' | 'guid' | 'blob' | { readonly table: number } | { readonly coded: CodedIndex };

/** ECMA-335 II.24.2.6: the tag's width in bits, and the table of each tag; -1 where none is. */
export interface CodedIndex {
  readonly bits: number;
  readonly tables: readonly number[];
}

export interface TableSchema {
  readonly id: number;
  readonly name: string;
  readonly columns: readonly (readonly [name: string, kind: ColumnKind])[];
}

export const Table = {
  Module: 0x00,
  TypeRef: 0x01,
  TypeDef: 0x02,
  FieldPtr: 0x03,
  Field: 0x04,
  MethodPtr: 0x05,
  MethodDef: 0x06,
  ParamPtr: 0x07,
  Param: 0x08,
  InterfaceImpl: 0x09,
  MemberRef: 0x0a,
  Constant: 0x0b,
  CustomAttribute: 0x0c,
  FieldMarshal: 0x0d,
  DeclSecurity: 0x0e,
  ClassLayout: 0x0f,
  FieldLayout: 0x10,
  StandAloneSig: 0x11,
  EventMap: 0x12,
  EventPtr: 0x13,
  Event: 0x14,
  PropertyMap: 0x15,
  PropertyPtr: 0x16,
  Property: 0x17,
  MethodSemantics: 0x18,
  MethodImpl: 0x19,
  ModuleRef: 0x1a,
  TypeSpec: 0x1b,
  ImplMap: 0x1c,
  FieldRva: 0x1d,
  EncLog: 0x1e,
  EncMap: 0x1f,
  Assembly: 0x20,
  AssemblyProcessor: 0x21,
  AssemblyOs: 0x22,
  AssemblyRef: 0x23,
  AssemblyRefProcessor: 0x24,
  AssemblyRefOs: 0x25,
  File: 0x26,
  ExportedType: 0x27,
  ManifestResource: 0x28,
  NestedClass: 0x29,
  GenericParam: 0x2a,
  MethodSpec: 0x2b,
  GenericParamConstraint: 0x2c,
} as const;

const t = Table;
const coded = (bits: number, ...tables: readonly number[]): { readonly coded: CodedIndex } => ({
  coded: { bits, tables },
});
const row = (table: number): { readonly table: number } => ({ table });

export const typeDefOrRef = coded(2, t.TypeDef, t.TypeRef, t.TypeSpec);
const hasConstant = coded(2, t.Field, t.Param, t.Property);
export const hasCustomAttribute = coded(
  5,
  t.MethodDef,
  t.Field,
  t.TypeRef,
  t.TypeDef,
  t.Param,
  t.InterfaceImpl,
  t.MemberRef,
  t.Module,
  t.DeclSecurity,
  t.Property,
  t.Event,
  t.StandAloneSig,
  t.ModuleRef,
  t.TypeSpec,
  t.Assembly,
  t.AssemblyRef,
  t.File,
  t.ExportedType,
  t.ManifestResource,
  t.GenericParam,
  t.GenericParamConstraint,
  t.MethodSpec,
);
const hasFieldMarshal = coded(1, t.Field, t.Param);
const hasDeclSecurity = coded(2, t.TypeDef, t.MethodDef, t.Assembly);
const memberRefParent = coded(3, t.TypeDef, t.TypeRef, t.ModuleRef, t.MethodDef, t.TypeSpec);
const hasSemantics = coded(1, t.Event, t.Property);
const methodDefOrRef = coded(1, t.MethodDef, t.MemberRef);
const memberForwarded = coded(1, t.Field, t.MethodDef);
const implementation = coded(2, t.File, t.AssemblyRef, t.ExportedType);
const customAttributeType = coded(3, -1, -1, t.MethodDef, t.MemberRef, -1);
const resolutionScope = coded(2, t.Module, t.ModuleRef, t.AssemblyRef, t.TypeRef);
const typeOrMethodDef = coded(1, t.TypeDef, t.MethodDef);

export const tableSchemas: readonly TableSchema[] = [
  {
    id: t.Module,
    name: 'Module',
    columns: [
      ['generation', 2],
      ['name', 'string'],
      ['mvid', 'guid'],
      ['encId', 'guid'],
      ['encBaseId', 'guid'],
    ],
  },
  {
    id: t.TypeRef,
    name: 'TypeRef',
    columns: [
      ['scope', resolutionScope],
      ['name', 'string'],
      ['namespace', 'string'],
    ],
  },
  {
    id: t.TypeDef,
    name: 'TypeDef',
    columns: [
      ['flags', 4],
      ['name', 'string'],
      ['namespace', 'string'],
      ['extends', typeDefOrRef],
      ['fieldList', row(t.Field)],
      ['methodList', row(t.MethodDef)],
    ],
  },
  { id: t.FieldPtr, name: 'FieldPtr', columns: [['field', row(t.Field)]] },
  {
    id: t.Field,
    name: 'Field',
    columns: [
      ['flags', 2],
      ['name', 'string'],
      ['signature', 'blob'],
    ],
  },
  { id: t.MethodPtr, name: 'MethodPtr', columns: [['method', row(t.MethodDef)]] },
  {
    id: t.MethodDef,
    name: 'MethodDef',
    columns: [
      ['rva', 4],
      ['implFlags', 2],
      ['flags', 2],
      ['name', 'string'],
      ['signature', 'blob'],
      ['paramList', row(t.Param)],
    ],
  },
  { id: t.ParamPtr, name: 'ParamPtr', columns: [['param', row(t.Param)]] },
  {
    id: t.Param,
    name: 'Param',
    columns: [
      ['flags', 2],
      ['sequence', 2],
      ['name', 'string'],
    ],
  },
  {
    id: t.InterfaceImpl,
    name: 'InterfaceImpl',
    columns: [
      ['class', row(t.TypeDef)],
      ['interface', typeDefOrRef],
    ],
  },
  {
    id: t.MemberRef,
    name: 'MemberRef',
    columns: [
      ['parent', memberRefParent],
      ['name', 'string'],
      ['signature', 'blob'],
    ],
  },
  {
    id: t.Constant,
    name: 'Constant',
    columns: [
      ['type', 2],
      ['parent', hasConstant],
      ['value', 'blob'],
    ],
  },
  {
    id: t.CustomAttribute,
    name: 'CustomAttribute',
    columns: [
      ['parent', hasCustomAttribute],
      ['type', customAttributeType],
      ['value', 'blob'],
    ],
  },
  {
    id: t.FieldMarshal,
    name: 'FieldMarshal',
    columns: [
      ['parent', hasFieldMarshal],
      ['nativeType', 'blob'],
    ],
  },
  {
    id: t.DeclSecurity,
    name: 'DeclSecurity',
    columns: [
      ['action', 2],
      ['parent', hasDeclSecurity],
      ['permissionSet', 'blob'],
    ],
  },
  {
    id: t.ClassLayout,
    name: 'ClassLayout',
    columns: [
      ['packingSize', 2],
      ['classSize', 4],
      ['parent', row(t.TypeDef)],
    ],
  },
  {
    id: t.FieldLayout,
    name: 'FieldLayout',
    columns: [
      ['offset', 4],
      ['field', row(t.Field)],
    ],
  },
  { id: t.StandAloneSig, name: 'StandAloneSig', columns: [['signature', 'blob']] },
  {
    id: t.EventMap,
    name: 'EventMap',
    columns: [
      ['parent', row(t.TypeDef)],
      ['eventList', row(t.Event)],
    ],
  },
  { id: t.EventPtr, name: 'EventPtr', columns: [['event', row(t.Event)]] },
  {
    id: t.Event,
    name: 'Event',
    columns: [
      ['flags', 2],
      ['name', 'string'],
      ['type', typeDefOrRef],
    ],
  },
  {
    id: t.PropertyMap,
    name: 'PropertyMap',
    columns: [
      ['parent', row(t.TypeDef)],
      ['propertyList', row(t.Property)],
    ],
  },
  { id: t.PropertyPtr, name: 'PropertyPtr', columns: [['property', row(t.Property)]] },
  {
    id: t.Property,
    name: 'Property',
    columns: [
      ['flags', 2],
      ['name', 'string'],
      ['signature', 'blob'],
    ],
  },
  {
    id: t.MethodSemantics,
    name: 'MethodSemantics',
    columns: [
      ['semantics', 2],
      ['method', row(t.MethodDef)],
      ['association', hasSemantics],
    ],
  },
  {
    id: t.MethodImpl,
    name: 'MethodImpl',
    columns: [
      ['class', row(t.TypeDef)],
      ['body', methodDefOrRef],
      ['declaration', methodDefOrRef],
    ],
  },
  { id: t.ModuleRef, name: 'ModuleRef', columns: [['name', 'string']] },
  { id: t.TypeSpec, name: 'TypeSpec', columns: [['signature', 'blob']] },
  {
    id: t.ImplMap,
    name: 'ImplMap',
    columns: [
      ['flags', 2],
      ['member', memberForwarded],
      ['name', 'string'],
      ['scope', row(t.ModuleRef)],
    ],
  },
  {
    id: t.FieldRva,
    name: 'FieldRVA',
    columns: [
      ['rva', 4],
      ['field', row(t.Field)],
    ],
  },
  {
    id: t.EncLog,
    name: 'EncLog',
    columns: [
      ['token', 4],
      ['funcCode', 4],
    ],
  },
  { id: t.EncMap, name: 'EncMap', columns: [['token', 4]] },
  {
    id: t.Assembly,
    name: 'Assembly',
    columns: [
      ['hashAlgorithm', 4],
      ['major', 2],
      ['minor', 2],
      ['build', 2],
      ['revision', 2],
      ['flags', 4],
      ['publicKey', 'blob'],
      ['name', 'string'],
      ['culture', 'string'],
    ],
  },
  { id: t.AssemblyProcessor, name: 'AssemblyProcessor', columns: [['processor', 4]] },
  {
    id: t.AssemblyOs,
    name: 'AssemblyOS',
    columns: [
      ['platform', 4],
      ['major', 4],
      ['minor', 4],
    ],
  },
  {
    id: t.AssemblyRef,
    name: 'AssemblyRef',
    columns: [
      ['major', 2],
      ['minor', 2],
      ['build', 2],
      ['revision', 2],
      ['flags', 4],
      ['publicKeyOrToken', 'blob'],
      ['name', 'string'],
      ['culture', 'string'],
      ['hash', 'blob'],
    ],
  },
  {
    id: t.AssemblyRefProcessor,
    name: 'AssemblyRefProcessor',
    columns: [
      ['processor', 4],
      ['assemblyRef', row(t.AssemblyRef)],
    ],
  },
  {
    id: t.AssemblyRefOs,
    name: 'AssemblyRefOS',
    columns: [
      ['platform', 4],
      ['major', 4],
      ['minor', 4],
      ['assemblyRef', row(t.AssemblyRef)],
    ],
  },
  {
    id: t.File,
    name: 'File',
    columns: [
      ['flags', 4],
      ['name', 'string'],
      ['hash', 'blob'],
    ],
  },
  {
    id: t.ExportedType,
    name: 'ExportedType',
    columns: [
      ['flags', 4],
      ['typeDefId', 4],
      ['name', 'string'],
      ['namespace', 'string'],
      ['implementation', implementation],
    ],
  },
  {
    id: t.ManifestResource,
    name: 'ManifestResource',
    columns: [
      ['offset', 4],
      ['flags', 4],
      ['name', 'string'],
      ['implementation', implementation],
    ],
  },
  {
    id: t.NestedClass,
    name: 'NestedClass',
    columns: [
      ['nested', row(t.TypeDef)],
      ['enclosing', row(t.TypeDef)],
    ],
  },
  {
    id: t.GenericParam,
    name: 'GenericParam',
    columns: [
      ['number', 2],
      ['flags', 2],
      ['owner', typeOrMethodDef],
      ['name', 'string'],
    ],
  },
  {
    id: t.MethodSpec,
    name: 'MethodSpec',
    columns: [
      ['method', methodDefOrRef],
      ['instantiation', 'blob'],
    ],
  },
  {
    id: t.GenericParamConstraint,
    name: 'GenericParamConstraint',
    columns: [
      ['owner', row(t.GenericParam)],
      ['constraint', typeDefOrRef],
    ],
  },
];
