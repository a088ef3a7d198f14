// Bodies of an assembly's members, lowered with the lambdas and local functions inside them.
import type { Body, OwnMethod } from '../code/body.js';
import { isVoid, type MethodDef, type TypeDef, type TypeRef } from '../code/model.js';
import { AnonymousMethod } from './anonymous-method.js';
import { anonymousIn, type AnonymousNode } from './anonymous.js';
import { BodyBuilder } from './body-builder.js';
import { callMember } from './lower-call.js';
import { asyncBuilder, constructBase, eventField, storeInitial } from './lower-construct.js';
import { ExpressionLowering } from './lower-expression.js';
import { StatementLowering } from './lower-statement.js';
import type { Definitions, LoweringInput } from './lowering.js';
import { Scope } from './scope.js';
import { backingName, initializerOf } from './source-fields.js';
import type { AccessorKind, SourceMethod } from './source-methods.js';
import { declareParameter } from './source-parameters.js';
import {
  systemType,
  unknownType,
  type Context,
  type DeclaredType,
  type MemberSymbol,
  type NamedType,
  type SourceMember,
} from './symbols.js';
import type { TypeSystem } from './type-system.js';

export class SourceBodies {
  readonly #system: TypeSystem;
  readonly #definitions: Pick<Definitions, 'method' | 'field'>;
  readonly #symbols: ReadonlySet<string>;
  /** By file and offset. */
  readonly #anonymous = new Map<string, AnonymousMethod>();

  constructor(system: TypeSystem, definitions: Pick<Definitions, 'method' | 'field'>, symbols: ReadonlySet<string>) {
    this.#system = system;
    this.#definitions = definitions;
    this.#symbols = symbols;
  }

  /** Lambdas and local functions of a member: methods of their own, named as compilers name them. */
  anonymousOf({ member, source }: SourceMethod, type: TypeDef, outer: MethodDef): readonly AnonymousMethod[] {
    const isConstructor = outer.name === '.ctor' || outer.name === '.cctor';
    const roots = isConstructor
      ? [source.body, source.constructorInitializer]
      : [source.body, ...source.accessors, member.kind === 'property' ? source.value : undefined];
    return this.#anonymousIn(roots, member, source, type, outer, outer.name);
  }

  /** Those of an initial value run in the constructor that stores it, and are named after what it is stored in, as mcs does. */
  anonymousOfInitial(member: MemberSymbol, type: TypeDef, constructor: MethodDef): readonly AnonymousMethod[] {
    const { source } = member;
    return source ? this.#anonymousIn([initializerOf(member)], member, source, type, constructor, member.name) : [];
  }

  #anonymousIn(
    roots: readonly unknown[],
    member: MemberSymbol,
    source: SourceMember,
    type: TypeDef,
    outer: MethodDef,
    name: string,
  ): readonly AnonymousMethod[] {
    const found: AnonymousMethod[] = [];
    for (const node of roots.flatMap((root) => anonymousIn(root))) {
      const key = keyOf(source.context, node.span);
      if (this.#anonymous.has(key)) continue;
      const index = this.#anonymous.size;
      const method = new AnonymousMethod(node, type, outer, source.context, member.isStatic, name, index);
      this.#anonymous.set(key, method);
      found.push(method);
    }
    return found;
  }

  lower(type: DeclaredType, method: SourceMethod): Body {
    const { member, source, parameters, returns, body, kind } = method;
    const { context } = source;
    const builder = new BodyBuilder();
    const scope = new Scope();
    parameters.forEach((parameter, index) =>
      declareParameter(scope, parameter, index, context, this.#system, parameter.type ? undefined : member.type),
    );
    const thisType = member.isStatic ? undefined : this.#system.instanceOf(type);
    const isAsync = source.modifiers.includes('async');
    const statements = new StatementLowering(
      this.#input(context, builder, thisType),
      scope,
      isAsync ? awaitedType(returns) : returns,
    );
    const { expressions } = statements;
    if (member.kind === 'constructor') this.#construct(type, member, source, statements, thisType);
    if (body) statements.body(body);
    else if (kind) this.#automatic(statements, member, source, kind);
    if (member.name === 'Finalize')
      callMember(expressions, { operand: { kind: 'this' }, type: systemType('Object') }, 'Finalize', {
        span: source.nameSpan,
      });
    if (isAsync) asyncBuilder(expressions, returns, source.nameSpan);
    if (this.#system.effort.isSpent) builder.unknown(source.nameSpan.start, 'There is too much code to read all of it');
    return builder.build(isAsync || statements.yields);
  }

  /** Initial values of fields, and the constructor of the base. */
  #construct(
    type: DeclaredType,
    member: MemberSymbol,
    source: SourceMember,
    { builder, expressions }: StatementLowering,
    thisType: NamedType | undefined,
  ): void {
    const initializer = source.constructorInitializer;
    if (initializer?.kind !== 'this') {
      for (const one of this.#system.ownMembers(type)) {
        const value = initializerOf(one);
        if (!value || !one.source || one.isStatic !== member.isStatic) continue;
        // Names in it mean what they do where the field stands: in another file perhaps.
        const input = this.#input(one.source.context, builder, thisType);
        storeInitial(new ExpressionLowering(input, new Scope()), one, value);
      }
    }
    if (member.isStatic || type.kind === 'struct') return;
    const itself = this.#system.instanceOf(type);
    const [base] = initializer?.kind === 'this' ? [itself] : this.#system.basesOf(itself);
    if (base)
      constructBase(expressions, base, initializer?.arguments ?? [], { span: initializer?.span ?? source.nameSpan });
  }

  /** What the compiler writes for accessors without bodies. */
  #automatic(
    { builder, expressions }: StatementLowering,
    member: MemberSymbol,
    source: SourceMember,
    kind: AccessorKind,
  ): void {
    const at = source.nameSpan.start;
    const instance = member.isStatic ? undefined : ({ kind: 'this' } as const);
    const definition = this.#definitions.field(source);
    const field = {
      type: member.declaring,
      name: backingName(member),
      fieldType: member.type,
      ...(definition && { definition }),
    };
    if (kind === 'get') {
      const result = builder.temporary();
      builder.emit({ kind: 'loadField', at, field, instance, result });
      builder.end({ kind: 'return', value: { kind: 'temporary', index: result } }, at);
    } else if (kind === 'set')
      builder.emit({ kind: 'storeField', at, field, instance, value: { kind: 'parameter', index: 0 } });
    else eventField(expressions, member.type, kind, field, instance, at);
  }

  #input(context: Context, builder: BodyBuilder, thisType: NamedType | undefined): LoweringInput {
    const anonymous = (span: { readonly start: number }): OwnMethod | undefined => {
      const found = this.#anonymous.get(keyOf(context, span));
      return found && { type: found.type, method: found };
    };
    return {
      system: this.#system,
      definitions: {
        method: (source, accessor) => this.#definitions.method(source, accessor),
        field: (source) => this.#definitions.field(source),
        anonymous,
      },
      symbols: this.#symbols,
      context,
      builder,
      thisType,
      treeBodies: (node, parameters, scope) => {
        this.#lowerAnonymous(node, parameters, scope, context, thisType);
        return anonymousIn(node).flatMap(({ span }) => this.#anonymous.get(keyOf(context, span))?.drop() ?? []);
      },
      capturesOf: ({ span }) => this.#anonymous.get(keyOf(context, span))?.captures ?? new Map(),
      anonymousBody: (node, parameters, scope) => this.#lowerAnonymous(node, parameters, scope, context, thisType),
    };
  }

  /** Again, where more is known of its parameters than before. */
  #lowerAnonymous(
    node: AnonymousNode,
    types: readonly TypeRef[],
    outer: Scope,
    context: Context,
    thisType: NamedType | undefined,
  ): TypeRef {
    const method = this.#anonymous.get(keyOf(context, node.span));
    const known = types.filter(({ kind }) => kind !== 'unknown').length;
    if (method?.lowered && method.known >= known) return method.returned;
    const builder = new BodyBuilder();
    const scope = new Scope(outer, method);
    const { parameters, body } =
      node.kind === 'lambda' ? node : { parameters: node.function.parameters, body: node.function.body };
    parameters.forEach((parameter, index) =>
      declareParameter(scope, parameter, index, context, this.#system, types[index]),
    );
    const returns = node.kind === 'lambda' ? unknownType : this.#system.typeOf(node.function.returns, context);
    const statements = new StatementLowering(this.#input(context, builder, thisType), scope, returns);
    if (body) statements.body(body);
    const isAsync = node.kind === 'lambda' && node.isAsync;
    const given = statements.returned ?? (returns.kind === 'unknown' ? systemType('Void') : returns);
    const returned = isAsync ? taskOf(given) : given;
    method?.take(builder.build(statements.yields || isAsync), known, returned);
    if (method) method.captures = scope.captures;
    return returned;
  }
}

function keyOf({ uri }: Context, { start }: { readonly start: number }): string {
  return `${uri} ${start}`;
}

/** `T` of `Task<T>`: what an async method returns in its body. */
function awaitedType(returns: TypeRef): TypeRef {
  if (returns.kind !== 'named') return returns;
  if (returns.name === 'System.Threading.Tasks.Task`1') return returns.arguments[0] ?? unknownType;
  return systemType('Void');
}

/** What an async lambda gives back. */
function taskOf(type: TypeRef): TypeRef {
  return isVoid(type) ? systemType('Threading.Tasks.Task') : systemType('Threading.Tasks.Task`1', type);
}
