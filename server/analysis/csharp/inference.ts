// Type arguments that a call leaves out (C# specification, 12.6.3 Type inference): from the values that are given, then from what
// lambdas and method groups give back.
import { isVoid, type TypeRef } from '../code/model.js';
import { conversionCost, expressionDelegate, methodOfGroup, sameType, type Given } from './conversions.js';
import { bounded } from './shaped-types.js';
import type { MemberSymbol } from './symbols.js';
import { substitute, type TypeSystem } from './type-system.js';

/** What a lambda among the arguments gives back, when its parameters are of these types. */
export type LambdaReturns = (place: number, parameters: readonly TypeRef[]) => TypeRef | undefined;

/** An argument, with the type of the parameter that takes it as declared. */
export interface Taken {
  readonly place: number;
  readonly given: Given;
  readonly type: TypeRef;
}

/** `unknown` where it cannot be told. */
export function infer(
  system: TypeSystem,
  member: MemberSymbol,
  taken: readonly Taken[],
  returned: LambdaReturns,
): readonly TypeRef[] {
  if (member.arity === 0) return [];
  const found: (TypeRef | undefined)[] = Array.from({ length: member.arity });
  const values = taken.filter(({ given }) => given.literal === undefined || isInteger(given.literal));
  for (const { given, type } of values)
    unify(system, type.kind === 'byReference' ? type.element : type, given.type, found, 0);
  const functions = taken.filter(({ given }) => isFunction(given.literal));
  for (let round = 0; round < functions.length && found.includes(undefined); round++) {
    const before = found.filter((type) => type === undefined).length;
    for (const one of functions) {
      const wanted = delegateSignature(system, one.type, found);
      const actual = wanted && givenBack(system, one, wanted.parameters, returned);
      if (wanted && actual && !isVoid(actual)) unify(system, wanted.returns, actual, found, 0);
    }
    if (found.filter((type) => type === undefined).length === before) break;
  }
  return found.map((type) => (type ? bounded(type) : { kind: 'unknown' }));
}

/** Undefined where it is not known. */
export function givenBack(
  system: TypeSystem,
  { place, given: { literal } }: Taken,
  parameters: readonly TypeRef[],
  returned: LambdaReturns,
): TypeRef | undefined {
  if (typeof literal !== 'object') return undefined;
  if ('lambda' in literal) return parameters.some(isOpen) ? undefined : returned(place, parameters);
  const method = 'methods' in literal ? methodOfGroup(system, literal.methods, parameters) : undefined;
  return method && method.arity === 0 ? substitute(method.type, method.declaring.arguments) : undefined;
}

/** Of a delegate type, or of an expression tree over one: type parameters replaced as far as they are known. */
export function delegateSignature(
  system: TypeSystem,
  type: TypeRef,
  found: readonly (TypeRef | undefined)[],
): { readonly parameters: readonly TypeRef[]; readonly returns: TypeRef } | undefined {
  const invoke = system.invokeOf(expressionDelegate(type));
  if (!invoke) return undefined;
  const known = found.map((one, index): TypeRef => one ?? { kind: 'methodParameter', index });
  const actual = (one: TypeRef): TypeRef => substitute(substitute(one, invoke.declaring.arguments), [], known);
  return { parameters: invoke.parameters.map((one) => actual(one.type)), returns: actual(invoke.type) };
}

function isInteger(literal: NonNullable<Given['literal']>): boolean {
  return typeof literal === 'object' && 'integer' in literal;
}

function isFunction(literal: Given['literal']): boolean {
  return typeof literal === 'object' && !('integer' in literal);
}

/** Not known, or not yet. */
function isOpen(type: TypeRef): boolean {
  return (
    type.kind === 'unknown' || type.kind === 'methodParameter' || (type.kind === 'named' && type.arguments.some(isOpen))
  );
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
    const before = found[parameter.index];
    const isWider =
      before && !sameType(before, argument) && conversionCost(system, { type: before }, argument) !== undefined;
    if (!before || isWider) found[parameter.index] = argument;
    return;
  }
  if (parameter.kind === 'array' && argument.kind === 'array') {
    unify(system, parameter.element, argument.element, found, depth + 1);
    return;
  }
  if (parameter.kind !== 'named' || parameter.arguments.length === 0) return;
  const from = expressionDelegate(argument);
  const target = from === argument ? expressionDelegate(parameter) : parameter;
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
  if (depth > 16) return undefined;
  if (type.kind === 'named' && type.name === name) return type.arguments;
  for (const base of system.basesOfAny(type)) {
    const found = instanceOf(system, base, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}
