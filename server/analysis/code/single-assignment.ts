// A body with every variable split into its values: what is assigned once, and joins where control flow meets
// (static single assignment; Cytron et al. 1991).
// A finally handler is a way aside here: what it assigns is not seen behind it.
import { handlersOf, reversePostorder, successorsIn } from './block-order.js';
import type { Body, Call, End, Operand, Operation } from './body.js';
import { resultOf } from './definitions.js';
import { dominatorsOf } from './dominators.js';
import type { MethodNode } from './graph.js';
import { operandsOf, type FlowValue, type Step, type Use, type ValueFlow } from './value-flow.js';

/** Steps that the search for joins may take; bodies that need more are not followed. */
const maximumWork = 2_000_000;

/** Undefined where there is no body, or one too tangled. */
export function valueFlowOf(node: MethodNode): ValueFlow | undefined {
  const { body } = node.method;
  return body && body.blocks.length > 0 ? new Splitter(node, body).split() : undefined;
}

interface OpenValue extends FlowValue {
  readonly uses: Use[];
  readonly joins: number[];
}

const none = -1;

class Splitter {
  readonly #node: MethodNode;
  readonly #body: Body;
  readonly #values: OpenValue[] = [];
  readonly #steps: Step[] = [];
  readonly #returned: { block: number; parameter: number; value: number }[] = [];
  readonly #parameterCount: number;
  /** Temporaries with one definition, and no join to be made of them: their value. */
  readonly #temporaries = new Map<number, number>();
  /** Temporaries that are the address of a variable. */
  readonly #addresses = new Map<number, Operand>();
  /** Handlers and filters that an exception in a block can come to. */
  readonly #handlers: readonly (readonly number[])[];
  /** ... of what is protected from a block on. */
  readonly #protectedFrom = new Map<number, readonly number[]>();
  readonly #current: number[] = [];
  /** By block: the values that join, by variable. */
  readonly #joinsIn = new Map<number, Map<number, number>>();

  constructor(node: MethodNode, body: Body) {
    this.#node = node;
    this.#body = body;
    this.#parameterCount = node.method.parameters.length;
    this.#handlers = handlersOf(body);
    for (const { tried, handler, filter } of body.regions) {
      const others = this.#protectedFrom.get(tried.first) ?? [];
      this.#protectedFrom.set(tried.first, [...others, handler.first, ...(filter === undefined ? [] : [filter])]);
    }
    for (const [index, definitions] of node.definitions.temporaries) {
      const [only, ...others] = definitions;
      if (only?.kind === 'addressOf' && others.length === 0) this.#addresses.set(index, only.variable);
    }
  }

  split(): ValueFlow | undefined {
    const order = reversePostorder(this.#body, this.#handlers);
    const predecessors = this.#predecessors(order);
    const dominators = dominatorsOf(order, predecessors.all);
    const joins = this.#placeJoins(order, predecessors.plain, dominators);
    if (!joins) return undefined;
    const self = this.#value({ kind: 'this' });
    const parameters = this.#node.method.parameters.map((_, index) => this.#value({ kind: 'parameter', index }));
    parameters.forEach((value, index) => (this.#current[index] = value));
    for (const [block, variables] of joins)
      this.#joinsIn.set(
        block,
        new Map([...variables].map((variable) => [variable, this.#value({ kind: 'join', block, from: [] })])),
      );
    this.#rename(order, dominators, self);
    return {
      node: this.#node,
      values: this.#values,
      steps: this.#steps,
      self,
      parameters,
      predecessors: predecessors.plain,
      order,
      returned: this.#returned,
    };
  }

  #value(definition: FlowValue['definition']): number {
    const index = this.#values.length;
    this.#values.push({ index, definition, uses: [], joins: [] });
    return index;
  }

  #predecessors(order: readonly number[]): { readonly all: number[][]; readonly plain: number[][] } {
    const all: number[][] = this.#body.blocks.map(() => []);
    const plain: number[][] = this.#body.blocks.map(() => []);
    for (const block of order) {
      for (const to of new Set(successorsIn(this.#body, block))) {
        all[to]?.push(block);
        plain[to]?.push(block);
      }
      // Protected blocks are entered at the first (ECMA-335 III.1.7.5): it dominates the others, and the handler.
      for (const to of this.#protectedFrom.get(block) ?? []) all[to]?.push(block);
    }
    return { all, plain };
  }

  /** A variable's number: parameters, then locals, then temporaries that are given their value in more than one place. */
  #variable(operand: Operand): number | undefined {
    switch (operand.kind) {
      case 'parameter':
        return operand.index;
      case 'local':
        return this.#parameterCount + operand.index;
      case 'temporary': {
        const address = this.#addresses.get(operand.index);
        if (address) return this.#variable(address);
        if ((this.#node.definitions.temporaries.get(operand.index)?.length ?? 0) < 2) return undefined;
        return this.#parameterCount + this.#body.locals.length + operand.index;
      }
      default:
        return undefined;
    }
  }

  #writtenIn(operation: Operation): readonly number[] {
    const written: number[] = [];
    const add = (operand: Operand | undefined): void => {
      const variable = operand && this.#variable(operand);
      if (variable !== undefined) written.push(variable);
    };
    const result = resultOf(operation);
    if (operation.kind === 'addressOf') return written;
    if (operation.kind === 'assign') add(operation.target);
    else if (result !== undefined) add({ kind: 'temporary', index: result });
    if (operation.kind === 'storeIndirect') add(operation.address);
    if (operation.kind === 'call') for (const operand of this.#handedOver(operation)) add(operand);
    return written;
  }

  /** Variables that a call is given to write. A struct's own method is taken to leave it as it is, but for a constructor. */
  #handedOver(call: Call): readonly Operand[] {
    const given = call.method.name === '.ctor' ? operandsOf(call) : call.arguments;
    return given.filter((operand) => this.#isAddress(operand));
  }

  #isAddress(operand: Operand): boolean {
    if (operand.kind === 'temporary') return this.#addresses.has(operand.index);
    return operand.kind === 'parameter' && this.#node.method.parameters[operand.index]?.type.kind === 'byReference';
  }

  /** At the dominance frontier of what gives a variable its value, and at handlers, whatever of it they protect. */
  #placeJoins(
    order: readonly number[],
    predecessors: readonly (readonly number[])[],
    dominators: ArrayLike<number>,
  ): Map<number, Set<number>> | undefined {
    const defined = new Map<number, Set<number>>();
    for (const block of order)
      for (const operation of this.#body.blocks[block]?.operations ?? [])
        for (const variable of this.#writtenIn(operation)) {
          const blocks = defined.get(variable);
          if (blocks) blocks.add(block);
          else defined.set(variable, new Set([block]));
        }
    let work = maximumWork;
    const frontier = new Map<number, Set<number>>();
    for (const block of order) {
      const before = predecessors[block] ?? [];
      if (before.length < 2 && dominators[block] === before[0]) continue;
      for (const start of before) {
        for (let runner = start; runner !== dominators[block] && runner !== none; runner = dominators[runner] ?? none) {
          if (--work < 0) return undefined;
          const met = frontier.get(runner);
          if (met) met.add(block);
          else frontier.set(runner, new Set([block]));
        }
      }
    }
    const joins = new Map<number, Set<number>>();
    const join = (block: number, variable: number): boolean => {
      const variables = joins.get(block);
      if (variables?.has(variable)) return false;
      if (variables) variables.add(variable);
      else joins.set(block, new Set([variable]));
      return true;
    };
    for (const [variable, blocks] of defined) {
      const queue = [...blocks];
      for (let block = queue.pop(); block !== undefined; block = queue.pop()) {
        // A handler begins anywhere in what it protects: it joins what a variable held at each point.
        for (const met of [...(frontier.get(block) ?? []), ...(this.#handlers[block] ?? [])]) {
          if (--work < 0) return undefined;
          if (join(met, variable) && !blocks.has(met)) queue.push(met);
        }
      }
    }
    return joins;
  }

  #rename(order: readonly number[], dominators: ArrayLike<number>, self: number): void {
    const children = new Map<number, number[]>();
    for (const block of order) {
      const parent = dominators[block] ?? none;
      if (block === parent || parent === none) continue;
      const list = children.get(parent);
      if (list) list.push(block);
      else children.set(parent, [block]);
    }
    const undone: { readonly variable: number; readonly value: number | undefined }[][] = [];
    const work: { readonly block: number; readonly isLeft: boolean }[] = [{ block: 0, isLeft: false }];
    for (let next = work.pop(); next; next = work.pop()) {
      if (next.isLeft) {
        for (const { variable, value } of (undone.pop() ?? []).reverse()) this.#restore(variable, value);
        continue;
      }
      const changes: { variable: number; value: number | undefined }[] = [];
      undone.push(changes);
      this.#block(next.block, self, (variable, value) => {
        changes.push({ variable, value: this.#current[variable] });
        this.#current[variable] = value;
      });
      work.push({ block: next.block, isLeft: true });
      for (const block of children.get(next.block) ?? []) work.push({ block, isLeft: false });
    }
  }

  #restore(variable: number, value: number | undefined): void {
    if (value === undefined) delete this.#current[variable];
    else this.#current[variable] = value;
  }

  #block(index: number, self: number, define: (variable: number, value: number) => void): void {
    const block = this.#body.blocks[index];
    if (!block) return;
    const handlers = this.#handlers[index] ?? [];
    for (const [variable, value] of this.#joinsIn.get(index) ?? []) {
      define(variable, value);
      this.#join(handlers, index, variable);
    }
    this.#joinAll(this.#protectedFrom.get(index) ?? [], index);
    for (const operation of block.operations) {
      const step = this.#step(index, operation, self, (variable, value) => {
        define(variable, value);
        this.#join(handlers, index, variable);
      });
      this.#steps.push(step);
    }
    this.#steps.push(this.#step(index, block.end, self, define));
    if (block.end.kind === 'return')
      this.#node.method.parameters.forEach(({ type }, parameter) => {
        const value = type.kind === 'byReference' ? this.#current[parameter] : undefined;
        if (value !== undefined) this.#returned.push({ block: index, parameter, value });
      });
    this.#joinAll(new Set(successorsIn(this.#body, index)), index);
  }

  /** What the variables hold now comes into the joins of other blocks. */
  #joinAll(blocks: Iterable<number>, from: number): void {
    for (const block of blocks)
      for (const variable of this.#joinsIn.get(block)?.keys() ?? []) this.#join([block], from, variable);
  }

  #join(blocks: readonly number[], from: number, variable: number): void {
    for (const block of blocks) {
      const join = this.#joinsIn.get(block)?.get(variable);
      const value = this.#current[variable];
      const definition = join === undefined ? undefined : this.#values[join]?.definition;
      if (join === undefined || value === undefined || definition?.kind !== 'join') continue;
      definition.from.push({ value, block: from });
      this.#values[value]?.joins.push(join);
    }
  }

  #step(
    block: number,
    operation: Operation | End,
    self: number,
    define: (variable: number, value: number) => void,
  ): Step {
    const operands = operandsOf(operation);
    const reads = operands.map((operand) => this.#read(operand, self));
    const writes: { operand: number; value: number }[] = [];
    const step: { -readonly [K in keyof Step]: Step[K] } = {
      block,
      place: this.#steps.length,
      operation,
      reads,
      writes,
    };
    reads.forEach((value, operand) => {
      if (value !== undefined) this.#values[value]?.uses.push({ step, operand });
    });
    if (operation.kind === 'addressOf') return step;
    const handed = operation.kind === 'call' ? this.#handedOver(operation) : [];
    if (handed.length > 0)
      operands.forEach((operand, index) => {
        const variable = handed.includes(operand) ? this.#variable(operand) : undefined;
        if (variable === undefined) return;
        const value = this.#value({ kind: 'written', step, operand: index, before: reads[index] });
        define(variable, value);
        writes.push({ operand: index, value });
      });
    const target =
      operation.kind === 'assign'
        ? operation.target
        : operation.kind === 'storeIndirect'
          ? operation.address
          : undefined;
    const result = 'result' in operation ? operation.result : undefined;
    const given = target ?? (result === undefined ? undefined : ({ kind: 'temporary', index: result } as const));
    if (!given) return step;
    const variable = this.#variable(given);
    if (variable === undefined && given.kind !== 'temporary') return step;
    if (variable === undefined && operation.kind === 'storeIndirect') return step;
    const value = this.#value({ kind: 'operation', step });
    step.gives = value;
    if (variable !== undefined) define(variable, value);
    else if (given.kind === 'temporary') this.#temporaries.set(given.index, value);
    return step;
  }

  #read(operand: Operand, self: number): number | undefined {
    if (operand.kind === 'this') return self;
    const variable = this.#variable(operand);
    if (variable !== undefined) return this.#current[variable];
    return operand.kind === 'temporary' ? this.#temporaries.get(operand.index) : undefined;
  }
}
