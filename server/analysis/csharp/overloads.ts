// Which member a call means (C# specification, 12.6.4 Overload resolution): those that take the arguments, the nearest of them,
// and nothing where two are as near.
import { isVoid, type TypeRef } from '../code/model.js';
import { conversionCost, sameType, unknownCost, type Given } from './conversions.js';
import { delegateSignature, givenBack, infer, type LambdaReturns, type Taken } from './inference.js';
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
  if (candidates.length > mostCandidates || !system.effort.take(candidates.length * (given.length + 1)))
    return undefined;
  const fitting = candidates.flatMap((member) => {
    if (typeArguments.length > 0 && member.arity !== typeArguments.length) return [];
    return [false, true].flatMap((isExpanded) => fit(system, member, given, typeArguments, isExpanded, returned) ?? []);
  });
  if (fitting.length === 0) return undefined;
  fitting.sort((a, b) =>
    Math.abs(a.cost - b.cost) > 0.2 ? a.cost - b.cost : specificity(system, b.chosen, a.chosen) || a.cost - b.cost,
  );
  const [best] = fitting;
  if (!best) return undefined;
  const rival = fitting.find(
    (one) => one !== best && one.cost === best.cost && !isSameSignature(one.chosen.member, best.chosen.member),
  );
  if (rival && best.cost >= unknownCost) return undefined;
  // Of an override and what it overrides, a reference names the one that is declared first.
  const same = fitting.filter(({ chosen }) => isSameSignature(chosen.member, best.chosen.member));
  return (same.find(({ chosen }) => !chosen.member.isOverride) ?? best).chosen;
}

/** Far more than anyone writes, and than a class of the framework has. */
const mostCandidates = 400;

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
  returned: LambdaReturns,
): { readonly cost: number; readonly chosen: Chosen } | undefined {
  if (isExpanded && !member.hasParams) return undefined;
  const order = orderOf(member.parameters, given, isExpanded);
  if (!order) return undefined;
  const taken = takenBy(member, given, order, isExpanded);
  if (!taken) return undefined;
  const inferred = typeArguments.length > 0 ? typeArguments : infer(system, member, taken, returned);
  let cost = isExpanded ? 0.25 : 0;
  if (member.arity > 0) cost += 0.1;
  // What is left to its default value.
  for (const [index, place] of order.entries())
    if (place === undefined && !(isExpanded && index === member.parameters.length - 1)) cost += 0.05;
  for (const one of taken) {
    const wanted = substitute(one.type, [], inferred);
    const step = conversionCost(system, one.given, wanted);
    const more = step === undefined ? undefined : returnCost(system, { ...one, type: wanted }, returned);
    if (step === undefined || more === undefined) return undefined;
    cost += step + more;
  }
  return { cost, chosen: { member, arguments: inferred, order, isExpanded } };
}

/** Each argument with its parameter; a `params` in its expanded form takes the rest, one by one. */
function takenBy(
  { parameters, declaring }: MemberSymbol,
  given: readonly NamedGiven[],
  order: readonly (number | undefined)[],
  isExpanded: boolean,
): readonly Taken[] | undefined {
  const taken: Taken[] = [];
  for (const [index, first] of order.entries()) {
    const parameter = parameters[index];
    if (!parameter) return undefined;
    if (first === undefined) continue;
    const type = substitute(parameter.type, declaring.arguments);
    const isRest = isExpanded && index === parameters.length - 1 && type.kind === 'array';
    for (let place = first; place < (isRest ? given.length : first + 1); place++) {
      const one = given[place];
      if (one) taken.push({ place, given: one, type: isRest ? type.element : type });
    }
  }
  return taken;
}

/** Of a function that becomes a delegate: how far what it gives back is from what the delegate does. */
function returnCost(system: TypeSystem, taken: Taken, returned: LambdaReturns): number | undefined {
  if (typeof taken.given.literal !== 'object' || !('lambda' in taken.given.literal)) return 0;
  const wanted = delegateSignature(system, taken.type, []);
  const actual = wanted && givenBack(system, taken, wanted.parameters, returned);
  if (!actual || actual.kind === 'unknown') return 0;
  if (isVoid(wanted.returns)) return isVoid(actual) ? 0 : 1;
  if (isVoid(actual)) return undefined;
  if (sameType(actual, wanted.returns)) return 0;
  const step = conversionCost(system, { type: actual }, wanted.returns);
  return step === undefined ? 8 : 0.1 + Math.min(step, unknownCost) / 10;
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
