// What all that reads the grammar's tree shares: the tree, how deep it is, and the small things every node is made of.
import type { Span } from '../text/span.js';
import type { FlatTree, Node } from './flat-tree.js';
import { unescaped } from './literals.js';
import type { Identifier } from './nodes.js';

/** Deeper than anyone nests; what lies below is left out, so that nobody who walks the nodes needs more stack than this. */
export const deepest = 500;

export interface Reader {
  readonly tree: FlatTree;
  /** Of nodes inside one another, at present. */
  depth: number;
  readonly tooDeep: Span[];
}

export function identifier({ tree }: Reader, node: Node | undefined, otherwise: Node): Identifier {
  if (node === undefined) return { span: endOf(tree.span(otherwise)), name: '' };
  return { span: tree.span(node), name: nameOf(tree, node) };
}

/** Without the `@` of a verbatim identifier, and its escapes read. */
export function nameOf(tree: FlatTree, node: Node): string {
  const text = unescaped(tree.textOf(node));
  return text.startsWith('@') ? text.slice(1) : text;
}

/** Where something is not. */
export function endOf({ end }: Span): Span {
  return { start: end, end };
}

/** Undefined where the node lies too deep, which is noted; the caller has something to put in its place. */
export function deeper<T>(reader: Reader, node: Node, read: (reader: Reader, node: Node) => T): T | undefined {
  if (reader.depth >= deepest) {
    reader.tooDeep.push(reader.tree.span(node));
    return undefined;
  }
  reader.depth++;
  const result = read(reader, node);
  reader.depth--;
  return result;
}
