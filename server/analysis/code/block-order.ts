// Where control goes from a block of a body, and the blocks in reverse postorder. Not the ways through finally handlers: those
// are `control-flow.ts`.
import { successorsOf, type Body, type Operation } from './body.js';

/** Where a `leave` goes is all that is followed: finally handlers on its way are a way aside. */
export function successorsIn(body: Body, block: number): readonly number[] {
  const found = body.blocks[block];
  if (!found || found.operations.some(endsInThrow)) return [];
  return successorsOf(found.end).filter((to) => to < body.blocks.length);
}

const memory = new WeakMap<Body, boolean>();

/** A call of an own method that only throws: nothing comes behind it. */
function endsInThrow(operation: Operation): boolean {
  const own = operation.kind === 'call' ? operation.method.definition?.method : undefined;
  const body = own && !own.isVirtual ? own.body : undefined;
  if (!body || body.isDeferred || body.blocks.length > longestThrow) return false;
  let only = memory.get(body);
  if (only === undefined) memory.set(body, (only = !canReturn(body)));
  return only;
}

/** What does nothing but put a message together and throw is short. */
const longestThrow = 20;

function canReturn(body: Body): boolean {
  const seen = new Set([0]);
  for (const block of seen) {
    const end = body.blocks[block]?.end;
    if (end?.kind === 'return' || body.regions.length > 0) return true;
    for (const to of end ? successorsOf(end) : []) seen.add(to);
  }
  return false;
}

export function handlersOf(body: Body): readonly (readonly number[])[] {
  const handlers: number[][] = body.blocks.map(() => []);
  for (const { tried, handler, filter } of body.regions)
    for (let block = tried.first; block < tried.end; block++)
      for (const to of filter === undefined ? [handler.first] : [filter, handler.first])
        if (to < body.blocks.length) handlers[block]?.push(to);
  return handlers;
}

export function reversePostorder(body: Body, handlers: readonly (readonly number[])[]): readonly number[] {
  const seen = new Set([0]);
  const order: number[] = [];
  const work: { readonly block: number; readonly next: readonly number[]; at: number }[] = [];
  const enter = (block: number): void => {
    work.push({ block, next: [...successorsIn(body, block), ...(handlers[block] ?? [])], at: 0 });
  };
  enter(0);
  for (let top = work.at(-1); top; top = work.at(-1)) {
    const to = top.next[top.at++];
    if (to === undefined) {
      order.push(top.block);
      work.pop();
    } else if (!seen.has(to)) {
      seen.add(to);
      enter(to);
    }
  }
  return order.reverse();
}
