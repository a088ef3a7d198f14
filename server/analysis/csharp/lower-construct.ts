// What the compiler calls for constructs of the language: async, events, initial values, interpolated text.
import type { FieldRef, Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { isFormattable } from './conversions.js';
import { argumentsOf, choose } from './lower-arguments.js';
import { call, callAccessor, callChosen, callMember, callNamed, readProperty } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { fieldRef } from './lower-name.js';
import { asExpression, missing, type Typed } from './lowering.js';
import type { Argument, Expression } from './nodes.js';
import { instanceOf } from './inference.js';
import { systemType, type MemberSymbol, type NamedType, unknownType } from './symbols.js';

/** `text[i]` of a `foreach` over a string. */
export function characterOf(lowering: ExpressionLowering, text: Typed, node: Expression): Typed {
  const [member] = lowering.system.membersNamed(text.type, 'Chars');
  return member ? callAccessor(lowering, member, 'get', text.operand, [missing().operand], node) : missing();
}

/** What the compiler calls to begin and end an async method. */
export function asyncBuilder(
  lowering: ExpressionLowering,
  returns: TypeRef,
  span: { readonly start: number; readonly end: number },
): void {
  const isTask = returns.kind === 'named' && returns.name.startsWith('System.Threading.Tasks.Task');
  const given = isTask && returns.kind === 'named' ? returns.arguments : [];
  const name = !isTask
    ? 'AsyncVoidMethodBuilder'
    : given.length > 0
      ? 'AsyncTaskMethodBuilder`1'
      : 'AsyncTaskMethodBuilder';
  const type: NamedType = {
    kind: 'named',
    name: `System.Runtime.CompilerServices.${name}`,
    assembly: 'mscorlib',
    arguments: given,
  };
  const builder: Typed = { operand: lowering.builder.local(type), type };
  const named = (member: string): MemberSymbol | undefined => lowering.system.membersNamed(type, member)[0];
  const invoke = (member: string, count: number): void => {
    const method = named(member);
    const values = Array.from({ length: count }, () => missing().operand);
    if (method)
      call(
        lowering,
        method,
        method.arity > 0 ? Array.from({ length: method.arity }, () => unknownType) : [],
        method.isStatic ? undefined : builder.operand,
        values,
        { span },
      );
  };
  invoke('Create', 0);
  invoke('Start', 1);
  invoke('SetException', 1);
  invoke('SetResult', given.length > 0 ? 1 : 0);
  invoke('SetStateMachine', 1);
  if (lowering.awaits > 0) invoke('AwaitUnsafeOnCompleted', 2);
  if (isTask) readProperty(lowering, builder, 'Task', { span });
}

/** What the compiler makes of `add` and `remove` of an event without accessors. */
export function eventField(
  lowering: ExpressionLowering,
  type: TypeRef,
  accessor: 'add' | 'remove',
  field: FieldRef,
  instance: Operand | undefined,
  at: number,
): void {
  const node: Expression = { kind: 'missing', span: { start: at, end: at } };
  const before = lowering.result(type);
  lowering.builder.emit({ kind: 'loadField', at, field, instance, result: before.operand.index });
  const given: Typed = { operand: { kind: 'parameter', index: 0 }, type };
  const after = callNamed(
    lowering,
    systemType('Delegate'),
    accessor === 'add' ? 'Combine' : 'Remove',
    [before, given],
    undefined,
    node,
  );
  const interlocked: NamedType = {
    kind: 'named',
    name: 'System.Threading.Interlocked',
    assembly: 'mscorlib',
    arguments: [],
  };
  const exchange = lowering.system.membersNamed(interlocked, 'CompareExchange').find(({ arity }) => arity === 1);
  const address = lowering.builder.temporary();
  lowering.builder.emit({ kind: 'fieldAddress', at, field, instance, result: address });
  if (exchange)
    call(
      lowering,
      exchange,
      [type],
      undefined,
      [{ kind: 'temporary', index: address }, after.operand, before.operand],
      node,
    );
  lowering.builder.emit({ kind: 'storeField', at, field, instance, value: after.operand });
}

/** `Monitor.Enter(gate, ref taken)`. */
export function callLock(
  lowering: ExpressionLowering,
  monitor: NamedType,
  gate: Operand,
  taken: Operand,
  node: Expression,
): void {
  const enter = lowering.system
    .membersNamed(monitor, 'Enter')
    .find(({ parameters }) => parameters.length === 2 && parameters[1]?.type.kind === 'byReference');
  if (enter) call(lowering, enter, [], undefined, [gate, taken], node);
}

export function elementOf(lowering: ExpressionLowering, type: TypeRef): TypeRef {
  return instanceOf(lowering.system, type, 'System.Collections.Generic.IEnumerable`1')?.[0] ?? systemType('Object');
}

/** The value of a field or an automatic property where it is declared. */
export function storeInitial(lowering: ExpressionLowering, member: MemberSymbol, node: Expression): void {
  const value = lowering.value(node, member.type).operand;
  const { start: at, end } = node.span;
  const name = member.kind === 'property' ? `<${member.name}>k__BackingField` : member.name;
  const field = { ...fieldRef(lowering, member), name };
  lowering.builder.emit({
    kind: 'storeField',
    at,
    end,
    field,
    instance: member.isStatic ? undefined : { kind: 'this' },
    value,
  });
}

/** `: base(…)`, `: this(…)`. */
export function constructBase(
  lowering: ExpressionLowering,
  type: NamedType,
  given: readonly Argument[],
  node: { readonly span: { readonly start: number; readonly end: number } },
): void {
  const typed = argumentsOf(lowering, given);
  const chosen = choose(lowering, lowering.system.constructorsOf(type), typed, given, []);
  if (chosen) callChosen(lowering, chosen, { kind: 'this' }, typed, asExpression(node), true);
}

export function lowerAwait(lowering: ExpressionLowering, node: Expression & { readonly value: Expression }): Typed {
  lowering.awaits++;
  const value = lowering.value(node.value);
  const awaiter = callMember(lowering, value, 'GetAwaiter', node);
  if (!awaiter) return lowering.open(node, 'await');
  readProperty(lowering, awaiter, 'IsCompleted', node);
  return callMember(lowering, awaiter, 'GetResult', node) ?? missing();
}

export function lowerInterpolated(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'interpolated' }>,
  wanted?: TypeRef,
): Typed {
  let format = '';
  const values: Typed[] = [];
  for (const part of node.parts) {
    if (typeof part === 'string') format += part.replaceAll('{', '{{').replaceAll('}', '}}');
    else {
      format += `{${values.length}}`;
      values.push(lowering.convert(lowering.lower(part.value), systemType('Object'), part));
    }
  }
  const text = lowering.constant(format, systemType('String'));
  const given = values.map((one) => ({ operand: one.operand, type: systemType('Object') }));
  const factory = systemType('Runtime.CompilerServices.FormattableStringFactory');
  return wanted && isFormattable(wanted)
    ? { ...callNamed(lowering, factory, 'Create', [text, ...given], undefined, node), type: wanted }
    : callNamed(lowering, systemType('String'), 'Format', [text, ...given], undefined, node);
}
