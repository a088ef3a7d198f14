// What a name in a body stands for: locals, parameters, local functions; blocks within blocks.
import type { FieldRef, Operand } from '../code/body.js';
import type { FieldDef, Place, TypeDef, TypeRef } from '../code/model.js';
import type { Expression, MethodDeclaration } from './nodes.js';

export interface Variable {
  readonly type: TypeRef;
  readonly operand: Operand;
  /** Behind a reference (`ref`, `out`). */
  readonly isReference: boolean;
  /** Of a query, where several variables range together: the one that has it as a member. */
  readonly within?: string;
  /** Of a `const`. */
  readonly constant?: Expression;
  /** Where it is kept for the lambdas that use it, as soon as there is one. */
  field?: FieldRef;
}

/** A variable that has no place in the body. */
export const captured: Operand = { kind: 'temporary', index: -1 };

export class Scope {
  readonly #outer: Scope | undefined;
  readonly #boundary: Boundary | undefined;
  readonly #captures = new Map<string, FieldRef>();
  readonly #variables = new Map<string, Variable>();
  readonly #functions = new Map<string, MethodDeclaration>();

  /** Of a lambda or a local function, what lies outside is a boundary away: its variables have no place in that body. */
  constructor(outer?: Scope, boundary?: Boundary) {
    this.#outer = outer;
    this.#boundary = boundary;
  }

  /** Fields of what is used of the method around, by the name of the variable. */
  get captures(): ReadonlyMap<string, FieldRef> {
    return this.#captures;
  }

  declare(name: string, variable: Variable): void {
    this.#variables.set(name, variable);
  }

  declareFunction(declaration: MethodDeclaration): void {
    this.#functions.set(declaration.name.name, declaration);
  }

  find(name: string): Variable | undefined {
    const own = this.#variables.get(name);
    const outer = own ? undefined : this.#outer?.find(name);
    if (!outer || !this.#boundary) return own ?? outer;
    if (outer.constant || outer.within !== undefined) return { ...outer, operand: captured, isReference: false };
    outer.field ??= closureField(name, outer.type, this.#boundary);
    this.#captures.set(name, outer.field);
    return { ...outer, operand: captured, isReference: false };
  }

  findFunction(name: string): MethodDeclaration | undefined {
    return this.#functions.get(name) ?? this.#outer?.findFunction(name);
  }
}

/** Of a lambda or a local function: the type it belongs to, and where it stands. */
export interface Boundary {
  readonly type: TypeDef;
  readonly place: Place;
}

/** As compilers keep it, in a class of their own for the method. */
function closureField(name: string, fieldType: TypeRef, { type, place }: Boundary): FieldRef {
  const field: FieldDef = {
    name,
    type: fieldType,
    isStatic: false,
    isInitOnly: false,
    isLiteral: false,
    isPublic: true,
    isProtected: false,
    attributes: [],
    compilerGenerated: true,
    hasData: false,
    place,
  };
  return {
    type: { kind: 'named', name: `${type.name}+<>c__DisplayClass`, arguments: [] },
    name,
    fieldType,
    definition: { type, field },
  };
}
