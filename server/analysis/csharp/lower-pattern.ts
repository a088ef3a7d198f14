// Patterns, and switch expressions over them.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { readProperty } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { partsOf } from './lower-deconstruction.js';
import { operate } from './lower-operator.js';
import { asExpression, missing, type NewValue, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { systemType } from './symbols.js';

export function lowerSwitchExpression(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'switchExpression' }>,
  wanted?: TypeRef,
): Typed {
  const value = lowering.value(node.value);
  const after = lowering.builder.label();
  let result: NewValue | undefined;
  for (const arm of node.arms) {
    const [yes, no] = [lowering.builder.label(), lowering.builder.label()];
    const test = lowering.pattern(arm.pattern, value);
    lowering.builder.end(
      { kind: 'branch', operator: undefined, left: test, right: undefined, then: yes, otherwise: no },
      arm.value.span.start,
    );
    lowering.builder.place(yes, arm.value.span.start);
    if (arm.when) {
      const holds = lowering.builder.label();
      const when = lowering.condition(arm.when);
      lowering.builder.end(
        { kind: 'branch', operator: undefined, left: when, right: undefined, then: holds, otherwise: no },
        arm.when.span.start,
      );
      lowering.builder.place(holds, arm.value.span.start);
    }
    const typed = lowering.value(arm.value, wanted);
    result ??= lowering.result(typed.type);
    lowering.builder.emit({ kind: 'assign', at: arm.value.span.start, target: result.operand, value: typed.operand });
    lowering.builder.end({ kind: 'jump', to: after }, arm.value.span.start);
    lowering.builder.place(no, arm.value.span.end);
  }
  lowering.builder.place(after, node.span.end);
  return result ?? missing();
}

/** Whether a value fits; what a pattern names is declared. */
export function lowerPattern(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'is' }>['pattern'],
  value: Typed,
): Operand {
  const { start: at, end } = node.span;
  const boolean = systemType('Boolean');
  const test = (operator: string, operands: readonly Operand[]): Operand => {
    const result = lowering.result(boolean);
    lowering.builder.emit({ kind: 'compute', at, end, operator, operands, result: result.operand.index });
    return result.operand;
  };
  switch (node.kind) {
    case 'constant':
      return operate(lowering, '==', value, lowering.lower(node.value), node.value).operand;
    case 'relational':
      return operate(lowering, node.operator, value, lowering.lower(node.value), node.value).operand;
    case 'type':
    case 'declaration': {
      const type = lowering.typeOf(node.type);
      const result = lowering.result(type);
      lowering.builder.emit({
        kind: 'convert',
        at,
        end,
        how: 'isInstance',
        type,
        value: value.operand,
        result: result.operand.index,
      });
      if (node.name)
        lowering.builder.emit({
          kind: 'assign',
          at,
          target: lowering.declare(node.name.name, type),
          value: result.operand,
        });
      return result.operand;
    }
    case 'var':
      if (node.name)
        lowering.builder.emit({
          kind: 'assign',
          at,
          target: lowering.declare(node.name.name, value.type),
          value: value.operand,
        });
      return { kind: 'constant', value: 1 };
    case 'not':
      return test('ceq', [lowering.pattern(node.pattern, value)]);
    case 'and':
    case 'or':
      return test(node.kind, [lowering.pattern(node.left, value), lowering.pattern(node.right, value)]);
    case 'recursive': {
      const type = node.type ? lowering.typeOf(node.type) : value.type;
      const inside: Typed = { operand: value.operand, type };
      if (node.name)
        lowering.builder.emit({
          kind: 'assign',
          at,
          target: lowering.declare(node.name.name, type),
          value: value.operand,
        });
      for (const { name, pattern } of node.properties) {
        const read = readProperty(lowering, inside, name, node);
        lowering.pattern(pattern, read ?? missing());
      }
      const parts =
        node.positions.length > 0 ? partsOf(lowering, inside, node.positions.length, asExpression(node)) : [];
      for (const [index, pattern] of node.positions.entries()) lowering.pattern(pattern, parts[index] ?? missing());
      const isOpen = node.type !== undefined || node.properties.length > 0 || node.positions.length > 0;
      return isOpen ? test('and', [value.operand]) : value.operand;
    }
    // A list, of which nothing is read: whether the value fits is not known.
    case 'missing':
      return test('and', [value.operand]);
    case 'discard':
      return { kind: 'constant', value: 1 };
  }
}
