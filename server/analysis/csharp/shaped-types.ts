// Types that no declaration names: tuples with what their elements are called, anonymous types, `dynamic`.
import type { TypeRef } from '../code/model.js';
import { systemType, type MemberSymbol, type NamedType } from './symbols.js';

export const dynamicType: NamedType = { ...systemType('Object'), isDynamic: true };

export function isDynamic(type: NamedType | TypeRef): boolean {
  return 'isDynamic' in type && type.isDynamic === true;
}

export function tupleType(types: readonly TypeRef[], names: readonly (string | undefined)[]): NamedType {
  const type = systemType(`ValueTuple\`${types.length}`, ...types.map(bounded));
  return names.some((name) => name !== undefined) ? { ...type, elementNames: names } : type;
}

/** `Item1` for what a tuple's source calls its first element. */
export function elementName({ elementNames }: NamedType, name: string): string {
  const index = elementNames?.indexOf(name) ?? -1;
  return index < 0 ? name : `Item${index + 1}`;
}

export const anonymousPrefix = '<>f__AnonymousType:';

/** Anonymous types with the same names in the same order are one generic type (C# specification, 12.8.17.7). */
export function anonymousType(members: readonly { readonly name: string; readonly type: TypeRef }[]): NamedType {
  return {
    kind: 'named',
    name: `${anonymousPrefix}${members.map(({ name }) => name).join(':')}`,
    arguments: members.map(({ type }) => bounded(type)),
  };
}

export function isAnonymousType({ name }: NamedType): boolean {
  return name.startsWith(anonymousPrefix);
}

/** Read as fields: nobody else can see their properties. */
export function anonymousMembers({ name }: NamedType): readonly MemberSymbol[] {
  const names = name.slice(anonymousPrefix.length).split(':');
  return names.map((one, index) => ({
    kind: 'field',
    name: one,
    declaring: { kind: 'named', name, arguments: names.map((_, place) => ({ kind: 'typeParameter', index: place })) },
    isStatic: false,
    isVirtual: false,
    isOverride: false,
    isExtension: false,
    hasParams: false,
    arity: 0,
    parameters: [],
    type: { kind: 'typeParameter', index },
    hasGetter: true,
    hasSetter: false,
  }));
}

const largestType = 500;

/** A type made of itself twice, again and again, would outgrow memory: one that nobody writes is not known. */
export function bounded(type: TypeRef): TypeRef {
  let left = largestType;
  const work = [type];
  for (let one = work.pop(); one; one = work.pop()) {
    if (--left < 0) return { kind: 'unknown' };
    if (one.kind === 'named') work.push(...one.arguments);
    else if ('element' in one) work.push(one.element);
  }
  return type;
}
