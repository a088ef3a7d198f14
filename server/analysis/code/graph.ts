// The call graph of an assembly: what each method calls, its own methods and those of others.
import type { Body, Call, MethodPointer, MethodRef, OwnMethod, StoreField } from './body.js';
import { definitionsOf, type Definitions } from './definitions.js';
import type { AssemblyCode, AssemblyIdentity, FieldDef, MethodDef, TypeDef, TypeRef } from './model.js';
import type { Value } from './values.js';

/**
 * `call`: whenever the operation runs. The others may: an override of what is called (`override`), a method made into a
 * delegate (`delegate`), what the framework may call on an object once it is there (`object`), a type initialiser.
 */
export interface Edge {
  readonly to: OwnMethod;
  readonly at: number;
  readonly why: 'call' | 'override' | 'delegate' | 'object' | 'type initialiser';
}

/** A member of another assembly, called or made into a delegate. SQL Server looks at it when the caller is compiled. */
export interface Use {
  readonly member: MethodRef;
  readonly operation: Call | MethodPointer;
}

export interface MethodNode extends OwnMethod {
  readonly code: AssemblyCode;
  readonly edges: readonly Edge[];
  readonly uses: readonly Use[];
  readonly definitions: Definitions;
  /** What values.ts has found out of its variables, by key. */
  readonly values: Map<string, readonly Value[]>;
}

export interface CodeGraph {
  readonly code: AssemblyCode;
  /** Every method with a body. */
  readonly nodes: ReadonlyMap<MethodDef, MethodNode>;
  /** Calls of a method, wherever they stand. */
  callersOf(method: MethodDef): readonly { readonly node: MethodNode; readonly operation: Call | MethodPointer }[];
  /** Assignments to a field, wherever they stand. */
  storesOf(field: FieldDef): readonly { readonly node: MethodNode; readonly operation: StoreField }[];
  findType(name: string): TypeDef | undefined;
  /** What a virtual call of an own method can mean besides. */
  overridesOf(method: OwnMethod): readonly OwnMethod[];
  /** Methods that others may call on an object of an own type. */
  callableByOthers(type: TypeDef): readonly OwnMethod[];
}

/** What is found out when it is first asked for stands open: what calls what, and which assemblies code refers to. */
type Unlinked = Omit<AssemblyCode, 'graph' | 'references'> & {
  readonly references: () => readonly AssemblyIdentity[];
};

export function withGraph(code: Unlinked): AssemblyCode {
  let graph: CodeGraph | undefined;
  let references: readonly AssemblyIdentity[] | undefined;
  const whole: AssemblyCode = {
    ...code,
    get references() {
      return (references ??= code.references());
    },
    get graph() {
      graph ??= new GraphBuilder(whole).build();
      return graph;
    },
  };
  return whole;
}

/** Far more than any source has; in a chain of every type on the one before, all of them would be a square. */
const maximumAncestors = 200;

const noBody: Body = { blocks: [], regions: [], locals: [], temporaries: 0, unknown: [] };

class GraphBuilder {
  readonly #code: AssemblyCode;
  readonly #types = new Map<string, TypeDef>();
  /** Own types by the name of an own class or interface they derive from or implement, directly or not. */
  readonly #derived = new Map<string, TypeDef[]>();
  readonly #ancestors = new Map<TypeDef, readonly TypeDef[]>();
  readonly #forOthers = new Map<TypeDef, readonly OwnMethod[]>();
  readonly #overrides = new Map<MethodDef, readonly OwnMethod[]>();
  readonly #stores = new Map<FieldDef, { node: MethodNode; operation: StoreField }[]>();
  readonly #callers = new Map<MethodDef, { node: MethodNode; operation: Call | MethodPointer }[]>();

  constructor(code: AssemblyCode) {
    this.#code = code;
    for (const type of code.types) this.#types.set(type.name, type);
    for (const type of code.types) {
      for (const ancestor of this.#ancestorsOf(type)) {
        const list = this.#derived.get(ancestor.name);
        if (list) list.push(type);
        else this.#derived.set(ancestor.name, [type]);
      }
    }
  }

  build(): CodeGraph {
    const nodes = new Map<MethodDef, MethodNode>();
    for (const type of this.#code.types)
      for (const method of type.methods) if (method.body) nodes.set(method, this.#node(type, method));
    return {
      code: this.#code,
      nodes,
      storesOf: (field) => this.#stores.get(field) ?? [],
      callersOf: (method) => this.#callers.get(method) ?? [],
      findType: (name) => this.#types.get(name),
      overridesOf: (method) => this.#overridesOf(method),
      callableByOthers: (type) => this.#callableByOthers(type),
    };
  }

  #node(type: TypeDef, method: MethodDef): MethodNode {
    const edges: Edge[] = [];
    const uses: Use[] = [];
    const body = method.body;
    let definitions: Definitions | undefined;
    const node: MethodNode = {
      code: this.#code,
      type,
      method,
      edges,
      uses,
      values: new Map(),
      get definitions() {
        return (definitions ??= definitionsOf(body ?? noBody));
      },
    };
    const made = new Set<TypeDef>();
    const initialised = new Set<string>([method.name === '.cctor' ? type.name : '']);
    if (method.name !== '.cctor') this.#initialise(edges, initialised, type, 0);
    for (const { operations } of body?.blocks ?? []) {
      for (const operation of operations) {
        switch (operation.kind) {
          case 'call':
          case 'methodPointer':
            this.#reach(node, edges, uses, made, operation);
            if (operation.method.definition)
              this.#initialise(edges, initialised, operation.method.definition.type, operation.at);
            break;
          case 'loadField':
          case 'fieldAddress':
          case 'storeField':
            if (operation.field.definition?.field.isStatic)
              this.#initialise(edges, initialised, operation.field.definition.type, operation.at);
            if (operation.kind === 'storeField') this.#store(node, operation);
            break;
          case 'storeIndirect':
            if (operation.type) this.#object(edges, made, operation.type, operation.at);
            break;
          default:
        }
      }
    }
    return node;
  }

  #store(node: MethodNode, operation: StoreField): void {
    const field = operation.field.definition?.field;
    if (!field) return;
    const stores = this.#stores.get(field);
    if (stores) stores.push({ node, operation });
    else this.#stores.set(field, [{ node, operation }]);
  }

  #reach(node: MethodNode, edges: Edge[], uses: Use[], made: Set<TypeDef>, operation: Call | MethodPointer): void {
    const { method, at } = operation;
    const own = method.definition;
    if (own) {
      const callers = this.#callers.get(own.method);
      if (callers) callers.push({ node, operation });
      else this.#callers.set(own.method, [{ node, operation }]);
      const isPointer = operation.kind === 'methodPointer';
      if (!own.method.isAbstract) edges.push({ to: own, at, why: isPointer ? 'delegate' : 'call' });
      const isVirtual = isPointer ? operation.isVirtual : operation.dispatch === 'virtual';
      if (isVirtual && (own.method.isVirtual || own.method.isAbstract))
        for (const override of this.#overridesOf(own)) edges.push({ to: override, at, why: 'override' });
    } else uses.push({ member: method, operation });
    if (operation.kind === 'call' && operation.dispatch === 'new') this.#object(edges, made, method.type, at);
    // A generic method of the framework's given an own type calls what that type implements (`Start<StateMachine>`).
    for (const argument of method.arguments) this.#object(edges, made, argument, at);
    for (const argument of method.type.kind === 'named' ? method.type.arguments : [])
      this.#object(edges, made, argument, at);
    if (operation.kind === 'call' && operation.constrained) this.#object(edges, made, operation.constrained, at);
  }

  /** What others may call on an own object: its overrides of members that another assembly declares. */
  #object(edges: Edge[], made: Set<TypeDef>, ref: TypeRef, at: number): void {
    const type = ref.kind === 'named' && ref.assembly === undefined ? this.#types.get(ref.name) : undefined;
    if (!type || made.has(type)) return;
    made.add(type);
    for (const to of this.#callableByOthers(type)) edges.push({ to, at, why: 'object' });
  }

  #callableByOthers(type: TypeDef): readonly OwnMethod[] {
    let methods = this.#forOthers.get(type);
    if (!methods) {
      const owners = [type, ...this.#ancestorsOf(type)].filter(({ kind }) => kind !== 'interface');
      methods = owners.flatMap((owner) =>
        owner.methods.filter((method) => this.#isForOthers(owner, method)).map((method) => ({ type: owner, method })),
      );
      this.#forOthers.set(type, methods);
    }
    return methods;
  }

  #isForOthers(owner: TypeDef, method: MethodDef): boolean {
    if (!method.isVirtual || method.isAbstract) return false;
    if (!method.isNewSlot)
      return !this.#ancestorsOf(owner).some((type) => declares(type, method) && isFirst(type, method));
    if (method.overrides.length > 0) return method.overrides.some(({ type }) => !this.#isOwn(type));
    return method.isPublic && owner.interfaces.some((one) => !this.#isOwn(one));
  }

  #isOwn(ref: TypeRef): boolean {
    return ref.kind === 'named' && ref.assembly === undefined && this.#types.has(ref.name);
  }

  #overridesOf(own: OwnMethod): readonly OwnMethod[] {
    let overrides = this.#overrides.get(own.method);
    if (!overrides) {
      overrides = this.#findOverrides(own);
      this.#overrides.set(own.method, overrides);
    }
    return overrides;
  }

  #findOverrides({ type, method }: OwnMethod): readonly OwnMethod[] {
    return (this.#derived.get(type.name) ?? []).flatMap((derived) =>
      derived.methods
        .filter(
          (one) =>
            one !== method &&
            !one.isAbstract &&
            one.isVirtual &&
            (isSameShape(one, method) ||
              one.overrides.some(
                ({ type: of, name }) => of.kind === 'named' && of.name === type.name && name === method.name,
              )),
        )
        .map((one): OwnMethod => ({ type: derived, method: one })),
    );
  }

  #initialise(edges: Edge[], initialised: Set<string>, type: TypeDef, at: number): void {
    if (initialised.has(type.name)) return;
    initialised.add(type.name);
    const method = type.methods.find(({ name }) => name === '.cctor');
    if (method) edges.push({ to: { type, method }, at, why: 'type initialiser' });
  }

  /** Own classes and interfaces above a type; what is made of itself ends. */
  #ancestorsOf(type: TypeDef): readonly TypeDef[] {
    const known = this.#ancestors.get(type);
    if (known) return known;
    // A set is gone through with what is added on the way.
    const found = new Set([type]);
    for (const one of found) {
      for (const ref of [...(one.base ? [one.base] : []), ...one.interfaces]) {
        const above = ref.kind === 'named' && ref.assembly === undefined ? this.#types.get(ref.name) : undefined;
        if (above && found.size <= maximumAncestors) found.add(above);
      }
    }
    const ancestors = [...found].slice(1);
    this.#ancestors.set(type, ancestors);
    return ancestors;
  }
}

function declares(type: TypeDef, method: MethodDef): boolean {
  return type.methods.some((one) => one.isVirtual && isSameShape(one, method));
}

/** The slot begins here: what overrides it is no other assembly's. */
function isFirst(type: TypeDef, method: MethodDef): boolean {
  return type.kind === 'interface' || type.methods.some((one) => one.isNewSlot && isSameShape(one, method));
}

/** Types are not compared: in a generic instance they differ, and a shape too many only adds a way that may be gone. */
function isSameShape(a: MethodDef, b: MethodDef): boolean {
  return a.name === b.name && a.parameters.length === b.parameters.length && a.arity === b.arity;
}
