// The assemblies that XmlSerializer looks for before it generates one: of each assembly with a type that it is made for.
// Source: .NET Framework 4.8 reference source, XmlSerializer..ctor, XmlSerializer.GetKnownSerializer, TempAssembly.LoadGeneratedAssembly.
import type { AssemblyCode, TypeRef } from '../code/model.js';
import { valuesOf } from '../code/values.js';
import { findFrameworkNamespace, findFrameworkType, namespaceOf } from '../knowledge/framework-types.js';
import type { ApiUse } from './api-uses.js';

/** Names of assemblies; none where the types are simple ones, for which nothing is generated. */
export function serializerAssembliesOf({ identity, graph }: AssemblyCode, use: ApiUse): readonly string[] {
  const own = `${identity.name}.XmlSerializers`;
  const [type] = use.operation.kind === 'call' ? use.operation.arguments : [];
  if (!type || use.member.parameters[0]?.kind !== 'named' || use.member.parameters[0].name !== 'System.Type')
    return [own];
  const isPlain = use.member.parameters.length === 1;
  const names = valuesOf(graph, use.node, type).flatMap((value) => {
    if (value.kind !== 'type') return [own];
    if (isPlain && isSimple(value.type)) return [];
    const assembly = assemblyOf(value.type);
    return [assembly === undefined ? own : `${assembly}.XmlSerializers`];
  });
  return [...new Set(names)];
}

/** The assembly of a type that is not the framework's and not the code's own. */
function assemblyOf(type: TypeRef): string | undefined {
  if (type.kind === 'array') return assemblyOf(type.element);
  if (type.kind !== 'named') return undefined;
  if (type.assembly !== undefined && !isOfFramework(type.name, type.assembly)) return type.assembly;
  return type.arguments.map(assemblyOf).find((one) => one !== undefined);
}

function isOfFramework(name: string, assembly: string): boolean {
  return findFrameworkType(name) !== undefined || findFrameworkNamespace(namespaceOf(name)).includes(assembly);
}

const simple: ReadonlySet<string> = new Set([
  'System.Boolean',
  'System.Byte',
  'System.Char',
  'System.DateTime',
  'System.Decimal',
  'System.Double',
  'System.Guid',
  'System.Int16',
  'System.Int32',
  'System.Int64',
  'System.SByte',
  'System.Single',
  'System.String',
  'System.UInt16',
  'System.UInt32',
  'System.UInt64',
  'System.Xml.XmlQualifiedName',
]);

/** XmlSerializer has what it needs for these. */
function isSimple(type: TypeRef): boolean {
  if (type.kind === 'array')
    return type.rank === 1 && type.element.kind === 'named' && type.element.name === 'System.Byte';
  return type.kind === 'named' && simple.has(type.name);
}
