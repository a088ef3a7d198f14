// Assignments, compound ones and those to events among them: what is stored where.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { primitiveName } from './conversions.js';
import { argumentsOf, arrangedFor } from './lower-arguments.js';
import { storeCell } from './lower-array.js';
import { call, callAccessor } from './lower-call.js';
import { storeMember } from './lower-creation.js';
import { lowerDeconstruction } from './lower-deconstruction.js';
import type { ExpressionLowering } from './lower-expression.js';
import { declaredFirst, membersBehind, pointedTo, simpleMember, targetOf, typeInsteadOf } from './lower-name.js';
import { addedUp, concatenated, hasOwnOperators, isTextSum, lowerCoalesce, operate } from './lower-operator.js';
import { unaryOperatorName } from './operators.js';
import { missing, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import type { MemberSymbol } from './symbols.js';
import { lowerDynamic } from './lower-dynamic.js';
import { isDynamic } from './shaped-types.js';
import { substitute } from './type-system.js';

export function lowerAssignment(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'assignment' }>,
): Typed {
  const { target, operator } = node;
  if (operator !== '=') return lowerCompound(lowering, node);
  if (target.kind === 'tuple') return lowerDeconstruction(lowering, target, node.value, node);
  return assignTo(lowering, target, (type) => lowering.value(node.value, type), node);
}

function lowerCompound(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'assignment' }>): Typed {
  const { target, operator } = node;
  const plain = operator.slice(0, -1);
  const event = plain === '+' || plain === '-' ? eventOf(lowering, target) : undefined;
  if (event) {
    const value = lowering.value(node.value, event.member.type);
    return callAccessor(
      lowering,
      declaredFirst(lowering, event.member),
      plain === '+' ? 'add' : 'remove',
      event.instance,
      [value.operand],
      node,
    );
  }
  if (plain === '??')
    return assignTo(
      lowering,
      target,
      () =>
        lowerCoalesce(lowering, { kind: 'binary', operator: '??', left: target, right: node.value, span: node.span }),
      node,
    );
  return assignTo(
    lowering,
    target,
    () => {
      const left = lowering.lower(target);
      if (plain === '+' && primitiveName(left.type) === 'String' && isTextSum(node.value))
        return addedUp(lowering, [left, ...concatenated(node.value).map((part) => lowering.lower(part))], node);
      const right = lowering.lower(node.value);
      return plain === '+' ? addedUp(lowering, [left, right], node) : operate(lowering, plain, left, right, node);
    },
    node,
  );
}

/** An event of another type, or one with accessors of its own: it is added to by its accessor. */
function eventOf(
  lowering: ExpressionLowering,
  target: Expression,
): { readonly member: MemberSymbol; readonly instance: Operand | undefined } | undefined {
  if (target.kind === 'name') {
    if (lowering.scope.find(target.name)) return undefined;
    const found = simpleMember(lowering, target.name);
    const [member] = found?.members ?? [];
    return member?.kind === 'event' ? { member, instance: found?.instance } : undefined;
  }
  if (target.kind !== 'member') return undefined;
  const type = targetOf(lowering, target.target);
  if (type) {
    const [member] = type.kind === 'type' ? lowering.system.membersNamed(type.type, target.name.name) : [];
    return member?.kind === 'event' ? { member, instance: undefined } : undefined;
  }
  // Looked up by type alone first: the value is made only where it is an event.
  const value = lowering.value(target.target);
  const [member] = lowering.system.membersNamed(value.type, target.name.name);
  return member?.kind === 'event' ? { member, instance: value.operand } : undefined;
}

export function assignTo(
  lowering: ExpressionLowering,
  target: Expression,
  value: (type: TypeRef | undefined) => Typed,
  node: Expression,
): Typed {
  const { start: at, end } = node.span;
  switch (target.kind) {
    case 'parenthesized':
      return assignTo(lowering, target.value, value, node);
    case 'name': {
      const variable = lowering.scope.find(target.name);
      if (variable) {
        const typed = value(variable.type.kind === 'unknown' ? undefined : variable.type);
        if (variable.isReference)
          lowering.builder.emit({ kind: 'storeIndirect', at, end, address: variable.operand, value: typed.operand });
        else lowering.builder.emit({ kind: 'assign', at, end, target: variable.operand, value: typed.operand });
        return typed;
      }
      const found = simpleMember(lowering, target.name);
      return assignMember(lowering, found?.members[0], found?.instance, value, node);
    }
    case 'member': {
      const type = targetOf(lowering, target.target);
      if (type)
        return assignMember(
          lowering,
          type.kind === 'type' ? lowering.system.membersNamed(type.type, target.name.name)[0] : undefined,
          undefined,
          value,
          node,
        );
      const whole = lowering.before(target.target);
      const instance = target.isPointer ? pointedTo(whole) : whole;
      if (isDynamic(instance.type)) return lowerDynamic(lowering, 'SetMember', [instance, value(undefined)], node);
      const [member] = membersBehind(lowering, target.target, instance.type, target.name.name);
      const other = member ? undefined : typeInsteadOf(lowering, target.target, target.name.name);
      return assignMember(lowering, member ?? other?.[0], instance.operand, value, node);
    }
    case 'element': {
      const array = lowering.before(target.target);
      if (array.type.kind === 'array') {
        const indices = target.arguments.map((argument) => lowering.value(argument.value).operand);
        const typed = value(array.type.element);
        if (array.type.rank > 1) {
          storeCell(lowering, array, indices, typed.operand, node);
          return typed;
        }
        const index = indices[0] ?? missing().operand;
        lowering.builder.emit({ kind: 'storeElement', at, end, array: array.operand, index, value: typed.operand });
        return typed;
      }
      if (array.type.kind === 'pointer') {
        for (const argument of target.arguments) lowering.value(argument.value);
        const typed = value(array.type.element);
        lowering.builder.emit({ kind: 'storeIndirect', at, end, address: array.operand, value: typed.operand });
        return typed;
      }
      if (isDynamic(array.type)) {
        const indices = argumentsOf(lowering, target.arguments);
        return lowerDynamic(lowering, 'SetIndex', [array, ...indices, value(undefined)], node);
      }
      const indexer = lowering.indexer(array.type, target.arguments);
      const typed = value(indexer && substitute(indexer.chosen.member.type, indexer.chosen.member.declaring.arguments));
      if (indexer)
        callAccessor(
          lowering,
          declaredFirst(lowering, indexer.chosen.member),
          'set',
          array.operand,
          [...arrangedFor(lowering, indexer.chosen, indexer.given, node), typed.operand],
          node,
        );
      return typed;
    }
    case 'unary': {
      const address = lowering.value(target.value);
      const typed = value(address.type.kind === 'pointer' ? address.type.element : undefined);
      lowering.builder.emit({ kind: 'storeIndirect', at, end, address: address.operand, value: typed.operand });
      return typed;
    }
    case 'declaration': {
      const typed = value(undefined);
      const operand = lowering.declare(
        target.name?.name,
        target.type.kind === 'var' ? typed.type : lowering.typeOf(target.type),
      );
      lowering.builder.emit({ kind: 'assign', at, end, target: operand, value: typed.operand });
      return typed;
    }
    default:
      return value(undefined);
  }
}

function assignMember(
  lowering: ExpressionLowering,
  member: MemberSymbol | undefined,
  instance: Operand | undefined,
  value: (type: TypeRef | undefined) => Typed,
  node: Expression,
): Typed {
  const typed = value(member && substitute(member.type, member.declaring.arguments));
  if (member) storeMember(lowering, member, instance, typed.operand, node);
  return typed;
}

export function isIncrement({ operator }: { readonly operator: string }): boolean {
  return operator === '++' || operator === '--';
}

export function lowerIncrement(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'unary' }>): Typed {
  const one: Expression = { kind: 'literal', value: 1, type: 'int', span: node.span };
  return assignTo(
    lowering,
    node.value,
    () => {
      const before = lowering.lower(node.value);
      const name = unaryOperatorName(node.operator);
      const [own] = name && hasOwnOperators(before.type) ? lowering.system.membersNamed(before.type, name) : [];
      if (own) return call(lowering, own, [], undefined, [before.operand], node);
      return operate(lowering, node.operator === '++' ? '+' : '-', before, lowering.lower(one), node);
    },
    node,
  );
}
