// What a method has begun of thread affinity, critical regions and locks, at each point of it, whichever way control came there.
import type { Body, Call, End, Operand, Operation } from '../code/body.js';
import { comparisonAt, isZero } from '../code/conditions.js';
import { controlFlowOf, type FlowNode } from '../code/control-flow.js';
import { solve, type Analysis } from '../code/dataflow.js';
import { definitionsOf, variableKey, type Definitions } from '../code/definitions.js';
import type { CodeGraph, MethodNode } from '../code/graph.js';
import type { MethodDef } from '../code/model.js';
import { findThreadStateMember, type ThreadStateKind } from '../knowledge/thread-members.js';

export interface UnendedState {
  readonly node: MethodNode;
  /** The call that begins it. */
  readonly operation: Call;
  readonly kind: ThreadStateKind;
  /** How the method is left with it. */
  readonly way: 'return' | 'throw';
}

/** Beginnings that a way out of their method leaves without an end. */
export function unendedStates(graph: CodeGraph): readonly UnendedState[] {
  const ending = new Map<ThreadStateKind, Set<MethodDef>>();
  const concerned: MethodNode[] = [];
  for (const node of graph.nodes.values()) {
    const acts = actsIn(node);
    if (acts.some(({ does }) => does === 'begin')) concerned.push(node);
    for (const { kind, does } of acts)
      if (does === 'end' && !acts.some((act) => act.kind === kind && act.does === 'begin'))
        ending.set(kind, (ending.get(kind) ?? new Set()).add(node.method));
  }
  return concerned.flatMap((node) => unendedIn(node, ending));
}

function actsIn({ method }: MethodNode): readonly { readonly kind: ThreadStateKind; readonly does: string }[] {
  return (method.body?.blocks ?? []).flatMap(({ operations }) => operations.flatMap((one) => actOf(one) ?? []));
}

function actOf(operation: Operation): ReturnType<typeof findThreadStateMember> {
  if (operation.kind !== 'call' || operation.method.type.kind !== 'named') return undefined;
  return findThreadStateMember(operation.method.type.name, operation.method.name);
}

/** A call that began what is not ended, and the variable that says so (`Enter(o, ref taken)`). */
interface Begun {
  readonly call: Call;
  readonly flag: string | undefined;
}

/** Of one way, the last one last. */
type Held = readonly Begun[];

type State = ReadonlyMap<string, Held>;

const most = 32;

function unendedIn(node: MethodNode, ending: ReadonlyMap<ThreadStateKind, ReadonlySet<MethodDef>>): UnendedState[] {
  const { body } = node.method;
  if (!body || body.isDeferred) return [];
  const kinds = new Set(actsIn(node).flatMap(({ kind, does }) => (does === 'begin' ? [kind] : [])));
  const found: UnendedState[] = [];
  for (const kind of kinds) {
    const own = actsIn(node).filter((act) => act.kind === kind);
    const others = ending.get(kind);
    // Ended by another method, or begun only perhaps: who calls the two is not followed.
    if (own.some(({ does }) => does === 'unsure') || (others && own.every(({ does }) => does === 'begin'))) continue;
    const states = new ThreadStates(kind, others ?? new Set(), body);
    const solution = solve(controlFlowOf(body), states);
    if (!solution.isComplete || states.isCut) continue;
    const left = new Map<Call, UnendedState['way']>();
    for (const [way, state] of [
      ['return', solution.returned],
      ['throw', solution.thrown],
    ] as const)
      for (const held of state?.values() ?? []) for (const { call } of held) if (!left.has(call)) left.set(call, way);
    for (const [operation, way] of left) found.push({ node, operation, kind, way });
  }
  return found;
}

class ThreadStates implements Analysis<State> {
  readonly start: State = new Map([['', []]]);
  readonly #kind: ThreadStateKind;
  readonly #ending: ReadonlySet<MethodDef>;
  readonly #definitions: Definitions;
  readonly #numbers = new Map<Call, number>();
  readonly #flags = new Set<string>();
  isCut = false;

  constructor(kind: ThreadStateKind, ending: ReadonlySet<MethodDef>, body: Body) {
    this.#kind = kind;
    this.#ending = ending;
    this.#definitions = definitionsOf(body);
  }

  join(known: State, arriving: State): State {
    const added = [...arriving].filter(([key]) => !known.has(key));
    if (added.length === 0) return known;
    if (known.size + added.length > most) {
      this.isCut = true;
      return known;
    }
    return new Map([...known, ...added]);
  }

  after(operation: Operation, state: State): State {
    if (operation.kind !== 'call') return state;
    const act = actOf(operation);
    if (act?.kind === this.#kind && act.does === 'begin') {
      const flag = this.#flagOf(operation.arguments[1]);
      if (flag !== undefined) this.#flags.add(flag);
      return this.#each(state, (held) =>
        held.some(({ call }) => call === operation) ? held : [...held, { call: operation, flag }],
      );
    }
    const called = operation.method.definition?.method;
    if (act?.kind === this.#kind && act.does === 'end') return this.#each(state, (held) => held.slice(0, -1));
    return called && this.#ending.has(called) ? this.#each(state, () => []) : state;
  }

  /** What fails to begin has not begun; what fails to end is not looked at. */
  thrown(operation: Operation, state: State): State | undefined {
    const act = actOf(operation);
    if (act?.kind !== this.#kind) return state;
    return act.does === 'begin' ? state : this.after(operation, state);
  }

  /** `if (taken)`: with the flag set it is held. */
  along(end: End, way: number, state: State, { block }: FlowNode): State | undefined {
    if (end.kind !== 'branch') return state;
    const { operator, left, right } = comparisonAt(block, way === 0);
    const asked = variableKey(left);
    if (!isZero(right) || (operator !== 'eq' && operator !== 'ne')) return state;
    if (!this.#flags.has(asked)) return state;
    const kept = [...state].filter(([, held]) => held.some(({ flag }) => flag === asked) === (operator === 'ne'));
    return kept.length === 0 ? undefined : kept.length === state.size ? state : new Map(kept);
  }

  #each(state: State, change: (held: Held) => Held): State {
    const next = new Map<string, Held>();
    for (const held of state.values()) {
      const changed = change(held);
      next.set(changed.map(({ call }) => this.#numberOf(call)).join(), changed);
    }
    return next;
  }

  /** The variable that `ref taken` names. */
  #flagOf(operand: Operand | undefined): string | undefined {
    const [made] = operand?.kind === 'temporary' ? (this.#definitions.temporaries.get(operand.index) ?? []) : [];
    return made?.kind === 'addressOf' ? variableKey(made.variable) : undefined;
  }

  #numberOf(call: Call): number {
    const number = this.#numbers.get(call) ?? this.#numbers.size;
    this.#numbers.set(call, number);
    return number;
  }
}
