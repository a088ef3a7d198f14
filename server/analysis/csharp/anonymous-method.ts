// A lambda or a local function as a method of its own: its body is lowered with the member it stands in.
import type { Body, FieldRef } from '../code/body.js';
import type { MethodDef, ParameterDef, Place, TypeDef, TypeRef } from '../code/model.js';
import type { AnonymousNode } from './anonymous.js';
import { sourcePlace, unknownType, type Context } from './symbols.js';

export class AnonymousMethod implements MethodDef {
  readonly name: string;
  readonly isPublic = false;
  readonly isProtected = false;
  readonly isAbstract = false;
  readonly isVirtual = false;
  readonly isNewSlot = true;
  readonly overrides = [];
  readonly arity = 0;
  readonly isVarArg = false;
  readonly returnAttributes = [];
  readonly attributes = [];
  readonly compilerGenerated = true;
  readonly implementation = 'il';
  readonly isSynchronized = false;
  readonly security = [];
  readonly isStatic: boolean;
  readonly place: Place;
  readonly parameters: readonly ParameterDef[];
  readonly type: TypeDef;
  readonly #outer: MethodDef;
  #isTree = false;
  lowered: Body | undefined;
  captures: ReadonlyMap<string, FieldRef> = new Map();
  /** Of how many parameters the type was known. */
  known = -1;
  returned: TypeRef = unknownType;

  constructor(
    node: AnonymousNode,
    type: TypeDef,
    outer: MethodDef,
    context: Context,
    isStatic: boolean,
    name: string,
    index: number,
  ) {
    const own = node.kind === 'localFunction' ? `g__${node.function.name.name}|${index}` : `b__${index}`;
    this.name = `<${name}>${own}`;
    this.type = type;
    this.isStatic = isStatic;
    this.#outer = outer;
    this.place = sourcePlace(context, node.span);
    const parameters = node.kind === 'lambda' ? node.parameters : node.function.parameters;
    this.parameters = parameters.map(({ name }) => ({
      name: name.name,
      type: unknownType,
      isOut: false,
      isOptional: false,
      attributes: [],
    }));
  }

  get returns(): TypeRef {
    return this.returned;
  }

  get body(): Body | undefined {
    void this.#outer.body;
    return this.lowered;
  }

  /** As an expression tree it is never compiled. */
  drop(): Body | undefined {
    const { lowered } = this;
    this.#isTree = true;
    this.lowered = undefined;
    return lowered;
  }

  take(body: Body, known: number, returned: TypeRef): void {
    if (!this.#isTree) this.lowered = body;
    this.known = known;
    this.returned = returned;
  }
}
