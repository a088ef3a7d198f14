// How one method changes the identity it runs under: its control flow with what `identity-state.ts` knows at each point.
import type { End, Operand, Operation } from '../code/body.js';
import { comparisonAt } from '../code/conditions.js';
import type { FlowNode } from '../code/control-flow.js';
import type { Analysis } from '../code/dataflow.js';
import { resultOf, variableKey } from '../code/definitions.js';
import type { MethodNode } from '../code/graph.js';
import { isHardlyThrowing, opensWhenMade } from '../knowledge/failing-members.js';
import { given, IdentityCalls, resumed, type Surroundings } from './identity-calls.js';
import {
  add,
  first,
  keyOf,
  no,
  nullnessOf,
  put,
  refined,
  without,
  yes,
  type Config,
  type Facts,
  type Held,
  type State,
} from './identity-state.js';
import { IdentityVariables } from './identity-variables.js';

/** Ways with an identity of their own that are told apart at one point. */
const maximumConfigs = 24;

export class IdentityFlow implements Analysis<State> {
  readonly start: State;
  readonly variables: IdentityVariables;
  readonly node: MethodNode;
  readonly #around: Surroundings;
  readonly #calls: IdentityCalls;
  /** Ways were left out. */
  #isCut = false;

  constructor(node: MethodNode, around: Surroundings) {
    this.node = node;
    this.#around = around;
    this.variables = new IdentityVariables(node, around);
    this.#calls = new IdentityCalls(node, around, this.variables);
    around.numbers.forgotten.clear();
    const start = this.#begin();
    this.start = new Map([[keyOf(start, around.numbers), start]]);
  }

  /** Not all ways were told apart, or one of them asked for what is not known any more. */
  get isCut(): boolean {
    return this.#isCut || this.#around.numbers.forgotten.has('sites');
  }

  /** The fields of a new object are zero. */
  #begin(): Config {
    const { type, method } = this.node;
    const fields = method.name === '.ctor' ? type.fields : [];
    let facts: Facts = first.facts;
    for (const field of fields)
      if (!field.isStatic)
        facts = put(facts, this.variables.key({ kind: 'field', field }), 'null', this.#around.numbers);
    return fields.length === 0 ? first : { ...first, facts };
  }

  join(known: State, arriving: State): State {
    const next = new Map(known);
    let isChanged = false;
    for (const config of arriving.values()) if (add(next, config, this.#around.numbers)) isChanged = true;
    if (next.size > maximumConfigs) {
      this.#isCut = true;
      return known;
    }
    return isChanged ? next : known;
  }

  after(operation: Operation, before: State): State | undefined {
    const state = this.#again(before, operation);
    if (operation.kind === 'call') return this.#each(state, (config) => this.#calls.called(config, operation).returned);
    if (this.#around.isSuspension(this.node, operation)) return this.#each(state, (config) => [resumed(config)]);
    return changes(operation) ? this.#each(state, (config) => [this.variables.through(config, operation)]) : state;
  }

  /** Round a loop an operation gives another result: what was known of the last one is gone. */
  #again(state: State, operation: Operation): State {
    if (resultOf(operation) === undefined) return state;
    const key = this.variables.key({ kind: 'result', operation });
    const isOf = (held: Held): boolean =>
      held.kind === 'test' ? isOf(held.of) : held.kind === 'result' && held.operation === operation;
    const isKnown = (config: Config): boolean => config.facts.has(key) || [...config.values.values()].some(isOf);
    if (![...state.values()].some(isKnown)) return state;
    const next = new Map<string, Config>();
    for (const [name, config] of state) {
      const values = new Map([...config.values].filter(([, held]) => !isOf(held)));
      next.set(name, { ...config, values, facts: without(config.facts, key) });
    }
    return next;
  }

  thrown(operation: Operation, state: State): State | undefined {
    if (operation.kind !== 'call') return mayFail(operation) ? this.#caused(state, operation) : undefined;
    const summary = this.#around.summaryOf(this.node, operation);
    if (summary || this.#calls.actOf(operation) !== undefined) {
      const after = this.#each(state, (config) => this.#calls.called(config, operation).thrown);
      return after && this.#caused(after, operation);
    }
    return mayFail(operation) ? this.#caused(state, operation) : undefined;
  }

  along(end: End, way: number, state: State, { block, endsThrowing }: FlowNode): State | undefined {
    if (end.kind === 'branch') {
      const { operator, left, right } = comparisonAt(block, way === 0);
      return this.#each(state, (config) => this.#compared(config, operator, left, right));
    }
    if (end.kind === 'return') return this.#each(state, (config) => this.#answered(config, end));
    return endsThrowing && end.kind === 'throw' ? this.#caused(state, end) : state;
  }

  #each(state: State, change: (config: Config) => readonly Config[]): State | undefined {
    const next = new Map<string, Config>();
    for (const config of state.values()) for (const changed of change(config)) add(next, changed, this.#around.numbers);
    return next.size === 0 ? undefined : next;
  }

  /** The first exception is the one to tell of. */
  #caused(state: State, { at }: { readonly at: number }): State {
    const next = new Map<string, Config>();
    for (const [key, config] of state) next.set(key, config.cause === undefined ? { ...config, cause: at } : config);
    return next;
  }

  #compared(config: Config, operator: string, left: Operand, right: Operand): readonly Config[] {
    if (operator !== 'eq' && operator !== 'ne') return [config];
    const held = this.variables.heldBy(config, left);
    const other = this.variables.heldBy(config, right);
    if (config.sites.length > 0 && this.#isForgotten(config, left, held)) this.#isCut = true;
    if (!held || other?.kind !== 'constant') return [config];
    const isZero = nullnessOf(config, other, this.#around.numbers) === 'null';
    if (held.kind === 'constant' && !isZero)
      return (held.value === other.value) === (operator === 'eq') ? [config] : [];
    if (!isZero) return operator === 'eq' ? given(refined(config, held, false, this.#around.numbers)) : [config];
    return given(refined(config, held, operator === 'eq', this.#around.numbers));
  }

  #isForgotten(config: Config, operand: Operand, held: Held | undefined): boolean {
    const { forgotten } = this.#around.numbers;
    if (forgotten.size === 0) return false;
    if (!held) return forgotten.has(variableKey(operand));
    if (held.kind === 'test') return this.#isForgotten(config, operand, held.of);
    return nullnessOf(config, held, this.#around.numbers) === undefined && forgotten.has(this.variables.key(held));
  }

  /** Where a comparison is returned, each answer with what it tells. */
  #answered(config: Config, { value, at }: Extract<End, { kind: 'return' }>): readonly Config[] {
    const here = { ...config, cause: at };
    const held = value && this.variables.heldBy(config, value);
    if (!held) return [here];
    const known = nullnessOf(config, held, this.#around.numbers);
    if (held.kind === 'constant' || held.kind === 'caller' || held.kind === 'context')
      return [{ ...here, answer: held }];
    if (known !== undefined) return [{ ...here, answer: known === 'null' ? no : yes }];
    if (held.kind !== 'test' && held.kind !== 'answer') return [here];
    return [true, false].flatMap((isNull) =>
      given(refined(here, held, isNull, this.#around.numbers)).map((one) => ({ ...one, answer: isNull ? no : yes })),
    );
  }
}

function mayFail(operation: Operation): boolean {
  if (operation.kind !== 'call') return operation.kind === 'indirectCall';
  const { dispatch, method } = operation;
  if (dispatch !== 'new') return !isHardlyThrowing(method.name);
  return method.type.kind === 'named' && (method.definition !== undefined || opensWhenMade(method.type.name));
}

function changes(operation: Operation): boolean {
  return (
    resultOf(operation) !== undefined ||
    operation.kind === 'assign' ||
    operation.kind === 'storeField' ||
    operation.kind === 'addressOf'
  );
}
