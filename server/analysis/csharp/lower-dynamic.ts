// What is done with `dynamic` values: a call site, whose binder looks up when it runs what is meant.
import type { TypeRef } from '../code/model.js';
import { call } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { missing, type Typed } from './lowering.js';
import type { Expression } from './nodes.js';
import { dynamicType, isDynamic } from './shaped-types.js';
import { systemType, type NamedType } from './symbols.js';

/** Methods of Microsoft.CSharp.RuntimeBinder.Binder. */
type Action =
  | 'BinaryOperation'
  | 'Convert'
  | 'GetIndex'
  | 'GetMember'
  | 'Invoke'
  | 'InvokeMember'
  | 'SetIndex'
  | 'SetMember'
  | 'UnaryOperation';

export function lowerDynamic(
  lowering: ExpressionLowering,
  action: Action,
  given: readonly Typed[],
  node: { readonly span: Expression['span'] },
): Typed {
  lowering.builder.unknown(node.span.start, 'What a dynamic expression does is decided when it runs');
  const operands = given.map((one) => lowering.settled(one, { kind: 'missing', span: node.span }).operand);
  invoke(lowering, systemType('Type'), 'GetTypeFromHandle', 1, node);
  if (action !== 'Convert') invoke(lowering, binderType('CSharpArgumentInfo'), 'Create', 2, node);
  invoke(lowering, binderType('Binder'), action, undefined, node);
  const hasResult = lowering.discarded !== node;
  const types = [systemType('Object'), ...given.map(() => systemType('Object'))];
  const arity = hasResult ? types.length + 1 : types.length;
  const target: NamedType = {
    kind: 'named',
    name: `System.${hasResult ? 'Func' : 'Action'}\`${arity}`,
    assembly: arity > 8 ? 'System.Core' : 'mscorlib',
    arguments: Array.from({ length: arity }, () => systemType('Object')),
  };
  const site: NamedType = {
    kind: 'named',
    name: 'System.Runtime.CompilerServices.CallSite`1',
    assembly: 'System.Core',
    arguments: [target],
  };
  invoke(lowering, site, 'Create', 1, node);
  const run = lowering.system.invokeOf(target);
  const made = lowering.result(target);
  if (run)
    return { ...call(lowering, run, [], made.operand, [missing().operand, ...operands], node), type: dynamicType };
  return lowering.result(dynamicType);
}

/** To a type that is asked for. */
export function fromDynamic(
  lowering: ExpressionLowering,
  typed: Typed,
  wanted: TypeRef,
  node: { readonly span: Expression['span'] },
): Typed {
  return { ...lowerDynamic(lowering, 'Convert', [typed], node), type: wanted };
}

export function hasDynamic(given: readonly Typed[]): boolean {
  return given.some(({ type }) => isDynamic(type));
}

function binderType(name: string): NamedType {
  return {
    kind: 'named',
    name: `Microsoft.CSharp.RuntimeBinder.${name}`,
    assembly: 'Microsoft.CSharp',
    arguments: [],
  };
}

function invoke(
  lowering: ExpressionLowering,
  type: NamedType,
  name: string,
  count: number | undefined,
  node: { readonly span: Expression['span'] },
): void {
  const member = lowering.system
    .membersNamed(type, name)
    .find(({ parameters }) => count === undefined || parameters.length === count);
  const given = (member?.parameters ?? []).map(() => missing().operand);
  if (member) call(lowering, member, [], undefined, given, node);
}
