// Expressions as operations: each gives an operand and its type, and calls what the compiler would call for it.
import type { ConstantValue, FieldRef, MethodRef, Operand, OwnMethod } from '../code/body.js';
import type { FieldDef, TypeDef, TypeRef } from '../code/model.js';
import { isVoid } from '../code/model.js';
import type { AnonymousNode } from './anonymous.js';
import type { BodyBuilder } from './body-builder.js';
import { constantOf } from './constants.js';
import { implicitConversion, isNumeric, primitiveName, sameType, type Given } from './conversions.js';
import { isInitializer, type Argument, type Expression, type Initializer, type TypeName } from './nodes.js';
import { operatorName, unaryOperatorName } from './operators.js';
import { chooseOverload, instanceOf, type Chosen } from './overloads.js';
import { queryAsCalls } from './queries.js';
import { Scope, type Variable } from './scope.js';
import {
  systemType,
  unknownType,
  type Context,
  type MemberSymbol,
  type NamedType,
  type SourceMember,
} from './symbols.js';
import { substitute, type Resolved, type TypeSystem } from './type-system.js';

/** A value: where it is, and what it is seen as. */
export interface Typed {
  readonly operand: Operand;
  readonly type: TypeRef;
  readonly literal?: Given['literal'];
  /** Not made into a value yet: what it is converted to decides. */
  readonly pending?: Extract<Expression, { kind: 'lambda' }> | MethodGroup;
}

interface NewValue {
  readonly operand: Extract<Operand, { kind: 'temporary' }>;
  readonly type: TypeRef;
}

interface MethodGroup {
  readonly kind: 'methodGroup';
  readonly candidates: readonly MemberSymbol[];
  readonly instance: Operand | undefined;
  readonly arguments: readonly TypeRef[];
}

type LambdaNode = Extract<Expression, { kind: 'lambda' }>;

/** What the assembly knows of its own members: definitions to refer to. */
export interface Definitions {
  method(source: SourceMember, accessor?: 'get' | 'set' | 'add' | 'remove'): OwnMethod | undefined;
  field(source: SourceMember): { readonly type: TypeDef; readonly field: FieldDef } | undefined;
  /** The method that a lambda or a local function becomes. */
  anonymous(span: { readonly start: number }): OwnMethod | undefined;
}

export interface LoweringInput {
  readonly system: TypeSystem;
  readonly definitions: Definitions;
  readonly context: Context;
  readonly builder: BodyBuilder;
  /** Conditional compilation symbols: calls of methods for others are left out, arguments and all. */
  readonly symbols: ReadonlySet<string>;
  /** Undefined in static members. */
  readonly thisType: NamedType | undefined;
  /** Lowers a lambda's or a local function's own body, when its parameters are known. */
  anonymousBody(node: AnonymousNode, parameters: readonly TypeRef[], scope: Scope): TypeRef;
}

const missing = (type: TypeRef = unknownType): Typed => ({ operand: { kind: 'temporary', index: -1 }, type });

export class ExpressionLowering {
  readonly #input: LoweringInput;
  readonly #system: TypeSystem;
  readonly #builder: BodyBuilder;
  scope: Scope;
  /** Types of awaited values, for the builder of an async method. */
  awaits = 0;

  constructor(input: LoweringInput, scope: Scope) {
    this.#input = input;
    this.#system = input.system;
    this.#builder = input.builder;
    this.scope = scope;
  }

  get context(): Context {
    return this.#input.context;
  }

  typeOf(name: TypeName): TypeRef {
    return this.#system.typeOf(name, this.#input.context);
  }

  /** Its value; what it is converted to decides what a lambda or a method group becomes. */
  value(node: Expression, wanted?: TypeRef): Typed {
    const typed = this.#lower(node, wanted);
    return wanted ? this.convert(typed, wanted, node) : this.#settled(typed, node);
  }

  /** A name that means nothing known: what it does is left open, and that is said. */
  #open(node: Expression, name: string): Typed {
    this.#builder.unknown(node.span.start, `What ${name} means is not known`);
    return missing();
  }

  /** Without a type that is wanted, a lambda stays what it is. */
  #settled(typed: Typed, node: Expression): Typed {
    if (typed.pending && typed.pending.kind === 'lambda') {
      this.#input.anonymousBody(
        typed.pending,
        typed.pending.parameters.map(({ type }) => (type ? this.typeOf(type) : unknownType)),
        this.scope,
      );
      return { operand: this.#pointer(this.#input.definitions.anonymous(node.span), node), type: unknownType };
    }
    return typed;
  }

  effect(node: Expression): void {
    this.#lower(node, undefined, true);
  }

  /** As what a branch asks: a boolean, or what a type says is true. */
  condition(node: Expression): Operand {
    return this.#truth(this.value(node), node);
  }

  #truth(typed: Typed, node: Expression): Operand {
    if (typed.type.kind !== 'named' || this.#isBoolean(typed.type)) return typed.operand;
    const [isTrue] = this.#system.membersNamed(typed.type, 'op_True');
    if (isTrue) return this.#call(isTrue, [], undefined, [typed.operand], node).operand;
    const implicit = implicitConversion(this.#system, typed.type, systemType('Boolean'));
    return implicit ? this.#call(implicit, [], undefined, [typed.operand], node).operand : typed.operand;
  }

  /** What a `const` local is made of; any other variable hides what else bears its name. */
  #constantLocal(name: string): Expression | 'variable' | undefined {
    const variable = this.scope.find(name);
    return variable && (variable.constant ?? 'variable');
  }

  #result(type: TypeRef): NewValue {
    return { operand: { kind: 'temporary', index: this.#builder.temporary() }, type };
  }

  #lower(node: Expression, wanted?: TypeRef, isEffect = false): Typed {
    const constant = constantOf(node, this.#system, this.#input.context, (name) => this.#constantLocal(name));
    if (constant !== undefined && node.kind !== 'name' && node.kind !== 'member')
      return primitiveName(constant.type) === 'Decimal'
        ? this.#decimal(constant.value, node)
        : this.#constant(constant.value, constant.type);
    const at = node.span.start;
    const end = node.span.end;
    switch (node.kind) {
      case 'literal':
        return node.value === null
          ? { operand: { kind: 'constant', value: null }, type: unknownType, literal: 'null' }
          : this.#constant(node.value === true ? 1 : node.value === false ? 0 : node.value, unknownType);
      case 'parenthesized':
      case 'checked':
      case 'unchecked':
        return this.#lower(node.value, wanted, isEffect);
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
              ? (this.#input.thisType ?? unknownType)
              : ((this.#input.thisType && this.#system.basesOf(this.#input.thisType)[0]) ?? unknownType),
        };
      case 'invocation':
        return this.#invocation(node);
      case 'element':
        return this.#element(node);
      case 'new':
        return this.#new(node, wanted);
      case 'newArray':
        return this.#newArray(node, wanted);
      case 'anonymousObject':
        for (const { value } of node.members) this.value(value);
        return { ...this.#result(unknownType) };
      case 'stackalloc': {
        const operands = node.size ? [this.value(node.size).operand] : [];
        const element: TypeRef = node.element ? this.typeOf(node.element) : unknownType;
        const result = this.#result({ kind: 'pointer', element });
        this.#builder.emit({
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
        return this.#unary(node);
      case 'binary':
        return this.#binary(node);
      case 'assignment':
        return this.#assignment(node);
      case 'conditional':
        return this.#conditional(node, wanted);
      case 'cast':
        return this.#cast(node);
      case 'as': {
        const type = this.typeOf(node.type);
        const value = this.value(node.value).operand;
        const result = this.#result(type);
        this.#builder.emit({ kind: 'convert', at, end, how: 'isInstance', type, value, result: result.operand.index });
        return result;
      }
      case 'is': {
        const value = this.value(node.value);
        return { operand: this.pattern(node.pattern, value), type: systemType('Boolean') };
      }
      case 'typeof': {
        const type: TypeRef = node.type ? this.typeOf(node.type) : unknownType;
        const token = this.#builder.temporary();
        this.#builder.emit({ kind: 'token', at, end, type, result: token });
        return this.#callNamed(
          systemType('Type'),
          'GetTypeFromHandle',
          [{ operand: { kind: 'temporary', index: token }, type: systemType('RuntimeTypeHandle') }],
          undefined,
          node,
        );
      }
      case 'sizeof': {
        const result = this.#result(systemType('Int32'));
        this.#builder.emit({
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
        if (type.kind === 'named' && this.#system.isValueType(type) && !isNumeric(type))
          return { ...this.#result(type) };
        return { operand: { kind: 'constant', value: isNumeric(type) ? 0 : null }, type, literal: 'default' };
      }
      case 'await':
        return this.#await(node);
      case 'throw': {
        const thrown = this.value(node.value).operand;
        this.#builder.end({ kind: 'throw', value: thrown }, at);
        return missing();
      }
      case 'ref':
        return this.#lower(node.value);
      case 'lambda':
        return { ...missing(), literal: { lambda: node.parameters.length, gives: givesOf(node) }, pending: node };
      case 'tuple': {
        const values = node.elements.map(({ value }) => this.value(value));
        const type = systemType(`ValueTuple\`${values.length}`, ...values.map((one) => one.type));
        return { ...this.#result(type) };
      }
      case 'declaration': {
        const type = node.type.kind === 'var' ? unknownType : this.typeOf(node.type);
        return { operand: this.declare(node.name?.name, type), type };
      }
      case 'switchExpression':
        return this.#switchExpression(node, wanted);
      case 'with':
        for (const { value } of node.members) this.value(value);
        return this.value(node.value);
      case 'range':
        if (node.from) this.value(node.from);
        if (node.to) this.value(node.to);
        return { ...this.#result(unknownType) };
      case 'query': {
        const calls = queryAsCalls(node);
        return calls ? this.#lower(calls) : this.#open(node, 'the query');
      }
      case 'interpolated':
        return this.#interpolated(node);
      case 'type':
      case 'missing':
        return missing();
    }
  }

  /** A constant of the language that is an object for the runtime. */
  #decimal(value: ConstantValue, node: Expression): Typed {
    const type = systemType('Decimal');
    const isWhole = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
    const constructor = this.#system
      .constructorsOf(type)
      .find(({ parameters }) =>
        isWhole
          ? parameters.length === 1 && primitiveName(parameters[0]?.type ?? unknownType) === 'Int32'
          : parameters.length === 5,
      );
    const operand: Operand = { kind: 'constant', value };
    if (!constructor || value === 0 || value === 1 || value === -1) return { operand, type };
    return this.#call(
      constructor,
      [],
      undefined,
      constructor.parameters.map(() => operand),
      node,
    );
  }

  #constant(value: ConstantValue, type: TypeRef): Typed {
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
    const operand = this.#builder.local(type, name);
    if (name !== undefined) this.scope.declare(name, { type, operand, isReference: false });
    return operand;
  }

  #readVariable({ operand, type, isReference, constant }: Variable, node: Expression): Typed {
    if (constant) return this.value(constant, type);
    if (!isReference) return { operand, type };
    const result = this.#result(type);
    this.#builder.emit({
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
    const member = this.#simpleMember(node.name);
    if (member) return this.#read(member.members, member.instance, node, this.#given(node.arguments));
    return this.#open(node, node.name);
  }

  #given(types: readonly TypeName[]): readonly TypeRef[] {
    return types.map((type) => this.typeOf(type));
  }

  /** Members that a simple name can mean: of the type around and of those around it, then of `using static`. */
  #simpleMember(
    name: string,
  ): { readonly members: readonly MemberSymbol[]; readonly instance: Operand | undefined } | undefined {
    for (let type = this.#input.context.type; type; type = type.outer) {
      const members = this.#system.membersNamed(this.#system.instanceOf(type), name);
      if (members.length === 0) continue;
      const isOwn = type === this.#input.context.type && this.#input.thisType !== undefined;
      return { members, instance: isOwn ? { kind: 'this' } : undefined };
    }
    for (const type of this.#system.staticUsings(this.#input.context)) {
      const members = this.#system.membersNamed(type, name).filter(({ isStatic }) => isStatic);
      if (members.length > 0) return { members, instance: undefined };
    }
    return undefined;
  }

  /** What stands before a dot: a type or a namespace where it is no value. */
  #target(node: Expression): Resolved | undefined {
    switch (node.kind) {
      case 'type': {
        return { kind: 'type', type: this.typeOf(node.type) };
      }
      case 'name': {
        if (this.scope.find(node.name)) return undefined;
        const given = this.#given(node.arguments);
        const member = this.#simpleMember(node.name);
        if (member) {
          // A property of the name of its type: what follows decides, and mostly the value has it.
          return undefined;
        }
        return this.#system.resolve(node.name, given, this.#input.context);
      }
      case 'member': {
        const outer = this.#target(node.target);
        return outer && this.#system.member(outer, node.name.name, this.#given(node.arguments));
      }
      default:
        return undefined;
    }
  }

  #member(node: Extract<Expression, { kind: 'member' }>): Typed {
    const given = this.#given(node.arguments);
    const name = node.name.name;
    const target = this.#target(node.target);
    if (target?.kind === 'namespace') return this.#open(node, name);
    if (target) {
      const members = this.#system
        .membersNamed(target.type, name)
        .filter(({ isStatic, kind }) => isStatic || kind === 'method');
      return members.length === 0 ? this.#open(node, name) : this.#read(members, undefined, node, given);
    }
    const value = this.value(node.target);
    return this.#conditionally(node.isConditional, value, node, () => {
      if (value.type.kind === 'array' && name === 'Length') return this.#length(value, node);
      const members = this.#system.membersNamed(value.type, name);
      if (members.length > 0) return this.#read(members, value.operand, node, given);
      const byType = this.#typeInsteadOf(node.target, name);
      if (byType) return this.#read(byType, undefined, node, given);
      const extensions = this.#system.extensionsNamed(name, this.#input.context);
      if (extensions.length > 0)
        return {
          ...missing(),
          literal: 'methodGroup',
          pending: { kind: 'methodGroup', candidates: extensions, instance: value.operand, arguments: given },
        };
      return this.#open(node, name);
    });
  }

  /** "Color Color": the name means a value that has no such member, and a type of the same name that has it. */
  #typeInsteadOf(node: Expression, name: string): readonly MemberSymbol[] | undefined {
    if (node.kind !== 'name') return undefined;
    const resolved = this.#system.resolve(node.name, [], this.#input.context);
    if (resolved?.kind !== 'type') return undefined;
    const members = this.#system.membersNamed(resolved.type, name).filter(({ isStatic }) => isStatic);
    return members.length > 0 ? members : undefined;
  }

  /** `a?.b`: only where there is something. */
  #conditionally(isConditional: boolean, value: Typed, node: Expression, read: () => Typed): Typed {
    if (!isConditional) return read();
    const [some, none, after] = [this.#builder.label(), this.#builder.label(), this.#builder.label()];
    const at = node.span.start;
    this.#builder.end(
      { kind: 'branch', operator: undefined, left: value.operand, right: undefined, then: some, otherwise: none },
      at,
    );
    this.#builder.place(some, at);
    const typed = this.#settled(read(), node);
    const result = this.#result(typed.type);
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: typed.operand });
    this.#builder.end({ kind: 'jump', to: after }, at);
    this.#builder.place(none, at);
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: { kind: 'constant', value: null } });
    this.#builder.place(after, node.span.end);
    return result;
  }

  #length({ operand }: Typed, node: Expression): Typed {
    const result = this.#result(systemType('Int32'));
    this.#builder.emit({
      kind: 'compute',
      at: node.span.start,
      end: node.span.end,
      operator: 'ldlen',
      operands: [operand],
      result: result.operand.index,
    });
    return result;
  }

  #read(
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
    return this.#readMember(first, instance, node);
  }

  #readMember(member: MemberSymbol, instance: Operand | undefined, node: Expression): Typed {
    const at = node.span.start;
    const end = node.span.end;
    const type = substitute(member.type, member.declaring.arguments);
    if (member.kind === 'property') return this.#callAccessor(this.#declaredFirst(member), 'get', instance, [], node);
    if (member.constant !== undefined && member.source === undefined)
      return { ...this.#constant(member.constant, type), type };
    const constant = member.source && constantOf(node, this.#system, this.#input.context, () => undefined);
    if (constant) return { ...this.#constant(constant.value, type), type };
    const result = this.#result(type);
    const receiver = member.isStatic ? undefined : instance;
    this.#builder.emit({
      kind: 'loadField',
      at,
      end,
      field: this.#fieldRef(member),
      instance: receiver,
      result: result.operand.index,
    });
    return result;
  }

  #fieldRef(member: MemberSymbol): FieldRef {
    const definition = member.source && this.#input.definitions.field(member.source);
    return { type: member.declaring, name: member.name, fieldType: member.type, ...(definition && { definition }) };
  }

  /** Of an override the member it overrides: that is what a reference names. */
  #declaredFirst(member: MemberSymbol): MemberSymbol {
    if (!member.isOverride) return member;
    const same = this.#system
      .membersNamed(member.declaring, member.name)
      .filter((one) => one.kind === member.kind && one.parameters.length === member.parameters.length);
    return same.find((one) => !one.isOverride) ?? member;
  }

  #callAccessor(
    member: MemberSymbol,
    accessor: 'get' | 'set' | 'add' | 'remove',
    instance: Operand | undefined,
    given: readonly Operand[],
    node: { readonly span: { readonly start: number; readonly end: number } },
    isBase = false,
  ): Typed {
    const isSetter = accessor !== 'get';
    const definition = member.source && this.#input.definitions.method(member.source, accessor);
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
    return this.#emitCall(method, member.isStatic ? undefined : instance, given, node, isBase);
  }

  #emitCall(
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
    const result = !isNew && isVoid(method.returns) ? undefined : this.#builder.temporary();
    const isValue = method.type.kind === 'named' && this.#system.isValueType(method.type);
    this.#builder.emit({
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

  #call(
    member: MemberSymbol,
    typeArguments: readonly TypeRef[],
    instance: Operand | undefined,
    given: readonly Operand[],
    node: { readonly span: { readonly start: number; readonly end: number } },
    isBase = false,
  ): Typed {
    const isNew = member.kind === 'constructor' && instance === undefined;
    const definition = member.source && this.#input.definitions.method(member.source);
    const method: MethodRef = {
      type: member.declaring,
      name: member.name,
      isStatic: member.isStatic,
      parameters: member.parameters.map(({ type }) => type),
      returns: member.kind === 'constructor' ? systemType('Void') : member.type,
      arguments: typeArguments,
      ...(definition && { definition }),
    };
    return this.#emitCall(
      method,
      member.isStatic ? undefined : instance,
      given,
      node,
      isBase || (member.kind === 'constructor' && !isNew),
      isNew,
    );
  }

  /** A method of the framework that a construct of the language calls. */
  #callNamed(
    type: NamedType,
    name: string,
    given: readonly Typed[],
    instance: Operand | undefined,
    node: Expression,
  ): Typed {
    const chosen = chooseOverload(
      this.#system,
      this.#system.membersNamed(type, name).filter(({ kind }) => kind === 'method'),
      given.map((one) => ({ type: one.type, ...(one.literal !== undefined && { literal: one.literal }) })),
      [],
    );
    if (!chosen) return missing();
    return this.#call(chosen.member, chosen.arguments, instance, this.#arranged(chosen, given, node), node);
  }

  /** `text[i]` of a `foreach` over a string. */
  characterOf(text: Typed, node: Expression): Typed {
    const [member] = this.#system.membersNamed(text.type, 'Chars');
    return member ? this.#callAccessor(member, 'get', text.operand, [missing().operand], node) : missing();
  }

  callMember(
    instance: Typed,
    name: string,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed | undefined {
    const candidates = this.#system
      .membersNamed(instance.type, name)
      .filter(({ kind, parameters }) => kind === 'method' && parameters.length === 0);
    const [first] = candidates;
    if (!first) return undefined;
    return this.#call(candidates.find((one) => !one.isOverride) ?? first, [], instance.operand, [], node);
  }

  readProperty(
    instance: Typed,
    name: string,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed | undefined {
    const [member] = this.#system.membersNamed(instance.type, name).filter(({ kind }) => kind === 'property');
    return member && this.#callAccessor(this.#declaredFirst(member), 'get', instance.operand, [], node);
  }

  /** A static method of the framework by name and argument types, for what statements call. */
  callStatic(type: NamedType, name: string, given: readonly Typed[], node: Expression): Typed {
    return this.#callNamed(type, name, given, undefined, node);
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
    const builder: Typed = { operand: this.#builder.local(type), type };
    const named = (member: string): MemberSymbol | undefined => this.#system.membersNamed(type, member)[0];
    const call = (member: string, count: number): void => {
      const method = named(member);
      const values = Array.from({ length: count }, () => missing().operand);
      if (method)
        this.#call(
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
    const before = this.#result(type);
    this.#builder.emit({ kind: 'loadField', at, field, instance, result: before.operand.index });
    const given: Typed = { operand: { kind: 'parameter', index: 0 }, type };
    const after = this.#callNamed(
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
    const exchange = this.#system.membersNamed(interlocked, 'CompareExchange').find(({ arity }) => arity === 1);
    const address = this.#builder.temporary();
    this.#builder.emit({ kind: 'fieldAddress', at, field, instance, result: address });
    if (exchange)
      this.#call(
        exchange,
        [type],
        undefined,
        [{ kind: 'temporary', index: address }, after.operand, before.operand],
        node,
      );
    this.#builder.emit({ kind: 'storeField', at, field, instance, value: after.operand });
  }

  /** `Monitor.Enter(gate, ref taken)`. */
  callLock(monitor: NamedType, gate: Operand, taken: Operand, node: Expression): void {
    const enter = this.#system
      .membersNamed(monitor, 'Enter')
      .find(({ parameters }) => parameters.length === 2 && parameters[1]?.type.kind === 'byReference');
    if (enter) this.#call(enter, [], undefined, [gate, taken], node);
  }

  isDerivedFrom(type: TypeRef, base: string): boolean {
    return this.#system.isDerivedFrom(type, base);
  }

  elementOf(type: TypeRef): TypeRef {
    return instanceOf(this.#system, type, 'System.Collections.Generic.IEnumerable`1')?.[0] ?? systemType('Object');
  }

  #arguments(given: readonly Argument[]): readonly Typed[] {
    return given.map(({ value, modifier }) => (modifier ? this.#address(value) : this.#lower(value)));
  }

  /** `ref x`, `out x`. */
  #address(node: Expression): Typed {
    const at = node.span.start;
    if (node.kind === 'declaration') {
      const typed = this.#lower(node);
      const result = this.#builder.temporary();
      this.#builder.emit({ kind: 'addressOf', at, variable: typed.operand, result });
      return { operand: { kind: 'temporary', index: result }, type: typed.type };
    }
    const variable = node.kind === 'name' ? this.scope.find(node.name) : undefined;
    if (variable?.isReference) return { operand: variable.operand, type: variable.type };
    if (variable) {
      const result = this.#builder.temporary();
      this.#builder.emit({ kind: 'addressOf', at, variable: variable.operand, result });
      return { operand: { kind: 'temporary', index: result }, type: variable.type };
    }
    return this.#lower(node);
  }

  #toGiven(typed: Typed, { modifier, name }: Argument): Given & { readonly name?: string } {
    return {
      type: typed.type,
      ...(typed.literal !== undefined && { literal: typed.literal }),
      ...(modifier && { modifier }),
      ...(name !== undefined && { name }),
    };
  }

  /** Operands in the order of the parameters, converted; the rest of a `params` in an array. */
  #arranged(
    { member, arguments: typeArguments, order, isExpanded }: Chosen,
    given: readonly Typed[],
    node: Expression,
  ): readonly Operand[] {
    return member.parameters.map((parameter, index): Operand => {
      const type = substitute(parameter.type, member.declaring.arguments, typeArguments);
      const place = order[index];
      if (isExpanded && index === member.parameters.length - 1 && type.kind === 'array') {
        const rest = place === undefined ? [] : given.slice(place);
        const [empty] = rest.length === 0 ? this.#system.membersNamed(systemType('Array'), 'Empty') : [];
        if (empty) return this.#call(empty, [type.element], undefined, [], node).operand;
        return this.#arrayOf(
          type.element,
          rest.map((one) => this.convert(one, type.element, node).operand),
          node,
        ).operand;
      }
      const typed = place === undefined ? undefined : given[place];
      if (!typed) return { kind: 'constant', value: null };
      return type.kind === 'byReference' ? this.#settled(typed, node).operand : this.convert(typed, type, node).operand;
    });
  }

  #arrayOf(
    element: TypeRef,
    values: readonly Operand[],
    { span }: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed {
    const result = this.#result({ kind: 'array', element, rank: 1 });
    const { start: at, end } = span;
    this.#builder.emit({
      kind: 'newArray',
      at,
      end,
      element,
      length: { kind: 'constant', value: values.length },
      result: result.operand.index,
    });
    if (values.length > 2 && isNumeric(element) && values.every(({ kind }) => kind === 'constant')) {
      // Their bytes are copied from the image at once.
      const token = this.#builder.temporary();
      this.#builder.emit({ kind: 'token', at, end, result: token });
      const handle = { operand: { kind: 'temporary', index: token } as const, type: systemType('RuntimeFieldHandle') };
      const helpers: NamedType = {
        kind: 'named',
        name: 'System.Runtime.CompilerServices.RuntimeHelpers',
        assembly: 'mscorlib',
        arguments: [],
      };
      this.#callNamed(
        helpers,
        'InitializeArray',
        [{ operand: result.operand, type: systemType('Array') }, handle],
        undefined,
        { kind: 'missing', span },
      );
    }
    for (const [index, value] of values.entries())
      this.#builder.emit({
        kind: 'storeElement',
        at,
        end,
        array: result.operand,
        index: { kind: 'constant', value: index },
        value,
      });
    return result;
  }

  #invocation(node: Extract<Expression, { kind: 'invocation' }>): Typed {
    const { target } = node;
    if (target.kind === 'name' && target.name === 'nameof' && !this.scope.find('nameof')) {
      const [argument] = node.arguments;
      return this.#constant(argument ? lastName(argument.value) : '', systemType('String'));
    }
    if (target.kind === 'member') return this.#memberInvocation(node, target);
    if (target.kind === 'name') {
      const own = this.scope.find(target.name) ? undefined : this.#simpleMember(target.name);
      const local = this.scope.findFunction(target.name);
      if (local) return this.#localFunction(local, node);
      if (own?.members[0]?.kind === 'method')
        return this.#invoke(own.members, own.instance, this.#given(target.arguments), node, false);
    }
    return this.#delegateCall(this.value(target), node);
  }

  #localFunction(
    declaration: Parameters<Scope['declareFunction']>[0],
    node: Extract<Expression, { kind: 'invocation' }>,
  ): Typed {
    const definition = this.#input.definitions.anonymous(declaration.span);
    const given = this.#arguments(node.arguments).map((one) => this.#settled(one, node).operand);
    const returns = this.typeOf(declaration.returns);
    const method: MethodRef = {
      type: this.#input.thisType ?? unknownType,
      name: declaration.name.name,
      isStatic: definition?.method.isStatic ?? true,
      parameters: declaration.parameters.map(({ type }) => (type ? this.typeOf(type) : unknownType)),
      returns,
      arguments: [],
      ...(definition && { definition }),
    };
    return this.#emitCall(method, method.isStatic ? undefined : { kind: 'this' }, given, node);
  }

  #memberInvocation(
    node: Extract<Expression, { kind: 'invocation' }>,
    target: Extract<Expression, { kind: 'member' }>,
  ): Typed {
    const name = target.name.name;
    const given = this.#given(target.arguments);
    const resolved = this.#target(target.target);
    if (resolved?.kind === 'namespace') return this.#unknownCall(node);
    if (resolved) {
      const members = this.#system.membersNamed(resolved.type, name);
      return members[0]?.kind === 'method' || members.length === 0
        ? this.#invoke(members, undefined, given, node, false)
        : this.#delegateCall(this.#read(members, undefined, target, given), node);
    }
    const isBase = target.target.kind === 'base';
    const value = this.value(target.target);
    return this.#conditionally(target.isConditional, value, node, () => {
      const members = this.#system.membersNamed(value.type, name);
      const [only] = members;
      const isCalled =
        only &&
        only.kind !== 'method' &&
        this.#system.kindOf(substitute(only.type, only.declaring.arguments)) === 'delegate';
      if (isCalled) return this.#delegateCall(this.#readMember(members[0] ?? fail(), value.operand, target), node);
      const typed = this.#arguments(node.arguments);
      const givens = typed.map((one, index) => this.#toGiven(one, node.arguments[index] ?? fail()));
      const own = chooseOverload(
        this.#system,
        members.filter(({ kind }) => kind === 'method'),
        givens,
        given,
        (place, parameters) => this.#lambdaReturns(typed[place], parameters),
      );
      if (own)
        return this.#call(own.member, own.arguments, value.operand, this.#arranged(own, typed, node), node, isBase);
      const byType = this.#typeInsteadOf(target.target, name);
      const ofType = byType && chooseOverload(this.#system, byType, givens, given);
      if (ofType)
        return this.#call(ofType.member, ofType.arguments, undefined, this.#arranged(ofType, typed, node), node);
      const first: Given = { type: value.type };
      const extension = chooseOverload(
        this.#system,
        this.#system.extensionsNamed(name, this.#input.context),
        [first, ...givens],
        given,
        (place, parameters) => this.#lambdaReturns(typed[place - 1], parameters),
      );
      if (extension)
        return this.#call(
          extension.member,
          this.#inferredFromLambdas(extension, [value, ...typed]),
          undefined,
          this.#arranged(extension, [value, ...typed], node),
          node,
        );
      for (const one of typed) this.#settled(one, node);
      return this.#open(node, name);
    });
  }

  /** What a lambda returns tells the type arguments that nothing else does. */
  #inferredFromLambdas(chosen: Chosen, given: readonly Typed[]): readonly TypeRef[] {
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
      found[returned.index] = this.#input.anonymousBody(lambda, parameters, this.scope);
    }
    return found;
  }

  #lambdaReturns(typed: Typed | undefined, parameters: readonly TypeRef[]): TypeRef | undefined {
    const lambda = typed?.pending;
    return lambda?.kind === 'lambda' ? this.#input.anonymousBody(lambda, parameters, this.scope) : undefined;
  }

  #unknownCall(node: Extract<Expression, { kind: 'invocation' }>): Typed {
    for (const one of this.#arguments(node.arguments)) this.#settled(one, node);
    return this.#open(node, lastName(node.target));
  }

  #invoke(
    candidates: readonly MemberSymbol[],
    instance: Operand | undefined,
    given: readonly TypeRef[],
    node: Extract<Expression, { kind: 'invocation' }>,
    isBase: boolean,
  ): Typed {
    if (candidates.length > 0 && candidates.every((member) => this.#isLeftOut(member))) return missing();
    const typed = this.#arguments(node.arguments);
    const chosen = chooseOverload(
      this.#system,
      candidates.filter(({ kind }) => kind === 'method'),
      typed.map((one, index) => this.#toGiven(one, node.arguments[index] ?? fail())),
      given,
      (place, parameters) => this.#lambdaReturns(typed[place], parameters),
    );
    if (!chosen) {
      for (const one of typed) this.#settled(one, node);
      return this.#open(node, lastName(node.target));
    }
    const types = this.#inferredFromLambdas(chosen, typed);
    return this.#call(
      chosen.member,
      types,
      instance,
      this.#arranged({ ...chosen, arguments: types }, typed, node),
      node,
      isBase,
    );
  }

  /** ConditionalAttribute; of the framework's own, Debug and Trace have it. */
  #isLeftOut({ declaring, source }: MemberSymbol): boolean {
    const known = conditionals[declaring.name];
    if (known !== undefined && source === undefined) return !this.#input.symbols.has(known);
    const condition = source?.attributes
      .flatMap(({ attributes }) => attributes)
      .find(({ name }) => name.kind === 'named' && /^Conditional(?:Attribute)?$/.test(name.parts.at(-1)?.name ?? ''));
    const value = condition?.arguments[0]?.value;
    return value?.kind === 'literal' && typeof value.value === 'string' && !this.#input.symbols.has(value.value);
  }

  #delegateCall(value: Typed, node: Extract<Expression, { kind: 'invocation' }>): Typed {
    const invoke = this.#system.invokeOf(value.type);
    if (!invoke) return this.#unknownCall(node);
    const given = this.#arguments(node.arguments).map((one, index) => {
      const parameter = invoke.parameters[index];
      return parameter
        ? this.convert(one, substitute(parameter.type, invoke.declaring.arguments), node).operand
        : this.#settled(one, node).operand;
    });
    return this.#call(invoke, [], value.operand, given, node);
  }

  #element(node: Extract<Expression, { kind: 'element' }>): Typed {
    const value = this.value(node.target);
    return this.#conditionally(node.isConditional, value, node, () => {
      if (value.type.kind === 'array' || value.type.kind === 'pointer') {
        const index = node.arguments.map((argument) => this.value(argument.value).operand)[0] ?? missing().operand;
        const result = this.#result(value.type.element);
        const at = node.span.start;
        if (value.type.kind === 'array')
          this.#builder.emit({
            kind: 'loadElement',
            at,
            end: node.span.end,
            array: value.operand,
            index,
            result: result.operand.index,
          });
        else
          this.#builder.emit({
            kind: 'loadIndirect',
            at,
            end: node.span.end,
            address: value.operand,
            result: result.operand.index,
          });
        return result;
      }
      const indexer = this.#indexer(value.type, node.arguments);
      if (!indexer) return this.#open(node, '[]');
      return this.#callAccessor(
        this.#declaredFirst(indexer.chosen.member),
        'get',
        value.operand,
        this.#arranged(indexer.chosen, indexer.given, node),
        node,
      );
    });
  }

  #indexer(
    type: TypeRef,
    written: readonly Argument[],
  ): { readonly chosen: Chosen; readonly given: readonly Typed[] } | undefined {
    const given = this.#arguments(written);
    const isString = primitiveName(type) === 'String';
    const candidates = this.#system
      .membersNamed(type, isString ? 'Chars' : 'Item')
      .filter(({ kind }) => kind === 'property');
    const chosen = chooseOverload(
      this.#system,
      candidates,
      given.map((one, index) => this.#toGiven(one, written[index] ?? fail())),
      [],
    );
    return chosen && { chosen, given };
  }

  #new(node: Extract<Expression, { kind: 'new' }>, wanted?: TypeRef): Typed {
    const type = node.type ? this.typeOf(node.type) : (wanted ?? unknownType);
    const first = node.arguments[0];
    if (this.#system.kindOf(type) === 'delegate' && first) {
      const target = this.#lower(first.value);
      return this.convert(target.pending ? target : { ...target, type: unknownType }, type, node);
    }
    const typed = this.#arguments(node.arguments);
    if (type.kind !== 'named') {
      for (const one of typed) this.#settled(one, node);
      this.#open(node, 'new');
      return missing(type);
    }
    const isDefault = typed.length === 0 && this.#system.isValueType(type);
    const chosen = isDefault
      ? undefined
      : chooseOverload(
          this.#system,
          this.#system.constructorsOf(type),
          typed.map((one, index) => this.#toGiven(one, node.arguments[index] ?? fail())),
          [],
        );
    const made = chosen
      ? this.#call(chosen.member, [], undefined, this.#arranged(chosen, typed, node), node)
      : this.#unmade(type, typed, node, isDefault);
    if (node.initializer) this.#initialize(made, node.initializer);
    return made;
  }

  #unmade(type: NamedType, typed: readonly Typed[], node: Expression, isDefault: boolean): Typed {
    for (const one of typed) this.#settled(one, node);
    if (isDefault) {
      const local = this.#builder.local(type);
      const address = this.#builder.temporary();
      this.#builder.emit({ kind: 'addressOf', at: node.span.start, variable: local, result: address });
      this.#builder.emit({
        kind: 'storeIndirect',
        at: node.span.start,
        end: node.span.end,
        address: { kind: 'temporary', index: address },
        type,
      });
      return { operand: local, type };
    }
    this.#open(node, 'the constructor');
    return { ...this.#result(type) };
  }

  #initialize(target: Typed, { elements }: Initializer): void {
    for (const element of elements) {
      switch (element.kind) {
        case 'property': {
          const [member] = this.#system.membersNamed(target.type, element.name.name);
          if (!member) break;
          if (isInitializer(element.value))
            this.#initialize(this.#readMember(member, target.operand, asExpression(element)), element.value);
          else
            this.#store(
              member,
              target.operand,
              this.value(element.value, substitute(member.type, member.declaring.arguments)).operand,
              element,
            );
          break;
        }
        case 'index': {
          const indexer = this.#indexer(target.type, element.arguments);
          const value = isInitializer(element.value) ? missing() : this.value(element.value);
          if (indexer)
            this.#callAccessor(
              indexer.chosen.member,
              'set',
              target.operand,
              [...this.#arranged(indexer.chosen, indexer.given, asExpression(element)), value.operand],
              element,
            );
          break;
        }
        case 'element': {
          const values = element.values.map((value) => this.#lower(value));
          const candidates = this.#system.membersNamed(target.type, 'Add').filter(({ kind }) => kind === 'method');
          const chosen = chooseOverload(
            this.#system,
            candidates,
            values.map((one) => ({ type: one.type, ...(one.literal !== undefined && { literal: one.literal }) })),
            [],
          );
          if (chosen)
            this.#call(
              chosen.member,
              chosen.arguments,
              target.operand,
              this.#arranged(chosen, values, asExpression(element)),
              element,
            );
          break;
        }
      }
    }
  }

  #store(
    member: MemberSymbol,
    instance: Operand | undefined,
    value: Operand,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): void {
    if (member.kind === 'property' && (member.hasSetter || !member.source)) {
      this.#callAccessor(this.#declaredFirst(member), 'set', instance, [value], node);
      return;
    }
    const { start: at, end } = node.span;
    // A constructor gives a property without a setter its value.
    const backing = member.kind === 'property' ? `<${member.name}>k__BackingField` : member.name;
    this.#builder.emit({
      kind: 'storeField',
      at,
      end,
      field: { ...this.#fieldRef(member), name: backing },
      instance: member.isStatic ? undefined : instance,
      value,
    });
  }

  /** The value of a field or an automatic property where it is declared. */
  storeInitial(member: MemberSymbol, node: Expression): void {
    const value = this.value(node, member.type).operand;
    const { start: at, end } = node.span;
    const name = member.kind === 'property' ? `<${member.name}>k__BackingField` : member.name;
    const field = { ...this.#fieldRef(member), name };
    this.#builder.emit({
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
    const typed = this.#arguments(given);
    const chosen = chooseOverload(
      this.#system,
      this.#system.constructorsOf(type),
      typed.map((one, index) => this.#toGiven(one, given[index] ?? fail())),
      [],
    );
    if (chosen)
      this.#call(chosen.member, [], { kind: 'this' }, this.#arranged(chosen, typed, asExpression(node)), node, true);
  }

  #newArray(node: Extract<Expression, { kind: 'newArray' }>, wanted?: TypeRef): Typed {
    const declared = node.element ? this.typeOf(node.element) : wanted?.kind === 'array' ? wanted.element : undefined;
    if (node.values) {
      const values = node.values.map((value) => (declared ? this.value(value, declared) : this.value(value)));
      const element = declared ?? values[0]?.type ?? unknownType;
      return this.#arrayOf(
        element,
        values.map(({ operand }) => operand),
        node,
      );
    }
    const [size = missing().operand] = node.sizes.map((one) => this.value(one).operand);
    const result = this.#result({ kind: 'array', element: declared ?? unknownType, rank: node.rank });
    this.#builder.emit({
      kind: 'newArray',
      at: node.span.start,
      end: node.span.end,
      element: declared ?? unknownType,
      length: size,
      result: result.operand.index,
    });
    return result;
  }

  #unary(node: Extract<Expression, { kind: 'unary' }>): Typed {
    const { operator } = node;
    if (operator === '++' || operator === '--') return this.#increment(node);
    if (operator === '&') return { ...this.#address(node.value), type: { kind: 'pointer', element: unknownType } };
    const value = this.value(node.value);
    const at = node.span.start;
    const end = node.span.end;
    if (operator === '*') {
      const result = this.#result(value.type.kind === 'pointer' ? value.type.element : unknownType);
      this.#builder.emit({ kind: 'loadIndirect', at, end, address: value.operand, result: result.operand.index });
      return result;
    }
    const name = unaryOperatorName(operator);
    if (name && value.type.kind === 'named' && primitiveName(value.type) === undefined) {
      const chosen = chooseOverload(
        this.#system,
        this.#system.membersNamed(value.type, name),
        [{ type: value.type }],
        [],
      );
      if (chosen) return this.#call(chosen.member, [], undefined, [value.operand], node);
    }
    const type = operator === '!' ? systemType('Boolean') : value.type;
    const result = this.#result(type);
    this.#builder.emit({
      kind: 'compute',
      at,
      end,
      operator: operator === '!' ? 'ceq' : operator === '-' ? 'neg' : 'not',
      operands: [value.operand],
      result: result.operand.index,
    });
    return result;
  }

  #increment(node: Extract<Expression, { kind: 'unary' }>): Typed {
    const one: Expression = { kind: 'literal', value: 1, type: 'int', span: node.span };
    const operator = node.operator === '++' ? '+' : '-';
    return this.#assignment({
      kind: 'assignment',
      operator: `${operator}=`,
      target: node.value,
      value: one,
      span: node.span,
    });
  }

  #binary(node: Extract<Expression, { kind: 'binary' }>): Typed {
    const { operator } = node;
    if (operator === '&&' || operator === '||') return this.#shortCircuit(node);
    if (operator === '??') return this.#coalesce(node);
    if (operator === '+')
      return this.#added(
        concatenated(node).map((part) => this.#lower(part)),
        node,
      );
    return this.#operate(operator, this.#lower(node.left), this.#lower(node.right), node);
  }

  /** From the left: operators of their own go first, text is put together at once, and the rest is arithmetic. */
  #added(parts: readonly Typed[], node: Expression): Typed {
    let texts: Typed[] = [];
    let sum: Typed | undefined;
    const isText = (typed: Typed): boolean => primitiveName(typed.type) === 'String';
    for (const part of parts) {
      const before = texts.length > 0 ? { type: systemType('String') } : sum;
      if (!before) sum = part;
      else if (this.#hasOwnAddition(before.type, part.type)) {
        sum = this.#operate('+', texts.length > 0 ? this.#concat(texts, node) : (sum ?? part), part, node);
        texts = [];
      } else if (texts.length > 0) texts.push(part);
      else if (sum && (isText(sum) || isText(part))) texts = [sum, part];
      else sum = this.#operate('+', sum ?? part, part, node);
    }
    return texts.length > 0 ? this.#concat(texts, node) : (sum ?? missing());
  }

  #hasOwnAddition(left: TypeRef, right: TypeRef): boolean {
    const own = [left, right].filter((type) => type.kind === 'named' && primitiveName(type) === undefined);
    const candidates = own.flatMap((type) => this.#system.membersNamed(type, 'op_Addition'));
    if (candidates.length === 0) return false;
    return chooseOverload(this.#system, candidates, [{ type: left }, { type: right }], []) !== undefined;
  }

  #concat(typed: readonly Typed[], node: Expression): Typed {
    // Constants side by side are one (as the compiler folds them).
    const folded: Typed[] = [];
    for (const one of typed) {
      const before = folded.at(-1);
      if (
        before?.operand.kind === 'constant' &&
        one.operand.kind === 'constant' &&
        primitiveName(before.type) === 'String' &&
        typeof one.operand.value === 'string' &&
        typeof before.operand.value === 'string'
      )
        folded[folded.length - 1] = this.#constant(before.operand.value + one.operand.value, systemType('String'));
      else folded.push(one);
    }
    const [only] = folded;
    if (only && folded.length === 1) return only;
    const isAllText = folded.every(({ type, literal }) => primitiveName(type) === 'String' || literal === 'null');
    const element = systemType(isAllText ? 'String' : 'Object');
    const values = folded.map((one) => this.convert(one, element, node));
    if (values.length <= (isAllText ? 4 : 3))
      return this.#callNamed(
        systemType('String'),
        'Concat',
        values.map((one) => ({ operand: one.operand, type: element })),
        undefined,
        node,
      );
    const array = this.#arrayOf(
      element,
      values.map(({ operand }) => operand),
      node,
    );
    return this.#callNamed(systemType('String'), 'Concat', [array], undefined, node);
  }

  #operate(operator: string, left: Typed, right: Typed, node: Expression): Typed {
    const name = operatorName(operator);
    const [a, b] = [primitiveName(left.type), primitiveName(right.type)];
    const isTextTest =
      (operator === '==' || operator === '!=') &&
      (a === 'String' || b === 'String') &&
      left.literal !== 'null' &&
      right.literal !== 'null' &&
      a !== 'Object' &&
      b !== 'Object';
    const isOwn = (typed: Typed): boolean => typed.type.kind === 'named' && primitiveName(typed.type) === undefined;
    const isDecimal = a === 'Decimal' || b === 'Decimal';
    if (name && (isOwn(left) || isOwn(right) || isTextTest || isDecimal)) {
      const delegate =
        this.#system.kindOf(left.type) === 'delegate' ||
        (left.type.kind === 'unknown' && this.#system.kindOf(right.type) === 'delegate');
      if (delegate && (operator === '+' || operator === '-')) {
        const combined = this.#callNamed(
          systemType('Delegate'),
          operator === '+' ? 'Combine' : 'Remove',
          [left, this.convert(right, left.type, node)],
          undefined,
          node,
        );
        return { ...combined, type: left.type };
      }
      const lifted =
        left.literal === 'null' || right.literal === 'null' ? undefined : this.#unlifted(left, right, node);
      if (lifted) {
        const inner = this.#operate(operator, ...lifted, node);
        const isBoolean = primitiveName(inner.type) === 'Boolean';
        return isBoolean ? inner : this.convert(inner, systemType('Nullable`1', inner.type), node);
      }
      const [l, r] = [left, right];
      const candidates = [l.type, r.type].flatMap((type) => this.#system.membersNamed(type, name));
      const given = [l, r].map((one) => ({
        type: one.type,
        ...(one.literal !== undefined && { literal: one.literal }),
      }));
      const chosen = chooseOverload(this.#system, candidates, given, []);
      if (chosen && !(left.literal === 'null' || right.literal === 'null'))
        return this.#call(chosen.member, [], undefined, this.#arranged(chosen, [l, r], node), node);
    }
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (other.literal !== 'null' || one.type.kind !== 'named' || one.type.name !== 'System.Nullable`1') continue;
      const has = this.readProperty(one, 'HasValue', node);
      if (has) return has;
    }
    const isTest = ['==', '!=', '<', '>', '<=', '>='].includes(operator);
    const type = isTest ? systemType('Boolean') : wider(left.type, right.type);
    const result = this.#result(type);
    const operands = [this.#settled(left, node).operand, this.#settled(right, node).operand];
    this.#builder.emit({
      kind: 'compute',
      at: node.span.start,
      end: node.span.end,
      operator: computed[operator] ?? operator,
      operands,
      result: result.operand.index,
    });
    return result;
  }

  /** Operators over `T?` work on what is inside. */
  #unlifted(left: Typed, right: Typed, node: Expression): readonly [Typed, Typed] | undefined {
    const isNullable = ({ type }: Typed): boolean => type.kind === 'named' && type.name === 'System.Nullable`1';
    if (!isNullable(left) && !isNullable(right)) return undefined;
    const inside = (typed: Typed): Typed => {
      if (!isNullable(typed)) return typed;
      const value = this.callMember(typed, 'GetValueOrDefault', node) ?? typed;
      this.readProperty(typed, 'HasValue', node);
      return value;
    };
    return [inside(left), inside(right)];
  }

  #shortCircuit(node: Extract<Expression, { kind: 'binary' }>): Typed {
    const at = node.span.start;
    const left = this.value(node.left);
    const own = this.#ownShortCircuit(left, node);
    if (own) return own;
    const [more, skip, after] = [this.#builder.label(), this.#builder.label(), this.#builder.label()];
    const test = this.#truth(left, node.left);
    const [then, otherwise] = node.operator === '&&' ? [more, skip] : [skip, more];
    this.#builder.end({ kind: 'branch', operator: undefined, left: test, right: undefined, then, otherwise }, at);
    this.#builder.place(more, node.right.span.start);
    const right = this.value(node.right);
    // `flag || sql`: what is asked of the second is asked of both.
    if (right.type.kind === 'named' && primitiveName(right.type) === undefined && !this.#isBoolean(right.type)) {
      const lifted = this.convert(left, right.type, node);
      this.#operate(node.operator === '&&' ? '&' : '|', lifted, right, node);
    }
    const result = this.#result(systemType('Boolean'));
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: this.#truth(right, node.right) });
    this.#builder.end({ kind: 'jump', to: after }, at);
    this.#builder.place(skip, at);
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: test });
    this.#builder.place(after, node.span.end);
    return result;
  }

  #isBoolean(type: TypeRef): boolean {
    return primitiveName(type) === 'Boolean';
  }

  /** Of a type with operators of its own, both sides go into `&` or `|`, the second unless the first decides. */
  #ownShortCircuit(left: Typed, node: Extract<Expression, { kind: 'binary' }>): Typed | undefined {
    if (left.type.kind !== 'named' || primitiveName(left.type) !== undefined) return undefined;
    const name = node.operator === '&&' ? 'op_False' : 'op_True';
    const [decides] = this.#system.membersNamed(left.type, name);
    if (!decides) return undefined;
    const at = node.span.start;
    const test = this.#call(decides, [], undefined, [left.operand], node);
    const [more, after] = [this.#builder.label(), this.#builder.label()];
    const result = this.#result(left.type);
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: left.operand });
    const otherwise = more;
    this.#builder.end(
      { kind: 'branch', operator: undefined, left: test.operand, right: undefined, then: after, otherwise },
      at,
    );
    this.#builder.place(more, node.right.span.start);
    const both = this.#operate(node.operator === '&&' ? '&' : '|', left, this.#lower(node.right), node);
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: both.operand });
    this.#builder.place(after, node.span.end);
    return result;
  }

  #coalesce(node: Extract<Expression, { kind: 'binary' }>): Typed {
    const at = node.span.start;
    const left = this.value(node.left);
    const isNullable = left.type.kind === 'named' && left.type.name === 'System.Nullable`1';
    const [some, none, after] = [this.#builder.label(), this.#builder.label(), this.#builder.label()];
    const test = isNullable ? this.readProperty(left, 'HasValue', node) : left;
    this.#builder.end(
      {
        kind: 'branch',
        operator: undefined,
        left: (test ?? left).operand,
        right: undefined,
        then: some,
        otherwise: none,
      },
      at,
    );
    this.#builder.place(none, node.right.span.start);
    const inner = isNullable && left.type.kind === 'named' ? (left.type.arguments[0] ?? unknownType) : left.type;
    const right = this.value(node.right);
    const type = inner.kind === 'unknown' ? right.type : inner;
    const result = this.#result(type);
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: this.convert(right, type, node).operand });
    this.#builder.end({ kind: 'jump', to: after }, at);
    this.#builder.place(some, at);
    const value = isNullable ? (this.callMember(left, 'GetValueOrDefault', node) ?? left) : left;
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: value.operand });
    this.#builder.place(after, node.span.end);
    return result;
  }

  #conditional(node: Extract<Expression, { kind: 'conditional' }>, wanted?: TypeRef): Typed {
    const at = node.span.start;
    const [yes, no, after] = [this.#builder.label(), this.#builder.label(), this.#builder.label()];
    const test = this.condition(node.condition);
    this.#builder.end(
      { kind: 'branch', operator: undefined, left: test, right: undefined, then: yes, otherwise: no },
      at,
    );
    this.#builder.place(yes, node.then.span.start);
    const then = this.value(node.then, wanted);
    const result = this.#result(then.type);
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: then.operand });
    this.#builder.end({ kind: 'jump', to: after }, at);
    this.#builder.place(no, node.otherwise.span.start);
    const second = this.value(node.otherwise, wanted);
    const fits = then.type.kind === 'named' && implicitConversion(this.#system, second.type, then.type) !== undefined;
    const otherwise = fits ? this.convert(second, then.type, node) : second;
    this.#builder.emit({ kind: 'assign', at, target: result.operand, value: otherwise.operand });
    this.#builder.place(after, node.span.end);
    return { ...result, type: then.type.kind === 'unknown' || then.literal === 'null' ? otherwise.type : then.type };
  }

  #assignment(node: Extract<Expression, { kind: 'assignment' }>): Typed {
    const { target, operator } = node;
    if (operator !== '=') return this.#compound(node);
    if (target.kind === 'tuple') {
      const value = this.value(node.value);
      for (const { value: part } of target.elements) if (part.kind === 'declaration') this.#lower(part);
      return value;
    }
    return this.#assign(target, (type) => this.value(node.value, type), node);
  }

  #compound(node: Extract<Expression, { kind: 'assignment' }>): Typed {
    const { target, operator } = node;
    const plain = operator.slice(0, -1);
    const event = plain === '+' || plain === '-' ? this.#event(target) : undefined;
    if (event) {
      const value = this.value(node.value, event.member.type);
      return this.#callAccessor(
        this.#declaredFirst(event.member),
        plain === '+' ? 'add' : 'remove',
        event.instance,
        [value.operand],
        node,
      );
    }
    if (plain === '??')
      return this.#assign(
        target,
        () => this.#coalesce({ kind: 'binary', operator: '??', left: target, right: node.value, span: node.span }),
        node,
      );
    return this.#assign(
      target,
      () => {
        const left = this.#lower(target);
        if (plain === '+' && primitiveName(left.type) === 'String' && isTextSum(node.value))
          return this.#added([left, ...concatenated(node.value).map((part) => this.#lower(part))], node);
        const right = this.#lower(node.value);
        return plain === '+' ? this.#added([left, right], node) : this.#operate(plain, left, right, node);
      },
      node,
    );
  }

  /** An event of another type, or one with accessors of its own: it is added to by its accessor. */
  #event(target: Expression): { readonly member: MemberSymbol; readonly instance: Operand | undefined } | undefined {
    if (target.kind === 'name') {
      if (this.scope.find(target.name)) return undefined;
      const found = this.#simpleMember(target.name);
      const [member] = found?.members ?? [];
      return member?.kind === 'event' ? { member, instance: found?.instance } : undefined;
    }
    if (target.kind !== 'member') return undefined;
    const type = this.#target(target.target);
    if (type) {
      const [member] = type.kind === 'type' ? this.#system.membersNamed(type.type, target.name.name) : [];
      return member?.kind === 'event' ? { member, instance: undefined } : undefined;
    }
    // Looked up by type alone first: the value is made only where it is an event.
    const value = this.value(target.target);
    const [member] = this.#system.membersNamed(value.type, target.name.name);
    return member?.kind === 'event' ? { member, instance: value.operand } : undefined;
  }

  #assign(target: Expression, value: (type: TypeRef | undefined) => Typed, node: Expression): Typed {
    const { start: at, end } = node.span;
    switch (target.kind) {
      case 'parenthesized':
        return this.#assign(target.value, value, node);
      case 'name': {
        const variable = this.scope.find(target.name);
        if (variable) {
          const typed = value(variable.type.kind === 'unknown' ? undefined : variable.type);
          if (variable.isReference)
            this.#builder.emit({ kind: 'storeIndirect', at, end, address: variable.operand, value: typed.operand });
          else this.#builder.emit({ kind: 'assign', at, end, target: variable.operand, value: typed.operand });
          return typed;
        }
        const found = this.#simpleMember(target.name);
        return this.#assignMember(found?.members[0], found?.instance, value, node);
      }
      case 'member': {
        const type = this.#target(target.target);
        if (type)
          return this.#assignMember(
            type.kind === 'type' ? this.#system.membersNamed(type.type, target.name.name)[0] : undefined,
            undefined,
            value,
            node,
          );
        const instance = this.value(target.target);
        const [member] = this.#system.membersNamed(instance.type, target.name.name);
        const other = member ? undefined : this.#typeInsteadOf(target.target, target.name.name);
        return this.#assignMember(member ?? other?.[0], instance.operand, value, node);
      }
      case 'element': {
        const array = this.value(target.target);
        if (array.type.kind === 'array') {
          const index = target.arguments.map((argument) => this.value(argument.value).operand)[0] ?? missing().operand;
          const typed = value(array.type.element);
          this.#builder.emit({ kind: 'storeElement', at, end, array: array.operand, index, value: typed.operand });
          return typed;
        }
        if (array.type.kind === 'pointer') {
          for (const argument of target.arguments) this.value(argument.value);
          const typed = value(array.type.element);
          this.#builder.emit({ kind: 'storeIndirect', at, end, address: array.operand, value: typed.operand });
          return typed;
        }
        const indexer = this.#indexer(array.type, target.arguments);
        const typed = value(
          indexer && substitute(indexer.chosen.member.type, indexer.chosen.member.declaring.arguments),
        );
        if (indexer)
          this.#callAccessor(
            this.#declaredFirst(indexer.chosen.member),
            'set',
            array.operand,
            [...this.#arranged(indexer.chosen, indexer.given, node), typed.operand],
            node,
          );
        return typed;
      }
      case 'unary': {
        const address = this.value(target.value);
        const typed = value(address.type.kind === 'pointer' ? address.type.element : undefined);
        this.#builder.emit({ kind: 'storeIndirect', at, end, address: address.operand, value: typed.operand });
        return typed;
      }
      case 'declaration': {
        const typed = value(undefined);
        const operand = this.declare(
          target.name?.name,
          target.type.kind === 'var' ? typed.type : this.typeOf(target.type),
        );
        this.#builder.emit({ kind: 'assign', at, end, target: operand, value: typed.operand });
        return typed;
      }
      default:
        return value(undefined);
    }
  }

  #assignMember(
    member: MemberSymbol | undefined,
    instance: Operand | undefined,
    value: (type: TypeRef | undefined) => Typed,
    node: Expression,
  ): Typed {
    const typed = value(member && substitute(member.type, member.declaring.arguments));
    if (member) this.#store(member, instance, typed.operand, node);
    return typed;
  }

  #cast(node: Extract<Expression, { kind: 'cast' }>): Typed {
    const type = this.typeOf(node.type);
    const value = this.#lower(node.value, type);
    if (value.pending || value.literal === 'null') return this.convert(value, type, node);
    const from = this.#settled(value, node);
    const { start: at, end } = node.span;
    const isBoth = isNumeric(from.type) && isNumeric(type);
    const byDecimal =
      isBoth &&
      (primitiveName(from.type) === 'Decimal' || primitiveName(type) === 'Decimal') &&
      !sameType(from.type, type);
    if (from.type.kind === 'named' && type.kind === 'named' && (!isBoth || byDecimal) && !sameType(from.type, type)) {
      const decimal = systemType('Decimal');
      const own = byDecimal
        ? this.#system
            .membersNamed(decimal, 'op_Explicit')
            .concat(this.#system.membersNamed(decimal, 'op_Implicit'))
            .find((one) => one.parameters[0] && sameType(one.parameters[0].type, from.type) && sameType(one.type, type))
        : implicitConversion(this.#system, from.type, type, ['op_Explicit', 'op_Implicit']);
      if (own && !this.#system.isDerivedFrom(from.type, type.name)) {
        const parameter = own.parameters[0];
        const given = parameter ? this.convert(from, substitute(parameter.type, own.declaring.arguments), node) : from;
        return { ...this.#call(own, [], undefined, [given.operand], node), type };
      }
      if (from.type.name === 'System.Nullable`1') {
        const inside = this.readProperty(from, 'Value', node);
        if (inside) return { ...inside, type };
      }
    }
    const result = this.#result(type);
    const isValue = type.kind === 'named' && this.#system.isValueType(type);
    const wasValue = from.type.kind === 'named' && this.#system.isValueType(from.type);
    const how =
      isValue && wasValue ? 'number' : isValue ? 'unbox' : wasValue ? 'box' : isNumeric(type) ? 'number' : 'cast';
    this.#builder.emit({ kind: 'convert', at, end, how, type, value: from.operand, result: result.operand.index });
    return result;
  }

  /** As a value of another type, by what the language does of itself. */
  convert(
    typed: Typed,
    wanted: TypeRef,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed {
    if (typed.pending) return this.#delegate(typed.pending, wanted, node);
    const { type } = typed;
    if (wanted.kind !== 'named' || type.kind === 'unknown' || sameType(type, wanted)) return typed;
    if (primitiveName(wanted) === 'Decimal' && typed.operand.kind === 'constant' && isNumeric(type))
      return this.#decimal(typed.operand.value, asExpression(node));
    if (type.kind === 'array') {
      const own = implicitConversion(this.#system, type, wanted);
      return own
        ? { ...this.#call(own, [], undefined, [typed.operand], node), type: wanted }
        : { ...typed, type: wanted };
    }
    const { start: at, end } = node.span;
    const isValue = type.kind === 'named' && this.#system.isValueType(type);
    const becomesValue = this.#system.isValueType(wanted);
    if (wanted.name === 'System.Nullable`1' && isValue) {
      const [constructor] = this.#system.constructorsOf(wanted);
      const inner = wanted.arguments[0];
      const value = inner ? this.convert(typed, inner, node) : typed;
      return constructor ? { ...this.#call(constructor, [], undefined, [value.operand], node), type: wanted } : typed;
    }
    if (type.kind === 'named' && !(isNumeric(type) && isNumeric(wanted) && primitiveName(wanted) !== 'Decimal')) {
      const own = this.#system.isDerivedFrom(type, wanted.name)
        ? undefined
        : implicitConversion(this.#system, type, wanted);
      const isConstant = typed.operand.kind === 'constant' && primitiveName(wanted) === 'Decimal';
      if (own && !isConstant) {
        const parameter = own.parameters[0];
        const given = parameter && !sameType(parameter.type, type) ? this.convert(typed, parameter.type, node) : typed;
        return { ...this.#call(own, [], undefined, [given.operand], node), type: wanted };
      }
    }
    if (isValue && !becomesValue) {
      const result = this.#result(wanted);
      this.#builder.emit({
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
  #delegate(
    pending: LambdaNode | MethodGroup,
    wanted: TypeRef,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed {
    const [inner] =
      wanted.kind === 'named' && wanted.name === 'System.Linq.Expressions.Expression`1' ? wanted.arguments : [];
    const type = inner ?? wanted;
    const invoke = this.#system.invokeOf(type);
    const parameters = (invoke?.parameters ?? []).map((parameter) =>
      substitute(parameter.type, invoke?.declaring.arguments ?? []),
    );
    if (pending.kind === 'lambda' && inner) {
      this.#builder.unknown(node.span.start, 'What the expression tree does is not known');
      return missing(wanted);
    }
    if (pending.kind === 'lambda') {
      this.#input.anonymousBody(
        pending,
        pending.parameters.map((parameter, index) =>
          parameter.type ? this.typeOf(parameter.type) : (parameters[index] ?? unknownType),
        ),
        this.scope,
      );
      const pointer = this.#pointer(this.#input.definitions.anonymous(pending.span), pending);
      return this.#newDelegate(type, { kind: 'constant', value: null }, pointer, node);
    }
    const chosen =
      chooseOverload(
        this.#system,
        pending.candidates,
        parameters.map((one) => ({
          type: one.kind === 'byReference' ? one.element : one,
          ...(one.kind === 'byReference' && { modifier: 'ref' as const }),
        })),
        pending.arguments,
      ) ?? this.#only(pending);
    if (!chosen) return missing(type);
    const { member } = chosen;
    const definition = member.source && this.#input.definitions.method(member.source);
    const method: MethodRef = {
      type: member.declaring,
      name: member.name,
      isStatic: member.isStatic,
      parameters: member.parameters.map((one) => one.type),
      returns: member.type,
      arguments: chosen.arguments,
      ...(definition && { definition }),
    };
    const result = this.#builder.temporary();
    const { start: at, end } = node.span;
    this.#builder.emit({
      kind: 'methodPointer',
      at,
      end,
      method,
      isVirtual: member.isVirtual,
      instance: member.isStatic ? undefined : pending.instance,
      result,
    });
    return this.#newDelegate(
      type,
      pending.instance ?? { kind: 'constant', value: null },
      { kind: 'temporary', index: result },
      node,
    );
  }

  #only({
    candidates,
    arguments: given,
  }: MethodGroup): { readonly member: MemberSymbol; readonly arguments: readonly TypeRef[] } | undefined {
    const [only, ...others] = candidates;
    return only && others.length === 0 ? { member: only, arguments: given } : undefined;
  }

  #pointer(
    own: OwnMethod | undefined,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Operand {
    if (!own) return missing().operand;
    const result = this.#builder.temporary();
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
    this.#builder.emit({ kind: 'methodPointer', at, end, method, isVirtual: false, instance, result });
    return { kind: 'temporary', index: result };
  }

  #newDelegate(
    type: TypeRef,
    target: Operand,
    pointer: Operand,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed {
    const [constructor] = type.kind === 'named' ? this.#system.constructorsOf(type) : [];
    if (!constructor) return { operand: pointer, type };
    return this.#call(constructor, [], undefined, [target, pointer], node);
  }

  #await(node: Expression & { readonly value: Expression }): Typed {
    this.awaits++;
    const value = this.value(node.value);
    const awaiter = this.callMember(value, 'GetAwaiter', node);
    if (!awaiter) return this.#open(node, 'await');
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
        values.push(this.convert(this.#lower(part.value), systemType('Object'), part));
      }
    }
    const text = this.#constant(format, systemType('String'));
    const given = values.map((one) => ({ operand: one.operand, type: systemType('Object') }));
    return this.#callNamed(systemType('String'), 'Format', [text, ...given], undefined, node);
  }

  #switchExpression(node: Extract<Expression, { kind: 'switchExpression' }>, wanted?: TypeRef): Typed {
    const value = this.value(node.value);
    const after = this.#builder.label();
    let result: NewValue | undefined;
    for (const arm of node.arms) {
      const [yes, no] = [this.#builder.label(), this.#builder.label()];
      const test = this.pattern(arm.pattern, value);
      this.#builder.end(
        { kind: 'branch', operator: undefined, left: test, right: undefined, then: yes, otherwise: no },
        arm.value.span.start,
      );
      this.#builder.place(yes, arm.value.span.start);
      if (arm.when) this.condition(arm.when);
      const typed = this.value(arm.value, wanted);
      result ??= this.#result(typed.type);
      this.#builder.emit({ kind: 'assign', at: arm.value.span.start, target: result.operand, value: typed.operand });
      this.#builder.end({ kind: 'jump', to: after }, arm.value.span.start);
      this.#builder.place(no, arm.value.span.end);
    }
    this.#builder.place(after, node.span.end);
    return result ?? missing();
  }

  /** Whether a value fits; what a pattern names is declared. */
  pattern(node: Extract<Expression, { kind: 'is' }>['pattern'], value: Typed): Operand {
    const { start: at, end } = node.span;
    const boolean = systemType('Boolean');
    const test = (operator: string, operands: readonly Operand[]): Operand => {
      const result = this.#result(boolean);
      this.#builder.emit({ kind: 'compute', at, end, operator, operands, result: result.operand.index });
      return result.operand;
    };
    switch (node.kind) {
      case 'constant':
        return this.#operate('==', value, this.#lower(node.value), node.value).operand;
      case 'relational':
        return this.#operate(node.operator, value, this.#lower(node.value), node.value).operand;
      case 'type':
      case 'declaration': {
        const type = this.typeOf(node.type);
        const result = this.#result(type);
        this.#builder.emit({
          kind: 'convert',
          at,
          end,
          how: 'isInstance',
          type,
          value: value.operand,
          result: result.operand.index,
        });
        if (node.name)
          this.#builder.emit({ kind: 'assign', at, target: this.declare(node.name.name, type), value: result.operand });
        return result.operand;
      }
      case 'var':
        if (node.name)
          this.#builder.emit({
            kind: 'assign',
            at,
            target: this.declare(node.name.name, value.type),
            value: value.operand,
          });
        return { kind: 'constant', value: 1 };
      case 'not':
        return test('ceq', [this.pattern(node.pattern, value)]);
      case 'and':
      case 'or':
        return test(node.kind, [this.pattern(node.left, value), this.pattern(node.right, value)]);
      case 'recursive': {
        const type = node.type ? this.typeOf(node.type) : value.type;
        const inside: Typed = { operand: value.operand, type };
        if (node.name)
          this.#builder.emit({ kind: 'assign', at, target: this.declare(node.name.name, type), value: value.operand });
        for (const { name, pattern } of node.properties) {
          const read = this.readProperty(inside, name, node);
          this.pattern(pattern, read ?? missing());
        }
        for (const pattern of node.positions) this.pattern(pattern, missing());
        return test('ceq', [value.operand]);
      }
      default:
        return { kind: 'constant', value: 1 };
    }
  }
}

/** Types of the framework whose methods are called only where a symbol is defined. */
const conditionals: Readonly<Record<string, string>> = {
  'System.Diagnostics.Debug': 'DEBUG',
  'System.Diagnostics.Trace': 'TRACE',
};

const computed: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
  '<<': 'shl',
  '>>': 'shr',
  '==': 'ceq',
  '!=': 'ceq',
  '<': 'clt',
  '>': 'cgt',
  '<=': 'cgt',
  '>=': 'clt',
};

function wider(left: TypeRef, right: TypeRef): TypeRef {
  const order = ['Int32', 'UInt32', 'Int64', 'UInt64', 'Single', 'Double', 'Decimal'];
  const rank = (type: TypeRef): number => order.indexOf(primitiveName(type) ?? '');
  if (isNumeric(left) && isNumeric(right)) {
    const widest = Math.max(0, rank(left), rank(right));
    return systemType(order[widest] ?? 'Int32');
  }
  return left.kind === 'unknown' ? right : left;
}

/** Surely text: a literal one is among what is added first. */
function isTextSum(node: Expression): node is Extract<Expression, { kind: 'binary' }> {
  if (node.kind !== 'binary' || node.operator !== '+') return false;
  return concatenated(node)
    .slice(0, 2)
    .some((part) => part.kind === 'interpolated' || (part.kind === 'literal' && typeof part.value === 'string'));
}

/** `a + b + c` as three; parentheses around text make no difference. */
function concatenated(node: Extract<Expression, { kind: 'binary' }>): readonly Expression[] {
  const parts: Expression[] = [node.right];
  let left = node.left;
  while (left.kind === 'binary' && left.operator === '+') {
    parts.push(left.right);
    left = left.left;
  }
  return [left, ...parts.reverse()].flatMap((part) => {
    const inner = part.kind === 'parenthesized' ? part.value : part;
    return isTextSum(inner) && part !== node ? concatenated(inner) : [part];
  });
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

function lastName(node: Expression): string {
  return node.kind === 'name' ? node.name : node.kind === 'member' ? node.name.name : '';
}

function asExpression({ span }: { readonly span: { readonly start: number; readonly end: number } }): Expression {
  return { kind: 'missing', span };
}

function fail(): never {
  throw new Error('An argument is missing that was counted');
}
