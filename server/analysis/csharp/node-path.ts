// The nodes around a place, found by going down: what lies beside the way is not looked at.
import type { Span } from '../text/span.js';

export interface PlacedNode {
  readonly span: Span;
  readonly kind?: string;
}

/** Outermost first. Of nodes with one span, the outer one first. */
export function nodesAround(root: object, span: Span): readonly PlacedNode[] {
  const path: PlacedNode[] = [];
  for (let at: object | undefined = root; at; at = childAround(at, span)) if (isPlaced(at)) path.push(at);
  return path;
}

function childAround(node: object, span: Span): object | undefined {
  for (const [key, value] of Object.entries(node) as readonly (readonly [string, unknown])[]) {
    if (key === 'span' || typeof value !== 'object' || value === null) continue;
    const found = around(value, span);
    if (found) return found;
  }
  return undefined;
}

function around(value: object, span: Span): object | undefined {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (let index = firstBefore(items, span); index < items.length; index++) {
      const item = items[index];
      if (typeof item !== 'object' || item === null) continue;
      if (isPlaced(item) && item.span.start > span.start) return undefined;
      const found = around(item, span);
      if (found) return found;
    }
    return undefined;
  }
  if (isPlaced(value)) return value.span.start <= span.start && span.end <= value.span.end ? value : undefined;
  // A part without a place of its own: an arm of a switch expression, an element of a tuple.
  return childAround(value, span);
}

/** Of a list in order of place, the last that begins no later; the first where there is no such order. */
function firstBefore(items: readonly unknown[], span: Span): number {
  let low = 0;
  let high = items.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (typeof item !== 'object' || item === null || !isPlaced(item)) return 0;
    if (item.span.start <= span.start) low = middle;
    else high = middle;
  }
  return low;
}

function isPlaced(node: object): node is PlacedNode {
  return 'span' in node;
}
