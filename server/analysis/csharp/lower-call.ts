// Calls of members that are known: of methods, constructors and accessors.
import type { MethodRef, Operand } from '../code/body.js';
import { isVoid, type TypeRef } from '../code/model.js';
import { arrangedFor } from './lower-arguments.js';
import type { ExpressionLowering } from './lower-expression.js';
import { declaredFirst } from './lower-name.js';
import { missing, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { chooseOverload, type Chosen } from './overloads.js';
import type { AccessorKind } from './source-methods.js';
import { systemType, type MemberSymbol, type NamedType } from './symbols.js';
import { substitute } from './type-system.js';

export function emitCall(
  lowering: ExpressionLowering,
  method: MethodRef,
  instance: Operand | undefined,
  given: readonly Operand[],
  node: { readonly span: { readonly start: number; readonly end: number } },
  isBase = false,
  isNew = false,
): Typed {
  const { start: at, end } = node.span;
  const returns = isNew
    ? method.type
    : substitute(method.returns, method.type.kind === 'named' ? method.type.arguments : [], method.arguments);
  const result = !isNew && isVoid(method.returns) ? undefined : lowering.builder.temporary();
  const isValue = method.type.kind === 'named' && lowering.system.isValueType(method.type);
  lowering.builder.emit({
    kind: 'call',
    at,
    end,
    dispatch: isNew ? 'new' : method.isStatic || isBase || isValue ? 'direct' : 'virtual',
    method,
    constrained: undefined,
    instance,
    arguments: given,
    result,
  });
  return { operand: { kind: 'temporary', index: result ?? -1 }, type: returns };
}

export function call(
  lowering: ExpressionLowering,
  member: MemberSymbol,
  typeArguments: readonly TypeRef[],
  instance: Operand | undefined,
  given: readonly Operand[],
  node: { readonly span: { readonly start: number; readonly end: number } },
  isBase = false,
): Typed {
  const isNew = member.kind === 'constructor' && instance === undefined;
  const definition = member.source && lowering.input.definitions.method(member.source);
  const method: MethodRef = {
    type: member.declaring,
    name: member.name,
    isStatic: member.isStatic,
    parameters: member.parameters.map(({ type }) => type),
    returns: member.kind === 'constructor' ? systemType('Void') : member.type,
    arguments: typeArguments,
    ...(definition && { definition }),
  };
  return emitCall(
    lowering,
    method,
    member.isStatic ? undefined : instance,
    given,
    node,
    isBase || (member.kind === 'constructor' && !isNew),
    isNew,
  );
}

/** The candidate that was chosen, with what it was chosen for. */
export function callChosen(
  lowering: ExpressionLowering,
  chosen: Chosen,
  instance: Operand | undefined,
  given: readonly Typed[],
  node: Expression,
  isBase = false,
): Typed {
  const operands = arrangedFor(lowering, chosen, given, node);
  return call(lowering, chosen.member, chosen.arguments, instance, operands, node, isBase);
}

export function callAccessor(
  lowering: ExpressionLowering,
  member: MemberSymbol,
  accessor: AccessorKind,
  instance: Operand | undefined,
  given: readonly Operand[],
  node: { readonly span: { readonly start: number; readonly end: number } },
  isBase = false,
): Typed {
  const isSetter = accessor !== 'get';
  const definition = member.source && lowering.input.definitions.method(member.source, accessor);
  const types = member.parameters.map(({ type }) => type);
  const method: MethodRef = {
    type: member.declaring,
    name: `${accessor}_${member.name}`,
    isStatic: member.isStatic,
    parameters: isSetter ? [...types, member.type] : types,
    returns: isSetter ? systemType('Void') : member.type,
    arguments: [],
    ...(definition && { definition }),
  };
  return emitCall(lowering, method, member.isStatic ? undefined : instance, given, node, isBase);
}

/** A method of the framework that a construct of the language calls. */
export function callNamed(
  lowering: ExpressionLowering,
  type: NamedType,
  name: string,
  given: readonly Typed[],
  instance: Operand | undefined,
  node: Expression,
): Typed {
  const chosen = chooseOverload(
    lowering.system,
    lowering.system.membersNamed(type, name).filter(({ kind }) => kind === 'method'),
    given.map((one) => ({ type: one.type, ...(one.literal !== undefined && { literal: one.literal }) })),
    [],
  );
  return chosen ? callChosen(lowering, chosen, instance, given, node) : missing();
}

export function callMember(
  lowering: ExpressionLowering,
  instance: Typed,
  name: string,
  node: { readonly span: { readonly start: number; readonly end: number } },
): Typed | undefined {
  const candidates = lowering.system
    .membersNamed(instance.type, name)
    .filter(({ kind, parameters }) => kind === 'method' && parameters.length === 0);
  const [first] = candidates;
  if (!first) return undefined;
  return call(lowering, candidates.find((one) => !one.isOverride) ?? first, [], instance.operand, [], node);
}

export function readProperty(
  lowering: ExpressionLowering,
  instance: Typed,
  name: string,
  node: { readonly span: { readonly start: number; readonly end: number } },
): Typed | undefined {
  const [member] = lowering.system.membersNamed(instance.type, name).filter(({ kind }) => kind === 'property');
  return member && callAccessor(lowering, declaredFirst(lowering, member), 'get', instance.operand, [], node);
}
