// Calls: which method is meant, and what is called for it.
import type { MethodRef, Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import type { Given } from './conversions.js';
import { argumentsOf, arrangedFor, toGiven } from './lower-arguments.js';
import { call, emitCall } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { readMember, readOneOf, simpleMember, targetOf, typeInsteadOf } from './lower-name.js';
import { fail, lastName, missing, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { chooseOverload, type Chosen } from './overloads.js';
import { Scope } from './scope.js';
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
      return invokeMember(lowering, own.members, own.instance, lowering.given(target.arguments), node, false);
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
      ? invokeMember(lowering, members, undefined, given, node, false)
      : callDelegate(lowering, readOneOf(lowering, members, undefined, target, given), node);
  }
  const isBase = target.target.kind === 'base';
  const value = lowering.value(target.target);
  return lowering.conditionally(target.isConditional, value, node, () => {
    const members = lowering.system.membersNamed(value.type, name);
    const [only] = members;
    const isCalled =
      only &&
      only.kind !== 'method' &&
      lowering.system.kindOf(substitute(only.type, only.declaring.arguments)) === 'delegate';
    if (isCalled)
      return callDelegate(lowering, readMember(lowering, members[0] ?? fail(), value.operand, target), node);
    const typed = argumentsOf(lowering, node.arguments);
    const givens = typed.map((one, index) => toGiven(one, node.arguments[index] ?? fail()));
    const own = chooseOverload(
      lowering.system,
      members.filter(({ kind }) => kind === 'method'),
      givens,
      given,
      (place, parameters) => lambdaReturns(lowering, typed[place], parameters),
    );
    if (own)
      return call(
        lowering,
        own.member,
        own.arguments,
        value.operand,
        arrangedFor(lowering, own, typed, node),
        node,
        isBase,
      );
    const byType = typeInsteadOf(lowering, target.target, name);
    const ofType = byType && chooseOverload(lowering.system, byType, givens, given);
    if (ofType)
      return call(
        lowering,
        ofType.member,
        ofType.arguments,
        undefined,
        arrangedFor(lowering, ofType, typed, node),
        node,
      );
    const first: Given = { type: value.type };
    const extension = chooseOverload(
      lowering.system,
      lowering.system.extensionsNamed(name, lowering.input.context),
      [first, ...givens],
      given,
      (place, parameters) => lambdaReturns(lowering, typed[place - 1], parameters),
    );
    if (extension)
      return call(
        lowering,
        extension.member,
        inferredFromLambdas(lowering, extension, [value, ...typed]),
        undefined,
        arrangedFor(lowering, extension, [value, ...typed], node),
        node,
      );
    for (const one of typed) lowering.settled(one, node);
    return lowering.open(node, name);
  });
}

/** What a lambda returns tells the type arguments that nothing else does. */
function inferredFromLambdas(
  lowering: ExpressionLowering,
  chosen: Chosen,
  given: readonly Typed[],
): readonly TypeRef[] {
  if (!chosen.arguments.some(({ kind }) => kind === 'unknown')) return chosen.arguments;
  const found = [...chosen.arguments];
  for (const [index, parameter] of chosen.member.parameters.entries()) {
    const place = chosen.order[index];
    const lambda = place === undefined ? undefined : given[place]?.pending;
    if (lambda?.kind !== 'lambda' || parameter.type.kind !== 'named') continue;
    const returned = parameter.type.arguments.at(-1);
    if (returned?.kind !== 'methodParameter' || found[returned.index]?.kind !== 'unknown') continue;
    const parameters = parameter.type.arguments
      .slice(0, -1)
      .map((type) => substitute(type, chosen.member.declaring.arguments, found));
    found[returned.index] = lowering.input.anonymousBody(lambda, parameters, lowering.scope);
  }
  return found;
}

function lambdaReturns(
  lowering: ExpressionLowering,
  typed: Typed | undefined,
  parameters: readonly TypeRef[],
): TypeRef | undefined {
  const lambda = typed?.pending;
  return lambda?.kind === 'lambda' ? lowering.input.anonymousBody(lambda, parameters, lowering.scope) : undefined;
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
  isBase: boolean,
): Typed {
  if (candidates.length > 0 && candidates.every((member) => isLeftOut(lowering, member))) return missing();
  const typed = argumentsOf(lowering, node.arguments);
  const chosen = chooseOverload(
    lowering.system,
    candidates.filter(({ kind }) => kind === 'method'),
    typed.map((one, index) => toGiven(one, node.arguments[index] ?? fail())),
    given,
    (place, parameters) => lambdaReturns(lowering, typed[place], parameters),
  );
  if (!chosen) {
    for (const one of typed) lowering.settled(one, node);
    return lowering.open(node, lastName(node.target));
  }
  const types = inferredFromLambdas(lowering, chosen, typed);
  return call(
    lowering,
    chosen.member,
    types,
    instance,
    arrangedFor(lowering, { ...chosen, arguments: types }, typed, node),
    node,
    isBase,
  );
}

/** ConditionalAttribute; of the framework's own, Debug and Trace have it. */
function isLeftOut(lowering: ExpressionLowering, { declaring, source }: MemberSymbol): boolean {
  const known = conditionals[declaring.name];
  if (known !== undefined && source === undefined) return !lowering.input.symbols.has(known);
  const condition = source?.attributes
    .flatMap(({ attributes }) => attributes)
    .find(({ name }) => name.kind === 'named' && /^Conditional(?:Attribute)?$/.test(name.parts.at(-1)?.name ?? ''));
  const value = condition?.arguments[0]?.value;
  return value?.kind === 'literal' && typeof value.value === 'string' && !lowering.input.symbols.has(value.value);
}

function callDelegate(
  lowering: ExpressionLowering,
  value: Typed,
  node: Extract<Expression, { kind: 'invocation' }>,
): Typed {
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
