// Transactions that are begun, and commands that are run, on the context connection while a reader of it surely is open, whichever
// way control came there. The framework closes no reader by itself, and has one at a time there: SqlInternalConnectionSmi,
// ValidateConnectionForExecute (.NET Framework reference source).
import type { Call, Operation } from '../code/body.js';
import { controlFlowOf } from '../code/control-flow.js';
import { eachState, solve, type Analysis } from '../code/dataflow.js';
import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode } from '../code/model.js';
import { valuesOf } from '../code/values.js';
import { connectionTypes, executingMembers } from '../knowledge/context-connection.js';
import { ContextConnections } from './context-connections.js';
import type { Requirements } from './requirements.js';

export interface OpenReaderFault {
  readonly node: MethodNode;
  readonly operation: Call;
}

/** Calls that the framework refuses then: that begin a transaction, or that run a command. */
export function openReaderFaults(
  code: AssemblyCode,
  requirements: Pick<Requirements, 'uses'>,
  refused: 'begin' | 'run',
): readonly OpenReaderFault[] {
  const connections = new ContextConnections(code, requirements);
  if (connections.makers.size === 0) return [];
  const withCall = (name: string): ReadonlySet<MethodNode> =>
    new Set(requirements.uses.filter(({ member }) => member.name === name).map(({ node }) => node));
  const concerned = refused === 'begin' ? withCall('BeginTransaction') : withCall('ExecuteReader');
  return [...concerned].flatMap((node) => faultsIn(code, node, connections, refused));
}

function faultsIn(
  code: AssemblyCode,
  node: MethodNode,
  connections: ContextConnections,
  refused: 'begin' | 'run',
): readonly OpenReaderFault[] {
  const { body } = node.method;
  if (!body || body.isDeferred) return [];
  const readers = new Readers(code, node, connections);
  const solution = solve(controlFlowOf(body), readers);
  if (!solution.isComplete) return [];
  const seen = new Map<Call, boolean>();
  eachState(solution, readers, (operation, open) => {
    if (operation.kind !== 'call') return;
    if (!(refused === 'begin' ? readers.isBeginning(operation) : readers.isRunning(operation))) return;
    const inTheWay = refused === 'begin' ? open.size > 0 : [...open].some((one) => readers.areOfOne(one, operation));
    // It has to be so on every way.
    seen.set(operation, inTheWay && seen.get(operation) !== false);
  });
  return [...seen].flatMap(([operation, is]) => (is ? [{ node, operation }] : []));
}

/** The calls whose readers surely are open. */
class Readers implements Analysis<ReadonlySet<Call>> {
  readonly start: ReadonlySet<Call> = new Set();
  readonly #code: AssemblyCode;
  readonly #node: MethodNode;
  readonly #connections: ContextConnections;

  constructor(code: AssemblyCode, node: MethodNode, connections: ContextConnections) {
    this.#code = code;
    this.#node = node;
    this.#connections = connections;
  }

  isBeginning({ method: { name, type }, instance }: Call): boolean {
    if (name !== 'BeginTransaction' || type.kind !== 'named' || !connectionTypes.has(type.name)) return false;
    return instance !== undefined && this.#connections.isOne(this.#node, instance);
  }

  isRunning({ method: { name }, instance }: Call): boolean {
    return executingMembers.has(name) && instance !== undefined && this.#connections.isCommand(this.#node, instance);
  }

  /** Two commands that surely are of the same connection. */
  areOfOne(one: Call, other: Call): boolean {
    const [made, ...more] = [one, other].flatMap(({ instance }) =>
      instance ? this.#connections.behindCommand(this.#node, instance) : [],
    );
    return more.length > 0 && more.every((each) => each === made);
  }

  join(known: ReadonlySet<Call>, arriving: ReadonlySet<Call>): ReadonlySet<Call> {
    const both = new Set([...known].filter((one) => arriving.has(one)));
    return both.size === known.size ? known : both;
  }

  after(operation: Operation, open: ReadonlySet<Call>): ReadonlySet<Call> {
    if (operation.kind === 'storeField' || operation.kind === 'storeElement')
      return this.#without(open, operation.value);
    if (operation.kind !== 'call') return open;
    const { method, instance, arguments: given } = operation;
    if (method.name === 'ExecuteReader' && instance && this.#connections.isCommand(this.#node, instance))
      return new Set([...open, operation]);
    // Closed, disposed, handed on, or closed with its connection.
    if (method.name === 'Close' || method.name === 'Dispose') {
      if (instance && this.#connections.isOne(this.#node, instance)) return new Set();
      return instance ? this.#without(open, instance) : open;
    }
    return given.reduce((left, one) => this.#without(left, one), open);
  }

  #without(open: ReadonlySet<Call>, operand: Parameters<typeof valuesOf>[2]): ReadonlySet<Call> {
    if (open.size === 0) return open;
    const values = valuesOf(this.#code.graph, this.#node, operand);
    const left = [...open].filter((one) => !values.some((value) => 'operation' in value && value.operation === one));
    return left.length === open.size ? open : new Set(left);
  }
}
