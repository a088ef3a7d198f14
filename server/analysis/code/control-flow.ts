// How control flows through a body, exceptions among it: from block to block, into handlers, through finally handlers and out.
// A finally handler is there once for each way through it, as a compiler could have written it out: what comes in by an
// exception goes on as one. Where that would be too many copies, one stands for all (`isExact` is false then).
import type { Block, Body, Operation, Region } from './body.js';

/** The number of a node, or how control leaves the method. */
export type FlowTarget = number | 'return' | 'throw';

/** A block, in one of the ways through the finally handlers around it. */
export interface FlowNode {
  readonly index: number;
  readonly block: Block;
  /**
   * Behind the block's end: of a branch `then` and `otherwise`, of a switch its cases and `otherwise`, of a `leave` or a return
   * the finally handler on its way. Of a throw, and of the end of a finally handler that an exception runs, where that goes on.
   */
  readonly next: readonly FlowTarget[];
  /** Where an exception goes that an operation of the block throws; each is possible. */
  readonly thrown: readonly FlowTarget[];
  /** The block's end goes on with an exception. */
  readonly endsThrowing: boolean;
}

export interface ControlFlow {
  readonly body: Body;
  /** What can be reached, in reverse postorder: a node stands before those behind it, loops aside. */
  readonly nodes: readonly FlowNode[];
  readonly isExact: boolean;
}

/** One way through a finally or fault handler, and where it goes on: of several together (`isExact`) there are several. */
interface Passage {
  readonly region: number;
  readonly outer: Passage | undefined;
  readonly goesOn: Set<FlowTarget>;
  /** Nodes at whose end it goes on. */
  readonly ends: Draft[];
}

interface Draft {
  index: number;
  readonly block: Block;
  readonly passage: Passage | undefined;
  next: Step[];
  thrown: readonly Step[];
  endsThrowing: boolean;
}

type Step = Draft | 'return' | 'throw';

/** Nodes there may be for a block of the body before ways through finally handlers are put together. */
const maximumCopies = 4;
const smallBody = 200;
/** Handlers looked at for one exception. */
const maximumHandlers = 100;
/** From the ends of a finally handler that stands for several to where those go on. */
const maximumWays = 100_000;
const none = -1;

/** Of a method it is kept in its node of the graph. */
export function controlFlowOf(body: Body): ControlFlow {
  return new FlowBuilder(body).build();
}

/** Whether an exception can come of an operation itself: what the runtime may always throw (no memory, an abort) is not counted. */
export function canThrow(operation: Operation): boolean {
  switch (operation.kind) {
    case 'call':
    case 'indirectCall':
    case 'loadElement':
    case 'elementAddress':
    case 'storeElement':
    case 'newArray':
      return true;
    case 'loadField':
    case 'fieldAddress':
    case 'storeField':
      return operation.instance !== undefined && operation.instance.kind !== 'this';
    case 'convert':
      return operation.how === 'cast' || operation.how === 'unbox';
    case 'compute':
      return operation.operator === 'div' || operation.operator === 'rem';
    default:
      return false;
  }
}

/** Whether control can come to a return, where nothing stops it on the way. */
export function reachesReturn({ nodes }: ControlFlow, stops: (operation: Operation) => boolean): boolean {
  if (nodes.length === 0) return true;
  const seen = new Set<FlowTarget>();
  const work: FlowTarget[] = [0];
  for (let target = work.pop(); target !== undefined; target = work.pop()) {
    if (target === 'return') return true;
    const node = typeof target === 'number' && !seen.has(target) ? nodes[target] : undefined;
    if (!node) continue;
    // What comes then could not be read.
    if (node.block.end.kind === 'stop') return true;
    seen.add(target);
    work.push(...node.thrown, ...(node.block.operations.some(stops) ? [] : node.next));
  }
  return false;
}

class FlowBuilder {
  readonly #body: Body;
  /** The innermost region that protects each block; `#outward` has the one around each region. */
  readonly #innermost: readonly number[];
  readonly #outward: readonly number[];
  /** The region whose filter began last before each block. */
  readonly #filterOf: readonly number[];
  readonly #drafts = new Map<Passage | undefined, Map<number, Draft>>();
  readonly #passages = new Map<Passage | undefined, Map<string, Passage>>();
  readonly #dispatched = new Map<Passage | undefined, Map<number, readonly Step[]>>();
  /** Filters are asked before the finally handlers inside of them run, and once more to tell where control goes then. */
  readonly #asked: Passage = { region: none, outer: undefined, goesOn: new Set(), ends: [] };
  readonly #work: Draft[] = [];
  readonly #most: number;
  #count = 0;
  #isExact = true;

  constructor(body: Body) {
    this.#body = body;
    this.#most = Math.max(smallBody, body.blocks.length * maximumCopies);
    const { innermost, outward } = nestingOf(body);
    this.#innermost = innermost;
    this.#outward = outward;
    const filters = new Map(body.regions.map(({ filter }, index) => [filter, index]));
    let last = none;
    this.#filterOf = body.blocks.map(({ index }) => (last = filters.get(index) ?? last));
  }

  build(): ControlFlow {
    const first = this.#node(0, undefined);
    for (let draft = this.#work.pop(); draft; draft = this.#work.pop()) {
      const { operations, end } = draft.block;
      if (end.kind === 'throw' || end.kind === 'rethrow' || operations.some(canThrow))
        draft.thrown = this.#handlers(this.#innermostOf(draft.block), draft.passage);
      draft.next = this.#behind(draft);
    }
    const ordered = typeof first === 'string' ? [] : reversePostorder(first);
    ordered.forEach((draft, index) => (draft.index = index));
    return { body: this.#body, nodes: ordered.map(nodeOf), isExact: this.#isExact };
  }

  #innermostOf({ index }: Block): number {
    return this.#innermost[index] ?? none;
  }

  #node(index: number, passage: Passage | undefined): Step {
    const block = this.#body.blocks[index];
    // A branch to where no code is: nothing verifiable, and nothing follows.
    if (!block) return 'throw';
    const known = mapIn(this.#drafts, passage);
    let draft = known.get(index);
    if (!draft) {
      draft = { index: none, block, passage, next: [], thrown: [], endsThrowing: false };
      known.set(index, draft);
      this.#work.push(draft);
      this.#count++;
    }
    return draft;
  }

  #behind(draft: Draft): Step[] {
    const { block, passage, thrown } = draft;
    const { end } = block;
    switch (end.kind) {
      case 'jump':
      case 'leave':
        return [this.#leave(this.#innermostOf(block), end.to, passage)];
      case 'branch':
        return [this.#node(end.then, passage), this.#node(end.otherwise, passage)];
      case 'switch':
        return [...end.cases, end.otherwise].map((to) => this.#node(to, passage));
      case 'return':
        return [this.#leave(this.#innermostOf(block), 'return', passage)];
      case 'throw':
      case 'rethrow':
        draft.endsThrowing = true;
        return [...thrown];
      case 'endFilter':
        return passage === this.#asked ? [] : this.#filtered(draft);
      case 'endFinally':
        if (!passage || passage === this.#asked) return [];
        passage.ends.push(draft);
        return [...passage.goesOn].flatMap((to) => this.#goOn(draft, passage, to));
      case 'stop':
        return [];
    }
  }

  /** On the way out of protected blocks, from the region given outward, to where `to` is not protected any more. */
  #leave(from: number, to: FlowTarget, passage: Passage | undefined): Step {
    for (let index = from; index !== none; index = this.#outward[index] ?? none) {
      const region = this.#body.regions[index];
      if (region?.kind !== 'finally' || (typeof to === 'number' && isIn(region.tried, to))) continue;
      return this.#enter(index, to, passage);
    }
    return typeof to === 'number' ? this.#node(to, passage) : to;
  }

  #handlers(from: number, passage: Passage | undefined): readonly Step[] {
    const known = mapIn(this.#dispatched, passage);
    let steps = known.get(from);
    if (!steps) known.set(from, (steps = this.#findHandlers(from, passage)));
    return steps;
  }

  /** Where an exception may go: each handler on the way outward that might take it, to the first that surely runs. */
  #findHandlers(from: number, passage: Passage | undefined): readonly Step[] {
    const steps: Step[] = [];
    let isRun = false;
    for (let index = from, count = 0; index !== none; index = this.#outward[index] ?? none) {
      const region = this.#body.regions[index];
      if (!region) continue;
      if (++count > maximumHandlers) {
        this.#isExact = false;
        break;
      }
      if (isRun) {
        if (region.filter !== undefined) steps.push(this.#node(region.filter, this.#asked));
        continue;
      }
      if (region.kind === 'finally' || region.kind === 'fault') {
        steps.push(this.#enter(index, 'throw', passage));
        isRun = true;
        continue;
      }
      steps.push(this.#node(region.filter ?? region.handler.first, passage));
      if (catchesAll(region)) return steps;
    }
    return isRun ? steps : [...steps, 'throw'];
  }

  #enter(region: number, to: FlowTarget, outer: Passage | undefined): Step {
    const passage = this.#around(region, outer) ?? this.#passage(region, to, outer);
    if (passage.goesOn.size * passage.ends.length > maximumWays) this.#isExact = false;
    else if (!passage.goesOn.has(to)) {
      passage.goesOn.add(to);
      for (const draft of passage.ends) draft.next.push(...this.#goOn(draft, passage, to));
    }
    return this.#node(this.#body.regions[region]?.handler.first ?? 0, passage);
  }

  /** Where a handler leads into itself, which no compiler writes. */
  #around(region: number, outer: Passage | undefined): Passage | undefined {
    for (let passage = outer; passage; passage = passage.outer) if (passage.region === region) return passage;
    return undefined;
  }

  /** Far beyond the bound the handlers around are put together as well. */
  #passage(region: number, to: FlowTarget, around: Passage | undefined): Passage {
    const isFull = this.#count >= this.#most;
    const outer = this.#count >= this.#most * maximumCopies ? undefined : around;
    if (isFull) this.#isExact = false;
    const known = mapIn(this.#passages, outer);
    const key = isFull ? `${region}` : `${region} ${to}`;
    let passage = known.get(key);
    if (!passage) known.set(key, (passage = { region, outer, goesOn: new Set(), ends: [] }));
    return passage;
  }

  #goOn(draft: Draft, { region, goesOn, outer }: Passage, to: FlowTarget): readonly Step[] {
    const outward = this.#outward[region] ?? none;
    draft.endsThrowing = goesOn.size === 1 && to === 'throw';
    return to === 'throw' ? this.#handlers(outward, outer) : [this.#leave(outward, to, outer)];
  }

  /** The handler, or as if there were none. */
  #filtered({ block, passage }: Draft): Step[] {
    const index = this.#filterOf[block.index] ?? none;
    const region = this.#body.regions[index];
    if (!region) return [];
    return [this.#node(region.handler.first, passage), ...this.#handlers(this.#outward[index] ?? none, passage)];
  }
}

export function catchesAll({ kind, type }: Region): boolean {
  return (
    kind === 'catch' && type?.kind === 'named' && (type.name === 'System.Exception' || type.name === 'System.Object')
  );
}

/** Regions stand inner before outer: those that begin at a block are put on the stack in reverse. */
function nestingOf({ blocks, regions }: Body): {
  readonly innermost: readonly number[];
  readonly outward: readonly number[];
} {
  const starting = new Map<number, number[]>();
  regions.forEach(({ tried }, index) => {
    const list = starting.get(tried.first);
    if (list) list.push(index);
    else starting.set(tried.first, [index]);
  });
  const innermost: number[] = [];
  const outward = regions.map(() => none);
  const stack: number[] = [];
  for (const { index: block } of blocks) {
    for (let top = stack.at(-1); top !== undefined && endOf(top) <= block; top = stack.at(-1)) stack.pop();
    for (const index of (starting.get(block) ?? []).sort((a, b) => endOf(b) - endOf(a) || b - a)) {
      outward[index] = stack.at(-1) ?? none;
      stack.push(index);
    }
    innermost.push(stack.at(-1) ?? none);
  }
  return { innermost, outward };

  function endOf(index: number): number {
    return regions[index]?.tried.end ?? 0;
  }
}

function isIn({ first, end }: Region['tried'], block: number): boolean {
  return block >= first && block < end;
}

function mapIn<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let map = maps.get(key);
  if (!map) maps.set(key, (map = new Map()));
  return map;
}

function reversePostorder(first: Draft): readonly Draft[] {
  const seen = new Set([first]);
  const order: Draft[] = [];
  const stack = [{ draft: first, steps: stepsOf(first), at: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const step = top.steps[top.at++];
    if (step === undefined) {
      order.push(top.draft);
      stack.pop();
    } else if (typeof step !== 'string' && !seen.has(step)) {
      seen.add(step);
      stack.push({ draft: step, steps: stepsOf(step), at: 0 });
    }
  }
  return order.reverse();
}

/** What is behind is visited last, and so stands first. */
function stepsOf({ next, thrown }: Draft): readonly Step[] {
  return [...thrown, ...next.toReversed()];
}

function nodeOf({ index, block, next, thrown, endsThrowing }: Draft): FlowNode {
  return { index, block, next: next.map(targetOf), thrown: thrown.map(targetOf), endsThrowing };
}

function targetOf(step: Step): FlowTarget {
  return typeof step === 'string' ? step : step.index;
}
