// Values that are taken apart: tuples by their fields, others by a Deconstruct method (C# specification, 12.7 Deconstruction).
import { addressOfLocal } from './lower-arguments.js';
import { assignTo } from './lower-assignment.js';
import { call } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { readMember } from './lower-name.js';
import { missing, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { unknownType } from './symbols.js';
import { substitute } from './type-system.js';

type Tuple = Extract<Expression, { kind: 'tuple' }>;

/** `(a, b) = (b, a)` makes no tuple. */
export function lowerDeconstruction(
  lowering: ExpressionLowering,
  target: Tuple,
  value: Expression,
  node: Expression,
): Typed {
  if (value.kind !== 'tuple' || value.elements.length !== target.elements.length) {
    const typed = lowering.value(value);
    deconstruct(lowering, target, typed, node);
    return typed;
  }
  const values = value.elements.map((one) => lowering.value(one.value));
  assignAll(lowering, target, values, node);
  return missing();
}

export function deconstruct(lowering: ExpressionLowering, target: Tuple, value: Typed, node: Expression): void {
  assignAll(lowering, target, partsOf(lowering, value, target.elements.length, node), node);
}

function assignAll(lowering: ExpressionLowering, target: Tuple, values: readonly Typed[], node: Expression): void {
  for (const [index, { value: part }] of target.elements.entries()) {
    const typed = values[index] ?? missing();
    if (part.kind === 'tuple') deconstruct(lowering, part, typed, node);
    else assignTo(lowering, part, (type) => (type ? lowering.convert(typed, type, node) : typed), node);
  }
}

/** Empty where it is not known how. */
export function partsOf(lowering: ExpressionLowering, value: Typed, count: number, node: Expression): readonly Typed[] {
  const { system } = lowering;
  if (value.type.kind === 'named' && value.type.name === `System.ValueTuple\`${count}`) {
    return Array.from({ length: count }, (_, index) => {
      const [member] = system.membersNamed(value.type, `Item${index + 1}`);
      return member ? readMember(lowering, member, value.operand, node) : missing();
    });
  }
  const own = system.membersNamed(value.type, 'Deconstruct').find(({ parameters }) => parameters.length === count);
  const method =
    own ??
    system
      .extensionsNamed('Deconstruct', lowering.input.context)
      .find(({ parameters }) => parameters.length === count + 1);
  if (!method) return [];
  const outs = method.parameters.slice(-count).map(({ type }): Typed => {
    const actual = substitute(type.kind === 'byReference' ? type.element : unknownType, method.declaring.arguments);
    return { operand: lowering.builder.local(actual), type: actual };
  });
  const addresses = outs.map(({ operand }) => addressOfLocal(lowering, operand, node.span.start));
  const given = own ? addresses : [value.operand, ...addresses];
  call(lowering, method, [], own ? value.operand : undefined, given, node);
  return outs;
}
