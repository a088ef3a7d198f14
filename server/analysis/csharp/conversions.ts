// Implicit conversions, with how far they are: what overload resolution weighs (C# specification, 10.2 Implicit conversions).
import { isVoid, type TypeRef } from '../code/model.js';
import type { MemberSymbol, NamedType } from './symbols.js';
import { substitute, type TypeSystem } from './type-system.js';

/** What is known of a value that is to be converted. */
export interface Given {
  readonly type: TypeRef;
  /** `null`, a lambda with so many parameters, a method group, an integer that is known. */
  readonly literal?:
    | 'null'
    | 'default'
    | 'interpolated'
    | { readonly methods: readonly MemberSymbol[] }
    | { readonly lambda: number; readonly gives: 'nothing' | 'something' | 'either' }
    | { readonly integer: number | bigint };
  readonly modifier?: 'ref' | 'out' | 'in';
}

const numeric = [
  'SByte',
  'Byte',
  'Int16',
  'UInt16',
  'Char',
  'Int32',
  'UInt32',
  'Int64',
  'UInt64',
  'Single',
  'Double',
  'Decimal',
];

/** C# specification, 10.2.3 Implicit numeric conversions; nearest first. */
const widenings: Readonly<Record<string, readonly string[]>> = {
  SByte: ['Int16', 'Int32', 'Int64', 'Single', 'Double', 'Decimal'],
  Byte: ['Int16', 'UInt16', 'Int32', 'UInt32', 'Int64', 'UInt64', 'Single', 'Double', 'Decimal'],
  Int16: ['Int32', 'Int64', 'Single', 'Double', 'Decimal'],
  UInt16: ['Int32', 'UInt32', 'Int64', 'UInt64', 'Single', 'Double', 'Decimal'],
  Char: ['UInt16', 'Int32', 'UInt32', 'Int64', 'UInt64', 'Single', 'Double', 'Decimal'],
  Int32: ['Int64', 'Single', 'Double', 'Decimal'],
  UInt32: ['Int64', 'UInt64', 'Single', 'Double', 'Decimal'],
  Int64: ['Single', 'Double', 'Decimal'],
  UInt64: ['Single', 'Double', 'Decimal'],
  Single: ['Double'],
};

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  SByte: [-128n, 127n],
  Byte: [0n, 255n],
  Int16: [-32768n, 32767n],
  UInt16: [0n, 65535n],
  UInt32: [0n, 4294967295n],
  UInt64: [0n, 18446744073709551615n],
};

export function primitiveName(type: TypeRef): string | undefined {
  if (type.kind !== 'named' || !type.name.startsWith('System.')) return undefined;
  const name = type.name.slice('System.'.length);
  return numeric.includes(name) || name === 'String' || name === 'Object' || name === 'Boolean' ? name : undefined;
}

export function isNumeric(type: TypeRef): boolean {
  const name = primitiveName(type);
  return name !== undefined && numeric.includes(name);
}

export function sameType(a: TypeRef, b: TypeRef): boolean {
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'named':
      return (
        b.kind === 'named' &&
        a.name === b.name &&
        a.arguments.length === b.arguments.length &&
        a.arguments.every((argument, index) => sameType(argument, b.arguments[index] ?? { kind: 'unknown' }))
      );
    case 'array':
      return b.kind === 'array' && a.rank === b.rank && sameType(a.element, b.element);
    case 'pointer':
    case 'byReference':
      return (b.kind === 'pointer' || b.kind === 'byReference') && sameType(a.element, b.element);
    case 'typeParameter':
    case 'methodParameter':
      return (b.kind === 'typeParameter' || b.kind === 'methodParameter') && a.index === b.index;
    default:
      return false;
  }
}

/** What a conversion costs, 0 for none needed; undefined where there is none. An unknown type fits anything, dearly. */
export function conversionCost(system: TypeSystem, given: Given, to: TypeRef): number | undefined {
  if (given.modifier) {
    const element = to.kind === 'byReference' ? to.element : undefined;
    if (!element) return undefined;
    if (given.type.kind === 'unknown' || element.kind === 'methodParameter') return 1;
    return sameType(given.type, element) ? 0 : undefined;
  }
  if (to.kind === 'byReference') return given.modifier === undefined && to.kind === 'byReference' ? undefined : 0;
  if (to.kind === 'methodParameter' || to.kind === 'typeParameter') return sameType(given.type, to) ? 0 : 3;
  if (given.literal !== undefined) {
    const cost = literalCost(system, given.literal, to);
    if (cost !== 'by type') return cost;
  }
  const from = given.type;
  if (from.kind === 'unknown' || to.kind === 'unknown') return unknownCost;
  if (sameType(from, to)) return 0;
  if (from.kind === 'array') {
    const cost = arrayCost(system, from, to);
    return cost ?? (to.kind === 'named' && implicitConversion(system, from, to) ? 6 : undefined);
  }
  if (from.kind === 'pointer') {
    if (to.kind !== 'pointer') return undefined;
    const isOpen = from.element.kind === 'unknown' || to.element.kind === 'unknown';
    return isVoid(to.element) ? 1 : isOpen ? unknownCost : undefined;
  }
  if (to.kind !== 'named') return undefined;
  if (from.kind === 'typeParameter' || from.kind === 'methodParameter') {
    const costs = system.basesOfAny(from).flatMap((base) => conversionCost(system, { type: base }, to) ?? []);
    return costs.length > 0 ? Math.min(...costs) + 1 : undefined;
  }
  if (from.kind !== 'named') return undefined;
  return namedCost(system, from, to);
}

export const unknownCost = 20;

function literalCost(
  system: TypeSystem,
  literal: NonNullable<Given['literal']>,
  to: TypeRef,
): number | undefined | 'by type' {
  if (literal === 'null') {
    if (to.kind === 'array' || to.kind === 'pointer') return 1;
    if (to.kind !== 'named') return undefined;
    if (to.name === 'System.Nullable`1') return 1;
    return system.isValueType(to) ? undefined : to.name === 'System.Object' ? 4 : 1;
  }
  if (literal === 'default') return 1;
  if (literal === 'interpolated') return isFormattable(to) ? 2 : 'by type';
  if ('methods' in literal) return groupCost(system, literal.methods, to);
  if ('lambda' in literal) {
    const target = expressionDelegate(to);
    const invoke = system.invokeOf(target);
    if (!invoke || invoke.parameters.length !== literal.lambda) return undefined;
    const wantsNothing = invoke.type.kind === 'named' && invoke.type.name === 'System.Void';
    if (literal.gives === 'nothing' && !wantsNothing) return undefined;
    if (literal.gives === 'something' && wantsNothing) return 2.5;
    return 1 + (wantsNothing && literal.gives === 'either' ? 0.5 : 0);
  }
  const name = primitiveName(to);
  const range = name === undefined ? undefined : ranges[name];
  if (!range) return system.kindOf(to) === 'enum' && Number(literal.integer) === 0 ? 4 : 'by type';
  const value = BigInt(literal.integer);
  return value >= range[0] && value <= range[1] ? 2 : undefined;
}

/** What an interpolated string becomes where it is asked for: then it is not put together yet. */
export function isFormattable(type: TypeRef): boolean {
  return type.kind === 'named' && (type.name === 'System.FormattableString' || type.name === 'System.IFormattable');
}

/** `Func<T>` of `Expression<Func<T>>`. */
export function expressionDelegate(type: TypeRef): TypeRef {
  const [inner] = type.kind === 'named' && type.name === 'System.Linq.Expressions.Expression`1' ? type.arguments : [];
  return inner ?? type;
}

function groupCost(system: TypeSystem, methods: readonly MemberSymbol[], to: TypeRef): number | undefined {
  const invoke = system.invokeOf(to);
  if (!invoke) return undefined;
  const actual = (type: TypeRef): TypeRef => substitute(type, invoke.declaring.arguments);
  const method = methodOfGroup(
    system,
    methods,
    invoke.parameters.map(({ type }) => actual(type)),
  );
  return method ? 1 : undefined;
}

/** The method of a group that takes what a delegate is given (C# specification, 10.8 Method group conversions). */
export function methodOfGroup(
  system: TypeSystem,
  methods: readonly MemberSymbol[],
  parameters: readonly TypeRef[],
): MemberSymbol | undefined {
  let best: { readonly method: MemberSymbol; readonly cost: number } | undefined;
  for (const method of methods) {
    // An extension method is called on what stands before it.
    const taken = method.isExtension
      ? method.parameters.slice(method.parameters.length - parameters.length)
      : method.parameters;
    if (taken.length !== parameters.length) continue;
    let cost = 0;
    for (const [index, type] of parameters.entries()) {
      const wanted = substitute(taken[index]?.type ?? type, method.declaring.arguments);
      const step = sameType(type, wanted) ? 0 : conversionCost(system, { type }, wanted);
      cost = step === undefined ? Number.POSITIVE_INFINITY : cost + step;
    }
    if (cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { method, cost };
  }
  return best?.method;
}

function arrayCost(system: TypeSystem, from: Extract<TypeRef, { kind: 'array' }>, to: TypeRef): number | undefined {
  if (to.kind === 'array') {
    if (to.rank !== from.rank || from.element.kind !== 'named' || system.isValueType(from.element)) return undefined;
    return conversionCost(system, { type: from.element }, to.element);
  }
  if (to.kind !== 'named') return undefined;
  if (to.name === 'System.Object') return 9;
  if (to.name === 'System.Array') return 2;
  const [element] = to.arguments;
  if (
    element &&
    /^System\.Collections\.Generic\.I(?:Enumerable|List|Collection|ReadOnlyList|ReadOnlyCollection)`1$/.test(to.name)
  ) {
    const cost = conversionCost(system, { type: from.element }, element);
    return cost === undefined ? undefined : cost + 2;
  }
  return system.isDerivedFrom({ kind: 'named', name: 'System.Array', assembly: 'mscorlib', arguments: [] }, to.name)
    ? 3
    : undefined;
}

function namedCost(system: TypeSystem, from: NamedType, to: NamedType): number | undefined {
  const [source, target] = [primitiveName(from), primitiveName(to)];
  const step = source === undefined || target === undefined ? -1 : (widenings[source]?.indexOf(target) ?? -1);
  if (step >= 0) return 1 + step / 10;
  if (to.name === 'System.Nullable`1') {
    const [inner] = to.arguments;
    const cost = inner && conversionCost(system, { type: from }, inner);
    return cost === undefined ? undefined : cost + 0.5;
  }
  const distance = baseDistance(system, from, to);
  if (distance !== undefined) return to.name === 'System.Object' ? 9 : distance;
  return hasImplicit(system, from, to) ? 6 : undefined;
}

function baseDistance(system: TypeSystem, from: NamedType, to: NamedType): number | undefined {
  let level: readonly NamedType[] = [from];
  const seen = new Set<string>();
  for (let distance = 0; level.length > 0 && distance < 24; distance++) {
    for (const type of level) if (type.name === to.name && variantArguments(system, type, to)) return distance;
    const next: NamedType[] = [];
    for (const type of level) {
      if (seen.has(type.name)) continue;
      seen.add(type.name);
      next.push(...system.basesOf(type));
    }
    level = next;
  }
  return to.name === 'System.Object' ? 9 : undefined;
}

/** Arguments of references can vary; that is not looked at any closer. */
function variantArguments(system: TypeSystem, one: NamedType, other: NamedType): boolean {
  return (
    one.arguments.length === other.arguments.length &&
    one.arguments.every((argument, index) => {
      const wanted = other.arguments[index];
      if (!wanted || argument.kind === 'unknown' || wanted.kind === 'unknown') return true;
      if (wanted.kind === 'methodParameter' || wanted.kind === 'typeParameter') return true;
      if (one.name.startsWith('System.ValueTuple`'))
        return conversionCost(system, { type: argument }, wanted) !== undefined;
      return sameType(argument, wanted) || (wanted.kind === 'named' && wanted.name === 'System.Object');
    })
  );
}

function hasImplicit(system: TypeSystem, from: NamedType, to: NamedType): boolean {
  return implicitConversion(system, from, to) !== undefined;
}

/** The user-defined conversion that fits. */
export function implicitConversion(
  system: TypeSystem,
  from: TypeRef,
  to: TypeRef,
  names: readonly string[] = ['op_Implicit'],
): ReturnType<TypeSystem['membersNamed']>[number] | undefined {
  const candidates = [from, to].flatMap((type) =>
    type.kind === 'named' && (primitiveName(type) ?? 'Decimal') === 'Decimal'
      ? names.flatMap((name) => system.membersNamed(type, name))
      : [],
  );
  const exact = candidates.find(
    ({ parameters: [only], type }) => only && sameType(only.type, from) && sameType(type, to),
  );
  if (exact) return exact;
  const cost = (one: TypeRef, other: TypeRef): number | undefined => {
    if (sameType(one, other)) return 0;
    const step = widenings[primitiveName(one) ?? '']?.indexOf(primitiveName(other) ?? '') ?? -1;
    if (step >= 0) return 1 + step / 10;
    // What is written as a cast may also lose something.
    if (names.length > 1 && isNumeric(one) && isNumeric(other)) return 5;
    return one.kind === 'named' && other.kind === 'named' ? baseDistance(system, one, other) : undefined;
  };
  let best: { readonly member: (typeof candidates)[number]; readonly cost: number } | undefined;
  for (const member of candidates) {
    const [only] = member.parameters;
    const before = only && cost(from, only.type);
    const after = cost(member.type, to);
    if (before === undefined || after === undefined) continue;
    if (!best || before + after < best.cost) best = { member, cost: before + after };
  }
  return best?.member;
}
