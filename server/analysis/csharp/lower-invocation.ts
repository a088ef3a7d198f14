// Calls: which method is meant, and what is called for it.
import type { MethodRef, Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { argumentsOf, choose } from './lower-arguments.js';
import { call, callChosen, emitCall } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import {
  membersBehind,
  pointedTo,
  readMember,
  readOneOf,
  simpleMember,
  targetOf,
  typeInsteadOf,
} from './lower-name.js';
import { fail, lastName, missing, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { Scope } from './scope.js';
import { hasDynamic, lowerDynamic } from './lower-dynamic.js';
import { isDynamic } from './shaped-types.js';
import { systemType, unknownType, type MemberSymbol } from './symbols.js';
import { substitute } from './type-system.js';

export function lowerInvocation(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'invocation' }>,
): Typed {
  const { target } = node;
  if (target.kind === 'name' && target.name === 'nameof' && !lowering.scope.find('nameof')) {
    const [argument] = node.arguments;
    return lowering.constant(argument ? lastName(argument.value) : '', systemType('String'));
  }
  if (target.kind === 'member') return lowerMemberInvocation(lowering, node, target);
  if (target.kind === 'name') {
    const own = lowering.scope.find(target.name) ? undefined : simpleMember(lowering, target.name);
    const local = lowering.scope.findFunction(target.name);
    if (local) return callLocalFunction(lowering, local, node);
    if (own?.members[0]?.kind === 'method')
      return invokeMember(lowering, own.members, own.instance, lowering.given(target.arguments), node);
  }
  return callDelegate(lowering, lowering.value(target), node);
}

function callLocalFunction(
  lowering: ExpressionLowering,
  declaration: Parameters<Scope['declareFunction']>[0],
  node: Extract<Expression, { kind: 'invocation' }>,
): Typed {
  const definition = lowering.input.definitions.anonymous(declaration.span);
  const given = argumentsOf(lowering, node.arguments).map((one) => lowering.settled(one, node).operand);
  const returns = lowering.typeOf(declaration.returns);
  const method: MethodRef = {
    type: lowering.input.thisType ?? unknownType,
    name: declaration.name.name,
    isStatic: definition?.method.isStatic ?? true,
    parameters: declaration.parameters.map(({ type }) => (type ? lowering.typeOf(type) : unknownType)),
    returns,
    arguments: [],
    ...(definition && { definition }),
  };
  return emitCall(lowering, method, method.isStatic ? undefined : { kind: 'this' }, given, node);
}

function lowerMemberInvocation(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'invocation' }>,
  target: Extract<Expression, { kind: 'member' }>,
): Typed {
  const name = target.name.name;
  const given = lowering.given(target.arguments);
  const resolved = targetOf(lowering, target.target);
  if (resolved?.kind === 'namespace') return callUnknown(lowering, node);
  if (resolved) {
    const members = lowering.system.membersNamed(resolved.type, name);
    return members[0]?.kind === 'method' || members.length === 0
      ? invokeMember(lowering, members, undefined, given, node)
      : callDelegate(lowering, readOneOf(lowering, members, undefined, target, given), node);
  }
  const isBase = target.target.kind === 'base';
  const whole = lowering.before(target.target);
  return lowering.conditionally(target.isConditional, whole, node, (one) => {
    const value = target.isPointer ? pointedTo(one) : one;
    if (isDynamic(value.type))
      return lowerDynamic(lowering, 'InvokeMember', [value, ...argumentsOf(lowering, node.arguments)], node);
    const members = membersBehind(lowering, target.target, value.type, name);
    const [only] = members;
    const isCalled =
      only &&
      only.kind !== 'method' &&
      lowering.system.kindOf(substitute(only.type, only.declaring.arguments)) === 'delegate';
    if (isCalled)
      return callDelegate(lowering, readMember(lowering, members[0] ?? fail(), value.operand, target), node);
    const typed = argumentsOf(lowering, node.arguments);
    if (hasDynamic(typed)) return lowerDynamic(lowering, 'InvokeMember', [value, ...typed], node);
    const methods = members.filter(({ kind }) => kind === 'method');
    const own = choose(lowering, methods, typed, node.arguments, given);
    if (own) return callChosen(lowering, own, value.operand, typed, node, isBase);
    const byType = typeInsteadOf(lowering, target.target, name) ?? [];
    const ofType = choose(lowering, byType, typed, node.arguments, given);
    if (ofType) return callChosen(lowering, ofType, undefined, typed, node);
    const all = [value, ...typed];
    const extensions = lowering.system.extensionsNamed(name, lowering.input.context);
    const extension = choose(lowering, extensions, all, node.arguments, given);
    if (extension) return callChosen(lowering, extension, undefined, all, node);
    for (const one of typed) lowering.settled(one, node);
    return lowering.open(node, name);
  });
}

function callUnknown(lowering: ExpressionLowering, node: Extract<Expression, { kind: 'invocation' }>): Typed {
  for (const one of argumentsOf(lowering, node.arguments)) lowering.settled(one, node);
  return lowering.open(node, lastName(node.target));
}

function invokeMember(
  lowering: ExpressionLowering,
  candidates: readonly MemberSymbol[],
  instance: Operand | undefined,
  given: readonly TypeRef[],
  node: Extract<Expression, { kind: 'invocation' }>,
): Typed {
  if (candidates.length > 0 && candidates.every((member) => isLeftOut(lowering, member))) return missing();
  const typed = argumentsOf(lowering, node.arguments);
  if (hasDynamic(typed)) return lowerDynamic(lowering, 'InvokeMember', [missing(), ...typed], node);
  const methods = candidates.filter(({ kind }) => kind === 'method');
  const chosen = choose(lowering, methods, typed, node.arguments, given);
  if (chosen) return callChosen(lowering, chosen, instance, typed, node);
  for (const one of typed) lowering.settled(one, node);
  return lowering.open(node, lastName(node.target));
}

/** ConditionalAttribute; of the framework's own, Debug and Trace have it. */
function isLeftOut(lowering: ExpressionLowering, { declaring, source }: MemberSymbol): boolean {
  const { input } = lowering;
  const symbols = input.context.symbols ?? input.symbols;
  const known = conditionals[declaring.name];
  if (known !== undefined && source === undefined) return !symbols.has(known);
  const condition = source?.attributes
    .flatMap(({ attributes }) => attributes)
    .find(({ name }) => name.kind === 'named' && /^Conditional(?:Attribute)?$/.test(name.parts.at(-1)?.name ?? ''));
  const value = condition?.arguments[0]?.value;
  return value?.kind === 'literal' && typeof value.value === 'string' && !symbols.has(value.value);
}

function callDelegate(
  lowering: ExpressionLowering,
  value: Typed,
  node: Extract<Expression, { kind: 'invocation' }>,
): Typed {
  if (isDynamic(value.type))
    return lowerDynamic(lowering, 'Invoke', [value, ...argumentsOf(lowering, node.arguments)], node);
  const invoke = lowering.system.invokeOf(value.type);
  if (!invoke) return callUnknown(lowering, node);
  const given = argumentsOf(lowering, node.arguments).map((one, index) => {
    const parameter = invoke.parameters[index];
    return parameter
      ? lowering.convert(one, substitute(parameter.type, invoke.declaring.arguments), node).operand
      : lowering.settled(one, node).operand;
  });
  return call(lowering, invoke, [], value.operand, given, node);
}

/** Types of the framework whose methods are called only where a symbol is defined. */
const conditionals: Readonly<Record<string, string>> = {
  'System.Diagnostics.Debug': 'DEBUG',
  'System.Diagnostics.Trace': 'TRACE',
};
