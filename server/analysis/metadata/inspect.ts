// One entry of `sqlclr-lint inspect`: what is inside an assembly, as data.
import { memberName, type TypeDef } from '../code/model.js';
import { isFinalizer } from '../code/registration.js';
import type { AssemblyImage } from './assembly.js';

export interface InspectedImage {
  readonly byteLength: number;
  readonly name: string;
  readonly version: string;
  /** `neutral` for none. */
  readonly culture: string;
  readonly publicKeyToken: string | null;
  readonly runtime: string;
  /** CorFlags of the CLI header. */
  readonly flags: number;
  readonly module: { readonly name: string; readonly mvid: string };
  readonly strongName: string;
  readonly references: readonly {
    readonly name: string;
    readonly version: string;
    readonly publicKeyToken: string | null;
  }[];
  readonly tables: Readonly<Record<string, number>>;
  readonly pinvokes: readonly { readonly method: string; readonly library: string; readonly name: string }[];
  /** Static fields that are neither const nor readonly, those of the compiler included. */
  readonly mutableStaticFields: readonly string[];
  readonly finalizers: readonly string[];
  /** SQLCLR's own attributes, with the member each stands on. */
  readonly attributes: readonly { readonly type: string; readonly on: string }[];
}

export function inspectImage(image: AssemblyImage): InspectedImage {
  const { identity, references, types, strongName } = image.code;
  return {
    byteLength: image.byteLength,
    name: identity.name,
    version: identity.version,
    culture: identity.culture === '' ? 'neutral' : identity.culture,
    publicKeyToken: identity.publicKeyToken ?? null,
    runtime: image.runtime,
    flags: image.flags.value,
    module: image.module,
    strongName,
    references: references.map(({ name, version, publicKeyToken }) => ({
      name,
      version,
      publicKeyToken: publicKeyToken ?? null,
    })),
    tables: image.tables,
    pinvokes: types.flatMap((type) =>
      type.methods.flatMap((method) => (method.import ? [{ method: memberName(type, method), ...method.import }] : [])),
    ),
    mutableStaticFields: types.flatMap((type) =>
      type.fields
        .filter((field) => field.isStatic && !field.isInitOnly && !field.isLiteral)
        .map((field) => memberName(type, field)),
    ),
    finalizers: types.flatMap((type) => type.methods.filter(isFinalizer).map((method) => memberName(type, method))),
    attributes: types.flatMap(sqlAttributesOf),
  };
}

function sqlAttributesOf(type: TypeDef): readonly { readonly type: string; readonly on: string }[] {
  const of = (attributes: TypeDef['attributes'], on: string): { type: string; on: string }[] =>
    attributes
      .filter((attribute) => attribute.type.startsWith('Microsoft.SqlServer.Server.'))
      .map((attribute) => ({ type: attribute.type, on }));
  return [
    ...of(type.attributes, type.name),
    ...type.methods.flatMap((method) => [
      ...of(method.attributes, memberName(type, method)),
      ...of(method.returnAttributes, memberName(type, method)),
      ...method.parameters.flatMap((parameter) =>
        of(parameter.attributes, `${memberName(type, method)}(${parameter.name})`),
      ),
    ]),
    ...type.fields.flatMap((field) => of(field.attributes, memberName(type, field))),
    ...type.properties.flatMap((property) => of(property.attributes, memberName(type, property))),
  ];
}
