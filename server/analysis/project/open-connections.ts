// What state the context connections of a method are in, at each point of it, whichever way control came there.
import type { Call, End, Operation } from '../code/body.js';
import { comparisonAt, isZero } from '../code/conditions.js';
import { controlFlowOf, type FlowNode } from '../code/control-flow.js';
import { eachState, solve, type Analysis } from '../code/dataflow.js';
import type { CodeGraph, MethodNode } from '../code/graph.js';
import type { MethodDef, ParameterDef } from '../code/model.js';
import { methodsReaching } from '../code/reachability.js';
import { executingMembers } from '../knowledge/context-connection.js';
import type { ContextConnections } from './context-connections.js';

/** Of the `new`s of connections, what they surely are; those that may be another are left out. */
type States = ReadonlyMap<Call, 'open' | 'closed'>;

export interface ConnectionFault {
  readonly node: MethodNode;
  readonly operation: Call;
  /** `second`: another is open; `closed`: it is used and has been closed. */
  readonly is: 'second' | 'closed';
}

/** Calls that open one while another that their method made surely is, and that use one that surely is closed. */
export function connectionFaultsOf(graph: CodeGraph, connections: ContextConnections): readonly ConnectionFault[] {
  const openers = openersOf(graph, connections);
  return [...graph.nodes.values()].flatMap((node) => faultsOf(node, connections, openers));
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

function faultsOf(
  node: MethodNode,
  connections: ContextConnections,
  openers: ReadonlySet<MethodDef>,
): readonly ConnectionFault[] {
  const { body } = node.method;
  if (!body || connections.opensIn(node).length === 0) return [];
  const states = new ConnectionStates(node, connections);
  const solution = solve(controlFlowOf(body), states);
  // Where it did not come to rest, nothing is said.
  if (!solution.isComplete) return [];
  const seen = new Map<Call, ConnectionFault['is'] | 'none'>();
  eachState(solution, states, (operation, state) => {
    if (operation.kind !== 'call') return;
    const is = faultOf(operation, state);
    // It has to be so on every way, through finally handlers too.
    const known = seen.get(operation);
    seen.set(operation, is !== undefined && (known === undefined || known === is) ? is : 'none');
  });
  return [...seen].flatMap(([operation, is]) => (is === 'none' ? [] : [{ node, operation, is }]));

  function faultOf(call: Call, state: States): ConnectionFault['is'] | undefined {
    const isOpen = (other: Call | undefined): boolean => [...state].some(([one, is]) => is === 'open' && one !== other);
    if (states.isOpening(call)) {
      const [only, ...others] = call.instance ? connections.madeBy(node, call.instance) : [];
      return only && others.length === 0 && isOpen(only) ? 'second' : undefined;
    }
    const called = call.method.definition?.method;
    if (called) return openers.has(called) && isOpen(undefined) ? 'second' : undefined;
    if (!call.instance || !executingMembers.has(call.method.name)) return undefined;
    const [used, ...others] = connections.behindCommand(node, call.instance);
    return used && others.length === 0 && state.get(used) === 'closed' ? 'closed' : undefined;
  }
}

class ConnectionStates implements Analysis<States> {
  readonly start: States = new Map();
  readonly #node: MethodNode;
  readonly #connections: ContextConnections;
  readonly #opening: ReadonlySet<Operation>;

  constructor(node: MethodNode, connections: ContextConnections) {
    this.#node = node;
    this.#connections = connections;
    this.#opening = new Set(connections.opensIn(node).map(({ operation }) => operation));
  }

  isOpening(call: Call): boolean {
    return this.#opening.has(call);
  }

  join(known: States, arriving: States): States {
    const both = new Map([...known].filter(([one, is]) => arriving.get(one) === is));
    return both.size === known.size ? known : both;
  }

  after(operation: Operation, state: States): States {
    if (operation.kind !== 'call') return state;
    const next = new Map(state);
    // Round a loop it is another object.
    if (this.#connections.makers.has(operation)) next.delete(operation);
    if (this.isOpening(operation)) {
      const [only, ...others] = this.#madeBy(operation);
      if (only && others.length === 0) next.set(only, 'open');
      else next.clear();
    } else this.#close(operation, next);
    return next;
  }

  /** What may fail to open is not open then; what is being closed is. */
  thrown(operation: Operation, state: States): States {
    return operation.kind === 'call' && !this.isOpening(operation) ? this.after(operation, state) : state;
  }

  /** What has been opened or closed is there: `using` asks in vain. */
  along(end: End, way: number, state: States, { block }: FlowNode): States | undefined {
    if (end.kind !== 'branch') return state;
    const { operator, left, right } = comparisonAt(block, way === 0);
    if (operator !== 'eq' || !isZero(right)) return state;
    const [only, ...others] = this.#connections.madeBy(this.#node, left);
    return only && others.length === 0 && state.has(only) ? undefined : state;
  }

  #madeBy({ instance }: Call): readonly Call[] {
    return instance ? this.#connections.madeBy(this.#node, instance) : [];
  }

  /** Closed, disposed, or handed to a method that may do so. */
  #close(call: Call, next: Map<Call, 'open' | 'closed'>): void {
    const { method, arguments: given } = call;
    if (method.name === 'Close' || method.name === 'Dispose') {
      const [only, ...others] = this.#madeBy(call);
      if (only && others.length === 0) next.set(only, 'closed');
      else for (const one of others.length > 0 && only ? [only, ...others] : []) next.delete(one);
    }
    // The reader may close the connection with itself.
    if (method.name === 'ExecuteReader' && given.length > 0) next.clear();
    if (!method.definition) return;
    for (const operand of given) {
      for (const one of this.#connections.madeBy(this.#node, operand)) next.delete(one);
      for (const one of this.#connections.behindCommand(this.#node, operand)) next.delete(one);
    }
  }
}
