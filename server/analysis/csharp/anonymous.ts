// Lambdas and local functions inside of a member, wherever they stand in it; those that queries stand for too.
import type { Expression, Statement } from './nodes.js';
import { queryAsCalls } from './queries.js';

export type AnonymousNode = Extract<Expression, { kind: 'lambda' }> | Extract<Statement, { kind: 'localFunction' }>;

/** Outer ones before inner ones. */
export function anonymousIn(root: unknown): readonly AnonymousNode[] {
  const found: AnonymousNode[] = [];
  const work: unknown[] = [root];
  for (let node = work.pop(); work.length > 0 || node !== undefined; node = work.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if (isAnonymous(node)) found.push(node);
    if (isQuery(node)) {
      const calls = queryAsCalls(node);
      if (calls) work.push(calls);
      continue;
    }
    // One by one: a list can be longer than a call may have arguments.
    for (const value of Object.values(node).reverse()) if (typeof value === 'object') work.push(value);
  }
  return found;
}

function isQuery(node: object): node is Extract<Expression, { kind: 'query' }> {
  return 'kind' in node && node.kind === 'query';
}

function isAnonymous(node: object): node is AnonymousNode {
  return 'kind' in node && (node.kind === 'lambda' || node.kind === 'localFunction');
}
