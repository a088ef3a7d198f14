// Which member a call means (C# specification, 12.6.4 Overload resolution): those that take the arguments, the nearest of them,
// and nothing where two are as near.
import type { TypeRef } from '../code/model.js';
import { conversionCost, expressionDelegate, sameType, unknownCost, type Given } from './conversions.js';
import type { MemberSymbol, ParameterSymbol } from './symbols.js';
import { substitute, type TypeSystem } from './type-system.js';

export interface NamedGiven extends Given {
  /** Of `name: value`. */
  readonly name?: string;
}

export interface Chosen {
  readonly member: MemberSymbol;
  /** Of a generic method, given or inferred; unknown where that cannot be told. */
  readonly arguments: readonly TypeRef[];
  /** Each parameter's argument by its place among those given; undefined for a default value. */
  readonly order: readonly (number | undefined)[];
  /** The last parameter takes the rest in an array. */
  readonly isExpanded: boolean;
}

export function chooseOverload(
  system: TypeSystem,
  candidates: readonly MemberSymbol[],
  given: readonly NamedGiven[],
  typeArguments: readonly TypeRef[],
  returned: LambdaReturns = () => undefined,
): Chosen | undefined {
  const fitting = candidates.flatMap((member) => {
    if (typeArguments.length > 0 && member.arity !== typeArguments.length) return [];
    return [false, true].flatMap((isExpanded) => fit(system, member, given, typeArguments, isExpanded) ?? []);
  });
  if (fitting.length === 0) return undefined;
  fitting.sort((a, b) =>
    Math.abs(a.cost - b.cost) > 0.2 ? a.cost - b.cost : specificity(system, b.chosen, a.chosen) || a.cost - b.cost,
  );
  const best = byLambdas(system, fitting, given, returned) ?? fitting[0];
  if (!best) return undefined;
  const rival = fitting.find(
    (one) => one !== best && one.cost === best.cost && !isSameSignature(one.chosen.member, best.chosen.member),
  );
  if (rival && best.cost >= unknownCost) return undefined;
  // Of an override and what it overrides, a reference names the one that is declared first.
  const same = fitting.filter(({ chosen }) => isSameSignature(chosen.member, best.chosen.member));
  return (same.find(({ chosen }) => !chosen.member.isOverride) ?? best).chosen;
}

/** What a lambda among the arguments gives back, when its parameters are of these types. */
export type LambdaReturns = (place: number, parameters: readonly TypeRef[]) => TypeRef | undefined;

/** Of candidates as near as one another, the one whose delegate gives back what the lambda does. */
function byLambdas(
  system: TypeSystem,
  fitting: readonly { readonly cost: number; readonly chosen: Chosen }[],
  given: readonly NamedGiven[],
  returned: LambdaReturns,
): { readonly cost: number; readonly chosen: Chosen } | undefined {
  const [best] = fitting;
  const near = fitting.filter(({ cost }) => best && Math.abs(cost - best.cost) <= 0.6);
  const place = given.findIndex(({ literal }) => typeof literal === 'object' && 'lambda' in literal);
  if (!best || near.length < 2 || place < 0) return undefined;
  const invokeOf = ({ chosen }: (typeof near)[number]): MemberSymbol | undefined => {
    const index = chosen.order.indexOf(place);
    const parameter = chosen.member.parameters[index];
    return parameter && system.invokeOf(expressionDelegate(typeIn(chosen, parameter.type)));
  };
  const first = invokeOf(best);
  if (!first) return undefined;
  const actual = returned(
    place,
    first.parameters.map(({ type }) => substitute(type, first.declaring.arguments)),
  );
  if (!actual || actual.kind === 'unknown') return undefined;
  return near.find((one) => {
    const invoke = invokeOf(one);
    return invoke && sameType(substitute(invoke.type, invoke.declaring.arguments), actual);
  });
}

/** Above zero where the first takes the more special types. */
function specificity(system: TypeSystem, one: Chosen, other: Chosen): number {
  let balance = 0;
  for (const [index, parameter] of one.member.parameters.entries()) {
    const theirs = other.member.parameters[index];
    if (!theirs) continue;
    const [a, b] = [typeIn(one, parameter.type), typeIn(other, theirs.type)];
    if (sameType(a, b) || a.kind === 'unknown' || b.kind === 'unknown') continue;
    if (conversionCost(system, { type: a }, b) !== undefined) balance++;
    if (conversionCost(system, { type: b }, a) !== undefined) balance--;
  }
  return Math.sign(balance);
}

function typeIn({ member, arguments: given }: Chosen, type: TypeRef): TypeRef {
  return substitute(type, member.declaring.arguments, given);
}

function isSameSignature(a: MemberSymbol, b: MemberSymbol): boolean {
  return (
    a.arity === b.arity &&
    a.parameters.length === b.parameters.length &&
    a.parameters.every(({ type }, index) => {
      const other = b.parameters[index];
      return other !== undefined && sameType(actual(a, type), actual(b, other.type));
    })
  );
}

function actual({ declaring }: MemberSymbol, type: TypeRef): TypeRef {
  return substitute(type, declaring.arguments);
}

function fit(
  system: TypeSystem,
  member: MemberSymbol,
  given: readonly NamedGiven[],
  typeArguments: readonly TypeRef[],
  isExpanded: boolean,
): { readonly cost: number; readonly chosen: Chosen } | undefined {
  if (isExpanded && !member.hasParams) return undefined;
  const order = orderOf(member.parameters, given, isExpanded);
  if (!order) return undefined;
  const inferred = typeArguments.length > 0 ? typeArguments : infer(system, member, given, order, isExpanded);
  const typeOf = ({ type }: ParameterSymbol): TypeRef => substitute(type, member.declaring.arguments, inferred);
  let cost = isExpanded ? 0.25 : 0;
  if (member.arity > 0) cost += 0.1;
  for (const [index, place] of order.entries()) {
    const parameter = member.parameters[index];
    if (!parameter) return undefined;
    if (place === undefined) {
      if (!(isExpanded && index === member.parameters.length - 1)) cost += 0.05;
      continue;
    }
    const type = typeOf(parameter);
    const rest = isExpanded && index === member.parameters.length - 1;
    const wanted = rest && type.kind === 'array' ? type.element : type;
    for (const one of rest ? given.slice(place) : given.slice(place, place + 1)) {
      const step = conversionCost(system, one, wanted);
      if (step === undefined) return undefined;
      cost += step;
    }
  }
  return { cost, chosen: { member, arguments: inferred, order, isExpanded } };
}

/** The argument of each parameter; undefined where they do not match. */
function orderOf(
  parameters: readonly ParameterSymbol[],
  given: readonly NamedGiven[],
  isExpanded: boolean,
): readonly (number | undefined)[] | undefined {
  const order: (number | undefined)[] = parameters.map(() => undefined);
  for (const [place, { name }] of given.entries()) {
    const index = name === undefined ? place : parameters.findIndex((parameter) => parameter.name === name);
    if (isExpanded && index >= parameters.length - 1) {
      order[parameters.length - 1] ??= place;
      continue;
    }
    if (index < 0 || index >= parameters.length) return undefined;
    order[index] = place;
  }
  const isOpen = (index: number): boolean =>
    order[index] === undefined && !parameters[index]?.isOptional && !(isExpanded && index === parameters.length - 1);
  return parameters.some((_, index) => isOpen(index)) ? undefined : order;
}

/** Type arguments from what is given (12.6.3 Type inference), as far as types alone tell. */
function infer(
  system: TypeSystem,
  member: MemberSymbol,
  given: readonly NamedGiven[],
  order: readonly (number | undefined)[],
  isExpanded: boolean,
): readonly TypeRef[] {
  if (member.arity === 0) return [];
  const found: (TypeRef | undefined)[] = Array.from({ length: member.arity });
  for (const [index, place] of order.entries()) {
    const parameter = member.parameters[index];
    const argument = place === undefined ? undefined : given[place];
    if (!parameter || !argument) continue;
    const type = substitute(parameter.type, member.declaring.arguments);
    const rest = isExpanded && index === member.parameters.length - 1 && type.kind === 'array';
    const plain = type.kind === 'byReference' ? type.element : type;
    if (argument.literal === undefined || typeof argument.literal === 'object')
      unify(system, rest ? type.element : plain, argument.type, found, 0);
  }
  return found.map((type) => type ?? { kind: 'unknown' });
}

function unify(
  system: TypeSystem,
  parameter: TypeRef,
  argument: TypeRef,
  found: (TypeRef | undefined)[],
  depth: number,
): void {
  if (argument.kind === 'unknown' || depth > 8) return;
  if (parameter.kind === 'methodParameter') {
    found[parameter.index] ??= argument;
    return;
  }
  if (parameter.kind === 'array' && argument.kind === 'array') {
    unify(system, parameter.element, argument.element, found, depth + 1);
    return;
  }
  if (parameter.kind !== 'named' || parameter.arguments.length === 0) return;
  const target = expressionDelegate(parameter);
  if (target !== parameter) return;
  const instance = instanceOf(system, argument, parameter.name, depth);
  instance?.forEach((one, index) => {
    const wanted = parameter.arguments[index];
    if (wanted) unify(system, wanted, one, found, depth + 1);
  });
}

/** The arguments with which a type is, or derives from, a generic type. */
export function instanceOf(system: TypeSystem, type: TypeRef, name: string, depth = 0): readonly TypeRef[] | undefined {
  if (type.kind === 'array') return /^System\.Collections\.Generic\.I\w+`1$/.test(name) ? [type.element] : undefined;
  if (type.kind !== 'named' || depth > 16) return undefined;
  if (type.name === name) return type.arguments;
  for (const base of system.basesOf(type)) {
    const found = instanceOf(system, base, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}
