// Expressions as operations: each gives an operand and its type, and calls what the compiler would call for it.
import type { ConstantValue, FieldRef, MethodRef, Operand } from '../code/body.js';
import { isVoid, type TypeRef } from '../code/model.js';
import type { BodyBuilder } from './body-builder.js';
import { constantOf } from './constants.js';
import { isNumeric, primitiveName } from './conversions.js';
import { argumentsOf, arrangedFor, toGiven } from './lower-arguments.js';
import { isIncrement, lowerAssignment, lowerIncrement } from './lower-assignment.js';
import { convertTo, lowerCast, pointerTo } from './lower-conversion.js';
import { lowerNew, lowerNewArray } from './lower-creation.js';
import { lowerInvocation } from './lower-invocation.js';
import { lowerBinary, lowerConditional, lowerUnary, truthOf } from './lower-operator.js';
import { lowerPattern, lowerSwitchExpression } from './lower-pattern.js';
import {
  asExpression,
  fail,
  missing,
  type LambdaNode,
  type LoweringInput,
  type NewValue,
  type Typed,
} from './lowering.js';
import type { Argument, Expression, TypeName } from './nodes.js';
import { chooseOverload, instanceOf, type Chosen } from './overloads.js';
import { queryAsCalls } from './queries.js';
import { Scope, type Variable } from './scope.js';
import { systemType, unknownType, type Context, type MemberSymbol, type NamedType } from './symbols.js';
import { substitute, type Resolved, type TypeSystem } from './type-system.js';

export class ExpressionLowering {
  readonly input: LoweringInput;
  readonly system: TypeSystem;
  readonly builder: BodyBuilder;
  scope: Scope;
  /** Types of awaited values, for the builder of an async method. */
  awaits = 0;

  constructor(input: LoweringInput, scope: Scope) {
    this.input = input;
    this.system = input.system;
    this.builder = input.builder;
    this.scope = scope;
  }

  get context(): Context {
    return this.input.context;
  }

  typeOf(name: TypeName): TypeRef {
    return this.system.typeOf(name, this.input.context);
  }

  /** Its value; what it is converted to decides what a lambda or a method group becomes. */
  value(node: Expression, wanted?: TypeRef): Typed {
    const typed = this.lower(node, wanted);
    return wanted ? this.convert(typed, wanted, node) : this.settled(typed, node);
  }

  /** A name that means nothing known: what it does is left open, and that is said. */
  open(node: Expression, name: string): Typed {
    this.builder.unknown(node.span.start, `What ${name} means is not known`);
    return missing();
  }

  /** Without a type that is wanted, a lambda stays what it is. */
  settled(typed: Typed, node: Expression): Typed {
    if (typed.pending && typed.pending.kind === 'lambda') {
      this.input.anonymousBody(
        typed.pending,
        typed.pending.parameters.map(({ type }) => (type ? this.typeOf(type) : unknownType)),
        this.scope,
      );
      return { operand: pointerTo(this, this.input.definitions.anonymous(node.span), node), type: unknownType };
    }
    return typed;
  }

  effect(node: Expression): void {
    this.lower(node, undefined, true);
  }

  /** As what a branch asks: a boolean, or what a type says is true. */
  condition(node: Expression): Operand {
    return truthOf(this, this.value(node), node);
  }

  /** What a `const` local is made of; any other variable hides what else bears its name. */
  #constantLocal(name: string): Expression | 'variable' | undefined {
    const variable = this.scope.find(name);
    return variable && (variable.constant ?? 'variable');
  }

  result(type: TypeRef): NewValue {
    return { operand: { kind: 'temporary', index: this.builder.temporary() }, type };
  }

  lower(node: Expression, wanted?: TypeRef, isEffect = false): Typed {
    const constant = constantOf(node, this.system, this.input.context, (name) => this.#constantLocal(name));
    if (constant !== undefined && node.kind !== 'name' && node.kind !== 'member')
      return primitiveName(constant.type) === 'Decimal'
        ? this.decimal(constant.value, node)
        : this.constant(constant.value, constant.type);
    const at = node.span.start;
    const end = node.span.end;
    switch (node.kind) {
      case 'literal':
        return node.value === null
          ? { operand: { kind: 'constant', value: null }, type: unknownType, literal: 'null' }
          : this.constant(node.value === true ? 1 : node.value === false ? 0 : node.value, unknownType);
      case 'parenthesized':
      case 'checked':
      case 'unchecked':
        return this.lower(node.value, wanted, isEffect);
      case 'name':
        return this.#name(node);
      case 'member':
        return this.#member(node);
      case 'this':
      case 'base':
        return {
          operand: { kind: 'this' },
          type:
            node.kind === 'this'
              ? (this.input.thisType ?? unknownType)
              : ((this.input.thisType && this.system.basesOf(this.input.thisType)[0]) ?? unknownType),
        };
      case 'invocation':
        return lowerInvocation(this, node);
      case 'element':
        return this.#element(node);
      case 'new':
        return lowerNew(this, node, wanted);
      case 'newArray':
        return lowerNewArray(this, node, wanted);
      case 'anonymousObject':
        for (const { value } of node.members) this.value(value);
        return { ...this.result(unknownType) };
      case 'stackalloc': {
        const operands = node.size ? [this.value(node.size).operand] : [];
        const element: TypeRef = node.element ? this.typeOf(node.element) : unknownType;
        const result = this.result({ kind: 'pointer', element });
        this.builder.emit({
          kind: 'rawMemory',
          at,
          end,
          operator: 'localloc',
          operands,
          result: result.operand.index,
        });
        return result;
      }
      case 'unary':
        return isIncrement(node) ? lowerIncrement(this, node) : lowerUnary(this, node);
      case 'binary':
        return lowerBinary(this, node);
      case 'assignment':
        return lowerAssignment(this, node);
      case 'conditional':
        return lowerConditional(this, node, wanted);
      case 'cast':
        return lowerCast(this, node);
      case 'as': {
        const type = this.typeOf(node.type);
        const value = this.value(node.value).operand;
        const result = this.result(type);
        this.builder.emit({ kind: 'convert', at, end, how: 'isInstance', type, value, result: result.operand.index });
        return result;
      }
      case 'is': {
        const value = this.value(node.value);
        return { operand: this.pattern(node.pattern, value), type: systemType('Boolean') };
      }
      case 'typeof': {
        const type: TypeRef = node.type ? this.typeOf(node.type) : unknownType;
        const token = this.builder.temporary();
        this.builder.emit({ kind: 'token', at, end, type, result: token });
        return this.callNamed(
          systemType('Type'),
          'GetTypeFromHandle',
          [{ operand: { kind: 'temporary', index: token }, type: systemType('RuntimeTypeHandle') }],
          undefined,
          node,
        );
      }
      case 'sizeof': {
        const result = this.result(systemType('Int32'));
        this.builder.emit({
          kind: 'compute',
          at,
          end,
          operator: 'sizeof',
          operands: [],
          result: result.operand.index,
        });
        return result;
      }
      case 'default': {
        const type: TypeRef = node.type ? this.typeOf(node.type) : (wanted ?? unknownType);
        if (type.kind === 'named' && this.system.isValueType(type) && !isNumeric(type)) return { ...this.result(type) };
        return { operand: { kind: 'constant', value: isNumeric(type) ? 0 : null }, type, literal: 'default' };
      }
      case 'await':
        return this.#await(node);
      case 'throw': {
        const thrown = this.value(node.value).operand;
        this.builder.end({ kind: 'throw', value: thrown }, at);
        return missing();
      }
      case 'ref':
        return this.lower(node.value);
      case 'lambda':
        return { ...missing(), literal: { lambda: node.parameters.length, gives: givesOf(node) }, pending: node };
      case 'tuple': {
        const values = node.elements.map(({ value }) => this.value(value));
        const type = systemType(`ValueTuple\`${values.length}`, ...values.map((one) => one.type));
        return { ...this.result(type) };
      }
      case 'declaration': {
        const type = node.type.kind === 'var' ? unknownType : this.typeOf(node.type);
        return { operand: this.declare(node.name?.name, type), type };
      }
      case 'switchExpression':
        return lowerSwitchExpression(this, node, wanted);
      case 'with':
        for (const { value } of node.members) this.value(value);
        return this.value(node.value);
      case 'range':
        if (node.from) this.value(node.from);
        if (node.to) this.value(node.to);
        return { ...this.result(unknownType) };
      case 'query': {
        const calls = queryAsCalls(node);
        return calls ? this.lower(calls) : this.open(node, 'the query');
      }
      case 'interpolated':
        return this.#interpolated(node);
      case 'type':
      case 'missing':
        return missing();
    }
  }

  /** A constant of the language that is an object for the runtime. */
  decimal(value: ConstantValue, node: Expression): Typed {
    const type = systemType('Decimal');
    const isWhole = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
    const constructor = this.system
      .constructorsOf(type)
      .find(({ parameters }) =>
        isWhole
          ? parameters.length === 1 && primitiveName(parameters[0]?.type ?? unknownType) === 'Int32'
          : parameters.length === 5,
      );
    const operand: Operand = { kind: 'constant', value };
    if (!constructor || value === 0 || value === 1 || value === -1) return { operand, type };
    return this.call(
      constructor,
      [],
      undefined,
      constructor.parameters.map(() => operand),
      node,
    );
  }

  constant(value: ConstantValue, type: TypeRef): Typed {
    const typed =
      type.kind !== 'unknown'
        ? type
        : typeof value === 'string'
          ? systemType('String')
          : typeof value === 'bigint'
            ? systemType('Int64')
            : typeof value === 'number'
              ? systemType(Number.isInteger(value) ? 'Int32' : 'Double')
              : unknownType;
    const isInteger = primitiveName(typed) === 'Int32' && typeof value === 'number';
    return { operand: { kind: 'constant', value }, type: typed, ...(isInteger && { literal: { integer: value } }) };
  }

  /** A new local, known by its name. */
  declare(name: string | undefined, type: TypeRef): Operand {
    const operand = this.builder.local(type, name);
    if (name !== undefined) this.scope.declare(name, { type, operand, isReference: false });
    return operand;
  }

  #readVariable({ operand, type, isReference, constant }: Variable, node: Expression): Typed {
    if (constant) return this.value(constant, type);
    if (!isReference) return { operand, type };
    const result = this.result(type);
    this.builder.emit({
      kind: 'loadIndirect',
      at: node.span.start,
      end: node.span.end,
      address: operand,
      result: result.operand.index,
    });
    return result;
  }

  #name(node: Extract<Expression, { kind: 'name' }>): Typed {
    const variable = this.scope.find(node.name);
    if (variable) return this.#readVariable(variable, node);
    const member = this.simpleMember(node.name);
    if (member) return this.read(member.members, member.instance, node, this.given(node.arguments));
    return this.open(node, node.name);
  }

  given(types: readonly TypeName[]): readonly TypeRef[] {
    return types.map((type) => this.typeOf(type));
  }

  /** Members that a simple name can mean: of the type around and of those around it, then of `using static`. */
  simpleMember(
    name: string,
  ): { readonly members: readonly MemberSymbol[]; readonly instance: Operand | undefined } | undefined {
    for (let type = this.input.context.type; type; type = type.outer) {
      const members = this.system.membersNamed(this.system.instanceOf(type), name);
      if (members.length === 0) continue;
      const isOwn = type === this.input.context.type && this.input.thisType !== undefined;
      return { members, instance: isOwn ? { kind: 'this' } : undefined };
    }
    for (const type of this.system.staticUsings(this.input.context)) {
      const members = this.system.membersNamed(type, name).filter(({ isStatic }) => isStatic);
      if (members.length > 0) return { members, instance: undefined };
    }
    return undefined;
  }

  /** What stands before a dot: a type or a namespace where it is no value. */
  target(node: Expression): Resolved | undefined {
    switch (node.kind) {
      case 'type': {
        return { kind: 'type', type: this.typeOf(node.type) };
      }
      case 'name': {
        if (this.scope.find(node.name)) return undefined;
        const given = this.given(node.arguments);
        const member = this.simpleMember(node.name);
        if (member) {
          // A property of the name of its type: what follows decides, and mostly the value has it.
          return undefined;
        }
        return this.system.resolve(node.name, given, this.input.context);
      }
      case 'member': {
        const outer = this.target(node.target);
        return outer && this.system.member(outer, node.name.name, this.given(node.arguments));
      }
      default:
        return undefined;
    }
  }

  #member(node: Extract<Expression, { kind: 'member' }>): Typed {
    const given = this.given(node.arguments);
    const name = node.name.name;
    const target = this.target(node.target);
    if (target?.kind === 'namespace') return this.open(node, name);
    if (target) {
      const members = this.system
        .membersNamed(target.type, name)
        .filter(({ isStatic, kind }) => isStatic || kind === 'method');
      return members.length === 0 ? this.open(node, name) : this.read(members, undefined, node, given);
    }
    const value = this.value(node.target);
    return this.conditionally(node.isConditional, value, node, () => {
      if (value.type.kind === 'array' && name === 'Length') return this.#length(value, node);
      const members = this.system.membersNamed(value.type, name);
      if (members.length > 0) return this.read(members, value.operand, node, given);
      const byType = this.typeInsteadOf(node.target, name);
      if (byType) return this.read(byType, undefined, node, given);
      const extensions = this.system.extensionsNamed(name, this.input.context);
      if (extensions.length > 0)
        return {
          ...missing(),
          literal: 'methodGroup',
          pending: { kind: 'methodGroup', candidates: extensions, instance: value.operand, arguments: given },
        };
      return this.open(node, name);
    });
  }

  /** "Color Color": the name means a value that has no such member, and a type of the same name that has it. */
  typeInsteadOf(node: Expression, name: string): readonly MemberSymbol[] | undefined {
    if (node.kind !== 'name') return undefined;
    const resolved = this.system.resolve(node.name, [], this.input.context);
    if (resolved?.kind !== 'type') return undefined;
    const members = this.system.membersNamed(resolved.type, name).filter(({ isStatic }) => isStatic);
    return members.length > 0 ? members : undefined;
  }

  /** `a?.b`: only where there is something. */
  conditionally(isConditional: boolean, value: Typed, node: Expression, read: () => Typed): Typed {
    if (!isConditional) return read();
    const [some, none, after] = [this.builder.label(), this.builder.label(), this.builder.label()];
    const at = node.span.start;
    this.builder.end(
      { kind: 'branch', operator: undefined, left: value.operand, right: undefined, then: some, otherwise: none },
      at,
    );
    this.builder.place(some, at);
    const typed = this.settled(read(), node);
    const result = this.result(typed.type);
    this.builder.emit({ kind: 'assign', at, target: result.operand, value: typed.operand });
    this.builder.end({ kind: 'jump', to: after }, at);
    this.builder.place(none, at);
    this.builder.emit({ kind: 'assign', at, target: result.operand, value: { kind: 'constant', value: null } });
    this.builder.place(after, node.span.end);
    return result;
  }

  #length({ operand }: Typed, node: Expression): Typed {
    const result = this.result(systemType('Int32'));
    this.builder.emit({
      kind: 'compute',
      at: node.span.start,
      end: node.span.end,
      operator: 'ldlen',
      operands: [operand],
      result: result.operand.index,
    });
    return result;
  }

  read(
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
        literal: 'methodGroup',
        pending: { kind: 'methodGroup', candidates: members, instance, arguments: given },
      };
    return this.readMember(first, instance, node);
  }

  readMember(member: MemberSymbol, instance: Operand | undefined, node: Expression): Typed {
    const at = node.span.start;
    const end = node.span.end;
    const type = substitute(member.type, member.declaring.arguments);
    if (member.kind === 'property') return this.callAccessor(this.declaredFirst(member), 'get', instance, [], node);
    if (member.constant !== undefined && member.source === undefined)
      return { ...this.constant(member.constant, type), type };
    const constant = member.source && constantOf(node, this.system, this.input.context, () => undefined);
    if (constant) return { ...this.constant(constant.value, type), type };
    const result = this.result(type);
    const receiver = member.isStatic ? undefined : instance;
    this.builder.emit({
      kind: 'loadField',
      at,
      end,
      field: this.fieldRef(member),
      instance: receiver,
      result: result.operand.index,
    });
    return result;
  }

  fieldRef(member: MemberSymbol): FieldRef {
    const definition = member.source && this.input.definitions.field(member.source);
    return { type: member.declaring, name: member.name, fieldType: member.type, ...(definition && { definition }) };
  }

  /** Of an override the member it overrides: that is what a reference names. */
  declaredFirst(member: MemberSymbol): MemberSymbol {
    if (!member.isOverride) return member;
    const same = this.system
      .membersNamed(member.declaring, member.name)
      .filter((one) => one.kind === member.kind && one.parameters.length === member.parameters.length);
    return same.find((one) => !one.isOverride) ?? member;
  }

  callAccessor(
    member: MemberSymbol,
    accessor: 'get' | 'set' | 'add' | 'remove',
    instance: Operand | undefined,
    given: readonly Operand[],
    node: { readonly span: { readonly start: number; readonly end: number } },
    isBase = false,
  ): Typed {
    const isSetter = accessor !== 'get';
    const definition = member.source && this.input.definitions.method(member.source, accessor);
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
    return this.emitCall(method, member.isStatic ? undefined : instance, given, node, isBase);
  }

  emitCall(
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
    const result = !isNew && isVoid(method.returns) ? undefined : this.builder.temporary();
    const isValue = method.type.kind === 'named' && this.system.isValueType(method.type);
    this.builder.emit({
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

  call(
    member: MemberSymbol,
    typeArguments: readonly TypeRef[],
    instance: Operand | undefined,
    given: readonly Operand[],
    node: { readonly span: { readonly start: number; readonly end: number } },
    isBase = false,
  ): Typed {
    const isNew = member.kind === 'constructor' && instance === undefined;
    const definition = member.source && this.input.definitions.method(member.source);
    const method: MethodRef = {
      type: member.declaring,
      name: member.name,
      isStatic: member.isStatic,
      parameters: member.parameters.map(({ type }) => type),
      returns: member.kind === 'constructor' ? systemType('Void') : member.type,
      arguments: typeArguments,
      ...(definition && { definition }),
    };
    return this.emitCall(
      method,
      member.isStatic ? undefined : instance,
      given,
      node,
      isBase || (member.kind === 'constructor' && !isNew),
      isNew,
    );
  }

  /** A method of the framework that a construct of the language calls. */
  callNamed(
    type: NamedType,
    name: string,
    given: readonly Typed[],
    instance: Operand | undefined,
    node: Expression,
  ): Typed {
    const chosen = chooseOverload(
      this.system,
      this.system.membersNamed(type, name).filter(({ kind }) => kind === 'method'),
      given.map((one) => ({ type: one.type, ...(one.literal !== undefined && { literal: one.literal }) })),
      [],
    );
    if (!chosen) return missing();
    return this.call(chosen.member, chosen.arguments, instance, arrangedFor(this, chosen, given, node), node);
  }

  /** `text[i]` of a `foreach` over a string. */
  characterOf(text: Typed, node: Expression): Typed {
    const [member] = this.system.membersNamed(text.type, 'Chars');
    return member ? this.callAccessor(member, 'get', text.operand, [missing().operand], node) : missing();
  }

  callMember(
    instance: Typed,
    name: string,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed | undefined {
    const candidates = this.system
      .membersNamed(instance.type, name)
      .filter(({ kind, parameters }) => kind === 'method' && parameters.length === 0);
    const [first] = candidates;
    if (!first) return undefined;
    return this.call(candidates.find((one) => !one.isOverride) ?? first, [], instance.operand, [], node);
  }

  readProperty(
    instance: Typed,
    name: string,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed | undefined {
    const [member] = this.system.membersNamed(instance.type, name).filter(({ kind }) => kind === 'property');
    return member && this.callAccessor(this.declaredFirst(member), 'get', instance.operand, [], node);
  }

  /** A static method of the framework by name and argument types, for what statements call. */
  callStatic(type: NamedType, name: string, given: readonly Typed[], node: Expression): Typed {
    return this.callNamed(type, name, given, undefined, node);
  }

  /** What the compiler calls to begin and end an async method. */
  asyncBuilder(returns: TypeRef, span: { readonly start: number; readonly end: number }): void {
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
    const builder: Typed = { operand: this.builder.local(type), type };
    const named = (member: string): MemberSymbol | undefined => this.system.membersNamed(type, member)[0];
    const call = (member: string, count: number): void => {
      const method = named(member);
      const values = Array.from({ length: count }, () => missing().operand);
      if (method)
        this.call(
          method,
          method.arity > 0 ? Array.from({ length: method.arity }, () => unknownType) : [],
          method.isStatic ? undefined : builder.operand,
          values,
          { span },
        );
    };
    call('Create', 0);
    call('Start', 1);
    call('SetException', 1);
    call('SetResult', given.length > 0 ? 1 : 0);
    call('SetStateMachine', 1);
    if (this.awaits > 0) call('AwaitUnsafeOnCompleted', 2);
    if (isTask) this.readProperty(builder, 'Task', { span });
  }

  /** What the compiler makes of `add` and `remove` of an event without accessors. */
  eventField(
    type: TypeRef,
    accessor: 'add' | 'remove',
    field: FieldRef,
    instance: Operand | undefined,
    at: number,
  ): void {
    const node: Expression = { kind: 'missing', span: { start: at, end: at } };
    const before = this.result(type);
    this.builder.emit({ kind: 'loadField', at, field, instance, result: before.operand.index });
    const given: Typed = { operand: { kind: 'parameter', index: 0 }, type };
    const after = this.callNamed(
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
    const exchange = this.system.membersNamed(interlocked, 'CompareExchange').find(({ arity }) => arity === 1);
    const address = this.builder.temporary();
    this.builder.emit({ kind: 'fieldAddress', at, field, instance, result: address });
    if (exchange)
      this.call(
        exchange,
        [type],
        undefined,
        [{ kind: 'temporary', index: address }, after.operand, before.operand],
        node,
      );
    this.builder.emit({ kind: 'storeField', at, field, instance, value: after.operand });
  }

  /** `Monitor.Enter(gate, ref taken)`. */
  callLock(monitor: NamedType, gate: Operand, taken: Operand, node: Expression): void {
    const enter = this.system
      .membersNamed(monitor, 'Enter')
      .find(({ parameters }) => parameters.length === 2 && parameters[1]?.type.kind === 'byReference');
    if (enter) this.call(enter, [], undefined, [gate, taken], node);
  }

  isDerivedFrom(type: TypeRef, base: string): boolean {
    return this.system.isDerivedFrom(type, base);
  }

  elementOf(type: TypeRef): TypeRef {
    return instanceOf(this.system, type, 'System.Collections.Generic.IEnumerable`1')?.[0] ?? systemType('Object');
  }

  #element(node: Extract<Expression, { kind: 'element' }>): Typed {
    const value = this.value(node.target);
    return this.conditionally(node.isConditional, value, node, () => {
      if (value.type.kind === 'array' || value.type.kind === 'pointer') {
        const index = node.arguments.map((argument) => this.value(argument.value).operand)[0] ?? missing().operand;
        const result = this.result(value.type.element);
        const at = node.span.start;
        if (value.type.kind === 'array')
          this.builder.emit({
            kind: 'loadElement',
            at,
            end: node.span.end,
            array: value.operand,
            index,
            result: result.operand.index,
          });
        else
          this.builder.emit({
            kind: 'loadIndirect',
            at,
            end: node.span.end,
            address: value.operand,
            result: result.operand.index,
          });
        return result;
      }
      const indexer = this.indexer(value.type, node.arguments);
      if (!indexer) return this.open(node, '[]');
      return this.callAccessor(
        this.declaredFirst(indexer.chosen.member),
        'get',
        value.operand,
        arrangedFor(this, indexer.chosen, indexer.given, node),
        node,
      );
    });
  }

  indexer(
    type: TypeRef,
    written: readonly Argument[],
  ): { readonly chosen: Chosen; readonly given: readonly Typed[] } | undefined {
    const given = argumentsOf(this, written);
    const isString = primitiveName(type) === 'String';
    const candidates = this.system
      .membersNamed(type, isString ? 'Chars' : 'Item')
      .filter(({ kind }) => kind === 'property');
    const chosen = chooseOverload(
      this.system,
      candidates,
      given.map((one, index) => toGiven(one, written[index] ?? fail())),
      [],
    );
    return chosen && { chosen, given };
  }

  /** The value of a field or an automatic property where it is declared. */
  storeInitial(member: MemberSymbol, node: Expression): void {
    const value = this.value(node, member.type).operand;
    const { start: at, end } = node.span;
    const name = member.kind === 'property' ? `<${member.name}>k__BackingField` : member.name;
    const field = { ...this.fieldRef(member), name };
    this.builder.emit({
      kind: 'storeField',
      at,
      end,
      field,
      instance: member.isStatic ? undefined : { kind: 'this' },
      value,
    });
  }

  /** `: base(…)`, `: this(…)`. */
  constructBase(
    type: NamedType,
    given: readonly Argument[],
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): void {
    const typed = argumentsOf(this, given);
    const chosen = chooseOverload(
      this.system,
      this.system.constructorsOf(type),
      typed.map((one, index) => toGiven(one, given[index] ?? fail())),
      [],
    );
    if (chosen)
      this.call(chosen.member, [], { kind: 'this' }, arrangedFor(this, chosen, typed, asExpression(node)), node, true);
  }

  /** As a value of another type, by what the language does of itself. */
  convert(
    typed: Typed,
    wanted: TypeRef,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed {
    return convertTo(this, typed, wanted, node);
  }

  #await(node: Expression & { readonly value: Expression }): Typed {
    this.awaits++;
    const value = this.value(node.value);
    const awaiter = this.callMember(value, 'GetAwaiter', node);
    if (!awaiter) return this.open(node, 'await');
    this.readProperty(awaiter, 'IsCompleted', node);
    return this.callMember(awaiter, 'GetResult', node) ?? missing();
  }

  #interpolated(node: Extract<Expression, { kind: 'interpolated' }>): Typed {
    let format = '';
    const values: Typed[] = [];
    for (const part of node.parts) {
      if (typeof part === 'string') format += part.replaceAll('{', '{{').replaceAll('}', '}}');
      else {
        format += `{${values.length}}`;
        values.push(this.convert(this.lower(part.value), systemType('Object'), part));
      }
    }
    const text = this.constant(format, systemType('String'));
    const given = values.map((one) => ({ operand: one.operand, type: systemType('Object') }));
    return this.callNamed(systemType('String'), 'Format', [text, ...given], undefined, node);
  }

  /** Whether a value fits; what a pattern names is declared. */
  pattern(node: Extract<Expression, { kind: 'is' }>['pattern'], value: Typed): Operand {
    return lowerPattern(this, node, value);
  }
}

/** What a lambda gives back, as far as its shape tells. */
function givesOf({ body, isAsync }: LambdaNode): 'nothing' | 'something' | 'either' {
  if (isAsync) return 'something';
  if (body.kind === 'expressionBody') return 'either';
  return returnsValue(body) ? 'something' : 'nothing';
}

function returnsValue(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && (node.kind === 'lambda' || node.kind === 'localFunction')) return false;
  if ('kind' in node && node.kind === 'return' && 'value' in node && node.value !== undefined) return true;
  if ('kind' in node && node.kind === 'throw') return false;
  return Object.values(node).some(returnsValue);
}
