// What a search for taint knows of one method: which values bring something in, by which way it came, and what goes out again.
import type { Call, FieldRef, Operation } from './body.js';
import type { Checks } from './checks.js';
import type { CodeGraph, MethodNode } from './graph.js';
import type { FieldDef } from './model.js';
import type { Harm } from './taint-policy.js';
import { targetsOf } from './values.js';
import type { Step, ValueFlow } from './value-flow.js';

/** Where it begins: a parameter of a method, or what a call gives. */
export type Source =
  | { readonly kind: 'parameter'; readonly node: MethodNode; readonly index: number }
  | {
      readonly kind: 'result';
      readonly node: MethodNode;
      readonly operation: Call;
      readonly operand: 'result' | number;
    };

/** A step on the way that a reader wants to see. */
/** A field, or in a source the name of a member of an anonymous type, which nothing declares. */
export type FieldKey = FieldDef | string;

export function keyOfField({ definition, type, name }: FieldRef): FieldKey | undefined {
  if (definition) return definition.field;
  return type.kind === 'named' && type.name.startsWith('<>') ? `${type.name}::${name}` : undefined;
}

export interface Trace {
  readonly before: Trace | undefined;
  readonly kind: 'source' | 'call' | 'return' | 'field' | 'joined';
  readonly node: MethodNode;
  /** Undefined at a parameter. */
  readonly operation: Step['operation'] | undefined;
  /** The method that is called or comes back, by `call` and `return`. */
  readonly other?: MethodNode;
  readonly field?: FieldKey;
  /** It has become part of something longer. */
  readonly isJoined: boolean;
}

/** Known whoever calls, or only where the caller brought something in by a parameter. */
export const free = -1;

export interface Fact {
  readonly method: MethodState;
  readonly context: number;
  readonly value: number;
  readonly harm: Harm;
  readonly trace: Trace;
  readonly source: Source;
  /** Values on the way here, in the same method, that checks are made on. */
  readonly checked: Checked | undefined;
}

export interface Checked {
  readonly value: number;
  readonly before: Checked | undefined;
}

export type Exit = { readonly kind: 'result' } | { readonly kind: 'reference' | 'content'; readonly parameter: number };

export interface Incoming {
  readonly fact: Fact;
  readonly step: Step;
  /** The operand of the call that a parameter is given by. */
  readonly operandOf: (parameter: number) => number;
}

export class MethodState {
  readonly node: MethodNode;
  readonly flow: ValueFlow;
  readonly checks: Checks;
  readonly seen = new Map<string, Harm>();
  readonly incoming = new Map<number, Incoming[]>();
  /** Those who call it through a delegate: the graph does not know them. */
  readonly delegated: Incoming[] = [];
  readonly exits = new Map<number, { readonly exit: Exit; readonly fact: Fact }[]>();
  readonly #returned = new Map<number, number[]>();
  #steps: Map<Step['operation'], Step> | undefined;
  #loads: Map<FieldKey, number[]> | undefined;
  #targets: Map<number, MethodNode[]> | undefined;
  #invokes: readonly Step[] | undefined;

  constructor(checks: Checks) {
    this.flow = checks.flow;
    this.node = this.flow.node;
    this.checks = checks;
    for (const { value, parameter } of this.flow.returned)
      this.#returned.set(value, [...(this.#returned.get(value) ?? []), parameter]);
  }

  returnedBy(value: number): readonly number[] {
    return this.#returned.get(value) ?? [];
  }

  stepOf(operation: Operation): Step | undefined {
    this.#steps ??= new Map(this.flow.steps.map((step) => [step.operation, step]));
    return this.#steps.get(operation);
  }

  /** What loads of a field give. */
  loadsOf(field: FieldKey): readonly number[] {
    if (!this.#loads) {
      this.#loads = new Map();
      for (const { operation, gives } of this.flow.steps) {
        const isLoad = operation.kind === 'loadField' || operation.kind === 'fieldAddress';
        const loaded = isLoad ? keyOfField(operation.field) : undefined;
        if (!loaded || gives === undefined) continue;
        const values = this.#loads.get(loaded);
        if (values) values.push(gives);
        else this.#loads.set(loaded, [gives]);
      }
    }
    return this.#loads.get(field) ?? [];
  }

  /** Where a delegate is called that stands for a method. */
  invokes(graph: CodeGraph, target: MethodNode): readonly Step[] {
    this.#invokes ??= this.flow.steps.filter(
      ({ operation }) => operation.kind === 'call' && operation.method.name === 'Invoke',
    );
    return this.#invokes.filter(
      ({ operation }) =>
        operation.kind === 'call' &&
        operation.instance &&
        targetsOf(graph, this.node, operation.instance).includes(target),
    );
  }

  targetsAt(graph: CodeGraph, at: number): readonly MethodNode[] {
    if (!this.#targets) {
      this.#targets = new Map();
      for (const { to, at: place, why } of this.node.edges) {
        const target = why === 'call' || why === 'override' ? graph.nodes.get(to.method) : undefined;
        if (target) this.#targets.set(place, [...(this.#targets.get(place) ?? []), target]);
      }
    }
    return this.#targets.get(at) ?? [];
  }
}
