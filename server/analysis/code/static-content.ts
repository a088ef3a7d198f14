// Static fields that are set once and changed inside: elements stored into them, mutators called on them.
import type { Operand, Operation } from './body.js';
import type { CodeGraph, MethodNode } from './graph.js';
import {
  memberName,
  placeIn,
  type AssemblyCode,
  type FieldDef,
  type MethodDef,
  type Place,
  type TypeDef,
} from './model.js';
import { constantsOf, valuesOf, type Value } from './values.js';

export interface ContentChange {
  readonly field: FieldDef;
  /** `Namespace.Type::field`. */
  readonly name: string;
  readonly node: MethodNode;
  readonly operation: Operation;
  /** In words: `calls Add`. */
  readonly how: string;
  readonly place: Place;
}

type IsMutator = (type: string, member: string) => boolean;

/** Of `readonly` static fields of its own; what runs for a type initialiser alone is not told. */
export function readonlyContentChanges(code: AssemblyCode, isMutator: IsMutator): readonly ContentChange[] {
  return contentChanges(code, isMutator).filter(({ field }) => field.isInitOnly);
}

/** Of all of them. */
export function contentChanges(code: AssemblyCode, isMutator: IsMutator): readonly ContentChange[] {
  const { graph } = code;
  const isInitialising = initialisersOf(graph);
  const changes: ContentChange[] = [];
  for (const node of graph.nodes.values()) {
    for (const { operations } of node.method.body?.blocks ?? []) {
      for (const operation of operations) {
        const changed = changedBy(node, operation, isMutator);
        if (!changed || isInitialising(node.method)) continue;
        for (const { type, field } of new FieldTracer(graph).fieldsBehind(node, changed.what)) {
          if (field.compilerGenerated || type.compilerGenerated) continue;
          if (isAlwaysEmpty(graph, field)) continue;
          const place = placeIn(node.method, operation);
          changes.push({ field, name: memberName(type, field), node, operation, how: changed.how, place });
        }
      }
    }
  }
  return changes;
}

/** Whether all it is ever given is arrays without elements, which nothing can be put into. */
function isAlwaysEmpty(graph: CodeGraph, field: FieldDef): boolean {
  const values = graph.storesOf(field).flatMap(({ node, operation }) => valuesOf(graph, node, operation.value));
  return values.length > 0 && values.every((value) => isEmptyArray(graph, value));
}

function isEmptyArray(graph: CodeGraph, value: Value): boolean {
  if (value.kind === 'array') {
    const lengths = constantsOf(graph, value.node, value.operation.length) ?? [];
    return lengths.length > 0 && lengths.every((length) => Number(length) === 0);
  }
  if (value.kind !== 'result') return false;
  const { type, name } = value.operation.method;
  return name === 'Empty' && type.kind === 'named' && type.name === 'System.Array';
}

/** Whether a method runs for a type initialiser alone: it is one, or no other calls it. What calls itself is not told. */
function initialisersOf(graph: CodeGraph): (method: MethodDef) => boolean {
  const known = new Map<MethodDef, boolean>();
  const isInitialising = (method: MethodDef): boolean => {
    const answer = known.get(method);
    if (answer !== undefined) return answer;
    known.set(method, false);
    const callers = method.isPublic ? [] : graph.callersOf(method);
    const isOne =
      method.name === '.cctor' ||
      (callers.length > 0 &&
        callers.every(({ node, operation }) => operation.kind === 'call' && isInitialising(node.method)));
    known.set(method, isOne);
    return isOne;
  };
  return isInitialising;
}

interface Changed {
  readonly what: Operand;
  readonly how: string;
}

function changedBy(node: MethodNode, operation: Operation, isMutator: IsMutator): Changed | undefined {
  switch (operation.kind) {
    case 'storeElement':
      return { what: operation.array, how: 'stores into an element' };
    case 'storeIndirect': {
      const what = arrayOf(node, operation.address);
      return what && { what, how: 'stores into an element' };
    }
    case 'call': {
      const { type, name, parameters } = operation.method;
      if (operation.instance && type.kind === 'named' && isMutator(type.name, name))
        return { what: operation.instance, how: `calls ${name}` };
      const given = operation.arguments.findIndex(
        (argument, index) => parameters[index]?.kind === 'byReference' && arrayOf(node, argument) !== undefined,
      );
      const what = arrayOf(node, operation.arguments[given]);
      return what && { what, how: `hands an element to ${name} by reference` };
    }
    default:
      return undefined;
  }
}

/** Of the address of an element, the array. */
function arrayOf({ definitions }: MethodNode, address: Operand | undefined): Operand | undefined {
  if (address?.kind !== 'temporary') return undefined;
  const [only, ...others] = definitions.temporaries.get(address.index) ?? [];
  if (!only || others.length > 0) return undefined;
  return only.kind === 'elementAddress' ? only.array : undefined;
}

interface OwnStaticField {
  readonly type: TypeDef;
  readonly field: FieldDef;
}

const maximumSteps = 200;

/** The own static fields that an operand can come from: as they are, or as a part of what they hold. */
class FieldTracer {
  readonly #graph: CodeGraph;
  readonly #seen = new Set<unknown>();
  readonly #found = new Map<FieldDef, OwnStaticField>();
  #left = maximumSteps;

  constructor(graph: CodeGraph) {
    this.#graph = graph;
  }

  fieldsBehind(node: MethodNode, operand: Operand): readonly OwnStaticField[] {
    this.#operand(node, operand);
    return [...this.#found.values()];
  }

  #operand(node: MethodNode, operand: Operand): void {
    if (--this.#left < 0) return;
    switch (operand.kind) {
      case 'temporary':
        for (const operation of node.definitions.temporaries.get(operand.index) ?? []) this.#operation(node, operation);
        return;
      case 'local':
        this.#assigned(node, node.definitions.locals.get(operand.index));
        return;
      case 'parameter':
        this.#assigned(node, node.definitions.parameters.get(operand.index));
        for (const { node: caller, operation } of this.#callersOf(node, operand.index)) {
          const given = operation.kind === 'call' ? operation.arguments[operand.index] : undefined;
          if (given) this.#operand(caller, given);
        }
        return;
      default:
    }
  }

  /** A variable is looked at once: its list stands for it. */
  #assigned(node: MethodNode, values: readonly Operand[] = []): void {
    if (this.#seen.has(values)) return;
    this.#seen.add(values);
    for (const value of values) this.#operand(node, value);
  }

  #callersOf({ method }: MethodNode, index: number): ReturnType<CodeGraph['callersOf']> {
    const parameter = method.parameters[index];
    if (this.#seen.has(parameter)) return [];
    this.#seen.add(parameter);
    return this.#graph.callersOf(method);
  }

  #operation(node: MethodNode, operation: Operation): void {
    if (this.#seen.has(operation)) return;
    this.#seen.add(operation);
    switch (operation.kind) {
      case 'assign':
      case 'convert':
        this.#operand(node, operation.value);
        return;
      case 'loadField': {
        const { definition } = operation.field;
        if (definition?.field.isStatic) this.#found.set(definition.field, definition);
        else if (operation.instance) this.#operand(node, operation.instance);
        return;
      }
      case 'loadElement':
        this.#operand(node, operation.array);
        return;
      case 'call': {
        const own = operation.method.definition && this.#graph.nodes.get(operation.method.definition.method);
        if (own && !own.method.isVirtual) this.#returned(own);
        // `table.Rows.Add`, `lists["a"].Add`: a part of what it is asked of.
        else if (!own && operation.instance && operation.method.name.startsWith('get_'))
          this.#operand(node, operation.instance);
        return;
      }
      default:
    }
  }

  #returned(node: MethodNode): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    for (const { end } of node.method.body?.blocks ?? [])
      if (end.kind === 'return' && end.value) this.#operand(node, end.value);
  }
}
