// Writes data/framework-members.bin: what the types of the .NET Framework have that code outside of it can name, from the
// reference assemblies of Debian's mono-devel, read by our own reader. .ci/framework-packing.mjs says how it is packed.
//   node .ci/framework-members.mjs          writes
//   node .ci/framework-members.mjs --check  fails where the file is not what would be written
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from './csv.mjs';
import { packFramework } from './framework-packing.mjs';
import { importSource } from './sources.mjs';

const folder = '/usr/lib/mono/4.8-api';
const output = 'data/framework-members.bin';

/** Not on SQL Server's list, but what the sources of SQLCLR projects use most besides. */
const besides = [
  'Microsoft.CSharp',
  'System.ComponentModel.DataAnnotations',
  'System.Data.DataSetExtensions',
  'System.DirectoryServices',
  'System.Drawing',
  'System.IO.Compression',
  'System.IO.Compression.FileSystem',
  'System.Management',
  'System.Net.Http',
  'System.Numerics',
  'System.Runtime.Caching',
  'System.Runtime.Serialization',
  'System.ServiceProcess',
  'System.Web.Extensions',
];

/** Of assemblies that are mostly about pages and controls, what else is used. */
const parts = {
  'System.Web': [
    'System.Web.Caching.Cache',
    'System.Web.Hosting.HostingEnvironment',
    'System.Web.HttpContext',
    'System.Web.HttpException',
    'System.Web.HttpRuntime',
    'System.Web.HttpServerUtility',
    'System.Web.HttpUtility',
    'System.Web.MimeMapping',
    'System.Web.Security.AntiXss.AntiXssEncoder',
    'System.Web.Util.HttpEncoder',
    'System.Web.VirtualPathUtility',
  ],
};

/** On SQL Server's list, but its types stand in System.Xml, where sources refer to them. */
const absent = 'System.Data.SqlXml';

const modules = ['bytes', 'lower', 'pe', 'relations', 'schema', 'tables'];
const { Bytes, readPe, readMetadata, tokenOf, rowOf, Model, Table, MemberLists, OwnedRows } = await importSource(
  modules.map((name) => `export * from './server/analysis/metadata/${name}.js';`).join('\n'),
);

const extension = 'System.Runtime.CompilerServices.ExtensionAttribute';
const paramArray = 'System.ParamArrayAttribute';

/** MemberAccess (ECMA-335 II.23.1.10): public, protected, protected internal. */
const isVisible = (flags) => [4, 5, 6].includes(flags & 7);
const isProtected = (flags) => (flags & 7) !== 6;

/** GenericParamAttributes (ECMA-335 II.23.1.7). */
const variances = ['invariant', 'out', 'in'];

const supported = parseCsv(readFileSync('.ci/knowledge/framework-assemblies.csv', 'utf8'))
  .filter((row) => row.supported_assembly === '1')
  .map((row) => row.assembly);
// Where another assembly has a type of the same name, sources mean that of mscorlib.
const names = new Set(['mscorlib', ...supported, ...besides, ...Object.keys(parts)]);
names.delete(absent);
const types = new Map();
for (const name of names) {
  const bytes = readFileSync(join(folder, `${name}.dll`));
  for (const type of typesOf(name, bytes)) if (!types.has(type.name)) types.set(type.name, type);
}
const packed = packFramework([...types.values()]);
console.log(
  `${types.size} types, ${[...types.values()].reduce((sum, { members }) => sum + members.length, 0)} members, ${packed.length} bytes`,
);
if (process.argv.includes('--check')) {
  if (!existsSync(output) || Buffer.compare(readFileSync(output), packed) !== 0) {
    console.error(`${output} is not what node .ci/framework-members.mjs writes`);
    process.exitCode = 1;
  }
} else {
  mkdirSync('data', { recursive: true });
  writeFileSync(output, packed);
}

function typesOf(assembly, bytes) {
  const pe = readPe(new Bytes(new Uint8Array(bytes)));
  const metadata = readMetadata(pe.metadata);
  const model = new Model(metadata, pe);
  const image = { assembly, metadata, model, ...columnsOf(metadata) };
  const isWanted = ({ name, isPublic }) => isPublic && (parts[assembly]?.includes(name) ?? true);
  return model.types.flatMap((type, index) => (isWanted(type) ? [typeOf(image, type, index + 1)] : []));
}

/** What the model of code has not: nothing asks for it but this. */
function columnsOf(metadata) {
  const map = metadata.table(Table.EventMap);
  const event = metadata.table(Table.Event);
  return {
    eventMap: new OwnedRows(map.column('parent')),
    events: new MemberLists(map.column('eventList'), event.count, metadata.table(Table.EventPtr).column('event')),
    event: { name: event.column('name'), type: event.column('type') },
    typeParameters: {
      rows: new OwnedRows(metadata.table(Table.GenericParam).column('owner')),
      flags: metadata.table(Table.GenericParam).column('flags'),
    },
  };
}

function typeOf(image, type, row) {
  const { model, assembly, typeParameters } = image;
  const token = tokenOf(Table.TypeDef, row);
  const fields = fieldsOf(image, row);
  const { properties, events, accessors } = propertiesAndEventsOf(image, token);
  const isEnum = type.kind === 'enum';
  return {
    name: type.name,
    assembly,
    kind: type.kind,
    isStatic: type.isAbstract && type.isSealed,
    isAbstract: type.isAbstract,
    isSealed: type.isSealed,
    base: type.base && here(image, type.base),
    interfaces: type.interfaces.map((each) => here(image, each)),
    typeParameters: typeParameters.rows.rowsOf(token).map((each) => variances[typeParameters.flags.at(each) & 3]),
    underlying: isEnum ? fields.find(({ name }) => name === 'value__').returns : undefined,
    members: [
      ...fields.filter(({ name }) => name !== 'value__'),
      ...model.rows.type.methods.membersOf(row).flatMap((each) => (accessors.has(each) ? [] : methodOf(image, each))),
      ...properties,
      ...events,
    ],
  };
}

/** With the assembly it is in, where that is this one. */
function here(image, type) {
  switch (type.kind) {
    case 'named': {
      const assembly = type.assembly ?? image.assembly;
      return { ...type, assembly, arguments: type.arguments.map((each) => here(image, each)) };
    }
    case 'array':
    case 'pointer':
    case 'byReference':
      return { ...type, element: here(image, type.element) };
    default:
      return type;
  }
}

function fieldsOf(image, row) {
  const { model } = image;
  return model.types[row - 1].fields.flatMap((field, index) => {
    const flags = model.rows.field.flags.at(model.rows.type.fields.membersOf(row)[index]);
    if (!isVisible(flags)) return [];
    return {
      name: field.name,
      kind: 'field',
      isStatic: field.isStatic,
      isProtected: isProtected(flags),
      returns: here(image, field.type),
      parameters: [],
      ...(field.isLiteral && { constant: field.constant }),
    };
  });
}

function methodOf(image, row) {
  const { rows, attributes } = image.model;
  const flags = rows.method.flags.at(row);
  if (!isVisible(flags)) return [];
  const signature = image.model.signatures.method(rows.method.signature.at(row));
  // Only `__arglist` calls one: to a binder it would look like an overload of the parameters before.
  if (signature.isVarArg) return [];
  const name = image.model.text(rows.method.name, row);
  const parameters = signature.parameters.map((type, index) => ({
    name: `arg${index}`,
    type: here(image, type),
    isOut: false,
    isOptional: false,
  }));
  let hasParams = false;
  for (const each of rows.method.parameters.membersOf(row)) {
    const parameter = parameters[rows.parameter.sequence.at(each) - 1];
    if (!parameter) continue;
    const bits = rows.parameter.flags.at(each);
    parameter.name = image.model.text(rows.parameter.name, each);
    parameter.isOut = (bits & 2) !== 0 && (bits & 1) === 0 && parameter.type.kind === 'byReference';
    parameter.isOptional = (bits & 0x10) !== 0;
    hasParams ||= attributes.isMarked(tokenOf(Table.Param, each), paramArray);
  }
  return [
    {
      name,
      kind: name === '.ctor' ? 'constructor' : 'method',
      ...slotOf(flags),
      isExtension: attributes.isMarked(tokenOf(Table.MethodDef, row), extension),
      hasParams,
      arity: signature.arity,
      parameters,
      returns: here(image, signature.returns),
    },
  ];
}

function slotOf(flags) {
  const isVirtual = (flags & 0x40) !== 0;
  return {
    isStatic: (flags & 0x10) !== 0,
    isProtected: isProtected(flags),
    isVirtual,
    isOverride: isVirtual && (flags & 0x100) === 0,
  };
}

function propertiesAndEventsOf(image, token) {
  const { metadata, model } = image;
  const { type, property } = model.rows;
  const accessors = new Set();
  const semanticsOf = (owner) =>
    new Map(
      property.semantics.rowsOf(owner).map((row) => {
        const method = property.semanticsMethod.at(row);
        accessors.add(method);
        return [property.semanticsKind.at(row), method];
      }),
    );
  const visible = (row) => row !== undefined && isVisible(model.rows.method.flags.at(row));
  const properties = type.propertyMap
    .rowsOf(token)
    .flatMap((map) => type.properties.membersOf(map))
    .flatMap((row) => {
      const name = model.text(property.name, row);
      const methods = semanticsOf(tokenOf(Table.Property, row));
      const getter = visible(methods.get(2)) ? methodOf(image, methods.get(2))[0] : undefined;
      const setter = visible(methods.get(1)) ? methodOf(image, methods.get(1))[0] : undefined;
      const main = getter && !(getter.isProtected && setter && !setter.isProtected) ? getter : setter;
      if (!main) return [];
      if ((getter && getter.name !== `get_${name}`) || (setter && setter.name !== `set_${name}`))
        console.log(`${image.assembly}: accessors of ${name} are ${getter?.name} ${setter?.name}`);
      return [
        {
          ...main,
          name,
          kind: 'property',
          returns: getter ? getter.returns : setter.parameters.at(-1).type,
          parameters: getter ? getter.parameters : setter.parameters.slice(0, -1),
          hasGetter: getter !== undefined,
          hasSetter: setter !== undefined,
        },
      ];
    });
  const events = image.eventMap
    .rowsOf(token)
    .flatMap((map) => image.events.membersOf(map))
    .flatMap((row) => {
      const methods = semanticsOf(tokenOf(Table.Event, row));
      if (!visible(methods.get(8))) return [];
      const [adder] = methodOf(image, methods.get(8));
      const name = model.text(image.event.name, row);
      if (adder.name !== `add_${name}`) console.log(`${image.assembly}: ${name} is added by ${adder.name}`);
      return [
        {
          ...adder,
          name,
          kind: 'event',
          returns: here(image, model.names.typeOf(image.event.type.tokenAt(row))),
          parameters: [],
        },
      ];
    });
  return { properties, events, accessors };
}
