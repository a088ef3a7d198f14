// What SQL Server asks of the way a type or an aggregate becomes bytes, and where a class does otherwise.
import type { AssemblyCode, CustomAttribute, FieldDef, TypeDef, TypeRef } from '../code/model.js';
import { nativeTypes, refusedNativeTypes } from '../knowledge/native-serialization.js';
import { findFrameworkType } from '../knowledge/framework-types.js';
import type { Server } from './project.js';
import { standsAlone } from './bound-methods.js';
import { writtenSizeOf } from './written-size.js';

export interface Fault {
  /** Continues a sentence that begins with the class. */
  readonly what: string;
  readonly sqlErrors: readonly number[];
}

/** In the order in which SQL Server looks. Nothing for a format that cannot be told. */
export function serializationFaults(
  type: TypeDef,
  attribute: CustomAttribute,
  code: AssemblyCode,
  { target }: Pick<Server, 'target'>,
): readonly Fault[] {
  const [format] = attribute.arguments;
  const size = attribute.named.find(({ name }) => name === 'MaxByteSize')?.value;
  const bytes = size?.kind === 'number' ? Number(size.value) : size ? undefined : 0;
  if (format?.kind !== 'number') return [];
  switch (Number(format.value)) {
    case 0:
      return [{ what: 'has Format.Unknown', sqlErrors: [6539] }];
    case 1:
      return [
        ...(size ? [{ what: 'has Format.Native, and says a MaxByteSize', sqlErrors: [6243] }] : []),
        ...nativeFaults(type, code),
      ];
    case 2:
      return [
        ...(implementsSurelyNot(type, 'Microsoft.SqlServer.Server.IBinarySerialize')
          ? [{ what: 'has Format.UserDefined, and does not implement IBinarySerialize', sqlErrors: [6226] }]
          : []),
        ...(bytes !== undefined && !isSize(bytes, target.name !== 'sql-server-2005')
          ? [
              {
                what:
                  bytes === 0
                    ? 'has Format.UserDefined, and says no MaxByteSize'
                    : `has a MaxByteSize of ${bytes}, which is out of range`,
                sqlErrors: [6244],
              },
            ]
          : []),
        ...(bytes !== undefined && bytes >= 1 && bytes <= 8000 ? writtenFaults(type, attribute, code, bytes) : []),
      ];
    default:
      return [{ what: `has format ${String(format.value)}, which there is not`, sqlErrors: [6245] }];
  }
}

/** What every value would raise when it is stored, and no CREATE tells. */
function writtenFaults(
  type: TypeDef,
  { type: attribute, named }: CustomAttribute,
  { graph }: AssemblyCode,
  bytes: number,
): readonly Fault[] {
  // What an aggregate holds between rows is not stored.
  const size = attribute.endsWith('.SqlUserDefinedTypeAttribute') ? writtenSizeOf(graph, type) : undefined;
  if (!size || !Number.isFinite(size.least)) return [];
  const { least, most } = size;
  if (least > bytes)
    return [
      { what: `writes at least ${least} bytes of each value, and has a MaxByteSize of ${bytes}`, sqlErrors: [6234] },
    ];
  const isFixed = named.some(({ name, value }) => name === 'IsFixedLength' && value.kind === 'boolean' && value.value);
  return isFixed && most < bytes
    ? [{ what: `writes ${most} bytes of each value at most, and has a fixed length of ${bytes}`, sqlErrors: [6235] }]
    : [];
}

function isSize(bytes: number, takesMore: boolean): boolean {
  return (bytes >= 1 && bytes <= 8000) || (bytes === -1 && takesMore);
}

/** Neither itself nor by a base or interface that is not seen here. */
export function implementsSurelyNot(type: TypeDef, name: string): boolean {
  return standsAlone(type) && type.interfaces.every((one) => isOtherInterface(one, name));
}

function isOtherInterface(one: TypeRef, name: string): boolean {
  return one.kind === 'named' && one.name !== name && findFrameworkType(one.name) !== undefined;
}

function nativeFaults(type: TypeDef, code: AssemblyCode): readonly Fault[] {
  const bases = basesOf(type, code);
  if (!bases) return [];
  if (type.layout !== 'sequential')
    return [{ what: 'has Format.Native, and is not LayoutKind.Sequential', sqlErrors: [6229] }];
  const loose = bases.find(({ layout }) => layout !== 'sequential');
  if (loose)
    return [{ what: `has Format.Native, and its base ${loose.name} is not LayoutKind.Sequential`, sqlErrors: [6232] }];
  const wrong = bases.find((base) =>
    instanceFields(base).some((field) => fieldFault(field, code, new Set([base.name]))),
  );
  if (wrong)
    return [
      {
        what: `has Format.Native, and its base ${wrong.name} has a field that cannot be so written`,
        sqlErrors: [6231],
      },
    ];
  const fields = instanceFields(type);
  if (fields.length === 0 && bases.every((base) => instanceFields(base).length === 0))
    return [{ what: 'has Format.Native, and no field', sqlErrors: [6599] }];
  return fields.flatMap((field) => {
    const fault = fieldFault(field, code, new Set([type.name]));
    return fault ? [fault] : [];
  });
}

/** The assembly's own classes it derives from, as far as System.Object; undefined where one is not seen here. */
function basesOf(type: TypeDef, code: AssemblyCode): readonly TypeDef[] | undefined {
  const bases: TypeDef[] = [];
  for (let of = type; !standsAlone(of);) {
    const { base } = of;
    const next =
      base?.kind === 'named' && base.assembly === undefined && base.arguments.length === 0
        ? code.types.find((one) => one.name === base.name)
        : undefined;
    if (!next || bases.length > deepest) return undefined;
    bases.push(next);
    of = next;
  }
  return bases;
}

function instanceFields({ fields }: TypeDef): readonly FieldDef[] {
  return fields.filter(({ isStatic }) => !isStatic);
}

function fieldFault(field: FieldDef, code: AssemblyCode, above: ReadonlySet<string>): Fault | undefined {
  const { name, type } = field;
  const own = shownField(name);
  const fault = (what: string, number: number): Fault => ({
    what: `has Format.Native, and ${own} ${what}`,
    sqlErrors: [number],
  });
  if (field.isNotSerialized) return fault('is marked with NonSerialized', 6224);
  if (field.isMarshalled) return fault('is marked with MarshalAs', 6230);
  if (type.kind === 'array') return fault('is an array', 6225);
  if (type.kind !== 'named') return undefined;
  const short = type.name.slice(type.name.lastIndexOf('.') + 1);
  if (type.assembly !== undefined) {
    if (nativeTypes.has(type.name)) return undefined;
    const kind = findFrameworkType(type.name)?.kind;
    if (kind === 'class' || kind === 'interface' || kind === 'delegate') return fault(`is of the class ${short}`, 6225);
    return refusedNativeTypes.has(type.name) ? fault(`is ${short}`, 6222) : undefined;
  }
  const found = code.types.find((one) => one.name === type.name);
  if (!found || above.has(found.name) || above.size > deepest) return undefined;
  if (found.kind === 'class' || found.kind === 'interface' || found.kind === 'delegate')
    return fault(`is of the class ${short}`, 6225);
  if (found.kind !== 'struct') return undefined;
  if (found.layout !== 'sequential') return fault(`is ${short}, which is not LayoutKind.Sequential`, 6223);
  const within = new Set([...above, found.name]);
  return instanceFields(found).some((one) => fieldFault(one, code, within))
    ? fault(`is ${short}, which is not blittable`, 6227)
    : undefined;
}

const deepest = 20;

/** `<Name>k__BackingField` is the field of a property. */
function shownField(name: string): string {
  return name.startsWith('<') ? name.slice(1, name.indexOf('>')) : name;
}
