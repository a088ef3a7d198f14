// Operators: built in, lifted, of a type of its own, or additions of text.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { implicitConversion, isNumeric, primitiveName } from './conversions.js';
import { addressOf } from './lower-arguments.js';
import { arrayOf } from './lower-array.js';
import { call, callChosen, callMember, callNamed, readProperty } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { missing, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { hasDynamic, lowerDynamic } from './lower-dynamic.js';
import { operatorName, unaryOperatorName } from './operators.js';
import { chooseOverload } from './overloads.js';
import { systemType, unknownType } from './symbols.js';

export function truthOf(lowering: ExpressionLowering, typed: Typed, node: Expression): Operand {
  if (typed.type.kind !== 'named' || isBoolean(typed.type)) return typed.operand;
  const [isTrue] = lowering.system.membersNamed(typed.type, 'op_True');
  if (isTrue) return call(lowering, isTrue, [], undefined, [typed.operand], node).operand;
  const implicit = implicitConversion(lowering.system, typed.type, systemType('Boolean'));
  return implicit ? call(lowering, implicit, [], undefined, [typed.operand], node).operand : typed.operand;
}

/** Types whose operators are methods. */
export function hasOwnOperators(type: TypeRef): boolean {
  return (primitiveName(type) ?? 'Decimal') === 'Decimal';
}

export function lowerUnary(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'unary' }>): Typed {
  const { operator } = node;
  if (operator === '&') return { ...addressOf(lowering, node.value), type: { kind: 'pointer', element: unknownType } };
  const value = lowering.value(node.value);
  const at = node.span.start;
  const end = node.span.end;
  if (operator === '*') {
    const result = lowering.result(value.type.kind === 'pointer' ? value.type.element : unknownType);
    lowering.builder.emit({ kind: 'loadIndirect', at, end, address: value.operand, result: result.operand.index });
    return result;
  }
  if (hasDynamic([value])) return lowerDynamic(lowering, 'UnaryOperation', [value], node);
  const name = unaryOperatorName(operator);
  if (name && value.type.kind === 'named' && hasOwnOperators(value.type)) {
    const chosen = chooseOverload(
      lowering.system,
      lowering.system.membersNamed(value.type, name),
      [{ type: value.type }],
      [],
    );
    if (chosen) return call(lowering, chosen.member, [], undefined, [value.operand], node);
  }
  const type = operator === '!' ? systemType('Boolean') : value.type;
  const result = lowering.result(type);
  lowering.builder.emit({
    kind: 'compute',
    at,
    end,
    operator: operator === '!' ? 'ceq' : operator === '-' ? 'neg' : 'not',
    operands: [value.operand],
    result: result.operand.index,
  });
  return result;
}

export function lowerBinary(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'binary' }>): Typed {
  const { operator } = node;
  if (operator === '&&' || operator === '||') return lowerShortCircuit(lowering, node);
  if (operator === '??') return lowerCoalesce(lowering, node);
  if (operator === '+')
    return addedUp(
      lowering,
      concatenated(node).map((part) => lowering.lower(part)),
      node,
    );
  return operate(lowering, operator, lowering.lower(node.left), lowering.lower(node.right), node);
}

/** From the left: operators of their own go first, text is put together at once, and the rest is arithmetic. */
export function addedUp(lowering: ExpressionLowering, parts: readonly Typed[], node: Expression): Typed {
  let texts: Typed[] = [];
  let sum: Typed | undefined;
  const isText = (typed: Typed): boolean => primitiveName(typed.type) === 'String';
  for (const part of parts) {
    const before = texts.length > 0 ? { type: systemType('String') } : sum;
    if (!before) sum = part;
    else if (hasOwnAddition(lowering, before.type, part.type)) {
      sum = operate(lowering, '+', texts.length > 0 ? concatenate(lowering, texts, node) : (sum ?? part), part, node);
      texts = [];
    } else if (texts.length > 0) texts.push(part);
    else if (sum && !hasDynamic([sum, part]) && (isText(sum) || isText(part))) texts = [sum, part];
    else sum = operate(lowering, '+', sum ?? part, part, node);
  }
  return texts.length > 0 ? concatenate(lowering, texts, node) : (sum ?? missing());
}

function hasOwnAddition(lowering: ExpressionLowering, left: TypeRef, right: TypeRef): boolean {
  const own = [left, right].filter((type) => type.kind === 'named' && primitiveName(type) === undefined);
  const candidates = own.flatMap((type) => lowering.system.membersNamed(type, 'op_Addition'));
  if (candidates.length === 0) return false;
  return chooseOverload(lowering.system, candidates, [{ type: left }, { type: right }], []) !== undefined;
}

function concatenate(lowering: ExpressionLowering, typed: readonly Typed[], node: Expression): Typed {
  // Constants side by side are one (as the compiler folds them).
  const folded: Typed[] = [];
  for (const one of typed) {
    const before = folded.at(-1);
    if (
      before?.operand.kind === 'constant' &&
      one.operand.kind === 'constant' &&
      primitiveName(before.type) === 'String' &&
      typeof one.operand.value === 'string' &&
      typeof before.operand.value === 'string'
    )
      folded[folded.length - 1] = lowering.constant(before.operand.value + one.operand.value, systemType('String'));
    else folded.push(one);
  }
  const [only] = folded;
  if (only && folded.length === 1) return only;
  const isAllText = folded.every(({ type, literal }) => primitiveName(type) === 'String' || literal === 'null');
  const element = systemType(isAllText ? 'String' : 'Object');
  const values = folded.map((one) => lowering.convert(one, element, node));
  if (values.length <= (isAllText ? 4 : 3))
    return callNamed(
      lowering,
      systemType('String'),
      'Concat',
      values.map((one) => ({ operand: one.operand, type: element })),
      undefined,
      node,
    );
  const array = arrayOf(
    lowering,
    element,
    values.map(({ operand }) => operand),
    node,
  );
  return callNamed(lowering, systemType('String'), 'Concat', [array], undefined, node);
}

export function operate(
  lowering: ExpressionLowering,
  operator: string,
  left: Typed,
  right: Typed,
  node: Expression,
): Typed {
  if (hasDynamic([left, right])) return lowerDynamic(lowering, 'BinaryOperation', [left, right], node);
  const name = operatorName(operator);
  const [a, b] = [primitiveName(left.type), primitiveName(right.type)];
  const isTextTest =
    (operator === '==' || operator === '!=') &&
    (a === 'String' || b === 'String') &&
    left.literal !== 'null' &&
    right.literal !== 'null' &&
    a !== 'Object' &&
    b !== 'Object';
  const isOwn = (typed: Typed): boolean => typed.type.kind === 'named' && primitiveName(typed.type) === undefined;
  const isDecimal = a === 'Decimal' || b === 'Decimal';
  if (name && (isOwn(left) || isOwn(right) || isTextTest || isDecimal)) {
    const delegate =
      lowering.system.kindOf(left.type) === 'delegate' ||
      (left.type.kind === 'unknown' && lowering.system.kindOf(right.type) === 'delegate');
    if (delegate && (operator === '+' || operator === '-')) {
      const combined = callNamed(
        lowering,
        systemType('Delegate'),
        operator === '+' ? 'Combine' : 'Remove',
        [left, lowering.convert(right, left.type, node)],
        undefined,
        node,
      );
      return { ...combined, type: left.type };
    }
    const lifted =
      left.literal === 'null' || right.literal === 'null' ? undefined : unlifted(lowering, left, right, node);
    if (lifted) {
      const inner = operate(lowering, operator, ...lifted, node);
      const isBoolean = primitiveName(inner.type) === 'Boolean';
      return isBoolean ? inner : lowering.convert(inner, systemType('Nullable`1', inner.type), node);
    }
    const [l, r] = [left, right];
    const candidates = [l.type, r.type].flatMap((type) => lowering.system.membersNamed(type, name));
    const given = [l, r].map((one) => ({
      type: one.type,
      ...(one.literal !== undefined && { literal: one.literal }),
    }));
    const chosen = chooseOverload(lowering.system, candidates, given, []);
    if (chosen && !(left.literal === 'null' || right.literal === 'null'))
      return callChosen(lowering, chosen, undefined, [l, r], node);
  }
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (other.literal !== 'null' || one.type.kind !== 'named' || one.type.name !== 'System.Nullable`1') continue;
    const has = readProperty(lowering, one, 'HasValue', node);
    if (has) return has;
  }
  const isTest = ['==', '!=', '<', '>', '<=', '>='].includes(operator);
  const type = isTest ? systemType('Boolean') : wider(left.type, right.type);
  const result = lowering.result(type);
  const operands = [lowering.settled(left, node).operand, lowering.settled(right, node).operand];
  lowering.builder.emit({
    kind: 'compute',
    at: node.span.start,
    end: node.span.end,
    operator: computed[operator] ?? operator,
    operands,
    result: result.operand.index,
  });
  if (!negated.has(operator)) return result;
  const opposite = lowering.result(type);
  lowering.builder.emit({
    kind: 'compute',
    at: node.span.start,
    end: node.span.end,
    operator: 'ceq',
    operands: [result.operand, { kind: 'constant', value: 0 }],
    result: opposite.operand.index,
  });
  return opposite;
}

/** IL has no instruction for these: it says that the opposite is false. */
const negated: ReadonlySet<string> = new Set(['!=', '<=', '>=']);

/** Operators over `T?` work on what is inside. */
function unlifted(
  lowering: ExpressionLowering,
  left: Typed,
  right: Typed,
  node: Expression,
): readonly [Typed, Typed] | undefined {
  const isNullable = ({ type }: Typed): boolean => type.kind === 'named' && type.name === 'System.Nullable`1';
  if (!isNullable(left) && !isNullable(right)) return undefined;
  const inside = (typed: Typed): Typed => {
    if (!isNullable(typed)) return typed;
    const value = callMember(lowering, typed, 'GetValueOrDefault', node) ?? typed;
    readProperty(lowering, typed, 'HasValue', node);
    return value;
  };
  return [inside(left), inside(right)];
}

function lowerShortCircuit(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'binary' }>): Typed {
  const at = node.span.start;
  const left = lowering.value(node.left);
  const own = ownShortCircuit(lowering, left, node);
  if (own) return own;
  const [more, skip, after] = [lowering.builder.label(), lowering.builder.label(), lowering.builder.label()];
  const test = truthOf(lowering, left, node.left);
  const [then, otherwise] = node.operator === '&&' ? [more, skip] : [skip, more];
  lowering.builder.end({ kind: 'branch', operator: undefined, left: test, right: undefined, then, otherwise }, at);
  lowering.builder.place(more, node.right.span.start);
  const right = lowering.value(node.right);
  // `flag || sql`: what is asked of the second is asked of both.
  if (right.type.kind === 'named' && primitiveName(right.type) === undefined && !isBoolean(right.type)) {
    const lifted = lowering.convert(left, right.type, node);
    operate(lowering, node.operator === '&&' ? '&' : '|', lifted, right, node);
  }
  const result = lowering.result(systemType('Boolean'));
  lowering.builder.emit({ kind: 'assign', at, target: result.operand, value: truthOf(lowering, right, node.right) });
  lowering.builder.end({ kind: 'jump', to: after }, at);
  lowering.builder.place(skip, at);
  const decided: Operand = { kind: 'constant', value: node.operator === '&&' ? 0 : 1 };
  lowering.builder.emit({ kind: 'assign', at, target: result.operand, value: decided });
  lowering.builder.place(after, node.span.end);
  return result;
}

function isBoolean(type: TypeRef): boolean {
  return primitiveName(type) === 'Boolean';
}

/** Of a type with operators of its own, both sides go into `&` or `|`, the second unless the first decides. */
function ownShortCircuit(
  lowering: ExpressionLowering,
  left: Typed,
  node: Extract<Expression, { kind: 'binary' }>,
): Typed | undefined {
  if (left.type.kind !== 'named' || primitiveName(left.type) !== undefined) return undefined;
  const name = node.operator === '&&' ? 'op_False' : 'op_True';
  const [decides] = lowering.system.membersNamed(left.type, name);
  if (!decides) return undefined;
  const at = node.span.start;
  const test = call(lowering, decides, [], undefined, [left.operand], node);
  const [more, after] = [lowering.builder.label(), lowering.builder.label()];
  const result = lowering.result(left.type);
  lowering.builder.emit({ kind: 'assign', at, target: result.operand, value: left.operand });
  const otherwise = more;
  lowering.builder.end(
    { kind: 'branch', operator: undefined, left: test.operand, right: undefined, then: after, otherwise },
    at,
  );
  lowering.builder.place(more, node.right.span.start);
  const both = operate(lowering, node.operator === '&&' ? '&' : '|', left, lowering.lower(node.right), node);
  lowering.builder.emit({ kind: 'assign', at, target: result.operand, value: both.operand });
  lowering.builder.place(after, node.span.end);
  return result;
}

export function lowerCoalesce(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'binary' }>): Typed {
  const at = node.span.start;
  const left = lowering.value(node.left);
  const isNullable = left.type.kind === 'named' && left.type.name === 'System.Nullable`1';
  const [some, none, after] = [lowering.builder.label(), lowering.builder.label(), lowering.builder.label()];
  const test = isNullable ? readProperty(lowering, left, 'HasValue', node) : left;
  lowering.builder.end(
    {
      kind: 'branch',
      operator: undefined,
      left: (test ?? left).operand,
      right: undefined,
      then: some,
      otherwise: none,
    },
    at,
  );
  lowering.builder.place(none, node.right.span.start);
  const inner = isNullable && left.type.kind === 'named' ? (left.type.arguments[0] ?? unknownType) : left.type;
  const right = lowering.value(node.right);
  const type = inner.kind === 'unknown' ? right.type : inner;
  const result = lowering.result(type);
  lowering.builder.emit({
    kind: 'assign',
    at,
    target: result.operand,
    value: lowering.convert(right, type, node).operand,
  });
  lowering.builder.end({ kind: 'jump', to: after }, at);
  lowering.builder.place(some, at);
  const value = isNullable ? (callMember(lowering, left, 'GetValueOrDefault', node) ?? left) : left;
  lowering.builder.emit({ kind: 'assign', at, target: result.operand, value: value.operand });
  lowering.builder.place(after, node.span.end);
  return result;
}

export function lowerConditional(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'conditional' }>,
  wanted?: TypeRef,
): Typed {
  const at = node.span.start;
  const [yes, no, after] = [lowering.builder.label(), lowering.builder.label(), lowering.builder.label()];
  const test = lowering.condition(node.condition);
  lowering.builder.end(
    { kind: 'branch', operator: undefined, left: test, right: undefined, then: yes, otherwise: no },
    at,
  );
  lowering.builder.place(yes, node.then.span.start);
  const then = lowering.value(node.then, wanted);
  const result = lowering.result(then.type);
  lowering.builder.emit({ kind: 'assign', at, target: result.operand, value: then.operand });
  lowering.builder.end({ kind: 'jump', to: after }, at);
  lowering.builder.place(no, node.otherwise.span.start);
  const second = lowering.value(node.otherwise, wanted);
  const fits = then.type.kind === 'named' && implicitConversion(lowering.system, second.type, then.type) !== undefined;
  const otherwise = fits ? lowering.convert(second, then.type, node) : second;
  lowering.builder.emit({ kind: 'assign', at, target: result.operand, value: otherwise.operand });
  lowering.builder.place(after, node.span.end);
  return { ...result, type: then.type.kind === 'unknown' || then.literal === 'null' ? otherwise.type : then.type };
}

const computed: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
  '<<': 'shl',
  '>>': 'shr',
  '==': 'ceq',
  '!=': 'ceq',
  '<': 'clt',
  '>': 'cgt',
  '<=': 'cgt',
  '>=': 'clt',
};

function wider(left: TypeRef, right: TypeRef): TypeRef {
  const order = ['Int32', 'UInt32', 'Int64', 'UInt64', 'Single', 'Double', 'Decimal'];
  const rank = (type: TypeRef): number => order.indexOf(primitiveName(type) ?? '');
  if (isNumeric(left) && isNumeric(right)) {
    const widest = Math.max(0, rank(left), rank(right));
    return systemType(order[widest] ?? 'Int32');
  }
  return left.kind === 'unknown' ? right : left;
}

/** Surely text: a literal one is among what is added first. */
export function isTextSum(node: Expression): node is Extract<Expression, { kind: 'binary' }> {
  if (node.kind !== 'binary' || node.operator !== '+') return false;
  return concatenated(node)
    .slice(0, 2)
    .some((part) => part.kind === 'interpolated' || (part.kind === 'literal' && typeof part.value === 'string'));
}

/** `a + b + c` as three; parentheses around text make no difference. */
export function concatenated(node: Extract<Expression, { kind: 'binary' }>): readonly Expression[] {
  const parts: Expression[] = [node.right];
  let left = node.left;
  while (left.kind === 'binary' && left.operator === '+') {
    parts.push(left.right);
    left = left.left;
  }
  return [left, ...parts.reverse()].flatMap((part) => {
    const inner = part.kind === 'parenthesized' ? part.value : part;
    return isTextSum(inner) && part !== node ? concatenated(inner) : [part];
  });
}
