// Attributes of a source with their arguments as constants, and those that metadata keeps elsewhere.
import type { AttributeValue, CustomAttribute, Place, SecurityDeclaration } from '../code/model.js';
import type { Span } from '../text/span.js';
import { securityActionOf } from '../knowledge/security-actions.js';
import { constantOf } from './constants.js';
import type { Attribute, AttributeSection, Expression } from './nodes.js';
import type { Context } from './symbols.js';
import type { TypeSystem } from './type-system.js';

/** Of sections without a target, or with one of those given. */
export function attributesOf(
  sections: readonly AttributeSection[],
  context: Context,
  system: TypeSystem,
  targets: readonly string[] = [],
): readonly CustomAttribute[] {
  return sections
    .filter(({ target }) => (target === undefined ? !targets.includes('only') : targets.includes(target)))
    .flatMap(({ attributes }) => attributes.map((attribute) => attributeOf(attribute, context, system)));
}

function attributeOf(node: Attribute, context: Context, system: TypeSystem): CustomAttribute {
  const placeOf = (span: Span): Place => ({ kind: 'source', uri: context.uri, span });
  const written = node.arguments.filter(({ property }) => property === undefined);
  const named = node.arguments.filter(({ property }) => property !== undefined);
  return {
    type: attributeType(node, context, system),
    arguments: written.map(({ value }) => valueOf(value, context, system)),
    named: named.map(({ property, value }) => ({
      name: property?.name ?? '',
      value: valueOf(value, context, system),
    })),
    argumentPlaces: [...written, ...named].map(({ span }) => placeOf(span)),
    place: placeOf(node.span),
  };
}

/** `SqlProcedure` means SqlProcedureAttribute, where there is no such type without the ending. */
function attributeType({ name }: Attribute, context: Context, system: TypeSystem): string {
  if (name.kind !== 'named') return '';
  const last = name.parts.at(-1);
  if (!last) return '';
  const longer = { ...name, parts: [...name.parts.slice(0, -1), { ...last, name: `${last.name}Attribute` }] };
  for (const one of [longer, name]) {
    const type = system.typeOf(one, context);
    if (type.kind === 'named') return type.name;
  }
  return '';
}

function valueOf(node: Expression, context: Context, system: TypeSystem): AttributeValue {
  if (node.kind === 'literal' && node.value === null) return { kind: 'string', value: undefined };
  if (node.kind === 'literal' && typeof node.value === 'boolean') return { kind: 'boolean', value: node.value };
  if (node.kind === 'typeof' && node.type) {
    const type = system.typeOf(node.type, context);
    return { kind: 'type', value: type.kind === 'named' ? type.name : '' };
  }
  if (node.kind === 'newArray' && node.values)
    return { kind: 'array', value: node.values.map((value) => valueOf(value, context, system)) };
  const constant = constantOf(node, system, context, () => undefined);
  if (typeof constant?.value === 'string') return { kind: 'string', value: constant.value };
  if (typeof constant?.value === 'number' || typeof constant?.value === 'bigint') {
    const isBoolean = constant.type.kind === 'named' && constant.type.name === 'System.Boolean';
    return isBoolean ? { kind: 'boolean', value: constant.value === 1 } : { kind: 'number', value: constant.value };
  }
  return { kind: 'unknown' };
}

/** What compilers write for extension methods, and for the types that have them. */
export function extensionMark(place: CustomAttribute['place']): CustomAttribute {
  return { type: 'System.Runtime.CompilerServices.ExtensionAttribute', arguments: [], named: [], place };
}

/** Attributes that a compiler turns into flags or rows of their own (ECMA-335 II.21.2.1). */
const pseudo: ReadonlySet<string> = new Set([
  'System.Runtime.InteropServices.DllImportAttribute',
  'System.Runtime.CompilerServices.MethodImplAttribute',
  'System.Runtime.InteropServices.StructLayoutAttribute',
  'System.Runtime.InteropServices.FieldOffsetAttribute',
  'System.Runtime.InteropServices.InAttribute',
  'System.Runtime.InteropServices.OutAttribute',
  'System.SerializableAttribute',
  'System.NonSerializedAttribute',
]);

export function isPseudo({ type }: CustomAttribute): boolean {
  return pseudo.has(type);
}

export function find(attributes: readonly CustomAttribute[], name: string): CustomAttribute | undefined {
  return attributes.find(({ type }) => type === name);
}

export function numberIn(attribute: CustomAttribute | undefined): number | undefined {
  const [first] = attribute?.arguments ?? [];
  return first?.kind === 'number' ? Number(first.value) : undefined;
}

export function isSecurity({ type }: CustomAttribute, system: TypeSystem): boolean {
  return system.isDerivedFrom(
    { kind: 'named', name: type, assembly: 'mscorlib', arguments: [] },
    'System.Security.Permissions.SecurityAttribute',
  );
}

export function securityOf(attributes: readonly CustomAttribute[], system: TypeSystem): readonly SecurityDeclaration[] {
  return attributes
    .filter((attribute) => isSecurity(attribute, system))
    .map((attribute) => ({
      action: securityActionOf(numberIn(attribute) ?? 0),
      permissions: [{ ...attribute, arguments: attribute.arguments.slice(1) }],
      place: attribute.place,
    }));
}
