// Conversions: casts and implicit ones, and what lambdas and method groups become as delegates.
import type { MethodRef, Operand, OwnMethod } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { implicitConversion, isFormattable, isNumeric, primitiveName, sameType } from './conversions.js';
import { call, readProperty } from './lower-call.js';
import { lowerInterpolated } from './lower-construct.js';
import type { ExpressionLowering } from './lower-expression.js';
import { lowerTree } from './lower-tree.js';
import { storeClosure } from './lower-name.js';
import { asExpression, missing, type LambdaNode, type MethodGroup, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { chooseOverload } from './overloads.js';
import { fromDynamic } from './lower-dynamic.js';
import { isDynamic } from './shaped-types.js';
import { systemType, unknownType, type MemberSymbol } from './symbols.js';
import { substitute } from './type-system.js';

export function lowerCast(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'cast' }>): Typed {
  const type = lowering.typeOf(node.type);
  const value = lowering.lower(node.value, type);
  if (value.pending || value.literal === 'null') return lowering.convert(value, type, node);
  const isNullable = (one: TypeRef): boolean => one.kind === 'named' && one.name === 'System.Nullable`1';
  if (isNullable(type) && !isNullable(value.type)) return lowering.convert(value, type, node);
  const from = lowering.settled(value, node);
  if (isDynamic(from.type)) return fromDynamic(lowering, from, type, node);
  const { start: at, end } = node.span;
  const isBoth = isNumeric(from.type) && isNumeric(type);
  const byDecimal =
    isBoth &&
    (primitiveName(from.type) === 'Decimal' || primitiveName(type) === 'Decimal') &&
    !sameType(from.type, type);
  if (from.type.kind === 'named' && type.kind === 'named' && (!isBoth || byDecimal) && !sameType(from.type, type)) {
    const decimal = systemType('Decimal');
    const own = byDecimal
      ? lowering.system
          .membersNamed(decimal, 'op_Explicit')
          .concat(lowering.system.membersNamed(decimal, 'op_Implicit'))
          .find((one) => one.parameters[0] && sameType(one.parameters[0].type, from.type) && sameType(one.type, type))
      : implicitConversion(lowering.system, from.type, type, ['op_Explicit', 'op_Implicit']);
    if (own && !lowering.system.isDerivedFrom(from.type, type.name)) {
      const parameter = own.parameters[0];
      const given = parameter
        ? lowering.convert(from, substitute(parameter.type, own.declaring.arguments), node)
        : from;
      return { ...call(lowering, own, [], undefined, [given.operand], node), type };
    }
    if (from.type.name === 'System.Nullable`1') {
      const inside = readProperty(lowering, from, 'Value', node);
      if (inside) return { ...inside, type };
    }
  }
  const byPointer = pointerConversion(lowering, from.type, type);
  if (byPointer) return { ...call(lowering, byPointer, [], undefined, [from.operand], node), type };
  const result = lowering.result(type);
  const isValue = type.kind === 'named' && lowering.system.isValueType(type);
  const wasValue = from.type.kind === 'named' && lowering.system.isValueType(from.type);
  const how =
    isValue && wasValue ? 'number' : isValue ? 'unbox' : wasValue ? 'box' : isNumeric(type) ? 'number' : 'cast';
  lowering.builder.emit({ kind: 'convert', at, end, how, type, value: from.operand, result: result.operand.index });
  return result;
}

/** Between a pointer and what holds one: IntPtr by its conversions of `void*`. */
function pointerConversion(lowering: ExpressionLowering, from: TypeRef, to: TypeRef): MemberSymbol | undefined {
  const isFrom = from.kind === 'pointer';
  const holder = isFrom ? to : from;
  if (isFrom === (to.kind === 'pointer') || holder.kind !== 'named') return undefined;
  return lowering.system
    .membersNamed(holder, 'op_Explicit')
    .find(({ parameters: [only], type }) => (isFrom ? only?.type : type)?.kind === 'pointer');
}

/** As a value of another type, by what the language does of itself. */
export function convertTo(
  lowering: ExpressionLowering,
  typed: Typed,
  wanted: TypeRef,
  node: { readonly span: { readonly start: number; readonly end: number } },
): Typed {
  if (typed.pending?.kind === 'interpolated')
    return isFormattable(wanted)
      ? lowerInterpolated(lowering, typed.pending, wanted)
      : convertTo(lowering, lowering.settled(typed, asExpression(node)), wanted, node);
  if (typed.pending) return delegateOf(lowering, typed.pending, wanted, node);
  const { type } = typed;
  if (isDynamic(type) && !sameType(type, wanted) && wanted.kind !== 'unknown')
    return fromDynamic(lowering, typed, wanted, node);
  if (wanted.kind !== 'named' || type.kind === 'unknown' || sameType(type, wanted)) return typed;
  if (primitiveName(wanted) === 'Decimal' && typed.operand.kind === 'constant' && isNumeric(type))
    return lowering.decimal(typed.operand.value, asExpression(node));
  if (type.kind === 'array') {
    const own = implicitConversion(lowering.system, type, wanted);
    return own
      ? { ...call(lowering, own, [], undefined, [typed.operand], node), type: wanted }
      : { ...typed, type: wanted };
  }
  const { start: at, end } = node.span;
  const isValue = type.kind === 'named' && lowering.system.isValueType(type);
  const becomesValue = lowering.system.isValueType(wanted);
  if (wanted.name === 'System.Nullable`1' && isValue) {
    const [constructor] = lowering.system.constructorsOf(wanted);
    const inner = wanted.arguments[0];
    const value = inner ? lowering.convert(typed, inner, node) : typed;
    return constructor ? { ...call(lowering, constructor, [], undefined, [value.operand], node), type: wanted } : typed;
  }
  if (type.kind === 'named' && !(isNumeric(type) && isNumeric(wanted) && primitiveName(wanted) !== 'Decimal')) {
    const own = lowering.system.isDerivedFrom(type, wanted.name)
      ? undefined
      : implicitConversion(lowering.system, type, wanted);
    const isConstant = typed.operand.kind === 'constant' && primitiveName(wanted) === 'Decimal';
    if (own && !isConstant) {
      const parameter = own.parameters[0];
      const given =
        parameter && !sameType(parameter.type, type) ? lowering.convert(typed, parameter.type, node) : typed;
      return { ...call(lowering, own, [], undefined, [given.operand], node), type: wanted };
    }
  }
  if (isValue && !becomesValue) {
    const result = lowering.result(wanted);
    lowering.builder.emit({
      kind: 'convert',
      at,
      end,
      how: 'box',
      type,
      value: typed.operand,
      result: result.operand.index,
    });
    return result;
  }
  return { ...typed, type: wanted };
}

/** A lambda or a method group as a delegate. */
function delegateOf(
  lowering: ExpressionLowering,
  pending: LambdaNode | MethodGroup,
  wanted: TypeRef,
  node: { readonly span: { readonly start: number; readonly end: number } },
): Typed {
  const [inner] =
    wanted.kind === 'named' && wanted.name === 'System.Linq.Expressions.Expression`1' ? wanted.arguments : [];
  const type = inner ?? wanted;
  const invoke = lowering.system.invokeOf(type);
  const parameters = (invoke?.parameters ?? []).map((parameter) =>
    substitute(parameter.type, invoke?.declaring.arguments ?? []),
  );
  if (pending.kind === 'lambda' && inner) return lowerTree(lowering, pending, parameters, wanted);
  if (pending.kind === 'lambda') {
    lowering.input.anonymousBody(
      pending,
      pending.parameters.map((parameter, index) =>
        parameter.type ? lowering.typeOf(parameter.type) : (parameters[index] ?? unknownType),
      ),
      lowering.scope,
    );
    storeClosure(lowering, pending);
    const pointer = pointerTo(lowering, lowering.input.definitions.anonymous(pending.span), pending);
    return newDelegate(lowering, type, { kind: 'constant', value: null }, pointer, node);
  }
  const chosen =
    chooseOverload(
      lowering.system,
      pending.candidates,
      parameters.map((one) => ({
        type: one.kind === 'byReference' ? one.element : one,
        ...(one.kind === 'byReference' && { modifier: 'ref' as const }),
      })),
      pending.arguments,
    ) ?? onlyMethod(pending);
  if (!chosen) return missing(type);
  const { member } = chosen;
  const definition = member.source && lowering.input.definitions.method(member.source);
  const method: MethodRef = {
    type: member.declaring,
    name: member.name,
    isStatic: member.isStatic,
    parameters: member.parameters.map((one) => one.type),
    returns: member.type,
    arguments: chosen.arguments,
    ...(definition && { definition }),
  };
  const result = lowering.builder.temporary();
  const { start: at, end } = node.span;
  lowering.builder.emit({
    kind: 'methodPointer',
    at,
    end,
    method,
    isVirtual: member.isVirtual,
    instance: member.isStatic ? undefined : pending.instance,
    result,
  });
  return newDelegate(
    lowering,
    type,
    pending.instance ?? { kind: 'constant', value: null },
    { kind: 'temporary', index: result },
    node,
  );
}

function onlyMethod({
  candidates,
  arguments: given,
}: MethodGroup): { readonly member: MemberSymbol; readonly arguments: readonly TypeRef[] } | undefined {
  const [only, ...others] = candidates;
  return only && others.length === 0 ? { member: only, arguments: given } : undefined;
}

export function pointerTo(
  lowering: ExpressionLowering,
  own: OwnMethod | undefined,
  node: { readonly span: { readonly start: number; readonly end: number } },
): Operand {
  if (!own) return missing().operand;
  const result = lowering.builder.temporary();
  const method: MethodRef = {
    type: { kind: 'named', name: own.type.name, arguments: [] },
    name: own.method.name,
    isStatic: own.method.isStatic,
    parameters: own.method.parameters.map(({ type }) => type),
    returns: own.method.returns,
    arguments: [],
    definition: own,
  };
  const { start: at, end } = node.span;
  const instance: Operand | undefined = own.method.isStatic ? undefined : { kind: 'this' };
  lowering.builder.emit({ kind: 'methodPointer', at, end, method, isVirtual: false, instance, result });
  return { kind: 'temporary', index: result };
}

function newDelegate(
  lowering: ExpressionLowering,
  type: TypeRef,
  target: Operand,
  pointer: Operand,
  node: { readonly span: { readonly start: number; readonly end: number } },
): Typed {
  const [constructor] = type.kind === 'named' ? lowering.system.constructorsOf(type) : [];
  if (!constructor) return { operand: pointer, type };
  return call(lowering, constructor, [], undefined, [target, pointer], node);
}
