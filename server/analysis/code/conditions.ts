// What is known at a point because every way there came by it: dominators, and the branches taken on the way.
import type { Block, ConstantValue, Operand } from './body.js';
import type { ControlFlow, FlowNode } from './control-flow.js';
import { resultOf } from './definitions.js';
import { dominatorsOf } from './dominators.js';

/** A comparison that holds: `eq`, `ne`, `lt`, `le`, `gt`, `ge`. The variables may have changed since it was made. */
export interface Condition {
  readonly operator: string;
  readonly left: Operand;
  readonly right: Operand;
  /** Where it was made. */
  readonly node: FlowNode;
}

/** Far more than loops inside of loops need. */
const maximumRounds = 32;

function enteringOf(nodes: readonly FlowNode[]): readonly (readonly number[])[] {
  const entering = nodes.map((): number[] => []);
  for (const { index, next, thrown } of nodes)
    for (const to of new Set([...next, ...thrown])) if (typeof to === 'number') entering[to]?.push(index);
  return entering;
}

/** Conditions that every way to a node's beginning made true, the nearest first. */
export class Conditions {
  readonly #dominators: ArrayLike<number>;
  readonly #entering: readonly (readonly number[])[];
  readonly #nodes: readonly FlowNode[];

  constructor(flow: ControlFlow) {
    this.#nodes = flow.nodes;
    this.#entering = enteringOf(flow.nodes);
    const order = flow.nodes.map(({ index }) => index);
    this.#dominators = dominatorsOf(order, this.#entering, maximumRounds);
  }

  *at(node: FlowNode): IterableIterator<Condition> {
    for (let at: FlowNode | undefined = node; at; at = this.#before(at)) {
      const [only, ...others] = this.#entering[at.index] ?? [];
      const from = only === undefined || others.length > 0 ? undefined : this.#nodes[only];
      const condition = from && conditionTo(from, at);
      if (condition) yield condition;
    }
  }

  #before({ index }: FlowNode): FlowNode | undefined {
    return index === 0 ? undefined : this.#nodes[this.#dominators[index] ?? -1];
  }
}

/** What holds behind a branch on the way to a node. */
function conditionTo(from: FlowNode, to: FlowNode): Condition | undefined {
  const { end } = from.block;
  if (end.kind !== 'branch' || from.next[0] === from.next[1]) return undefined;
  const way = from.next.indexOf(to.index);
  return way < 0 ? undefined : { ...comparisonAt(from.block, way === 0), node: from };
}

const negations: Readonly<Record<string, string>> = { eq: 'ne', ne: 'eq', lt: 'ge', ge: 'lt', gt: 'le', le: 'gt' };
const comparisons: Readonly<Record<string, string>> = { ceq: 'eq', cgt: 'gt', clt: 'lt' };
const zero: Operand = { kind: 'constant', value: 0 };

/**
 * What a branch compares, on the way where it holds or on the other: a value put together from comparisons in the same block
 * (`ceq`, a local that holds it) is seen through.
 */
export function comparisonAt(block: Block, holds: boolean): Omit<Condition, 'node'> {
  const { end } = block;
  if (end.kind !== 'branch') return { operator: 'eq', left: zero, right: zero };
  let operator = end.operator ?? 'ne';
  let left = end.left;
  let right = end.right ?? zero;
  for (let at = block.operations.length, steps = 0; steps < maximumSteps; steps++) {
    const isTruth = (operator === 'ne' || operator === 'eq') && isZero(right);
    const found = isTruth ? lastGiven(block, left, at) : undefined;
    if (!found) break;
    at = found.at;
    if (found.kind === 'copy') left = found.value;
    else {
      operator = operator === 'ne' ? found.operator : (negations[found.operator] ?? found.operator);
      left = found.left;
      right = found.right;
    }
  }
  return { operator: holds ? operator : (negations[operator] ?? operator), left, right };
}

const maximumSteps = 16;

type Given =
  | { readonly kind: 'copy'; readonly at: number; readonly value: Operand }
  | {
      readonly kind: 'comparison';
      readonly at: number;
      readonly operator: string;
      readonly left: Operand;
      readonly right: Operand;
    };

/** The last operation before `at` that gives a variable its value, if it copies or compares. */
function lastGiven({ operations }: Block, variable: Operand, before: number): Given | undefined {
  if (variable.kind !== 'local' && variable.kind !== 'temporary') return undefined;
  for (let at = before - 1; at >= 0; at--) {
    const operation = operations[at];
    if (!operation) continue;
    if (operation.kind === 'assign' && isSame(operation.target, variable))
      return { kind: 'copy', at, value: operation.value };
    if (variable.kind !== 'temporary' || resultOf(operation) !== variable.index) continue;
    if (operation.kind !== 'compute') return undefined;
    const [left, right = zero] = operation.operands;
    // Nothing is greater than null but what is not null (`cgt.un`).
    const isNull = right.kind === 'constant' && right.value === null;
    const operator = isNull && operation.operator === 'cgt' ? 'ne' : comparisons[operation.operator];
    return operator && left ? { kind: 'comparison', at, operator, left, right } : undefined;
  }
  return undefined;
}

export function isZero(operand: Operand): boolean {
  return operand.kind === 'constant' && isZeroValue(operand.value);
}

/** False, zero and the null reference. */
export function isZeroValue(value: ConstantValue): boolean {
  return value === null || value === 0 || value === 0n;
}

function isSame(one: Operand, other: Operand): boolean {
  return one.kind === other.kind && 'index' in one && 'index' in other && one.index === other.index;
}
