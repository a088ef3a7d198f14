// What a name in a body stands for: locals, parameters, local functions; blocks within blocks.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import type { Expression, MethodDeclaration } from './nodes.js';

export interface Variable {
  readonly type: TypeRef;
  readonly operand: Operand;
  /** Behind a reference (`ref`, `out`). */
  readonly isReference: boolean;
  /** Of a `const`. */
  readonly constant?: Expression;
}

/** A variable that has no place in the body. */
export const captured: Operand = { kind: 'temporary', index: -1 };

export class Scope {
  readonly #outer: Scope | undefined;
  readonly #isBoundary: boolean;
  readonly #variables = new Map<string, Variable>();
  readonly #functions = new Map<string, MethodDeclaration>();

  /** Of a lambda or a local function, what lies outside is a boundary away: its variables have no place in that body. */
  constructor(outer?: Scope, isBoundary = false) {
    this.#outer = outer;
    this.#isBoundary = isBoundary;
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
    return outer && this.#isBoundary ? { ...outer, operand: captured, isReference: false } : (own ?? outer);
  }

  findFunction(name: string): MethodDeclaration | undefined {
    return this.#functions.get(name) ?? this.#outer?.findFunction(name);
  }
}
