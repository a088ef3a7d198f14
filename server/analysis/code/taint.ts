// Follows what comes from outside through an assembly to where it does harm: through variables, fields, containers, calls of its
// own methods and what a policy says of the others'. What no policy speaks of hands nothing on.
// A method is gone through once for each parameter that brings something in, and what comes out goes back to those who
// brought it in (Reps, Horwitz and Sagiv 1995, "Precise interprocedural dataflow analysis via graph reachability").
import type { Call } from './body.js';
import { AssemblyChecks } from './checks.js';
import type { CodeGraph, MethodNode } from './graph.js';
import {
  free,
  keyOfField,
  MethodState,
  type Exit,
  type Fact,
  type FieldKey,
  type Incoming,
  type Source,
  type Trace,
} from './method-facts.js';
import { rootsOf } from './object-roots.js';
import type { CallIn, Harm, Policy } from './taint-policy.js';
import { operandsOf, typeOfValue, type Step } from './value-flow.js';
import { targetsOf } from './values.js';

export interface Reach<Sink> {
  readonly sink: Sink;
  readonly harm: Harm;
  readonly source: Source;
  readonly node: MethodNode;
  readonly call: Call;
  readonly operand: number;
  readonly trace: Trace;
}

export interface TaintResult<Sink> {
  readonly reaches: readonly Reach<Sink>[];
  /** Methods that were too tangled to be followed, and whether the search was given up. */
  readonly leftOut: readonly MethodNode[];
  readonly isComplete: boolean;
}

const maximumSteps = 400_000;

/** Sources that do the same harm; what a group reaches first is told as its. */
export interface SourceGroup {
  readonly sources: readonly Source[];
  readonly harm: Harm;
}

export function followTaint<Sink>(
  graph: CodeGraph,
  groups: readonly SourceGroup[],
  policy: Policy<Sink>,
): TaintResult<Sink> {
  const follower = new Follower(graph, policy);
  for (const { sources, harm } of groups) follower.follow(sources, harm);
  return follower.result();
}

class Follower<Sink> {
  readonly #graph: CodeGraph;
  readonly #policy: Policy<Sink>;
  readonly #checks: AssemblyChecks;
  readonly #methods = new Map<MethodNode, MethodState | undefined>();
  readonly #fields = new Map<FieldKey, Harm>();
  readonly #queue: Fact[] = [];
  readonly #reaches = new Map<Call, Reach<Sink>[]>();
  readonly #leftOut: MethodNode[] = [];
  #loads: Map<FieldKey, Set<MethodNode>> | undefined;
  #next = 0;
  #steps = 0;

  constructor(graph: CodeGraph, policy: Policy<Sink>) {
    this.#graph = graph;
    this.#policy = policy;
    this.#checks = new AssemblyChecks(graph, policy);
  }

  follow(sources: readonly Source[], harm: Harm): void {
    for (const source of sources) {
      const method = this.#state(source.node);
      if (!method) continue;
      const operation = source.kind === 'result' ? source.operation : undefined;
      const trace: Trace = { before: undefined, kind: 'source', node: source.node, operation, isJoined: false };
      const start = { trace, source, checked: undefined };
      if (source.kind === 'parameter') {
        const value = method.flow.parameters[source.index];
        if (value !== undefined) this.#add(method, free, value, harm, start);
        continue;
      }
      const step = method.stepOf(source.operation);
      if (!step) continue;
      if (source.operand === 'result') {
        if (step.gives !== undefined) this.#add(method, free, step.gives, harm, start);
      } else this.#into(method, free, step, source.operand, harm, start);
    }
    for (; this.#next < this.#queue.length && this.#steps <= maximumSteps; this.#next++) {
      const fact = this.#queue[this.#next];
      if (fact) this.#visit(fact);
    }
  }

  result(): TaintResult<Sink> {
    const reaches = [...this.#reaches.values()].flat();
    const cut = [...this.#methods].flatMap(([node, state]) => (state?.checks.isCut ? [node] : []));
    return { reaches, leftOut: [...this.#leftOut, ...cut], isComplete: this.#steps <= maximumSteps };
  }

  #state(node: MethodNode): MethodState | undefined {
    if (this.#methods.has(node)) return this.#methods.get(node);
    const checks = this.#checks.of(node);
    if (!checks && node.method.body) this.#leftOut.push(node);
    const state = checks && new MethodState(checks);
    this.#methods.set(node, state);
    return state;
  }

  #add(
    method: MethodState,
    context: number,
    value: number,
    harm: Harm,
    { trace, source, checked }: Pick<Fact, 'trace' | 'source' | 'checked'>,
  ): void {
    const key = `${context} ${value}`;
    const known = method.seen.get(key) ?? 0;
    const type = harm === 0 || (harm & ~known) === 0 ? undefined : typeOfValue(method.flow, value);
    if ((harm & ~known) === 0 || (type && this.#policy.isHarmless(type))) return;
    method.seen.set(key, known | harm);
    const here = method.checks.isChecked(value) ? { value, before: checked } : checked;
    this.#queue.push({ method, context, value, harm, trace, source, checked: here });
  }

  #visit(fact: Fact): void {
    const { method, value } = fact;
    const definition = method.flow.values[value];
    if (!definition) return;
    for (const join of definition.joins) this.#on(fact, join, this.#comingInto(fact, join));
    for (const parameter of method.returnedBy(value)) this.#leave(fact, { kind: 'reference', parameter });
    for (const { step, operand } of definition.uses) {
      this.#steps++;
      let harm = fact.harm;
      for (let one = fact.checked; one && harm !== 0; one = one.before)
        harm &= ~method.checks.clearedAt(one.value, step);
      if (harm !== 0) this.#use(harm === fact.harm ? fact : { ...fact, harm }, step, operand);
    }
  }

  /** The harm that is left of it on the ways by which it comes into a join. */
  #comingInto({ method, value, harm, checked }: Fact, join: number): Harm {
    const definition = method.flow.values[join]?.definition;
    if (!checked || definition?.kind !== 'join') return harm;
    let left = 0;
    for (const { value: given, block } of definition.from) {
      if (given !== value) continue;
      let here = harm;
      for (let one: Fact['checked'] = checked; one && here !== 0; one = one.before)
        here &= ~method.checks.clearedInto(one.value, block, definition.block);
      left |= here;
    }
    return left;
  }

  /** On in the same method. */
  #on(fact: Fact, value: number | undefined, harm: Harm, trace = fact.trace): void {
    if (value !== undefined) this.#add(fact.method, fact.context, value, harm, { ...fact, trace });
  }

  #use(fact: Fact, step: Step, operand: number): void {
    const { operation } = step;
    switch (operation.kind) {
      case 'assign':
      case 'loadIndirect':
        this.#on(fact, step.gives, fact.harm);
        return;
      case 'convert':
        if (
          operation.how !== 'number' &&
          !(operation.type && operation.how !== 'box' && this.#policy.isHarmless(operation.type))
        )
          this.#on(fact, step.gives, fact.harm);
        return;
      case 'loadElement':
      case 'elementAddress':
        if (operand === 0) this.#on(fact, step.gives, fact.harm);
        return;
      case 'storeElement':
        if (operand === 0)
          this.#into(
            fact.method,
            fact.context,
            step,
            1,
            fact.harm & this.#policy.keptAsElement(fact.method.flow, step),
            fact,
          );
        return;
      case 'storeField':
        if (operand !== 0) return;
        this.#field(fact, keyOfField(operation.field), fact.harm, step);
        // What a compiler makes to hold several values, as `new { a, b }`, is what it holds.
        if (!operation.field.definition) this.#into(fact.method, fact.context, step, 1, fact.harm, fact);
        return;
      case 'storeIndirect':
        if (operand !== 0 || !operation.value) return;
        if (step.gives === undefined) this.#into(fact.method, fact.context, step, 1, fact.harm, fact);
        else this.#on(fact, step.gives, fact.harm);
        return;
      case 'return':
        this.#leave(fact, { kind: 'result' });
        return;
      case 'call':
        this.#call(fact, step, operation, operand);
        return;
      default:
    }
  }

  #call(fact: Fact, step: Step, call: Call, operand: number): void {
    const at: CallIn = { flow: fact.method.flow, step, call };
    for (const { harm, sink } of this.#policy.sinksOf(at, operand)) this.#arrive(fact, call, operand, harm, sink);
    const targets = this.#targets(fact.method, step, call);
    const shift = call.instance ? 1 : 0;
    const written = step.writes.find((one) => one.operand === operand);
    if (targets.length > 0) {
      for (const target of targets)
        this.#enter(fact, step, target, operand - shift, (parameter) => parameter + shift, call);
      if (call.dispatch === 'new' && call.method.definition?.type.compilerGenerated)
        this.#on(fact, step.gives, fact.harm);
      if (!written || operand >= shift) return;
    }
    if (written && call.method.name !== '.ctor') this.#on(fact, written.value, fact.harm);
    for (const passage of this.#policy.passagesOf(at, operand)) {
      const harm = fact.harm & passage.keeps;
      if (harm === 0) continue;
      const { method, context } = fact;
      const trace: Trace = passage.isJoined
        ? { before: fact.trace, kind: 'joined', node: method.node, operation: call, isJoined: true }
        : fact.trace;
      if (passage.to === 'result') this.#on(fact, step.gives, harm, trace);
      else if (passage.to === 'delegate') {
        const delegate = operandsOf(call)[passage.delegate];
        for (const target of delegate ? targetsOf(this.#graph, method.node, delegate) : [])
          this.#enter({ ...fact, harm }, step, target, passage.parameter, () => operand, call);
      } else this.#into(method, context, step, passage.to, harm, { ...fact, trace });
    }
  }

  /** Methods of the assembly that a call runs. */
  #targets(method: MethodState, { reads }: Step, call: Call): readonly MethodNode[] {
    if (call.method.definition && call.method.definition.method.body) return method.targetsAt(this.#graph, call.at);
    if (call.dispatch === 'virtual' && call.method.definition) return method.targetsAt(this.#graph, call.at);
    if (call.method.name !== 'Invoke' || !call.instance || reads[0] === undefined) return [];
    return targetsOf(this.#graph, method.node, call.instance);
  }

  #arrive(fact: Fact, call: Call, operand: number, harm: Harm, sink: Sink): void {
    const done = this.#reaches.get(call) ?? [];
    if ((fact.harm & harm) === 0 || done.some((one) => (one.harm & harm) !== 0)) return;
    const { source, trace, method } = fact;
    this.#reaches.set(call, [...done, { sink, harm, source, node: method.node, call, operand, trace }]);
  }

  #enter(
    fact: Fact,
    step: Step,
    target: MethodNode,
    parameter: number,
    operandOf: (parameter: number) => number,
    operation: Call,
  ): void {
    const method = this.#state(target);
    const context = parameter < 0 ? target.method.parameters.length : parameter;
    const value = parameter < 0 ? method?.flow.self : method?.flow.parameters[parameter];
    if (!method || value === undefined) return;
    const incoming: Incoming = { fact, step, operandOf };
    const others = method.incoming.get(context);
    if (others) others.push(incoming);
    else method.incoming.set(context, [incoming]);
    const trace: Trace = {
      before: fact.trace,
      kind: 'call',
      node: fact.method.node,
      operation,
      other: target,
      isJoined: fact.trace.isJoined,
    };
    this.#add(method, context, value, fact.harm, { trace, source: fact.source, checked: undefined });
    const isDelegate = operation.method.definition?.method !== target.method;
    if (isDelegate) method.delegated.push(incoming);
    const exits = [...(method.exits.get(context) ?? []), ...((isDelegate && method.exits.get(free)) || [])];
    for (const { exit, fact: inside } of exits) this.#comeBack(incoming, exit, inside);
  }

  /** Out of the method, to those who brought it in; what does not hang on them, to all who call. */
  #leave(fact: Fact, exit: Exit): void {
    const { method, context } = fact;
    const exits = method.exits.get(context);
    if (exits) exits.push({ exit, fact });
    else method.exits.set(context, [{ exit, fact }]);
    for (const incoming of context === free ? method.delegated : (method.incoming.get(context) ?? []))
      this.#comeBack(incoming, exit, fact);
    if (context !== free) return;
    for (const { node, operation } of this.#graph.callersOf(method.node.method)) {
      const caller = this.#policy.isReached(node.method) ? this.#state(node) : undefined;
      const steps =
        operation.kind === 'call' ? [caller?.stepOf(operation)] : (caller?.invokes(this.#graph, method.node) ?? []);
      for (const step of steps)
        if (caller && step?.operation.kind === 'call') {
          const shift = step.operation.instance ? 1 : 0;
          this.#give(caller, free, step, exit, (parameter) => parameter + shift, fact.harm, fact);
        }
    }
  }

  #comeBack({ fact, step, operandOf }: Incoming, exit: Exit, inside: Fact): void {
    this.#give(fact.method, fact.context, step, exit, operandOf, fact.harm & inside.harm, {
      ...fact,
      trace: {
        before: fact.trace,
        kind: 'return',
        node: fact.method.node,
        operation: step.operation,
        other: inside.method.node,
        isJoined: inside.trace.isJoined,
      },
    });
  }

  #give(
    caller: MethodState,
    context: number,
    step: Step,
    exit: Exit,
    operandOf: Incoming['operandOf'],
    harm: Harm,
    from: Pick<Fact, 'trace' | 'source' | 'checked'>,
  ): void {
    if (exit.kind === 'result') {
      if (step.gives !== undefined) this.#add(caller, context, step.gives, harm, from);
      return;
    }
    const operand = operandOf(exit.parameter);
    const written = step.writes.find((one) => one.operand === operand);
    if (exit.kind === 'reference' && written) this.#add(caller, context, written.value, harm, from);
    else this.#into(caller, context, step, operand, harm, from);
  }

  /** Into the object that an operand is, or the variable whose address it is. */
  #into(
    method: MethodState,
    context: number,
    step: Step,
    operand: number,
    harm: Harm,
    from: Pick<Fact, 'trace' | 'source' | 'checked'>,
  ): void {
    const written = step.writes.find((one) => one.operand === operand);
    if (written) this.#add(method, context, written.value, harm, from);
    const value = step.reads[operand];
    if (value === undefined) return;
    const fact: Fact = { ...from, method, context, value, harm };
    for (const root of rootsOf(method.flow, value)) {
      if (typeof root !== 'number') {
        this.#field(fact, root, harm, step);
        continue;
      }
      this.#add(method, context, root, harm, from);
      const definition = method.flow.values[root]?.definition;
      if (definition?.kind === 'parameter') this.#leave(fact, { kind: 'content', parameter: definition.index });
    }
  }

  #field(fact: Fact, field: FieldKey | undefined, harm: Harm, step: Step): void {
    if (!field || (typeof field !== 'string' && this.#policy.isHarmless(field.type))) return;
    const known = this.#fields.get(field) ?? 0;
    if ((harm & ~known) === 0) return;
    this.#fields.set(field, known | harm);
    const trace: Trace = {
      before: fact.trace,
      kind: 'field',
      node: fact.method.node,
      operation: step.operation,
      field,
      isJoined: fact.trace.isJoined,
    };
    for (const node of this.#loadsOf(field)) {
      const method = this.#policy.isReached(node.method) ? this.#state(node) : undefined;
      if (!method) continue;
      for (const value of method.loadsOf(field))
        this.#add(method, free, value, harm, { trace, source: fact.source, checked: undefined });
    }
  }

  #loadsOf(field: FieldKey): Iterable<MethodNode> {
    if (!this.#loads) {
      this.#loads = new Map();
      for (const node of this.#graph.nodes.values())
        for (const { operations } of node.method.body?.blocks ?? [])
          for (const operation of operations) {
            if (operation.kind !== 'loadField' && operation.kind !== 'fieldAddress') continue;
            const loaded = keyOfField(operation.field);
            if (!loaded) continue;
            const nodes = this.#loads.get(loaded);
            if (nodes) nodes.add(node);
            else this.#loads.set(loaded, new Set([node]));
          }
    }
    return this.#loads.get(field) ?? [];
  }
}
