// Fields of sources: those that are written, of events without accessors, and behind automatic properties.
import type { CustomAttribute, FieldDef } from '../code/model.js';
import { memberConstant } from './constants.js';
import { primitiveName } from './conversions.js';
import { find, isPseudo, numberIn } from './source-attributes.js';
import { isProtected, sourcePlace, type DeclaredType, type MemberSymbol, type SourceMember } from './symbols.js';
import type { TypeSystem } from './type-system.js';

export function fieldOf(
  member: MemberSymbol,
  source: SourceMember,
  attributes: readonly CustomAttribute[],
  system: TypeSystem,
): FieldDef {
  const constant = memberConstant(member, system)?.value;
  const offset = numberIn(find(attributes, 'System.Runtime.InteropServices.FieldOffsetAttribute'));
  return {
    ...common(member, source),
    name: member.name,
    isInitOnly: source.modifiers.includes('readonly'),
    isLiteral: source.modifiers.includes('const'),
    isPublic: !source.isEventField && source.modifiers.includes('public'),
    isProtected: !source.isEventField && isProtected(source.modifiers),
    attributes: attributes.filter((attribute) => !isPseudo(attribute)),
    isNotSerialized: find(attributes, 'System.NonSerializedAttribute') !== undefined,
    isMarshalled: find(attributes, 'System.Runtime.InteropServices.MarshalAsAttribute') !== undefined,
    compilerGenerated: false,
    ...(constant !== undefined && { constant }),
    ...(offset !== undefined && { offset }),
  };
}

export function backingField(member: MemberSymbol, source: SourceMember): FieldDef {
  return {
    ...common(member, source),
    name: backingName(member),
    isInitOnly: !source.accessors.some(({ kind }) => kind === 'set'),
    isLiteral: false,
    isPublic: false,
    isProtected: false,
    attributes: [],
    compilerGenerated: true,
  };
}

/** Of the field behind a member. */
export function backingName({ kind, name }: MemberSymbol): string {
  return kind === 'property' ? `<${name}>k__BackingField` : name;
}

/** `get;` and `set;` without bodies, in a class or a struct. */
export function isAutomatic(type: DeclaredType, { accessors, modifiers, value }: SourceMember): boolean {
  return (
    type.kind !== 'interface' &&
    value === undefined &&
    accessors.length > 0 &&
    accessors.every(({ body }) => body === undefined) &&
    !modifiers.includes('abstract') &&
    !modifiers.includes('extern')
  );
}

/** What constructors store first. */
export function initializerOf({ kind, source, type }: MemberSymbol): SourceMember['value'] {
  // No image can hold a constant of type decimal.
  if (!source || (source.modifiers.includes('const') && primitiveName(type) !== 'Decimal')) return undefined;
  if (kind === 'field' || kind === 'event') return source.value;
  return kind === 'property' ? source.initializer : undefined;
}

function common(
  { type, isStatic }: MemberSymbol,
  { context, nameSpan }: SourceMember,
): Pick<FieldDef, 'type' | 'isStatic' | 'hasData' | 'place'> {
  return { type, isStatic, hasData: false, place: sourcePlace(context, nameSpan) };
}
