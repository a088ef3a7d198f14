// What the conditions of a method say of its values: where `Contains(x)` was true, x is one of those. A check counts where no way
// leads around it, for the value that is tested and those it is made of without change.
import type { Call, End, Operand, Operation } from './body.js';
import type { CodeGraph, MethodNode } from './graph.js';
import { opposites, outcomeOf, swapped, type Outcome } from './outcomes.js';
import { valueFlowOf } from './single-assignment.js';
import type { CallIn, Harm } from './taint-policy.js';
import type { Step, ValueFlow } from './value-flow.js';

export interface Check {
  /** The operand that is tested. */
  readonly operand: number;
  readonly when: Outcome;
  /** The harm it can do no more. */
  readonly clears: Harm;
  /** Another value that is tested with it: what a match was looked for in. */
  readonly value?: number;
}

export interface CheckPolicy {
  checksOf(at: CallIn): readonly Check[];
  /** A value that a character of another was tested for: nobody knows how well. */
  readonly clearsByCharacters: Harm;
  isCharacterTest(call: Call): boolean;
  isCharacterRemoval(call: Call): boolean;
  /** The operand that a call gives back without a change that would matter to a check. */
  sameAs(call: Call): number | undefined;
  /** What equality with a constant clears. */
  readonly all: Harm;
}

interface Fact {
  readonly value: number;
  readonly clears: Harm;
}

/** The checks of the methods of an assembly, each found once. */
export class AssemblyChecks {
  readonly graph: CodeGraph;
  readonly policy: CheckPolicy;
  readonly #known = new Map<MethodNode, Checks | undefined>();
  /** How deep own methods are looked into for what they check. */
  depth = 0;

  constructor(graph: CodeGraph, policy: CheckPolicy) {
    this.graph = graph;
    this.policy = policy;
  }

  /** Undefined for a method that cannot be followed. */
  of(node: MethodNode): Checks | undefined {
    if (this.#known.has(node)) return this.#known.get(node);
    const flow = valueFlowOf(node);
    const checks = flow && new Checks(this, flow);
    this.#known.set(node, checks);
    return checks;
  }
}

const maximumDepth = 4;
/** Steps a method's checks may take, over all its values. */
const maximumWork = 200_000;

export class Checks {
  readonly flow: ValueFlow;
  readonly #assembly: AssemblyChecks;
  readonly #policy: CheckPolicy;
  /** By value: what is cleared on the way from one block to another, and behind a step. */
  #edges: Map<number, Map<string, Harm>> | undefined;
  readonly #behind = new Map<number, { readonly step: Step; readonly clears: Harm }[]>();
  readonly #everywhere = new Map<number, Harm>();
  readonly #states = new Map<number, readonly Harm[]>();
  #work = maximumWork;

  constructor(assembly: AssemblyChecks, flow: ValueFlow) {
    this.#assembly = assembly;
    this.#policy = assembly.policy;
    this.flow = flow;
  }

  /** It would take too long: what is cleared may be too much. */
  get isCut(): boolean {
    return this.#work < 0;
  }

  isChecked(value: number): boolean {
    return this.#found().has(value) || this.#behind.has(value) || this.#everywhere.has(value);
  }

  /** The harm that a value can do no more where a step reads it. */
  clearedAt(value: number, step: Step): Harm {
    return this.#clearedIn(value, step.block, step.place);
  }

  /** ... where it goes from one block on into another; to a handler it may go from anywhere in the block. */
  clearedInto(value: number, from: number, to: number): Harm {
    if (!this.flow.predecessors[to]?.includes(from)) return this.#clearedIn(value, from, -1);
    return this.#clearedIn(value, from, Infinity) | (this.#found().get(value)?.get(`${from} ${to}`) ?? 0);
  }

  #clearedIn(value: number, block: number, place: number): Harm {
    this.#found();
    let clears = (this.#everywhere.get(value) ?? 0) | (this.#state(value)[block] ?? 0);
    for (const one of this.#behind.get(value) ?? [])
      if (one.step.block === block && one.step.place < place) clears |= one.clears;
    return clears;
  }

  #found(): Map<number, Map<string, Harm>> {
    if (this.#edges) return this.#edges;
    this.#edges = new Map();
    for (const step of this.flow.steps) {
      const { operation } = step;
      if (operation.kind === 'branch') this.#branch(step, operation);
      else if (operation.kind === 'call') this.#call(step, operation);
    }
    return this.#edges;
  }

  #branch(step: Step, end: Extract<End, { kind: 'branch' }>): void {
    if (end.then === end.otherwise) return;
    for (const { value, clears } of this.#implied(step, end, true)) this.#onEdge(value, step.block, end.then, clears);
    for (const { value, clears } of this.#implied(step, end, false))
      this.#onEdge(value, step.block, end.otherwise, clears);
  }

  #onEdge(value: number, from: number, to: number, clears: Harm): void {
    for (const one of this.#sameValues(value)) {
      const edges = this.#edges?.get(one) ?? new Map<string, Harm>();
      this.#edges?.set(one, edges);
      const key = `${from} ${to}`;
      edges.set(key, (edges.get(key) ?? 0) | clears);
    }
  }

  /** An own method that goes on only where an argument passes; and tests of single characters. */
  #call(step: Step, call: Call): void {
    if (this.#policy.isCharacterRemoval(call)) {
      const text = step.reads[0];
      const definition = text === undefined ? undefined : this.flow.values[text]?.definition;
      // Of what goes round a loop, all that comes in.
      const all = definition?.kind === 'join' ? definition.from.map(({ value }) => value) : [];
      for (const one of [...(text === undefined ? [] : [text]), ...all].flatMap((value) => this.#sameValues(value)))
        this.#everywhere.set(one, this.#policy.clearsByCharacters);
      return;
    }
    if (this.#policy.isCharacterTest(call)) {
      const tested = step.reads.findLast((value) => value !== undefined);
      const text = tested === undefined ? undefined : this.#textOfCharacter(tested);
      for (const one of text === undefined ? [] : this.#sameValues(text))
        this.#everywhere.set(one, this.#policy.clearsByCharacters);
      return;
    }
    for (const { operand, clears } of this.#summary(call, undefined)) {
      const value = step.reads[operand];
      for (const one of value === undefined ? [] : this.#sameValues(value)) {
        const others = this.#behind.get(one) ?? [];
        this.#behind.set(one, [...others, { step, clears }]);
      }
    }
  }

  /** The value, and those it is made of without a change that matters. */
  #sameValues(value: number): readonly number[] {
    const same: number[] = [];
    for (let one: number | undefined = value; one !== undefined && !same.includes(one) && same.length < 16;) {
      same.push(one);
      one = this.#before(one);
    }
    return same;
  }

  #before(value: number): number | undefined {
    const definition = this.flow.values[value]?.definition;
    if (definition?.kind === 'written') return definition.before;
    if (definition?.kind === 'join') return this.#onlyOne(definition.from);
    if (definition?.kind !== 'operation') return undefined;
    const { operation, reads } = definition.step;
    if (operation.kind === 'assign' || operation.kind === 'convert' || operation.kind === 'loadIndirect')
      return reads[0];
    const operand = operation.kind === 'call' ? this.#policy.sameAs(operation) : undefined;
    return operand === undefined ? undefined : reads[operand];
  }

  /** A value that stays where it is while control parts and meets again. */
  #onlyOne(from: readonly { readonly value: number }[]): number | undefined {
    const [first, ...others] = new Set(from.slice(0, maximumDepth).map(({ value }) => this.#assigned(value)));
    return others.length === 0 && from.length <= maximumDepth ? first : undefined;
  }

  #assigned(value: number): number {
    const definition = this.flow.values[value]?.definition;
    const step = definition?.kind === 'operation' ? definition.step : undefined;
    return step?.operation.kind === 'assign' ? (step.reads[0] ?? value) : value;
  }

  #textOfCharacter(value: number): number | undefined {
    let one: number | undefined = value;
    for (let steps = 0; one !== undefined && steps < 6; steps++) {
      const definition: ValueFlow['values'][number]['definition'] | undefined = this.flow.values[one]?.definition;
      if (definition?.kind === 'join') one = definition.from[0]?.value;
      else if (definition?.kind !== 'operation') return undefined;
      else {
        const { operation, reads }: Step = definition.step;
        if (operation.kind === 'call') {
          const { name } = operation.method;
          if (name === 'get_Chars') return reads[0];
          one = name === 'get_Current' || name === 'GetEnumerator' ? reads[0] : undefined;
          if (name === 'GetEnumerator') return one;
        } else if (operation.kind === 'loadElement') return reads[0];
        else one = reads[0];
      }
    }
    return undefined;
  }

  #implied(step: Step, end: Extract<End, { kind: 'branch' }>, isThen: boolean, depth = 0): readonly Fact[] {
    if (!end.operator) return this.#of(step.reads[0], isThen ? 'true' : 'false', depth);
    return this.#compared(step, end.operator, [end.left, end.right], isThen, depth);
  }

  /** `a operator b`, one of them a constant. */
  #compared(
    step: Step,
    operator: string,
    [left, right]: readonly (Operand | undefined)[],
    holds: boolean,
    depth: number,
  ): readonly Fact[] {
    const isSwapped = left?.kind === 'constant';
    const constant = isSwapped ? left : right;
    if (constant?.kind !== 'constant') return [];
    const value = step.reads[isSwapped ? 1 : 0];
    if (value === undefined) return [];
    const plain = holds ? operator : (opposites[operator] ?? '');
    const relation = isSwapped ? (swapped[plain] ?? plain) : plain;
    if (typeof constant.value === 'string') return relation === 'eq' ? [{ value, clears: this.#policy.all }] : [];
    const outcome = outcomeOf(relation, constant.value === null ? 0 : Number(constant.value));
    return outcome ? this.#of(value, outcome, depth) : [];
  }

  #of(value: number | undefined, outcome: Outcome, depth: number): readonly Fact[] {
    const definition = value === undefined || depth > maximumDepth ? undefined : this.flow.values[value]?.definition;
    if (definition?.kind === 'join') return this.#joined(definition.from, outcome, depth);
    if (definition?.kind !== 'operation') return [];
    const { step } = definition;
    const { operation } = step;
    switch (operation.kind) {
      case 'assign':
      case 'convert':
        return this.#of(step.reads[0], outcome, depth + 1);
      case 'compute':
        return this.#computed(step, operation, outcome, depth + 1);
      case 'call':
        return this.#tested(step, operation, outcome);
      default:
        return [];
    }
  }

  #computed(
    step: Step,
    { operator, operands }: Extract<Operation, { kind: 'compute' }>,
    outcome: Outcome,
    depth: number,
  ): readonly Fact[] {
    const isTrue = outcome === 'true';
    if ((operator === 'and' && isTrue) || (operator === 'or' && outcome === 'false'))
      return step.reads.flatMap((value) => this.#of(value, outcome, depth));
    const relation =
      operator === 'ceq' ? 'eq' : operator.startsWith('cgt') ? 'gt' : operator.startsWith('clt') ? 'lt' : '';
    if (relation === '' || (outcome !== 'true' && outcome !== 'false')) return [];
    // Of one operand, `ceq` says that it is zero or null.
    const pair = operands.length === 1 ? [operands[0], zero] : operands;
    return this.#compared(step, relation, pair, isTrue, depth);
  }

  #tested(step: Step, call: Call, outcome: Outcome): readonly Fact[] {
    const rows: readonly Pick<Check, 'operand' | 'clears' | 'value'>[] = [
      ...this.#policy.checksOf({ flow: this.flow, step, call }).filter(({ when }) => when === outcome),
      ...(outcome === 'true' || outcome === 'false' ? this.#summary(call, outcome) : []),
    ];
    return rows.flatMap(({ operand, clears, value = step.reads[operand] }) =>
      value === undefined ? [] : [{ value, clears }],
    );
  }

  /** A truth value put together of others: only what every way there says is sure. */
  #joined(
    from: readonly { readonly value: number; readonly block: number }[],
    outcome: Outcome,
    depth: number,
  ): readonly Fact[] {
    if (outcome !== 'true' && outcome !== 'false') return [];
    let sure: Map<number, Harm> | undefined;
    for (const { value, block } of from) {
      const constant = this.#constantOf(value);
      if (constant !== undefined && (constant !== 0) !== (outcome === 'true')) continue;
      const here = new Map<number, Harm>();
      const facts = [
        ...(constant === undefined ? this.#of(value, outcome, depth + 1) : []),
        ...this.#onTheWayTo(block, depth + 1),
      ];
      for (const fact of facts)
        for (const one of this.#sameValues(fact.value)) here.set(one, (here.get(one) ?? 0) | fact.clears);
      if (!sure) sure = here;
      else for (const [one, clears] of sure) sure.set(one, clears & (here.get(one) ?? 0));
    }
    return [...(sure ?? [])].map(([value, clears]) => ({ value, clears }));
  }

  /** What the branches say through which alone a block is reached. */
  #onTheWayTo(block: number, depth: number): readonly Fact[] {
    const facts: Fact[] = [];
    let to = block;
    for (let steps = 0; steps < 8; steps++) {
      const [from, ...others] = this.flow.predecessors[to] ?? [];
      if (from === undefined || others.length > 0) return facts;
      const end = this.flow.node.method.body?.blocks[from]?.end;
      const step = end?.kind === 'branch' ? this.#lastStep(from) : undefined;
      if (step && end?.kind === 'branch' && end.then !== end.otherwise)
        facts.push(...this.#implied(step, end, end.then === to, depth));
      to = from;
    }
    return facts;
  }

  #ends: Map<number, Step> | undefined;

  #lastStep(block: number): Step | undefined {
    this.#ends ??= new Map(this.flow.steps.map((step) => [step.block, step]));
    return this.#ends.get(block);
  }

  #constantOf(value: number): number | undefined {
    const definition = this.flow.values[value]?.definition;
    const operation = definition?.kind === 'operation' ? definition.step.operation : undefined;
    const given = operation?.kind === 'assign' ? operation.value : undefined;
    return given?.kind === 'constant' && typeof given.value === 'number' ? given.value : undefined;
  }

  /** What an own method says of its arguments where it comes out so; `undefined`: where it comes back at all. */
  #summary(call: Call, outcome: 'true' | 'false' | undefined): readonly { operand: number; clears: Harm }[] {
    const own = call.method.definition;
    const node = own && !own.method.isVirtual ? this.#assembly.graph.nodes.get(own.method) : undefined;
    if (!node || this.#assembly.depth >= maximumDepth || !mayCheck(node, outcome)) return [];
    this.#assembly.depth++;
    const inside = this.#assembly.of(node);
    const shift = call.instance ? 1 : 0;
    const found = call.arguments.flatMap((_, index) => {
      const clears = inside?.atReturn(index, outcome) ?? 0;
      return clears === 0 ? [] : [{ operand: index + shift, clears }];
    });
    this.#assembly.depth--;
    return found;
  }

  /** What is cleared of a parameter wherever the method comes back with such an answer. */
  atReturn(parameter: number, outcome: 'true' | 'false' | undefined): Harm {
    const value = this.flow.parameters[parameter];
    if (value === undefined) return 0;
    let sure: Harm | undefined;
    for (const step of this.flow.steps) {
      const { operation } = step;
      if (operation.kind !== 'return') continue;
      const given = operation.value;
      if (outcome && given?.kind === 'constant' && (Number(given.value ?? 0) !== 0) !== (outcome === 'true')) continue;
      let here = this.#clearedIn(value, step.block, step.place);
      if (outcome && given && given.kind !== 'constant')
        for (const fact of this.#of(step.reads[0], outcome, 0))
          if (this.#sameValues(fact.value).includes(value)) here |= fact.clears;
      sure = sure === undefined ? here : sure & here;
    }
    return sure ?? 0;
  }

  /** By block, what is cleared of a value on every way there. */
  #state(value: number): readonly Harm[] {
    const known = this.#states.get(value);
    if (known) return known;
    const edges = this.#found().get(value);
    const behind = this.#behind.get(value);
    const state: Harm[] = [];
    this.#states.set(value, state);
    if (!edges && !behind) return state;
    const { order, predecessors } = this.flow;
    for (const block of order) state[block] = block === 0 ? 0 : this.#policy.all;
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      this.#work -= order.length;
      if (this.#work < 0) return state;
      for (const block of order) {
        if (block === 0) continue;
        let now: Harm | undefined;
        for (const from of predecessors[block] ?? []) {
          let clears = (state[from] ?? 0) | (edges?.get(`${from} ${block}`) ?? 0);
          for (const one of behind ?? []) if (one.step.block === from) clears |= one.clears;
          now = now === undefined ? clears : now & clears;
        }
        // A handler begins anywhere in what it protects.
        const next = now ?? 0;
        if (next === state[block]) continue;
        state[block] = next;
        isChanged = true;
      }
    }
    return state;
  }
}

/** Whether a method can answer, or does throw; long ones are not looked into. */
function mayCheck({ method }: MethodNode, outcome: 'true' | 'false' | undefined): boolean {
  const blocks = method.body?.blocks ?? [];
  if (blocks.length > maximumBlocks) return false;
  return outcome
    ? method.returns.kind === 'named' && method.returns.name === 'System.Boolean'
    : blocks.some(({ end }) => end.kind === 'throw');
}

const maximumBlocks = 200;
const zero: Operand = { kind: 'constant', value: 0 };
