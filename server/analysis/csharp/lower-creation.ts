// Objects and arrays that are made, with what their initializers put into them.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { argumentsOf, arrangedFor, choose } from './lower-arguments.js';
import { call, callAccessor, callChosen } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { declaredFirst, fieldRef, readMember } from './lower-name.js';
import { asExpression, lastName, missing, type Typed } from './lowering.js';
import { isInitializer, type Expression, type Initializer } from './nodes.js';
import { systemType, unknownType, type MemberSymbol, type NamedType } from './symbols.js';
import { anonymousType, tupleType } from './shaped-types.js';
import { substitute } from './type-system.js';

export function lowerNew(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'new' }>,
  wanted?: TypeRef,
): Typed {
  const type = node.type ? lowering.typeOf(node.type) : (wanted ?? unknownType);
  const first = node.arguments[0];
  if (lowering.system.kindOf(type) === 'delegate' && first) {
    const target = lowering.lower(first.value);
    return lowering.convert(target.pending ? target : { ...target, type: unknownType }, type, node);
  }
  const typed = argumentsOf(lowering, node.arguments);
  if (type.kind === 'typeParameter' || type.kind === 'methodParameter') {
    const create = lowering.system
      .membersNamed(systemType('Activator'), 'CreateInstance')
      .find(({ arity, parameters }) => arity === 1 && parameters.length === 0);
    if (create) return { ...call(lowering, create, [type], undefined, [], node), type };
  }
  if (type.kind !== 'named') {
    for (const one of typed) lowering.settled(one, node);
    lowering.open(node, 'new');
    return missing(type);
  }
  const isDefault = typed.length === 0 && lowering.system.isValueType(type);
  const chosen = isDefault
    ? undefined
    : choose(lowering, lowering.system.constructorsOf(type), typed, node.arguments, []);
  const made = chosen
    ? callChosen(lowering, chosen, undefined, typed, node)
    : unmade(lowering, type, typed, node, isDefault);
  if (node.initializer) initialize(lowering, made, node.initializer);
  return made;
}

function unmade(
  lowering: ExpressionLowering,
  type: NamedType,
  typed: readonly Typed[],
  node: Expression,
  isDefault: boolean,
): Typed {
  for (const one of typed) lowering.settled(one, node);
  if (isDefault) {
    const local = lowering.builder.local(type);
    const address = lowering.builder.temporary();
    lowering.builder.emit({ kind: 'addressOf', at: node.span.start, variable: local, result: address });
    lowering.builder.emit({
      kind: 'storeIndirect',
      at: node.span.start,
      end: node.span.end,
      address: { kind: 'temporary', index: address },
      type,
    });
    return { operand: local, type };
  }
  lowering.open(node, 'the constructor');
  return { ...lowering.result(type) };
}

function initialize(lowering: ExpressionLowering, target: Typed, { elements }: Initializer): void {
  for (const element of elements) {
    switch (element.kind) {
      case 'property': {
        const [member] = lowering.system.membersNamed(target.type, element.name.name);
        if (!member) break;
        if (isInitializer(element.value))
          initialize(lowering, readMember(lowering, member, target.operand, asExpression(element)), element.value);
        else
          storeMember(
            lowering,
            member,
            target.operand,
            lowering.value(element.value, substitute(member.type, member.declaring.arguments)).operand,
            element,
          );
        break;
      }
      case 'index': {
        const indexer = lowering.indexer(target.type, element.arguments);
        const value = isInitializer(element.value) ? missing() : lowering.value(element.value);
        if (indexer)
          callAccessor(
            lowering,
            indexer.chosen.member,
            'set',
            target.operand,
            [...arrangedFor(lowering, indexer.chosen, indexer.given, asExpression(element)), value.operand],
            element,
          );
        break;
      }
      case 'element': {
        const values = element.values.map((value) => lowering.lower(value));
        const candidates = lowering.system.membersNamed(target.type, 'Add').filter(({ kind }) => kind === 'method');
        const chosen = choose(lowering, candidates, values, [], []);
        if (chosen) callChosen(lowering, chosen, target.operand, values, asExpression(element));
        break;
      }
    }
  }
}

export function storeMember(
  lowering: ExpressionLowering,
  member: MemberSymbol,
  instance: Operand | undefined,
  value: Operand,
  node: { readonly span: { readonly start: number; readonly end: number } },
): void {
  if (member.kind === 'property' && (member.hasSetter || !member.source)) {
    callAccessor(lowering, declaredFirst(lowering, member), 'set', instance, [value], node);
    return;
  }
  const { start: at, end } = node.span;
  // A constructor gives a property without a setter its value.
  const backing = member.kind === 'property' ? `<${member.name}>k__BackingField` : member.name;
  lowering.builder.emit({
    kind: 'storeField',
    at,
    end,
    field: { ...fieldRef(lowering, member), name: backing },
    instance: member.isStatic ? undefined : instance,
    value,
  });
}

export function lowerAnonymousObject(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'anonymousObject' }>,
): Typed {
  const members = node.members.map(({ name, value }) => ({
    name: name?.name ?? lastName(value),
    value: lowering.value(value),
  }));
  const type = anonymousType(members.map(({ name, value }) => ({ name, type: value.type })));
  const made = lowering.result(type);
  const { start: at, end } = node.span;
  // Its constructor has no name that a source can say.
  const result = made.operand.index;
  lowering.builder.emit({ kind: 'compute', at, end, operator: 'newobj', operands: [], result });
  for (const [index, { name, value }] of members.entries())
    lowering.builder.emit({
      kind: 'storeField',
      at,
      end,
      field: { type, name, fieldType: { kind: 'typeParameter', index } },
      instance: made.operand,
      value: value.operand,
    });
  return made;
}

export function lowerTuple(
  lowering: ExpressionLowering,
  node: Extract<Expression, { kind: 'tuple' }>,
  wanted?: TypeRef,
): Typed {
  const isWanted = wanted?.kind === 'named' && wanted.name === `System.ValueTuple\`${node.elements.length}`;
  const given = isWanted ? wanted.arguments : [];
  const values = node.elements.map(({ value }, index) => lowering.value(value, given[index]));
  const type = tupleType(
    values.map((one) => one.type),
    node.elements.map(({ name, value }) => name ?? (lastName(value) || undefined)),
  );
  const [constructor] = lowering.system.constructorsOf(type);
  const operands = values.map(({ operand }) => operand);
  if (!constructor) return lowering.result(type);
  return { ...call(lowering, constructor, [], undefined, operands, node), type: isWanted ? wanted : type };
}
