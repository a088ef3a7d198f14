// What lowering expressions works with: values, and what the assembly knows.
import type { Body, FieldRef, Operand, OwnMethod } from '../code/body.js';
import type { FieldDef, TypeDef, TypeRef } from '../code/model.js';
import type { AnonymousNode } from './anonymous.js';
import type { BodyBuilder } from './body-builder.js';
import type { Given } from './conversions.js';
import type { Expression } from './nodes.js';
import { Scope } from './scope.js';
import type { AccessorKind } from './source-methods.js';
import { unknownType, type Context, type MemberSymbol, type NamedType, type SourceMember } from './symbols.js';
import type { TypeSystem } from './type-system.js';

/** A value: where it is, and what it is seen as. */
export interface Typed {
  readonly operand: Operand;
  readonly type: TypeRef;
  readonly literal?: Given['literal'];
  /** Not made into a value yet: what it is converted to decides. */
  readonly pending?: Extract<Expression, { kind: 'lambda' | 'interpolated' }> | MethodGroup;
}

export interface NewValue {
  readonly operand: Extract<Operand, { kind: 'temporary' }>;
  readonly type: TypeRef;
}

export interface MethodGroup {
  readonly kind: 'methodGroup';
  readonly candidates: readonly MemberSymbol[];
  readonly instance: Operand | undefined;
  readonly arguments: readonly TypeRef[];
}

export type LambdaNode = Extract<Expression, { kind: 'lambda' }>;

/** What the assembly knows of its own members: definitions to refer to. */
export interface Definitions {
  method(source: SourceMember, accessor?: AccessorKind): OwnMethod | undefined;
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
  /** The bodies that a lambda and those inside of it would have, which they have not as an expression tree. */
  treeBodies(node: LambdaNode, parameters: readonly TypeRef[], scope: Scope): readonly Body[];
  /** What of the method around a lambda uses, by the name of the variable; known when its body is lowered. */
  capturesOf(node: LambdaNode): ReadonlyMap<string, FieldRef>;
  anonymousBody(node: AnonymousNode, parameters: readonly TypeRef[], scope: Scope): TypeRef;
}

export const missing = (type: TypeRef = unknownType): Typed => ({ operand: { kind: 'temporary', index: -1 }, type });

export function lastName(node: Expression): string {
  return node.kind === 'name' ? node.name : node.kind === 'member' ? node.name.name : '';
}

export function asExpression({
  span,
}: {
  readonly span: { readonly start: number; readonly end: number };
}): Expression {
  return { kind: 'missing', span };
}

export function fail(): never {
  throw new Error('An argument is missing that was counted');
}
