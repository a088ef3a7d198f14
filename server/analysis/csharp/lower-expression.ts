// Expressions as operations: each gives an operand and its type, and calls what the compiler would call for it.
import type { ConstantValue, Operand } from '../code/body.js';
import { isVoid, type TypeRef } from '../code/model.js';
import type { BodyBuilder } from './body-builder.js';
import { constantOf } from './constants.js';
import { isNumeric, primitiveName } from './conversions.js';
import { argumentsOf, arrangedFor, choose } from './lower-arguments.js';
import { isIncrement, lowerAssignment, lowerIncrement } from './lower-assignment.js';
import { call, callAccessor, callMember, callNamed, readProperty } from './lower-call.js';
import { lowerAwait, lowerInterpolated } from './lower-construct.js';
import { lowerNewArray, readCell } from './lower-array.js';
import { convertTo, lowerCast, pointerTo } from './lower-conversion.js';
import { lowerAnonymousObject, lowerNew, lowerTuple } from './lower-creation.js';
import { lowerInvocation } from './lower-invocation.js';
import { declaredFirst, lowerMember, lowerName } from './lower-name.js';
import { lowerBinary, lowerConditional, lowerUnary, truthOf } from './lower-operator.js';
import { lowerDynamic } from './lower-dynamic.js';
import { isDynamic } from './shaped-types.js';
import { lowerPattern, lowerSwitchExpression } from './lower-pattern.js';
import { missing, type LambdaNode, type LoweringInput, type NewValue, type Typed } from './lowering.js';
import type { Argument, Expression, TypeName } from './nodes.js';
import type { Chosen } from './overloads.js';
import { queryAsCalls } from './queries.js';
import { Scope } from './scope.js';
import { systemType, unknownType, type Context, type MemberSymbol } from './symbols.js';
import type { TypeSystem } from './type-system.js';

export class ExpressionLowering {
  readonly input: LoweringInput;
  readonly system: TypeSystem;
  readonly builder: BodyBuilder;
  scope: Scope;
  /** Of which nobody asks for the value. */
  discarded: Expression | undefined;
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
    if (typed.pending?.kind === 'interpolated') return lowerInterpolated(this, typed.pending);
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
    const outer = this.discarded;
    this.discarded = node;
    this.lower(node);
    this.discarded = outer;
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

  lower(node: Expression, wanted?: TypeRef): Typed {
    if (!this.system.effort.take(1)) return missing();
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
        return this.lower(node.value, wanted);
      case 'name':
        return lowerName(this, node);
      case 'member':
      case 'invocation':
      case 'element':
        return isConditionalChain(node) ? lifted(this, this.#chain(node), node) : this.#chain(node);
      case 'this':
      case 'base':
        return {
          operand: { kind: 'this' },
          type:
            node.kind === 'this'
              ? (this.input.thisType ?? unknownType)
              : ((this.input.thisType && this.system.basesOf(this.input.thisType)[0]) ?? unknownType),
        };
      case 'new':
        return lowerNew(this, node, wanted);
      case 'newArray':
        return lowerNewArray(this, node, wanted);
      case 'anonymousObject':
        return lowerAnonymousObject(this, node);
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
        return callNamed(
          this,
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
        return {
          operand: { kind: 'constant', value: isNumeric(type) ? 0 : null },
          type,
          ...(!node.type && { literal: 'default' }),
        };
      }
      case 'await':
        return lowerAwait(this, node);
      case 'throw': {
        const thrown = this.value(node.value).operand;
        this.builder.end({ kind: 'throw', value: thrown }, at);
        return missing();
      }
      case 'ref':
        return this.lower(node.value);
      case 'lambda':
        return { ...missing(), literal: { lambda: node.parameters.length, gives: givesOf(node) }, pending: node };
      case 'tuple':
        return lowerTuple(this, node, wanted);
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
        return lowerInterpolated(this, node, wanted);
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
    return call(
      this,
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

  given(types: readonly TypeName[]): readonly TypeRef[] {
    return types.map((type) => this.typeOf(type));
  }

  /** What stands before a dot: of `a?.b.c` the whole is nothing where `a` is, and `b` is not lifted. */
  before(node: Expression): Typed {
    return this.settled(isLink(node) ? this.#chain(node) : this.lower(node), node);
  }

  #chain(node: Link): Typed {
    switch (node.kind) {
      case 'member':
        return lowerMember(this, node);
      case 'invocation':
        return lowerInvocation(this, node);
      case 'element':
        return this.#element(node);
    }
  }

  /** `a?.b`: only where there is something. */
  conditionally(isConditional: boolean, whole: Typed, node: Expression, read: (value: Typed) => Typed): Typed {
    if (!isConditional) return read(whole);
    const [some, none, after] = [this.builder.label(), this.builder.label(), this.builder.label()];
    const at = node.span.start;
    const isNullable = whole.type.kind === 'named' && whole.type.name === 'System.Nullable`1';
    const test = (isNullable && readProperty(this, whole, 'HasValue', node)) || whole;
    const inner = (isNullable && callMember(this, whole, 'GetValueOrDefault', node)) || whole;
    this.builder.end(
      { kind: 'branch', operator: undefined, left: test.operand, right: undefined, then: some, otherwise: none },
      at,
    );
    this.builder.place(some, at);
    const typed = this.settled(read(inner), node);
    const result = this.result(typed.type);
    this.builder.emit({ kind: 'assign', at, target: result.operand, value: typed.operand });
    this.builder.end({ kind: 'jump', to: after }, at);
    this.builder.place(none, at);
    this.builder.emit({ kind: 'assign', at, target: result.operand, value: { kind: 'constant', value: null } });
    this.builder.place(after, node.span.end);
    return result;
  }

  #element(node: Extract<Expression, { kind: 'element' }>): Typed {
    const whole = this.before(node.target);
    return this.conditionally(node.isConditional, whole, node, (value) => {
      if (value.type.kind === 'array' || value.type.kind === 'pointer') {
        const indices = node.arguments.map((argument) => this.value(argument.value).operand);
        if (value.type.kind === 'array' && value.type.rank > 1) return readCell(this, value, indices, node);
        const index = indices[0] ?? missing().operand;
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
      if (isDynamic(value.type))
        return lowerDynamic(this, 'GetIndex', [value, ...argumentsOf(this, node.arguments)], node);
      const indexer = this.indexer(value.type, node.arguments);
      if (!indexer) return this.open(node, '[]');
      return callAccessor(
        this,
        declaredFirst(this, indexer.chosen.member),
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
    const named = indexerNames.map((name) => this.system.membersNamed(type, name));
    const candidates = named.find((members) => members.some(isProperty))?.filter(isProperty) ?? [];
    const chosen = choose(this, candidates, given, written, []);
    return chosen && { chosen, given };
  }

  /** As a value of another type, by what the language does of itself. */
  convert(
    typed: Typed,
    wanted: TypeRef,
    node: { readonly span: { readonly start: number; readonly end: number } },
  ): Typed {
    return convertTo(this, typed, wanted, node);
  }

  /** Whether a value fits; what a pattern names is declared. */
  pattern(node: Extract<Expression, { kind: 'is' }>['pattern'], value: Typed): Operand {
    return lowerPattern(this, node, value);
  }
}

/** What IndexerName makes of them, in the framework as well: of strings the second, of XmlNodeList the third. */
const indexerNames = ['Item', 'Chars', 'ItemOf'];

function isProperty({ kind }: MemberSymbol): boolean {
  return kind === 'property';
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

type Link = Extract<Expression, { kind: 'member' | 'invocation' | 'element' }>;

function isLink(node: Expression): node is Link {
  return node.kind === 'member' || node.kind === 'invocation' || node.kind === 'element';
}

function isConditionalChain(node: Link): boolean {
  for (let one: Expression = node; isLink(one); one = one.target)
    if (one.kind !== 'invocation' && one.isConditional) return true;
  return false;
}

/** A value that perhaps is none is nullable. */
function lifted(lowering: ExpressionLowering, typed: Typed, node: Expression): Typed {
  const { type } = typed;
  if (type.kind !== 'named' || type.name === 'System.Nullable`1' || isVoid(type)) return typed;
  return lowering.system.isValueType(type) ? lowering.convert(typed, systemType('Nullable`1', type), node) : typed;
}
