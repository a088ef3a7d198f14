// Lambdas as expression trees (C# specification, 10.7.3): what they would do is not done, but described by calls of
// System.Linq.Expressions. Which calls is told by the syntax, and by the operations that the lambda would have.
import type { Body, Call, MethodRef, Operation } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import { call } from './lower-call.js';
import type { ExpressionLowering } from './lower-expression.js';
import { missing, type LambdaNode, type Typed } from './lowering.js';
import { anonymousPrefix } from './shaped-types.js';
import { systemType, type NamedType } from './symbols.js';

interface At {
  readonly span: { readonly start: number; readonly end: number };
}

export function lowerTree(
  lowering: ExpressionLowering,
  lambda: LambdaNode,
  parameters: readonly TypeRef[],
  wanted: TypeRef,
): Typed {
  new TreeCalls(lowering, lambda).describe(lambda, lowering.input.treeBodies(lambda, parameters, lowering.scope));
  return { ...missing(wanted), operand: { kind: 'temporary', index: lowering.builder.temporary() } };
}

class TreeCalls {
  readonly #lowering: ExpressionLowering;
  readonly #node: At;
  /** What the lambda itself names. */
  readonly #parameters = new Set<string>();
  /** Where operators are calls. */
  readonly #own = new Set<string>();

  constructor(lowering: ExpressionLowering, node: At) {
    this.#lowering = lowering;
    this.#node = node;
  }

  describe(lambda: LambdaNode, bodies: readonly Body[]): void {
    const operations = bodies.flatMap(({ blocks }) => blocks.flatMap((block) => block.operations));
    for (const operation of operations) this.#operation(operation);
    // One by one: a list can be longer than a call may have arguments.
    const work: unknown[] = [lambda];
    for (let node = work.pop(); work.length > 0 || node !== undefined; node = work.pop()) {
      if (typeof node !== 'object' || node === null) continue;
      this.#syntax(node);
      for (const value of Object.values(node).reverse()) if (typeof value === 'object') work.push(value);
    }
  }

  #syntax(node: object): void {
    if (!('kind' in node)) return;
    const own = 'span' in node && this.#own.has(keyOf(node.span));
    if (node.kind === 'lambda') this.#lambda(node as LambdaNode);
    else if (node.kind === 'literal') this.#constant();
    else if (node.kind === 'name' && 'name' in node) this.#variable(String(node.name));
    else if (node.kind === 'conditional') this.#make('Condition', 'Expression', 'Expression', 'Expression');
    else if (node.kind === 'as' || node.kind === 'is') this.#typed(node.kind === 'as' ? 'TypeAs' : 'TypeIs');
    else if (node.kind === 'newArray') this.#typedBy(() => this.#make('NewArrayInit', 'Type', 'Expression[]'));
    else if (node.kind === 'binary' && 'operator' in node) {
      const name = binary[String(node.operator)];
      if (name === undefined) return;
      if (own && isTest.has(name)) this.#make(name, 'Expression', 'Expression', 'Boolean', 'MethodInfo');
      else if (own) this.#make(name, 'Expression', 'Expression', 'MethodInfo');
      else this.#make(name, 'Expression', 'Expression');
    } else if (node.kind === 'unary' && 'operator' in node) {
      const name = unary[String(node.operator)];
      if (name !== undefined) this.#make(name, 'Expression', ...(own ? ['MethodInfo'] : []));
    } else if (node.kind === 'new' && 'initializer' in node)
      this.#make('MemberInit', 'NewExpression', 'MemberBinding[]');
  }

  #lambda({ parameters }: LambdaNode): void {
    for (const { name } of parameters) {
      this.#parameters.add(name.name);
      this.#typedBy(() => this.#make('Parameter', 'Type', 'String'));
    }
    if (parameters.length === 0) this.#empty('ParameterExpression');
    this.#make('Lambda', 'Expression', 'ParameterExpression[]');
  }

  /** A variable from outside is a field of what holds it. */
  #variable(name: string): void {
    if (this.#parameters.has(name) || !this.#lowering.scope.find(name)) return;
    this.#constant();
    this.#field();
  }

  #operation(operation: Operation): void {
    switch (operation.kind) {
      case 'call':
        this.#call(operation);
        return;
      case 'loadField':
        if (isAnonymous(operation.field.type)) this.#property(operation.field.type);
        else this.#field();
        return;
      case 'storeField':
        if (isAnonymous(operation.field.type)) this.#anonymous(operation.field.type);
        else this.#make('Bind', 'MemberInfo', 'Expression');
        return;
      case 'convert':
        if (operation.how !== 'isInstance') this.#typed('Convert');
        return;
      case 'loadElement':
        this.#make('ArrayIndex', 'Expression', 'Expression');
        return;
      case 'compute':
        if (operation.operator === 'ldlen') this.#make('ArrayLength', 'Expression');
        return;
      default:
    }
  }

  #call({ method, dispatch, at, end, arguments: given }: Call): void {
    const { name } = method;
    if (name === 'GetTypeFromHandle') return;
    if (dispatch === 'new') {
      if (isDelegateMade(method)) return;
      this.#method(method);
      if (given.length === 0) this.#make('New', 'ConstructorInfo');
      else this.#make('New', 'ConstructorInfo', 'IEnumerable`1');
    } else if (name.startsWith('get_') && given.length === 0) this.#property(method.type);
    else if (name.startsWith('set_')) {
      this.#method(method);
      this.#make('Bind', 'MethodInfo', 'Expression');
    } else if (name === 'op_Implicit' || name === 'op_Explicit') {
      this.#method(method);
      this.#typedBy(() => this.#make('Convert', 'Expression', 'Type', 'MethodInfo'));
    } else if (name.startsWith('op_')) {
      this.#method(method);
      this.#own.add(keyOf({ start: at, end }));
    } else if (name === 'Invoke' && !method.isStatic) this.#make('Invoke', 'Expression', 'Expression[]');
    else {
      this.#method(method);
      if (given.length === 0) this.#empty('Expression');
      this.#make('Call', 'Expression', 'MethodInfo', 'Expression[]');
    }
  }

  #property(of: TypeRef): void {
    this.#fromHandle('MethodBase', 'GetMethodFromHandle', of);
    this.#make('Property', 'Expression', 'MethodInfo');
  }

  #field(): void {
    this.#fromHandle('FieldInfo', 'GetFieldFromHandle', undefined);
    this.#make('Field', 'Expression', 'FieldInfo');
  }

  #anonymous(of: TypeRef): void {
    this.#fromHandle('MethodBase', 'GetMethodFromHandle', of);
    this.#make('New', 'ConstructorInfo', 'IEnumerable`1', 'MemberInfo[]');
  }

  #method({ type }: MethodRef): void {
    this.#fromHandle('MethodBase', 'GetMethodFromHandle', type);
  }

  /** Of a generic type with the type's own handle. */
  #fromHandle(type: 'MethodBase' | 'FieldInfo', name: string, of: TypeRef | undefined): void {
    const isGeneric = of?.kind === 'named' && of.arguments.length > 0;
    this.#invoke(systemType(`Reflection.${type}`), name, isGeneric ? 2 : 1);
  }

  #constant(): void {
    this.#typedBy(() => this.#make('Constant', 'Object', 'Type'));
  }

  #typed(name: 'Convert' | 'TypeAs' | 'TypeIs'): void {
    this.#typedBy(() => this.#make(name, 'Expression', 'Type'));
  }

  #typedBy(make: () => void): void {
    this.#invoke(systemType('Type'), 'GetTypeFromHandle', 1);
    make();
  }

  #empty(element: string): void {
    this.#invoke(systemType('Array'), 'Empty', 0, [expressionType(element)]);
  }

  /** The factory of that name whose parameters are of types with these names. */
  #make(name: string, ...parameters: readonly string[]): void {
    const { system } = this.#lowering;
    const factory = system
      .membersNamed(expressionType('Expression'), name)
      .find((one) => one.parameters.length === parameters.length && one.parameters.every(isOf(parameters)));
    const given = parameters.map(() => missing().operand);
    const types = Array.from({ length: factory?.arity ?? 0 }, (): TypeRef => ({ kind: 'unknown' }));
    if (factory) call(this.#lowering, factory, types, undefined, given, this.#node);
  }

  #invoke(type: NamedType, name: string, count: number, types: readonly TypeRef[] = []): void {
    const member = this.#lowering.system
      .membersNamed(type, name)
      .find(({ parameters, arity }) => parameters.length === count && arity === types.length);
    const given = Array.from({ length: count }, () => missing().operand);
    if (member) call(this.#lowering, member, types, undefined, given, this.#node);
  }
}

function isOf(names: readonly string[]): (parameter: { readonly type: TypeRef }, index: number) => boolean {
  return ({ type }, index) => {
    const element = type.kind === 'array' ? type.element : type;
    const name = element.kind === 'named' ? element.name.slice(element.name.lastIndexOf('.') + 1) : '';
    return `${name}${type.kind === 'array' ? '[]' : ''}` === names[index];
  };
}

function expressionType(name: string): NamedType {
  return { kind: 'named', name: `System.Linq.Expressions.${name}`, assembly: 'System.Core', arguments: [] };
}

function isAnonymous(type: TypeRef): boolean {
  return type.kind === 'named' && type.name.startsWith(anonymousPrefix);
}

/** Of a nested lambda. */
function isDelegateMade({ parameters }: MethodRef): boolean {
  const [, pointer] = parameters;
  return pointer?.kind === 'named' && pointer.name === 'System.IntPtr' && parameters.length === 2;
}

function keyOf(span: unknown): string {
  return typeof span === 'object' && span !== null && 'start' in span && 'end' in span
    ? `${span.start} ${span.end}`
    : '';
}

const isTest: ReadonlySet<string> = new Set([
  'Equal',
  'NotEqual',
  'LessThan',
  'GreaterThan',
  'LessThanOrEqual',
  'GreaterThanOrEqual',
]);

const binary: Readonly<Record<string, string>> = {
  '+': 'Add',
  '-': 'Subtract',
  '*': 'Multiply',
  '/': 'Divide',
  '%': 'Modulo',
  '&': 'And',
  '|': 'Or',
  '^': 'ExclusiveOr',
  '<<': 'LeftShift',
  '>>': 'RightShift',
  '&&': 'AndAlso',
  '||': 'OrElse',
  '??': 'Coalesce',
  '==': 'Equal',
  '!=': 'NotEqual',
  '<': 'LessThan',
  '>': 'GreaterThan',
  '<=': 'LessThanOrEqual',
  '>=': 'GreaterThanOrEqual',
};

const unary: Readonly<Record<string, string>> = { '-': 'Negate', '!': 'Not', '~': 'Not', '+': 'UnaryPlus' };
