// Arguments of a call, as the parameters of the method that was chosen take them.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { call } from './lower-call.js';
import { arrayOf } from './lower-array.js';
import type { ExpressionLowering } from './lower-expression.js';
import { missing, type Typed } from './lowering.js';
import type { Argument, Expression } from './nodes.js';
import { chooseOverload, type Chosen, type NamedGiven } from './overloads.js';
import { systemType, type MemberSymbol } from './symbols.js';
import { substitute } from './type-system.js';

export function argumentsOf(lowering: ExpressionLowering, given: readonly Argument[]): readonly Typed[] {
  return given.map(({ value, modifier }): Typed => {
    if (modifier) return addressOf(lowering, value);
    if (value.kind !== 'interpolated') return lowering.lower(value);
    return { ...missing(systemType('String')), literal: 'interpolated', pending: value };
  });
}

/** `ref x`, `out x`. */
export function addressOf(lowering: ExpressionLowering, node: Expression): Typed {
  const at = node.span.start;
  if (node.kind === 'declaration') {
    const typed = lowering.lower(node);
    return { operand: addressOfLocal(lowering, typed.operand, at), type: typed.type };
  }
  const variable = node.kind === 'name' ? lowering.scope.find(node.name) : undefined;
  if (variable?.isReference) return { operand: variable.operand, type: variable.type };
  if (variable) return { operand: addressOfLocal(lowering, variable.operand, at), type: variable.type };
  return lowering.lower(node);
}

export function addressOfLocal(lowering: ExpressionLowering, variable: Operand, at: number): Operand {
  const result = lowering.builder.temporary();
  lowering.builder.emit({ kind: 'addressOf', at, variable, result });
  return { kind: 'temporary', index: result };
}

/** The candidate that is meant. Of an extension method called on a value, that comes first among `typed`. */
export function choose(
  lowering: ExpressionLowering,
  candidates: readonly MemberSymbol[],
  typed: readonly Typed[],
  written: readonly Argument[],
  typeArguments: readonly TypeRef[],
): Chosen | undefined {
  const before = typed.length - written.length;
  const given = typed.map((one, index): NamedGiven => {
    const { modifier, name } = written[index - before] ?? {};
    return {
      type: one.type,
      ...(one.literal !== undefined && { literal: one.literal }),
      ...(modifier && { modifier }),
      ...(name !== undefined && { name }),
    };
  });
  const chosen = chooseOverload(lowering.system, candidates, given, typeArguments, (place, parameters) => {
    const lambda = typed[place]?.pending;
    return lambda?.kind === 'lambda' ? lowering.input.anonymousBody(lambda, parameters, lowering.scope) : undefined;
  });
  if (chosen) declareOut(lowering, chosen, typed, written);
  return chosen;
}

/** `out var x` is of the type of the parameter. */
function declareOut(
  lowering: ExpressionLowering,
  { member, order, arguments: typeArguments }: Chosen,
  typed: readonly Typed[],
  written: readonly Argument[],
): void {
  for (const [index, { value }] of written.entries()) {
    if (value.kind !== 'declaration' || value.type.kind !== 'var' || !value.name) continue;
    const parameter = member.parameters[order.indexOf(index + typed.length - written.length)];
    const type = parameter && substitute(parameter.type, member.declaring.arguments, typeArguments);
    const variable = lowering.scope.find(value.name.name);
    if (variable && type?.kind === 'byReference')
      lowering.scope.declare(value.name.name, { ...variable, type: type.element });
  }
}

/** Operands in the order of the parameters, converted; the rest of a `params` in an array. */
export function arrangedFor(
  lowering: ExpressionLowering,
  { member, arguments: typeArguments, order, isExpanded }: Chosen,
  given: readonly Typed[],
  node: Expression,
): readonly Operand[] {
  return member.parameters.map((parameter, index): Operand => {
    const type = substitute(parameter.type, member.declaring.arguments, typeArguments);
    const place = order[index];
    if (isExpanded && index === member.parameters.length - 1 && type.kind === 'array') {
      const rest = place === undefined ? [] : given.slice(place);
      const [empty] = rest.length === 0 ? lowering.system.membersNamed(systemType('Array'), 'Empty') : [];
      if (empty) return call(lowering, empty, [type.element], undefined, [], node).operand;
      return arrayOf(
        lowering,
        type.element,
        rest.map((one) => lowering.convert(one, type.element, node).operand),
        node,
      ).operand;
    }
    const typed = place === undefined ? undefined : given[place];
    if (!typed) return { kind: 'constant', value: null };
    return type.kind === 'byReference'
      ? lowering.settled(typed, node).operand
      : lowering.convert(typed, type, node).operand;
  });
}
