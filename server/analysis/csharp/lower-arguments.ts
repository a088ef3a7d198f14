// Arguments of a call, as the parameters of the method that was chosen take them.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { isNumeric, type Given } from './conversions.js';
import { call, callNamed } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import type { Typed } from './lowering.js';
import type { Argument, Expression } from './nodes.js';
import type { Chosen } from './overloads.js';
import { systemType, type NamedType } from './symbols.js';
import { substitute } from './type-system.js';

export function argumentsOf(lowering: ExpressionLowering, given: readonly Argument[]): readonly Typed[] {
  return given.map(({ value, modifier }) => (modifier ? addressOf(lowering, value) : lowering.lower(value)));
}

/** `ref x`, `out x`. */
export function addressOf(lowering: ExpressionLowering, node: Expression): Typed {
  const at = node.span.start;
  if (node.kind === 'declaration') {
    const typed = lowering.lower(node);
    const result = lowering.builder.temporary();
    lowering.builder.emit({ kind: 'addressOf', at, variable: typed.operand, result });
    return { operand: { kind: 'temporary', index: result }, type: typed.type };
  }
  const variable = node.kind === 'name' ? lowering.scope.find(node.name) : undefined;
  if (variable?.isReference) return { operand: variable.operand, type: variable.type };
  if (variable) {
    const result = lowering.builder.temporary();
    lowering.builder.emit({ kind: 'addressOf', at, variable: variable.operand, result });
    return { operand: { kind: 'temporary', index: result }, type: variable.type };
  }
  return lowering.lower(node);
}

export function toGiven(typed: Typed, { modifier, name }: Argument): Given & { readonly name?: string } {
  return {
    type: typed.type,
    ...(typed.literal !== undefined && { literal: typed.literal }),
    ...(modifier && { modifier }),
    ...(name !== undefined && { name }),
  };
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

export function arrayOf(
  lowering: ExpressionLowering,
  element: TypeRef,
  values: readonly Operand[],
  { span }: { readonly span: { readonly start: number; readonly end: number } },
): Typed {
  const result = lowering.result({ kind: 'array', element, rank: 1 });
  const { start: at, end } = span;
  lowering.builder.emit({
    kind: 'newArray',
    at,
    end,
    element,
    length: { kind: 'constant', value: values.length },
    result: result.operand.index,
  });
  if (values.length > 2 && isNumeric(element) && values.every(({ kind }) => kind === 'constant')) {
    // Their bytes are copied from the image at once.
    const token = lowering.builder.temporary();
    lowering.builder.emit({ kind: 'token', at, end, result: token });
    const handle = { operand: { kind: 'temporary', index: token } as const, type: systemType('RuntimeFieldHandle') };
    const helpers: NamedType = {
      kind: 'named',
      name: 'System.Runtime.CompilerServices.RuntimeHelpers',
      assembly: 'mscorlib',
      arguments: [],
    };
    callNamed(
      lowering,
      helpers,
      'InitializeArray',
      [{ operand: result.operand, type: systemType('Array') }, handle],
      undefined,
      { kind: 'missing', span },
    );
  }
  for (const [index, value] of values.entries())
    lowering.builder.emit({
      kind: 'storeElement',
      at,
      end,
      array: result.operand,
      index: { kind: 'constant', value: index },
      value,
    });
  return result;
}
