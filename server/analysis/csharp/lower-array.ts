// Arrays: made, and of several dimensions read and written by the methods that the runtime gives them (ECMA-335 II.14.2).
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { isNumeric } from './conversions.js';
import { callNamed, emitCall } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { missing, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { systemType, unknownType, type NamedType } from './symbols.js';

type ArrayType = Extract<TypeRef, { kind: 'array' }>;
interface At {
  readonly span: { readonly start: number; readonly end: number };
}

export function lowerNewArray(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'newArray' }>,
  wanted?: TypeRef,
): Typed {
  const given = wanted?.kind === 'array' ? wanted : undefined;
  const declared = node.element ? lowering.typeOf(node.element) : given?.element;
  const rank = node.element ? node.rank : (given?.rank ?? node.rank);
  const sizes = node.sizes.map((one) => lowering.value(one).operand);
  if (rank > 1) return lowerGrid(lowering, node, { kind: 'array', element: declared ?? unknownType, rank }, sizes);
  if (node.values) {
    const values = node.values.map((value) => (declared ? lowering.value(value, declared) : lowering.value(value)));
    const element = declared ?? commonType(values);
    return arrayOf(
      lowering,
      element,
      values.map(({ operand }) => operand),
      node,
    );
  }
  const result = lowering.result({ kind: 'array', element: declared ?? unknownType, rank: node.rank });
  lowering.builder.emit({
    kind: 'newArray',
    at: node.span.start,
    end: node.span.end,
    element: declared ?? unknownType,
    length: sizes[0] ?? missing().operand,
    result: result.operand.index,
  });
  return result;
}

/** Of `new[] { … }`, as far as the first that has one tells. */
function commonType(values: readonly Typed[]): TypeRef {
  return values.find(({ type }) => type.kind !== 'unknown')?.type ?? unknownType;
}

export function arrayOf(lowering: ExpressionLowering, element: TypeRef, values: readonly Operand[], node: At): Typed {
  const result = lowering.result({ kind: 'array', element, rank: 1 });
  const { start: at, end } = node.span;
  lowering.builder.emit({
    kind: 'newArray',
    at,
    end,
    element,
    length: { kind: 'constant', value: values.length },
    result: result.operand.index,
  });
  if (isData(element, values)) copyData(lowering, result.operand, node);
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

function isData(element: TypeRef, values: readonly Operand[]): boolean {
  return values.length > 2 && isNumeric(element) && values.every(({ kind }) => kind === 'constant');
}

/** Bytes are copied from the image at once. */
function copyData(lowering: ExpressionLowering, array: Operand, { span }: At): void {
  const token = lowering.builder.temporary();
  lowering.builder.emit({ kind: 'token', at: span.start, end: span.end, result: token });
  const handle = { operand: { kind: 'temporary', index: token } as const, type: systemType('RuntimeFieldHandle') };
  const helpers: NamedType = systemType('Runtime.CompilerServices.RuntimeHelpers');
  callNamed(lowering, helpers, 'InitializeArray', [{ operand: array, type: systemType('Array') }, handle], undefined, {
    kind: 'missing',
    span,
  });
}

function lowerGrid(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'newArray' }>,
  type: ArrayType,
  sizes: readonly Operand[],
): Typed {
  const values = cellsOf(node, type.rank).map((one) => lowering.value(one, type.element).operand);
  const operands = sizes.length > 0 ? sizes : Array.from({ length: type.rank }, () => missing().operand);
  const made = callOf(lowering, { operand: missing().operand, type }, '.ctor', operands, node);
  if (isData(type.element, values)) copyData(lowering, made.operand, node);
  else for (const value of values) callOf(lowering, made, 'Set', [...operands, value], node);
  return made;
}

/** What stands in the innermost braces. */
function cellsOf({ values = [] }: Extract<Expression, { kind: 'newArray' }>, rank: number): readonly Expression[] {
  return rank === 1
    ? values
    : values.flatMap((value) => (value.kind === 'newArray' && !value.element ? cellsOf(value, rank - 1) : [value]));
}

export function readCell(lowering: ExpressionLowering, array: Typed, indices: readonly Operand[], node: At): Typed {
  return callOf(lowering, array, 'Get', indices, node);
}

export function storeCell(
  lowering: ExpressionLowering,
  array: Typed,
  indices: readonly Operand[],
  value: Operand,
  node: At,
): void {
  callOf(lowering, array, 'Set', [...indices, value], node);
}

function callOf(
  lowering: ExpressionLowering,
  { operand, type }: Typed,
  name: '.ctor' | 'Get' | 'Set',
  given: readonly Operand[],
  node: At,
): Typed {
  if (type.kind !== 'array') return missing();
  const indices = Array.from({ length: type.rank }, () => systemType('Int32'));
  const isNew = name === '.ctor';
  return emitCall(
    lowering,
    {
      type,
      name,
      isStatic: false,
      parameters: name === 'Set' ? [...indices, type.element] : indices,
      returns: name === 'Get' ? type.element : systemType('Void'),
      arguments: [],
    },
    isNew ? undefined : operand,
    given,
    node,
    false,
    isNew,
  );
}
