// What a value can be: followed back through temporaries, locals, own fields, own methods and their callers.
// Flow is not looked at: a variable can be whatever is assigned to it anywhere.
import type { Call, ConstantValue, FieldRef, MethodRef, NewArray, Operand, Operation } from './body.js';
import { resultOf, variableKey } from './definitions.js';
import type { CodeGraph, MethodNode } from './graph.js';
import type { MethodDef, TypeRef } from './model.js';

export type Value =
  | { readonly kind: 'constant'; readonly value: ConstantValue }
  /** Made by a `new`. */
  | { readonly kind: 'object'; readonly node: MethodNode; readonly operation: Call }
  /** What a member of another assembly gives. */
  | { readonly kind: 'result'; readonly node: MethodNode; readonly operation: Call }
  | { readonly kind: 'array'; readonly element: TypeRef; readonly node: MethodNode; readonly operation: NewArray }
  /** A field of another assembly, or one of its own that others can set. */
  | { readonly kind: 'field'; readonly field: FieldRef }
  | { readonly kind: 'type'; readonly type: TypeRef }
  | { readonly kind: 'method'; readonly method: MethodRef }
  /** Given by whoever calls: T-SQL, or code that is not there. */
  | { readonly kind: 'parameter'; readonly node: MethodNode; readonly index: number }
  | { readonly kind: 'unknown' };

const unknown: Value = { kind: 'unknown' };
const maximumSteps = 400;
const maximumValues = 16;

/** Every value an operand of a method can have; with `unknown` among them where that cannot be told. */
export function valuesOf(graph: CodeGraph, node: MethodNode, operand: Operand): readonly Value[] {
  if (operand.kind === 'constant' || operand.kind === 'this') return trace(graph, node, operand);
  const key = variableKey(operand);
  let values = node.values.get(key);
  if (!values) node.values.set(key, (values = trace(graph, node, operand)));
  return values;
}

function trace(graph: CodeGraph, node: MethodNode, operand: Operand): readonly Value[] {
  return new Tracer(graph, { left: maximumSteps }).trace(node, operand);
}

/** The constants an operand can be, where it can be nothing else. */
export function constantsOf(
  graph: CodeGraph,
  node: MethodNode,
  operand: Operand,
): readonly ConstantValue[] | undefined {
  const constants: ConstantValue[] = [];
  for (const value of valuesOf(graph, node, operand)) {
    if (value.kind !== 'constant') return undefined;
    constants.push(value.value);
  }
  return constants.length === 0 ? undefined : constants;
}

/** What a method can give back. */
export function returnsOf(graph: CodeGraph, node: MethodNode): readonly Value[] {
  return new Tracer(graph, { left: maximumSteps }).returned(node);
}

/** The methods of its own that a delegate can stand for; of several put together (`+=`) those of all. */
export function targetsOf(graph: CodeGraph, node: MethodNode, operand: Operand): readonly MethodNode[] {
  const targets = new Set<MethodNode>();
  const seen = new Set<Call>();
  const visit = (from: MethodNode, delegate: Operand): void => {
    for (const value of valuesOf(graph, from, delegate)) {
      if ((value.kind !== 'object' && value.kind !== 'result') || seen.has(value.operation)) continue;
      seen.add(value.operation);
      const { method, arguments: given } = value.operation;
      if (value.kind === 'result') {
        const isCombined =
          method.name === 'Combine' && method.type.kind === 'named' && method.type.name === 'System.Delegate';
        if (isCombined) for (const part of given) visit(value.node, part);
        continue;
      }
      for (const target of given[1] ? valuesOf(graph, value.node, given[1]) : []) {
        const own = target.kind === 'method' ? target.method.definition : undefined;
        const found = own && graph.nodes.get(own.method);
        if (found) targets.add(found);
      }
    }
  };
  visit(node, operand);
  return [...targets];
}

class Tracer {
  readonly #graph: CodeGraph;
  readonly #seen = new Set<unknown>();
  readonly #values: Value[] = [];
  /** Shared with those who look for a part of the value. */
  readonly #budget: { left: number };

  constructor(graph: CodeGraph, budget: { left: number }) {
    this.#graph = graph;
    this.#budget = budget;
  }

  trace(node: MethodNode, operand: Operand): readonly Value[] {
    this.#operand(node, operand);
    return this.#values;
  }

  returned(node: MethodNode): readonly Value[] {
    this.#returned(node);
    return this.#values;
  }

  #add(value: Value): void {
    const isKnown = this.#values.some(
      (one) => one === value || (one.kind === 'constant' && value.kind === 'constant' && one.value === value.value),
    );
    if (isKnown) return;
    this.#values.push(this.#values.length < maximumValues ? value : unknown);
  }

  /** Whether this was looked at before: what is defined by itself adds nothing. */
  #enters(key: unknown): boolean {
    if (--this.#budget.left < 0) {
      this.#add(unknown);
      return false;
    }
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  #operand(node: MethodNode, operand: Operand): void {
    const { definitions } = node;
    switch (operand.kind) {
      case 'constant':
        this.#add({ kind: 'constant', value: operand.value });
        return;
      case 'this':
        this.#add(unknown);
        return;
      case 'temporary': {
        const operations = definitions.temporaries.get(operand.index) ?? [];
        if (operations.length === 0) this.#add(unknown);
        for (const operation of operations) if (this.#enters(operation)) this.#operation(node, operation);
        return;
      }
      case 'local':
        this.#variable(node, operand, definitions.locals.get(operand.index) ?? []);
        return;
      case 'parameter':
        this.#variable(node, operand, definitions.parameters.get(operand.index) ?? []);
        if (this.#enters(this.#keyOf(node.method, `parameter ${operand.index}`))) this.#argument(node, operand.index);
    }
  }

  #variable(node: MethodNode, variable: Operand, assigned: readonly Operand[]): void {
    const key = variableKey(variable);
    if (!this.#enters(this.#keyOf(node.method, `variable ${key}`))) return;
    if (node.definitions.exposed.has(key) && (variable.kind !== 'local' || assigned.length === 0)) this.#add(unknown);
    for (const value of assigned) this.#operand(node, value);
  }

  readonly #keys = new Map<MethodDef, Map<string, object>>();

  #keyOf(method: MethodDef, text: string): object {
    let keys = this.#keys.get(method);
    if (!keys) this.#keys.set(method, (keys = new Map()));
    let key = keys.get(text);
    if (!key) keys.set(text, (key = {}));
    return key;
  }

  #operation(node: MethodNode, operation: Operation): void {
    switch (operation.kind) {
      case 'assign':
        this.#operand(node, operation.value);
        return;
      case 'convert':
        this.#operand(node, operation.value);
        return;
      case 'loadField':
        this.#field(operation.field);
        return;
      case 'newArray':
        this.#add({ kind: 'array', element: operation.element, node, operation });
        return;
      case 'token':
        if (operation.type && operation.type.kind !== 'unknown') this.#add({ kind: 'type', type: operation.type });
        else this.#add(unknown);
        return;
      case 'methodPointer':
        this.#add({ kind: 'method', method: operation.method });
        return;
      case 'call':
        this.#call(node, operation);
        return;
      default:
        this.#add(unknown);
    }
  }

  #field(field: FieldRef): void {
    const definition = field.definition?.field;
    if (!definition) {
      if (field.name === 'Empty' && isString(field.type)) this.#add({ kind: 'constant', value: '' });
      else this.#add({ kind: 'field', field });
      return;
    }
    if (!this.#enters(definition)) return;
    if (definition.isLiteral && definition.constant !== undefined) {
      this.#add({ kind: 'constant', value: definition.constant });
      return;
    }
    if (definition.isPublic && field.definition.type.isPublic && !definition.isInitOnly)
      this.#add({ kind: 'field', field });
    const stores = this.#graph.storesOf(definition);
    for (const { node, operation } of stores) this.#operand(node, operation.value);
    if (stores.length === 0) this.#add({ kind: 'field', field });
  }

  #call(node: MethodNode, call: Call): void {
    if (call.dispatch === 'new') {
      this.#add({ kind: 'object', node, operation: call });
      return;
    }
    const own = call.method.definition && this.#graph.nodes.get(call.method.definition.method);
    if (own && !own.method.isVirtual) {
      this.#returned(own);
      return;
    }
    const [handle] = call.arguments;
    if (!own && handle && isTypeOf(call.method)) {
      this.#operand(node, handle);
      return;
    }
    const folded = own ? undefined : this.#folded(node, call);
    this.#add(folded ?? { kind: 'result', node, operation: call });
  }

  #returned(node: MethodNode): void {
    if (!this.#enters(node.method)) return;
    for (const { end } of node.method.body?.blocks ?? [])
      if (end.kind === 'return' && end.value) this.#operand(node, end.value);
  }

  /** What callers give; those that are not there can give anything. */
  #argument(node: MethodNode, index: number): void {
    const callers = this.#graph.callersOf(node.method);
    if (callers.length === 0 || node.method.isPublic || node.method.isVirtual)
      this.#add({ kind: 'parameter', node, index });
    for (const { node: caller, operation } of callers) {
      const given = operation.kind === 'call' ? operation.arguments[index] : undefined;
      if (given) this.#operand(caller, given);
      else this.#add(unknown);
    }
  }

  /** Constants put together are a constant: `String.Concat` and the like. */
  #folded(node: MethodNode, call: Call): Value | undefined {
    const { method } = call;
    if (!isString(method.type)) return undefined;
    const parts = [...(call.instance ? [call.instance] : []), ...call.arguments].map((operand) => {
      const [value, ...others] = new Tracer(this.#graph, this.#budget).trace(node, operand);
      return value?.kind === 'constant' && others.length === 0 ? value.value : undefined;
    });
    if (parts.includes(undefined)) return undefined;
    switch (method.name) {
      case 'Concat':
        return { kind: 'constant', value: parts.map((part) => (part === null ? '' : String(part))).join('') };
      case 'ToString':
      case 'Trim':
      case 'Intern':
        return { kind: 'constant', value: String(parts[0]) };
      case 'ToLower':
      case 'ToLowerInvariant':
        return { kind: 'constant', value: String(parts[0]).toLowerCase() };
      case 'ToUpper':
      case 'ToUpperInvariant':
        return { kind: 'constant', value: String(parts[0]).toUpperCase() };
      default:
        return undefined;
    }
  }
}

/** What the compiler calls with the token of a type: `typeof`. */
function isTypeOf({ type, name }: MethodRef): boolean {
  return type.kind === 'named' && type.name === 'System.Type' && name === 'GetTypeFromHandle';
}

function isString(type: TypeRef): boolean {
  return type.kind === 'named' && type.name === 'System.String';
}

/** The temporary's own definition, where there is just one. */
export function definitionOf(node: MethodNode, operand: Operand): Operation | undefined {
  if (operand.kind !== 'temporary') return undefined;
  const [only, ...others] = node.definitions.temporaries.get(operand.index) ?? [];
  return only && others.length === 0 && resultOf(only) === operand.index ? only : undefined;
}
