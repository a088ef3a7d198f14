// Context connections that are open at a point of a method, whichever way control came there.
import { successorsOf, type Block, type Call, type Operation } from '../code/body.js';
import type { CodeGraph, MethodNode } from '../code/graph.js';
import type { MethodDef, ParameterDef } from '../code/model.js';
import { methodsReaching } from '../code/reachability.js';
import type { ContextConnections } from './context-connections.js';

/** The `new`s of connections that are surely open; those that may be are left out. */
type Open = ReadonlySet<Call>;

const nothing: Open = new Set();
/** Far more than loops inside of loops need. */
const maximumRounds = 32;

/** Calls that open one while another that their method made surely is. */
export function secondOpensOf(
  graph: CodeGraph,
  connections: ContextConnections,
): readonly { readonly node: MethodNode; readonly operation: Call }[] {
  const openers = openersOf(graph, connections);
  return [...graph.nodes.values()].flatMap((node) =>
    secondOpens(node, connections, openers).map((operation) => ({ node, operation })),
  );
}

/** Methods a call of which opens a connection that they make themselves, or that a method they call makes. */
function openersOf(graph: CodeGraph, connections: ContextConnections): ReadonlySet<MethodDef> {
  // What is given a connection, or a command, may use that instead.
  const isOnItsOwn = ({ method }: MethodNode): boolean => !method.body?.isDeferred && !method.parameters.some(isOfData);
  const own = connections.opens.filter((use) => isOnItsOwn(use.node) && connections.isMadeIn(use, use.node));
  if (own.length === 0) return new Set();
  const targets = own.map(({ node }) => node.method);
  return methodsReaching(graph, targets, ({ why }, from) => why === 'call' && isOnItsOwn(from));
}

function isOfData({ type }: ParameterDef): boolean {
  const plain = type.kind === 'byReference' ? type.element : type;
  return plain.kind !== 'named' || /^System\.Data\.(?!SqlTypes\.)/.test(plain.name);
}

function secondOpens(
  node: MethodNode,
  connections: ContextConnections,
  openers: ReadonlySet<MethodDef>,
): readonly Call[] {
  const body = node.method.body;
  const own = connections.opensIn(node);
  if (!body || own.length === 0) return [];
  if (own.length === 1 && !node.edges.some(({ to, why }) => why === 'call' && openers.has(to.method))) return [];
  const isOpening = new Set<Operation>(own.map(({ operation }) => operation));
  const before = new Map<number, Open>([[0, nothing]]);
  // A handler begins anywhere in what it protects: nothing is sure there.
  for (const { handler, filter } of body.regions)
    for (const first of [handler.first, ...(filter === undefined ? [] : [filter])]) before.set(first, nothing);
  const found = new Set<Call>();
  let isChanged = true;
  for (let round = 0; isChanged && round < maximumRounds; round++) {
    isChanged = false;
    found.clear();
    for (const block of body.blocks) {
      const open = before.get(block.index);
      if (!open) continue;
      const after = through(block, open);
      for (const to of successorsOf(block.end)) {
        const arriving = block.end.kind === 'leave' ? leaving(block.index, to, after) : after;
        const known = before.get(to);
        const both = known ? new Set([...known].filter((one) => arriving.has(one))) : arriving;
        if (known && both.size === known.size) continue;
        before.set(to, both);
        isChanged = true;
      }
    }
  }
  // Where it did not come to rest, nothing is said.
  return isChanged ? [] : [...found];

  function through({ operations }: Block, open: Open): Open {
    const now = new Set(open);
    for (const operation of operations) {
      if (operation.kind !== 'call') continue;
      if (!isOpening.has(operation)) {
        for (const closed of closedBy(operation)) now.delete(closed);
        const called = operation.method.definition?.method;
        if (called && now.size > 0 && openers.has(called)) found.add(operation);
        continue;
      }
      const made = operation.instance ? connections.madeBy(node, operation.instance) : [];
      const [only, ...others] = made;
      if (!only || others.length > 0) {
        now.clear();
        continue;
      }
      if ([...now].some((one) => one !== only)) found.add(operation);
      now.add(only);
    }
    return now;
  }

  /** Closed, disposed, or handed to a method that may do so. */
  function closedBy({ method, instance, arguments: given }: Call): readonly Call[] {
    const isClosing = /^(?:Close|Dispose|ExecuteReader)$/.test(method.name);
    const handed = [...(isClosing && instance ? [instance] : []), ...(method.definition ? given : [])];
    if (method.name === 'ExecuteReader' && given.length > 0) return [...connections.makers.keys()];
    return handed.flatMap((operand) => connections.madeBy(node, operand));
  }

  /** The finally handlers run on the way out. */
  function leaving(from: number, to: number, open: Open): Open {
    const now = new Set(open);
    for (const { kind, tried, handler } of body?.regions ?? []) {
      const isLeft = from >= tried.first && from < tried.end && !(to >= tried.first && to < tried.end);
      if (kind !== 'finally' || !isLeft) continue;
      for (const { operations } of body?.blocks.slice(handler.first, handler.end) ?? [])
        for (const operation of operations)
          if (operation.kind === 'call') for (const closed of closedBy(operation)) now.delete(closed);
    }
    return now;
  }
}
