// What runs when SQL Server enters an assembly, and the way there.
import { successorsOf, type Body } from './body.js';
import type { EntryPoint } from './entry-points.js';
import type { CodeGraph, Edge, MethodNode } from './graph.js';
import type { MethodDef } from './model.js';

/** `at`: where in the method the next step is taken. */
export interface PathStep {
  readonly node: MethodNode;
  readonly at: number;
  readonly why: Edge['why'];
}

export interface Reached {
  readonly entry: EntryPoint;
  /** The last step of the shortest way from the entry point; undefined where this is one. */
  readonly last?: PathStep & { readonly before: Reached };
}

/** Every step from the entry point. */
export function stepsTo({ last }: Reached): readonly PathStep[] {
  const steps: PathStep[] = [];
  for (let step = last; step; step = step.before.last) steps.push(step);
  return steps.reverse();
}

export type Reachability = ReadonlyMap<MethodDef, Reached>;

/** Methods and the steps between them: a graph of one assembly, or several that refer to one another. */
export interface Steps {
  nodeOf(method: MethodDef): MethodNode | undefined;
  edgesOf(node: MethodNode): readonly Edge[];
}

/** `follows`: which steps are taken; all of them where it is left out. `most`: after so many methods it ends, the nearest first. */
export function reachFrom(
  graph: CodeGraph,
  entries: readonly EntryPoint[],
  follows?: (edge: Edge) => boolean,
  most?: number,
): Reachability {
  const steps: Steps = { nodeOf: (method) => graph.nodes.get(method), edgesOf: ({ edges }) => edges };
  return stepFrom(steps, entries, follows, most);
}

export function stepFrom(
  steps: Steps,
  entries: readonly EntryPoint[],
  follows: (edge: Edge) => boolean = () => true,
  most = Infinity,
): Reachability {
  const reached = new Map<MethodDef, Reached>();
  const queue: MethodNode[] = [];
  const visit = (node: MethodNode | undefined, way: Reached): void => {
    if (!node || reached.size >= most || reached.has(node.method)) return;
    reached.set(node.method, way);
    queue.push(node);
  };
  for (const entry of entries) visit(steps.nodeOf(entry.method), { entry });
  for (let next = 0; next < queue.length; next++) {
    const node = queue[next];
    const way = node && reached.get(node.method);
    if (!node || !way) continue;
    for (const edge of steps.edgesOf(node)) {
      const { to, at, why } = edge;
      if (!reached.has(to.method) && follows(edge))
        visit(steps.nodeOf(to.method), { entry: way.entry, last: { node, at, why, before: way } });
    }
  }
  return reached;
}

/** Methods from which some of those given can be reached, and they themselves; `follows` as above. */
export function methodsReaching(
  graph: CodeGraph,
  targets: Iterable<MethodDef>,
  follows: (edge: Edge, from: MethodNode) => boolean = () => true,
): ReadonlySet<MethodDef> {
  const sources = new Map<MethodDef, MethodDef[]>();
  for (const node of graph.nodes.values())
    for (const edge of node.edges) {
      if (!follows(edge, node)) continue;
      const list = sources.get(edge.to.method);
      if (list) list.push(node.method);
      else sources.set(edge.to.method, [node.method]);
    }
  // A set is gone through with what is added on the way.
  const reaching = new Set(targets);
  for (const method of reaching) for (const source of sources.get(method) ?? []) reaching.add(source);
  return reaching;
}

/** Whether every step is taken whenever the entry point is called. */
export function isCertain(reached: Reached): boolean {
  return stepsTo(reached).every(({ node, at, why }) => why === 'call' && runsAlways(node.method.body, at));
}

/** Whether no way through a body leads around the operation at an offset. Ways that end in a throw do not count. */
export function runsAlways(body: Body | undefined, at: number): boolean {
  const block = body?.blocks.find(({ operations }) => operations.some((operation) => operation.at === at));
  if (!body || !block || body.isDeferred) return false;
  const isHandler = body.regions.some(
    ({ handler, kind, filter }) =>
      kind !== 'finally' &&
      block.index >= Math.min(handler.first, filter ?? handler.first) &&
      block.index < handler.end,
  );
  if (isHandler) return false;
  const seen = new Set([block.index]);
  const work = block.index === 0 ? [] : [0];
  for (let index = work.pop(); index !== undefined; index = work.pop()) {
    const one = body.blocks[index];
    if (!one || seen.has(index)) continue;
    seen.add(index);
    if (one.end.kind === 'return') return false;
    work.push(...successorsOf(one.end));
  }
  return true;
}
