// Facts that hold at each point of a body, found by going along its control flow until nothing changes any more.
import { canThrow, type ControlFlow, type FlowNode, type FlowTarget } from './control-flow.js';
import type { End, Operation } from './body.js';

/** What is followed. States are values: none is changed once it is given away. */
export interface Analysis<S> {
  /** At the entry. */
  readonly start: S;
  /** Where control flow meets: the same object as `known` where `arriving` adds nothing, which is how it ends. */
  join(known: S, arriving: S): S;
  /** Behind an operation; undefined where control does not come there. */
  after(operation: Operation, state: S, node: FlowNode): S | undefined;
  /** With an exception that an operation throws; undefined where it throws none. Left out: the state before it. */
  thrown?(operation: Operation, state: S, node: FlowNode): S | undefined;
  /** Behind the end of a block, on its nth way out (`FlowNode.next`); undefined where that is not taken. Left out: no change. */
  along?(end: End, way: number, state: S, node: FlowNode): S | undefined;
}

export interface Solution<S> {
  readonly flow: ControlFlow;
  /** Where a node begins; undefined where control does not come. */
  readonly before: readonly (S | undefined)[];
  /** Where the method returns, and where an exception leaves it. */
  readonly returned: S | undefined;
  readonly thrown: S | undefined;
  /** It came to rest within the bound. */
  readonly isComplete: boolean;
}

/** Nodes gone through, for each of the flow: nested loops need their depth and one. */
const maximumVisits = 24;

export function solve<S>(flow: ControlFlow, analysis: Analysis<S>): Solution<S> {
  const { nodes } = flow;
  const before = new Array<S | undefined>(nodes.length).fill(undefined);
  const out = new Map<FlowTarget, S>();
  const isPending = new Uint8Array(nodes.length);
  const arrive = (target: FlowTarget, state: S): void => {
    const known = typeof target === 'number' ? before[target] : out.get(target);
    const joined = known === undefined ? state : analysis.join(known, state);
    if (joined === known) return;
    if (typeof target !== 'number') {
      out.set(target, joined);
      return;
    }
    before[target] = joined;
    isPending[target] = 1;
  };
  arrive(0, analysis.start);
  let visits = 0;
  const most = nodes.length * maximumVisits;
  for (let isAgain = nodes.length > 0; isAgain && visits <= most;) {
    isAgain = false;
    for (const node of nodes) {
      const state = before[node.index];
      if (isPending[node.index] === 0 || state === undefined) continue;
      isPending[node.index] = 0;
      isAgain = true;
      visits++;
      through(analysis, node, state, arrive);
    }
  }
  return {
    flow,
    before,
    returned: out.get('return'),
    thrown: out.get('throw'),
    isComplete: visits <= most,
  };
}

/** From the beginning of a node to everywhere it leads; `look` sees each operation with the state before it. */
export function through<S>(
  analysis: Analysis<S>,
  node: FlowNode,
  start: S,
  arrive: (target: FlowTarget, state: S) => void,
  look?: (operation: Operation, state: S) => void,
): void {
  let state = start;
  for (const operation of node.block.operations) {
    look?.(operation, state);
    const thrown =
      node.thrown.length > 0 && canThrow(operation) ? exceptional(analysis, operation, state, node) : undefined;
    if (thrown !== undefined) for (const target of node.thrown) arrive(target, thrown);
    const after = analysis.after(operation, state, node);
    if (after === undefined) return;
    state = after;
  }
  node.next.forEach((target, way) => {
    const along = analysis.along ? analysis.along(node.block.end, way, state, node) : state;
    if (along !== undefined) arrive(target, along);
  });
}

function exceptional<S>(analysis: Analysis<S>, operation: Operation, state: S, node: FlowNode): S | undefined {
  return analysis.thrown ? analysis.thrown(operation, state, node) : state;
}

/** Every operation that control comes to, with the state before it. A node counts as often as it is there. */
export function eachState<S>(
  { flow, before }: Solution<S>,
  analysis: Analysis<S>,
  look: (operation: Operation, state: S, node: FlowNode) => void,
): void {
  for (const node of flow.nodes) {
    const state = before[node.index];
    if (state === undefined) continue;
    through(
      analysis,
      node,
      state,
      () => undefined,
      (operation, at) => look(operation, at, node),
    );
  }
}
