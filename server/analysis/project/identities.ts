// Under whose identity code runs: what each method does to it, from the innermost to those that call it, and then what each is
// called with, from SQL Server's way in to the innermost.
import type { Call, Operand, Operation, StoreField } from '../code/body.js';
import { eachState, solve } from '../code/dataflow.js';
import type { EntryPoint } from '../code/entry-points.js';
import type { MethodNode } from '../code/graph.js';
import type { AssemblyCode, MethodDef, TypeRef } from '../code/model.js';
import { targetsOf, valuesOf } from '../code/values.js';
import {
  findIdentityAct,
  findIdentityFunction,
  impersonationContext,
  windowsIdentity,
} from '../knowledge/impersonation.js';
import { begunBy, IdentityCallees, isStateMachine } from './identity-callees.js';
import { given, type Required, type Summary, type Surroundings } from './identity-calls.js';
import { IdentityFlow } from './identity-flow.js';
import { heldKey, nullnessOf, Numbers, type At, type Config, type Site, type State } from './identity-state.js';
import { suspensionAt } from './suspensions.js';

/** Who made a method run under another identity, and the calls from there to it. */
export interface Impersonation {
  readonly origin: At;
  readonly step?: { readonly at: At; readonly before: Impersonation };
}

/** What is known of the identity at one place. */
export interface IdentityAt {
  /** It can be SQL Server's own account. */
  readonly isOwn: boolean;
  readonly by: Impersonation | undefined;
  /** An attempt to impersonate before it went wrong. */
  readonly failed: Call | undefined;
}

/** An impersonation that outlives a method. */
export interface Leak {
  readonly node: MethodNode;
  readonly site: Site;
  /** How the method is left. */
  readonly way: 'return' | 'throw';
  /** Where: the return, or the operation that throws. */
  readonly at: number | undefined;
  /** No way that returns undoes it. */
  readonly isCertain: boolean;
}

/** What was found out of a method alone. */
interface Known {
  readonly summary: Summary;
  readonly at: ReadonlyMap<Operation, Relative>;
  readonly isCut: boolean;
}

/** The identity at an operation, as seen from the beginning of its method. */
interface Relative {
  /** As it was called. */
  readonly isGiven: boolean;
  readonly isOwn: boolean;
  readonly site: Site | undefined;
  readonly failed: Call | undefined;
}

const asGiven: Relative = { isGiven: true, isOwn: false, site: undefined, failed: undefined };

export function identitiesOf(code: AssemblyCode, entries: readonly EntryPoint[]): Identities {
  return new Identities(code, entries);
}

export class Identities implements Surroundings {
  readonly numbers = new Numbers();
  readonly #code: AssemblyCode;
  readonly #entries: readonly EntryPoint[];
  readonly #known = new Map<MethodNode, Known>();
  readonly #callees: IdentityCallees;
  readonly #entering = new Map<MethodDef, { isOwn: boolean; by: Impersonation | undefined }>();
  readonly #handedOn = new Map<Operation, boolean>();
  /** Methods that impersonate, or call one that does, and could not be followed to the end. */
  readonly cut: MethodNode[] = [];

  constructor(code: AssemblyCode, entries: readonly EntryPoint[]) {
    this.#code = code;
    this.#entries = entries;
    this.#callees = new IdentityCallees(code.graph);
    for (const node of this.#order(this.#touched())) {
      const known = this.#study(node);
      this.#known.set(node, known);
      if (known.isCut && [...known.at.values()].some(({ site }) => site)) this.cut.push(node);
    }
    this.origins = [...this.#known.keys()].flatMap((node) =>
      callsIn(node).flatMap((operation) => (isOrigin(operation) ? [{ node, operation }] : [])),
    );
    if (this.hasImpersonation) this.#enter();
  }

  /** Every place where another identity comes into force. */
  readonly origins: readonly At[];

  get hasImpersonation(): boolean {
    return this.origins.length > 0;
  }

  isFollowed(node: MethodNode): boolean {
    return this.#known.has(node);
  }

  /** Methods that have to do with identities, those they call first. */
  get nodes(): Iterable<MethodNode> {
    return this.#known.keys();
  }

  at(node: MethodNode, operation: Operation): IdentityAt {
    if (!this.hasImpersonation) return { isOwn: true, by: undefined, failed: undefined };
    const relative = this.#known.get(node)?.at.get(operation) ?? asGiven;
    const entering = this.#entering.get(node.method);
    return {
      isOwn: relative.isOwn || (relative.isGiven && (entering?.isOwn ?? false)),
      by: relative.site ? { origin: relative.site.origin } : relative.isGiven ? entering?.by : undefined,
      failed: relative.failed,
    };
  }

  /** Uses of what SqlContext.WindowsIdentity gives, in the method that surely has to ask first. */
  *unasked(): IterableIterator<{ readonly node: MethodNode; readonly required: Required }> {
    const entries = new Set(this.#entries.map(({ method }) => method));
    for (const [node, { summary }] of this.#known) {
      const required = summary.required.get('caller');
      const isCalled = this.#code.graph.callersOf(node.method).length > 0;
      if (required && (!isCalled || entries.has(node.method))) yield { node, required };
    }
  }

  /** Each by the method that makes it, or by those that SQL Server calls where it is handed on. */
  leaks(): readonly Leak[] {
    const found: Leak[] = [];
    const seen = new Set<Operation>();
    const entries = new Set(this.#entries.filter(({ kind }) => kind !== 'public').map(({ method }) => method));
    for (const [node, { summary, isCut }] of this.#known) {
      if (isCut) continue;
      const own = new Set<Operation>();
      for (const [way, exits] of [
        ['return', summary.returned],
        ['throw', summary.thrown],
      ] as const)
        for (const { sites, cause } of exits)
          for (const site of sites) {
            const { node: made, operation } = site.origin;
            const isHere = made === node && !this.isHandedOn(site);
            if (seen.has(operation) || own.has(operation) || (!isHere && !entries.has(node.method))) continue;
            (isHere ? seen : own).add(operation);
            const isCertain =
              way === 'return' && exits.every((exit) => exit.sites.some((one) => one.call === site.call));
            found.push({ node, site, way, at: cause, isCertain });
          }
    }
    return found;
  }

  /** What undoes it is returned, kept in a field, or given to another method; or nothing does, and the whole thread is switched. */
  isHandedOn({ origin }: Site): boolean {
    let known = this.#handedOn.get(origin.operation);
    if (known === undefined) this.#handedOn.set(origin.operation, (known = this.#findHandedOn(origin)));
    return known;
  }

  #findHandedOn({ node, operation }: At): boolean {
    if (operation.kind !== 'call' || operation.method.definition) return true;
    const is = (operand: Operand): boolean =>
      valuesOf(this.#code.graph, node, operand).some(
        (value) => value.kind === 'result' && value.operation === operation,
      );
    return (node.method.body?.blocks ?? []).some(
      ({ operations, end }) =>
        (end.kind === 'return' && end.value && is(end.value)) ||
        operations.some((one) => {
          if (one.kind === 'storeField') return !node.type.compilerGenerated && is(one.value);
          if (one.kind === 'storeElement' || one.kind === 'storeIndirect')
            return one.value !== undefined && is(one.value);
          return one.kind === 'call' && one.arguments.some(is);
        }),
    );
  }

  summaryOf(node: MethodNode, call: Call): Summary | undefined {
    const callee = this.#callees.of(node, call);
    return callee && this.#known.get(callee)?.summary;
  }

  classOf(node: MethodNode, operand: Operand): 'caller' | 'context' | undefined {
    return this.#callees.classOf(node, operand);
  }

  isZero(node: MethodNode, operand: Operand): boolean {
    return this.#callees.isZero(node, operand);
  }

  neverReturns(node: MethodNode, call: Call): boolean {
    return this.#callees.neverReturns(node, call);
  }

  isSuspension(node: MethodNode, operation: Operation): boolean {
    return suspensionAt(node, operation) !== undefined;
  }

  /** Methods that name what changes identities, and all that call them. */
  #touched(): ReadonlySet<MethodNode> {
    const touched = new Set<MethodNode>();
    for (const node of this.#code.graph.nodes.values()) if (isConcerned(node)) touched.add(node);
    // A set is gone through with what is added on the way.
    for (const node of touched) for (const caller of this.#code.graph.callersOf(node.method)) touched.add(caller.node);
    return touched;
  }

  /** What is called before what calls it; of methods that call one another, in any order. */
  #order(touched: ReadonlySet<MethodNode>): readonly MethodNode[] {
    const order: MethodNode[] = [];
    const seen = new Set<MethodNode>();
    for (const start of touched) {
      if (seen.has(start)) continue;
      seen.add(start);
      const stack = [{ node: start, calls: this.#calledBy(start), at: 0 }];
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        const callee = top.calls[top.at++];
        if (callee === undefined) {
          order.push(top.node);
          stack.pop();
        } else if (touched.has(callee) && !seen.has(callee)) {
          seen.add(callee);
          stack.push({ node: callee, calls: this.#calledBy(callee), at: 0 });
        }
      }
    }
    return order;
  }

  #calledBy(node: MethodNode): readonly MethodNode[] {
    return operationsOf(node).flatMap((operation): readonly MethodNode[] => {
      if (operation.kind === 'call') return given(this.#callees.of(node, operation, true));
      return begunBy(node, operation) ? given(this.#callees.moveNextOf(operation)) : [];
    });
  }

  #study(node: MethodNode): Known {
    const flow = new IdentityFlow(node, this);
    const ways = this.#callees.flowOf(node);
    const solution = solve(ways, flow);
    const at = new Map<Operation, Relative>();
    const required = new Map<string, Required>();
    eachState(solution, flow, (operation, state) => {
      if (operation.kind === 'call' || operation.kind === 'yield' || operation.kind === 'storeField')
        at.set(operation, relativeOf(state, at.get(operation)));
      if (operation.kind === 'call')
        for (const config of state.values()) this.#require(node, flow, config, operation, required);
      const asked = begunBy(node, operation) && this.#requiredOf(operation);
      if (asked) for (const config of state.values()) this.#add(flow, config, operation.value, asked, required);
    });
    const out = (state: State | undefined): readonly Config[] => [...(state?.values() ?? [])];
    return {
      summary: { returned: out(solution.returned), thrown: out(solution.thrown), required },
      at,
      isCut: flow.isCut || !solution.isComplete || !ways.isExact,
    };
  }

  /** What is asked of an identity that may be null, here and in the methods that are called. */
  #require(node: MethodNode, flow: IdentityFlow, config: Config, call: Call, required: Map<string, Required>): void {
    const add = (operand: Operand | 'caller', what: Required): void => this.#add(flow, config, operand, what, required);
    const { type } = call.method;
    if (call.instance && type.kind === 'named' && identityTypes.has(type.name)) add(call.instance, { node, call });
    // What a deferred method asks of its parameters it asks of what it was given now.
    const called = this.#callees.of(node, call, true);
    for (const [key, what] of (called && this.#known.get(called)?.summary.required) ?? []) {
      const operand = key === 'caller' ? key : call.arguments[Number(key.slice('parameter '.length))];
      if (operand) add(operand, what);
    }
  }

  /** Of what a state machine goes on with. Where it asks itself, it may have done so before it went on. */
  #requiredOf(store: StoreField): Required | undefined {
    const { definition } = store.field;
    const machine = this.#callees.moveNextOf(store);
    const summary = machine && this.#known.get(machine)?.summary;
    if (!summary || !definition) return undefined;
    const key = heldKey({ kind: 'field', field: definition.field }, this.numbers);
    return summary.returned.some(({ assumed }) => assumed.has(key)) ? undefined : summary.required.get(key);
  }

  #add(
    { variables, node }: IdentityFlow,
    config: Config,
    operand: Operand | 'caller',
    what: Required,
    required: Map<string, Required>,
  ): void {
    const held = operand === 'caller' ? ({ kind: 'caller' } as const) : variables.heldBy(config, operand);
    if (held?.kind !== 'caller' && held?.kind !== 'parameter' && held?.kind !== 'field') return;
    if (nullnessOf(config, held, this.numbers) === 'not') return;
    if (held.kind === 'field' && !isStateMachine(node.type)) return;
    const key = variables.key(held);
    if (!required.has(key)) required.set(key, what);
  }

  /** From the methods that nothing calls, and those that SQL Server does, inward. */
  #enter(): void {
    const { graph } = this.#code;
    const work: MethodNode[] = [];
    const enter = (node: MethodNode | undefined, isOwn: boolean, by: Impersonation | undefined): void => {
      if (!node) return;
      const known = this.#entering.get(node.method);
      const next = { isOwn: isOwn || (known?.isOwn ?? false), by: known?.by ?? by };
      if (known && known.isOwn === next.isOwn && known.by === next.by) return;
      this.#entering.set(node.method, next);
      work.push(node);
    };
    for (const { method } of this.#entries) enter(graph.nodes.get(method), true, undefined);
    for (const node of graph.nodes.values())
      if (graph.callersOf(node.method).length === 0 && !isStateMachine(node.type)) enter(node, true, undefined);
    for (let node = work.pop(); node; node = work.pop()) {
      for (const call of callsIn(node)) {
        const { isOwn, by } = this.at(node, call);
        const runs = isRunning(call);
        const origin = { node, operation: call };
        for (const callee of this.#runBy(node, call))
          if (runs) enter(callee, false, { origin });
          else enter(callee, isOwn, by && { origin: by.origin, step: { at: origin, before: by } });
      }
    }
  }

  #runBy(node: MethodNode, call: Call): readonly MethodNode[] {
    const { graph } = this.#code;
    const delegate = isRunning(call)
      ? call.arguments.at(-1)
      : call.method.name === 'Invoke'
        ? call.instance
        : undefined;
    if (delegate) return targetsOf(graph, node, delegate);
    const callee = this.#callees.of(node, call);
    return callee ? [callee] : call.method.name === 'MoveNext' ? this.#callees.goneThrough(node, call) : [];
  }
}

const identityTypes: ReadonlySet<string> = new Set([
  windowsIdentity,
  'System.Security.Claims.ClaimsIdentity',
  'System.Security.Principal.IIdentity',
]);

function callsIn(node: MethodNode): readonly Call[] {
  return operationsOf(node).filter((operation) => operation.kind === 'call');
}

function operationsOf({ method }: MethodNode): readonly Operation[] {
  return (method.body?.blocks ?? []).flatMap(({ operations }) => operations);
}

function isOrigin({ method: { type, name, definition } }: Call): boolean {
  const imported = definition?.method.import;
  const act = imported
    ? findIdentityFunction(imported.name)
    : type.kind === 'named'
      ? findIdentityAct(type.name, name)
      : undefined;
  return act === 'impersonates' || act === 'runs';
}

function isRunning({ method: { type, name } }: Call): boolean {
  return type.kind === 'named' && findIdentityAct(type.name, name) === 'runs';
}

function isConcerned(node: MethodNode): boolean {
  const { method, uses } = node;
  return (
    uses.some(({ member: { type, name } }) => type.kind === 'named' && findIdentityAct(type.name, name)) ||
    [...method.parameters.map(({ type }) => type), method.returns].some(isIdentity) ||
    operationsOf(node).some((operation) => {
      if (operation.kind === 'loadField' || operation.kind === 'storeField')
        return isIdentity(operation.field.fieldType);
      const imported = operation.kind === 'call' ? operation.method.definition?.method.import : undefined;
      return imported !== undefined && findIdentityFunction(imported.name) !== undefined;
    })
  );
}

function isIdentity(type: TypeRef): boolean {
  return type.kind === 'named' && (type.name === windowsIdentity || type.name === impersonationContext);
}

function relativeOf(state: State, known: Relative | undefined): Relative {
  let { isGiven, isOwn, site, failed } = known ?? { ...asGiven, isGiven: false };
  for (const config of state.values()) {
    const last = config.sites.at(-1);
    site ??= last;
    if (last) continue;
    isOwn ||= config.isPopped;
    isGiven ||= !config.isPopped;
    failed ??= config.failed;
  }
  return { isGiven, isOwn, site, failed };
}
