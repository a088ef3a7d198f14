// Names and what stands behind a dot: variables, members, types; and members as values.
import type { FieldRef, Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { constantOf } from './constants.js';
import { callAccessor } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { missing, type LambdaNode, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { lowerDynamic } from './lower-dynamic.js';
import { isDynamic } from './shaped-types.js';
import { captured, type Variable } from './scope.js';
import { systemType, type MemberSymbol } from './symbols.js';
import { substitute, type Resolved } from './type-system.js';

export function lowerName(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'name' }>): Typed {
  const variable = lowering.scope.find(node.name);
  if (variable?.within !== undefined) return lowerMember(lowering, memberOf(variable.within, node));
  if (variable) return readVariable(lowering, variable, node);
  const member = simpleMember(lowering, node.name);
  if (member) return readOneOf(lowering, member.members, member.instance, node, lowering.given(node.arguments));
  return lowering.open(node, node.name);
}

/** What a query calls by its own name alone. */
function memberOf(
  whole: string,
  { name, span }: Extract<Expression, { kind: 'name' }>,
): Extract<Expression, { kind: 'member' }> {
  return {
    kind: 'member',
    span,
    target: { kind: 'name', name: whole, arguments: [], span },
    isConditional: false,
    isPointer: false,
    name: { name, span },
    arguments: [],
  };
}

/** Members that a simple name can mean: of the type around and of those around it, then of `using static`. */
export function simpleMember(
  lowering: ExpressionLowering,
  name: string,
): { readonly members: readonly MemberSymbol[]; readonly instance: Operand | undefined } | undefined {
  for (let type = lowering.input.context.type; type; type = type.outer) {
    const members = lowering.system.membersNamed(lowering.system.instanceOf(type), name);
    if (members.length === 0) continue;
    const isOwn = type === lowering.input.context.type && lowering.input.thisType !== undefined;
    return { members, instance: isOwn ? { kind: 'this' } : undefined };
  }
  for (const type of lowering.system.staticUsings(lowering.input.context)) {
    const members = lowering.system.membersNamed(type, name).filter(({ isStatic }) => isStatic);
    if (members.length > 0) return { members, instance: undefined };
  }
  return undefined;
}

/** What stands before a dot: a type or a namespace where it is no value. */
export function targetOf(lowering: ExpressionLowering, node: Expression): Resolved | undefined {
  switch (node.kind) {
    case 'type':
      return { kind: 'type', type: lowering.typeOf(node.type) };
    case 'name': {
      if (lowering.scope.find(node.name)) return undefined;
      const given = lowering.given(node.arguments);
      // A property of the name of its type: what follows decides, and mostly the value has it.
      if (simpleMember(lowering, node.name)) return undefined;
      return lowering.system.resolve(node.name, given, lowering.input.context);
    }
    case 'member': {
      const outer = targetOf(lowering, node.target);
      return outer && lowering.system.member(outer, node.name.name, lowering.given(node.arguments));
    }
    default:
      return undefined;
  }
}

export function lowerMember(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'member' }>): Typed {
  const given = lowering.given(node.arguments);
  const name = node.name.name;
  const target = targetOf(lowering, node.target);
  if (target?.kind === 'namespace') return lowering.open(node, name);
  if (target) {
    const members = lowering.system
      .membersNamed(target.type, name)
      .filter(({ isStatic, kind }) => isStatic || kind === 'method');
    return members.length === 0 ? lowering.open(node, name) : readOneOf(lowering, members, undefined, node, given);
  }
  const whole = lowering.before(node.target);
  return lowering.conditionally(node.isConditional, whole, node, (one) => {
    const value = node.isPointer ? pointedTo(one) : one;
    if (value.type.kind === 'array' && name === 'Length') return lengthOf(lowering, value, node);
    if (isDynamic(value.type)) return lowerDynamic(lowering, 'GetMember', [value], node);
    const members = membersBehind(lowering, node.target, value.type, name);
    if (members.length > 0) return readOneOf(lowering, members, value.operand, node, given);
    const byType = typeInsteadOf(lowering, node.target, name);
    if (byType) return readOneOf(lowering, byType, undefined, node, given);
    const extensions = lowering.system.extensionsNamed(name, lowering.input.context);
    if (extensions.length > 0)
      return {
        ...missing(),
        literal: { methods: extensions },
        pending: { kind: 'methodGroup', candidates: extensions, instance: value.operand, arguments: given },
      };
    return lowering.open(node, name);
  });
}

/** A reference names what is declared first; behind `base` it names the nearest override, which is what runs. */
export function membersBehind(
  lowering: ExpressionLowering,
  target: Expression,
  type: TypeRef,
  name: string,
): readonly MemberSymbol[] {
  const members = lowering.system.membersNamed(type, name);
  return target.kind === 'base' ? members.map((member) => ({ ...member, isOverride: false })) : members;
}

function isOfBase(node: Expression): boolean {
  return node.kind === 'member' && node.target.kind === 'base';
}

/** `p->m` is of what a pointer leads to. */
export function pointedTo(typed: Typed): Typed {
  return typed.type.kind === 'pointer' ? { ...typed, type: typed.type.element } : typed;
}

/** "Color Color": the name means a value that has no such member, and a type of the same name that has it. */
export function typeInsteadOf(
  lowering: ExpressionLowering,
  node: Expression,
  name: string,
): readonly MemberSymbol[] | undefined {
  if (node.kind !== 'name') return undefined;
  const resolved = lowering.system.resolve(node.name, [], lowering.input.context);
  if (resolved?.kind !== 'type') return undefined;
  const members = lowering.system.membersNamed(resolved.type, name).filter(({ isStatic }) => isStatic);
  return members.length > 0 ? members : undefined;
}

export function readOneOf(
  lowering: ExpressionLowering,
  members: readonly MemberSymbol[],
  instance: Operand | undefined,
  node: Expression,
  given: readonly TypeRef[],
): Typed {
  const [first] = members;
  if (!first) return missing();
  if (first.kind === 'method')
    return {
      ...missing(),
      literal: { methods: members },
      pending: { kind: 'methodGroup', candidates: members, instance, arguments: given },
    };
  return readMember(lowering, first, instance, node);
}

export function readMember(
  lowering: ExpressionLowering,
  member: MemberSymbol,
  instance: Operand | undefined,
  node: Expression,
): Typed {
  const at = node.span.start;
  const end = node.span.end;
  const type = substitute(member.type, member.declaring.arguments);
  if (member.kind === 'property')
    return callAccessor(lowering, declaredFirst(lowering, member), 'get', instance, [], node, isOfBase(node));
  if (member.constant !== undefined && member.source === undefined)
    return { ...lowering.constant(member.constant, type), type };
  const constant = member.source && constantOf(node, lowering.system, lowering.input.context, () => undefined);
  if (constant) return { ...lowering.constant(constant.value, type), type };
  const result = lowering.result(type);
  const receiver = member.isStatic ? undefined : instance;
  lowering.builder.emit({
    kind: 'loadField',
    at,
    end,
    field: fieldRef(lowering, member),
    instance: receiver,
    result: result.operand.index,
  });
  return result;
}

function lengthOf(lowering: ExpressionLowering, { operand }: Typed, node: Expression): Typed {
  const result = lowering.result(systemType('Int32'));
  lowering.builder.emit({
    kind: 'compute',
    at: node.span.start,
    end: node.span.end,
    operator: 'ldlen',
    operands: [operand],
    result: result.operand.index,
  });
  return result;
}

export function fieldRef(lowering: ExpressionLowering, member: MemberSymbol): FieldRef {
  const definition = member.source && lowering.input.definitions.field(member.source);
  return { type: member.declaring, name: member.name, fieldType: member.type, ...(definition && { definition }) };
}

/** Of an override the member it overrides: that is what a reference names. */
export function declaredFirst(lowering: ExpressionLowering, member: MemberSymbol): MemberSymbol {
  if (!member.isOverride) return member;
  const same = lowering.system
    .membersNamed(member.declaring, member.name)
    .filter((one) => one.kind === member.kind && one.parameters.length === member.parameters.length);
  return same.find((one) => !one.isOverride) ?? member;
}

function readVariable(
  lowering: ExpressionLowering,
  { operand, type, isReference, constant, field }: Variable,
  node: Expression,
): Typed {
  if (constant) return lowering.value(constant, type);
  if (operand === captured && field) return loadClosure(lowering, field, type, node);
  if (!isReference) return { operand, type };
  const result = lowering.result(type);
  lowering.builder.emit({
    kind: 'loadIndirect',
    at: node.span.start,
    end: node.span.end,
    address: operand,
    result: result.operand.index,
  });
  return result;
}

/** A variable of the method around, where the lambdas that use it find it. */
function loadClosure(lowering: ExpressionLowering, field: FieldRef, type: TypeRef, node: Expression): Typed {
  const result = lowering.result(type);
  const { start: at, end } = node.span;
  lowering.builder.emit({ kind: 'loadField', at, end, field, instance: noClosure, result: result.operand.index });
  return result;
}

/** What a lambda uses is put there where the lambda is made: what is assigned later is not seen. */
export function storeClosure(lowering: ExpressionLowering, node: LambdaNode): void {
  const { start: at, end } = node.span;
  for (const [name, field] of lowering.input.capturesOf(node)) {
    const variable = lowering.scope.find(name);
    if (!variable || variable.operand === captured || variable.isReference) continue;
    lowering.builder.emit({ kind: 'storeField', at, end, field, instance: noClosure, value: variable.operand });
  }
}

/** The object that compilers make for it is not made here. */
const noClosure: Operand = { kind: 'constant', value: null };
