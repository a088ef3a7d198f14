// Objects of the framework that code makes and fills: which `new` made one, and what is called on it.
import type { Call, Operand } from './body.js';
import type { CodeGraph, MethodNode } from './graph.js';
import { valuesOf } from './values.js';

export interface CallAt {
  readonly node: MethodNode;
  readonly call: Call;
}

/** The `new`s whose objects an operand can be. */
export function makersOf(graph: CodeGraph, node: MethodNode, operand: Operand): readonly CallAt[] {
  return valuesOf(graph, node, operand).flatMap((value) =>
    value.kind === 'object' ? [{ node: value.node, call: value.operation }] : [],
  );
}

/**
 * Calls of a member on objects, in the order of the code: in the methods that make them and in the one that is asked for.
 * An object handed on to a method is not followed there.
 */
export function callsOn(
  graph: CodeGraph,
  node: MethodNode,
  makers: readonly CallAt[],
  members: readonly string[],
): readonly CallAt[] {
  const made = new Set(makers.map(({ call }) => call));
  const nodes = new Set([...makers.map((maker) => maker.node), node]);
  return callsIn(nodes, members).filter(
    ({ node: caller, call }) =>
      call.instance && makersOf(graph, caller, call.instance).some((maker) => made.has(maker.call)),
  );
}

/** Calls of members by name, whatever they are called on. */
export function callsIn(nodes: Iterable<MethodNode>, members: readonly string[]): readonly CallAt[] {
  return [...nodes].flatMap((node) =>
    (node.method.body?.blocks ?? []).flatMap(({ operations }) =>
      operations.flatMap((operation): readonly CallAt[] =>
        operation.kind === 'call' && members.includes(operation.method.name) ? [{ node, call: operation }] : [],
      ),
    ),
  );
}
