// How one method changes the identity it runs under: its control flow with what `identity-state.ts` knows at each point.
import type { Call, End, Operand, Operation } from '../code/body.js';
import type { FlowNode } from '../code/control-flow.js';
import { comparisonAt } from '../code/conditions.js';
import type { Analysis } from '../code/dataflow.js';
import { resultOf, variableKey } from '../code/definitions.js';
import type { MethodNode } from '../code/graph.js';
import { staticTypeOf } from '../code/static-types.js';
import { findIdentityAct, findIdentityFunction, impersonationContext } from '../knowledge/impersonation.js';
import {
  add,
  first,
  heldKey,
  joined,
  keyOf,
  nullnessOf,
  put,
  refined,
  without,
  type Config,
  type Fact,
  type Facts,
  type Held,
  type Numbers,
  type Site,
  type State,
} from './identity-state.js';

/** What a method of the assembly's own may do to the identity of whoever calls it: each way out of it. */
export interface Summary {
  readonly returned: readonly Config[];
  readonly thrown: readonly Config[];
  /** What must not be null when it is called, and where it would fail. */
  readonly required: ReadonlyMap<string, Required>;
}

export interface Required {
  readonly node: MethodNode;
  readonly call: Call;
}

/** What the whole assembly knows that a method calls. */
export interface Surroundings {
  readonly numbers: Numbers;
  /** Of what a call runs, where that is the assembly's own and has to do with identities. */
  summaryOf(node: MethodNode, call: Call): Summary | undefined;
  /** Whether a field or parameter holds SqlContext.WindowsIdentity, or what undoes an impersonation. */
  classOf(node: MethodNode, operand: Operand): 'caller' | 'context' | undefined;
  /** The value of the argument is zero, which stands for no token. */
  isZero(node: MethodNode, operand: Operand): boolean;
  /** It ends with an exception each time. */
  neverReturns(node: MethodNode, call: Call): boolean;
  /** Where control comes back later, and whoever asks then runs it. */
  isSuspension(node: MethodNode, operation: Operation): boolean;
}

/** Ways with an identity of their own that are told apart at one point. */
const maximumConfigs = 24;

export class IdentityFlow implements Analysis<State> {
  readonly start: State;
  readonly #node: MethodNode;
  readonly #around: Surroundings;
  /** Variables that a branch asks for: what they hold is worth remembering. */
  readonly #asked: ReadonlySet<string>;
  /** Ways were left out. */
  isCut = false;

  constructor(node: MethodNode, around: Surroundings) {
    this.#node = node;
    this.#around = around;
    this.#asked = askedIn(node);
    const start = this.#begin();
    this.start = new Map([[keyOf(start, around.numbers), start]]);
  }

  /** The fields of a new object are zero. */
  #begin(): Config {
    const { type, method } = this.#node;
    const fields = method.name === '.ctor' && type.fields.length <= mostFields ? type.fields : [];
    let facts: Facts = first.facts;
    for (const field of fields) if (!field.isStatic) facts = put(facts, this.#key({ kind: 'field', field }), 'null');
    return fields.length === 0 ? first : { ...first, facts };
  }

  join(known: State, arriving: State): State {
    const next = new Map(known);
    let isChanged = false;
    for (const config of arriving.values()) if (add(next, config, this.#around.numbers)) isChanged = true;
    if (next.size > maximumConfigs) {
      this.isCut = true;
      return known;
    }
    return isChanged ? next : known;
  }

  after(operation: Operation, before: State): State | undefined {
    const state = this.#again(before, operation);
    if (operation.kind === 'call') return this.#each(state, (config) => this.#called(config, operation).returned);
    if (this.#around.isSuspension(this.#node, operation)) return this.#each(state, (config) => [resumed(config)]);
    return changes(operation) ? this.#each(state, (config) => [this.#through(config, operation)]) : state;
  }

  /** Round a loop an operation gives another result: what was known of the last one is gone. */
  #again(state: State, operation: Operation): State {
    if (resultOf(operation) === undefined) return state;
    const key = this.#key({ kind: 'result', operation });
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
    const summary = this.#around.summaryOf(this.#node, operation);
    if (summary || this.#actOf(operation) !== undefined) {
      const after = this.#each(state, (config) => this.#called(config, operation).thrown);
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

  /** What an operand holds where a way leads by. */
  heldBy(config: Config, operand: Operand): Held | undefined {
    if (operand.kind === 'constant') return { kind: 'constant', value: operand.value };
    const known = config.values.get(variableKey(operand));
    if (known) return known;
    const { definitions } = this.#node;
    if (operand.kind === 'parameter')
      return definitions.parameters.has(operand.index) ? undefined : { kind: 'parameter', index: operand.index };
    if (operand.kind !== 'temporary') return undefined;
    const [only, ...others] = definitions.temporaries.get(operand.index) ?? [];
    return only && others.length === 0 && only.kind !== 'assign' ? { kind: 'result', operation: only } : undefined;
  }

  #compared(config: Config, operator: string, left: Operand, right: Operand): readonly Config[] {
    if (operator !== 'eq' && operator !== 'ne') return [config];
    const held = this.heldBy(config, left);
    const other = this.heldBy(config, right);
    if (!held || other?.kind !== 'constant') return [config];
    const isZero = nullnessOf(config, other, this.#around.numbers) === 'null';
    if (held.kind === 'constant' && !isZero)
      return (held.value === other.value) === (operator === 'eq') ? [config] : [];
    if (!isZero) return operator === 'eq' ? given(refined(config, held, false, this.#around.numbers)) : [config];
    return given(refined(config, held, operator === 'eq', this.#around.numbers));
  }

  /** Where a comparison is returned, each answer with what it tells. */
  #answered(config: Config, { value, at }: Extract<End, { kind: 'return' }>): readonly Config[] {
    const here = { ...config, cause: at };
    const held = value && this.heldBy(config, value);
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

  #through(config: Config, operation: Operation): Config {
    switch (operation.kind) {
      case 'assign':
        return this.#hold(config, operation.target, this.heldBy(config, operation.value));
      case 'addressOf':
        return { ...config, values: without(config.values, variableKey(operation.variable)) };
      case 'storeField':
        return this.#store(config, operation);
      case 'loadField': {
        const { definition } = operation.field;
        const target: Operand = { kind: 'temporary', index: operation.result };
        if (this.#around.classOf(this.#node, target) === 'caller')
          return this.#hold(config, target, { kind: 'caller' });
        if (!definition) return config;
        const field: Held = { kind: 'field', field: definition.field };
        return this.#hold(config, target, config.values.get(this.#key(field)) ?? field);
      }
      case 'convert': {
        const held = this.heldBy(config, operation.value);
        return this.#hold(
          config,
          { kind: 'temporary', index: operation.result },
          operation.how === 'number' ? undefined : held,
        );
      }
      case 'compute':
        return this.#hold(config, { kind: 'temporary', index: operation.result }, this.#computed(config, operation));
      default:
        return config;
    }
  }

  #computed(config: Config, { operator, operands }: Extract<Operation, { kind: 'compute' }>): Held | undefined {
    const [left, right = { kind: 'constant', value: 0 } as const] = operands;
    const of = left && this.heldBy(config, left);
    const isNull = right.kind === 'constant' && (right.value === null || right.value === 0);
    if (!of || !isNull || (operator !== 'ceq' && operator !== 'cgt')) return undefined;
    return { kind: 'test', of, isNull: operator === 'ceq' };
  }

  #hold(config: Config, target: Operand, held: Held | undefined): Config {
    const key = variableKey(target);
    const isWorth = held && (this.#asked.has(key) || (held.kind !== 'constant' && held.kind !== 'result'));
    return { ...config, values: isWorth ? put(config.values, key, held) : without(config.values, key) };
  }

  #store(config: Config, { field, value }: Extract<Operation, { kind: 'storeField' }>): Config {
    const held = this.heldBy(config, value);
    if (!field.definition) return config;
    const key = this.#key({ kind: 'field', field: field.definition.field });
    const known = held && nullnessOf(config, held, this.#around.numbers);
    const isWorth = held && held.kind !== 'constant' && held.kind !== 'result' && held.kind !== 'parameter';
    return {
      ...config,
      values: isWorth ? put(config.values, key, held) : without(config.values, key),
      facts: put(config.facts, key, known ?? 'open'),
    };
  }

  #key(held: Held): string {
    return heldKey(held, this.#around.numbers);
  }

  #actOf({ method, instance, arguments: givenTo }: Call): Act | undefined {
    const { type, name } = method;
    if (method.definition) {
      const { import: imported } = method.definition.method;
      return imported && findIdentityFunction(imported.name);
    }
    const act = type.kind === 'named' ? findIdentityAct(type.name, name) : undefined;
    if (act === 'impersonates' && givenTo[0] && this.#around.isZero(this.#node, givenTo[0])) return 'reverts';
    if (act || name !== 'Dispose' || !instance) return act;
    const seen = staticTypeOf(this.#node, instance);
    const isContext = seen?.kind === 'named' && seen.name === impersonationContext;
    return isContext || this.#around.classOf(this.#node, instance) === 'context' ? 'reverts' : undefined;
  }

  #called(before: Config, call: Call): Ways {
    const config = this.#dereferenced(before, call);
    const target: Operand | undefined =
      call.result === undefined ? undefined : { kind: 'temporary', index: call.result };
    const hold = (one: Config, held: Held | undefined): Config => (target ? this.#hold(one, target, held) : one);
    const act = this.#actOf(call);
    const same = hold(config, undefined);
    switch (act) {
      case 'caller':
        return { returned: [hold(config, { kind: 'caller' })], thrown: [] };
      case 'impersonates':
        return this.#impersonated(config, call, hold);
      case 'reverts': {
        const after = this.#reverted(config, call);
        return { returned: [hold(after, undefined)], thrown: [after] };
      }
      case 'logs on':
        return {
          returned: [hold(config, yes), hold({ ...config, failed: call }, no)],
          thrown: [{ ...config, failed: call }],
        };
      case 'runs':
      case undefined: {
        const summary = this.#around.summaryOf(this.#node, call);
        if (summary) return this.#applied(config, call, summary, hold);
        if (this.#around.isSuspension(this.#node, call))
          return { returned: [hold(resumed(config), undefined)], thrown: [config] };
        const returned = this.#around.neverReturns(this.#node, call) ? [] : [this.#escaped(same, call)];
        return { returned, thrown: [config] };
      }
    }
  }

  /** What a member was called on was not null, or this is not reached. */
  #dereferenced(config: Config, { instance }: Call): Config {
    const held = instance && this.heldBy(config, instance);
    const isIdentity = held?.kind === 'caller' || held?.kind === 'parameter';
    return isIdentity ? { ...config, facts: put(config.facts, this.#key(held), 'not') } : config;
  }

  /** A variable whose address was given away may hold anything then. */
  #escaped(config: Config, call: Call): Config {
    let values = config.values;
    for (const operand of call.arguments) {
      const [definition] =
        operand.kind === 'temporary' ? (this.#node.definitions.temporaries.get(operand.index) ?? []) : [];
      if (definition?.kind === 'addressOf') values = without(values, variableKey(definition.variable));
    }
    return values === config.values ? config : { ...config, values };
  }

  #impersonated(config: Config, call: Call, hold: (one: Config, held: Held | undefined) => Config): Ways {
    const site: Site = { call, origin: { node: this.#node, operation: call } };
    const held: Held = { kind: 'context', call };
    const after: Config = {
      ...config,
      // Round a loop it is the same one.
      sites: [...config.sites.filter((one) => one.call !== call), site].slice(-maximumNesting),
      failed: undefined,
      facts: put(config.facts, this.#key(held), 'not'),
    };
    const failed: Config = { ...config, failed: call };
    const isNative = call.method.definition !== undefined;
    return isNative
      ? { returned: [hold(after, yes), hold(failed, no)], thrown: [failed] }
      : { returned: [hold(after, held)], thrown: [failed] };
  }

  /** Undo: of the impersonation whose context it is called on, of the last where that is not known. */
  #reverted(config: Config, { instance }: Call): Config {
    const held = instance && this.heldBy(config, instance);
    const { sites } = config;
    if (!instance) return { ...config, sites: [], isPopped: sites.length === 0 };
    if (held?.kind === 'context') {
      const at = sites.findIndex(({ call }) => call === held.call);
      return at < 0 ? config : { ...config, sites: sites.slice(0, at) };
    }
    return popped(config);
  }

  #applied(
    config: Config,
    call: Call,
    { returned, thrown }: Summary,
    hold: (one: Config, held: Held | undefined) => Config,
  ): Ways {
    const ways = new Map<string, { config: Config; exits: Config[] }>();
    for (const exit of returned) {
      const after = this.#left(config, call, exit);
      if (!after) continue;
      const key = keyOf(after, this.#around.numbers);
      const known = ways.get(key);
      if (known) {
        known.config = joined(known.config, after, this.#around.numbers);
        known.exits.push(exit);
      } else ways.set(key, { config: after, exits: [exit] });
    }
    const answered = (way: { readonly config: Config; readonly exits: readonly Config[] }): Config => {
      const answer = this.#answerOf(call, way.exits);
      const after = hold(way.config, answer);
      return answer?.kind === 'context' ? { ...after, facts: put(after.facts, this.#key(answer), 'not') } : after;
    };
    return {
      returned: [...ways.values()].map(answered),
      thrown: thrown.flatMap((exit) => given(this.#left(config, call, exit))),
    };
  }

  /** As an exit of the method that is called leaves it; undefined where that is not taken as things stand. */
  #left(config: Config, call: Call, exit: Config): Config | undefined {
    let after: Config | undefined = config;
    for (const [key, fact] of exit.assumed) {
      const held = key.startsWith('field ') ? undefined : this.#translated(config, call, key);
      if (held) after = refined(after, held, fact === 'null', this.#around.numbers);
      else if (key.startsWith('field ')) after = withField(after, key, fact);
      if (!after) return undefined;
    }
    if (exit.isPopped) after = popped(after);
    if (exit.failed) after = { ...after, failed: call };
    const [innermost] = exit.sites.slice(-1);
    if (innermost)
      after = {
        ...after,
        sites: [...after.sites.filter((one) => one.call !== call), { call, origin: innermost.origin }].slice(
          -maximumNesting,
        ),
      };
    let { values } = after;
    for (const key of exit.facts.keys()) if (key.startsWith('field ')) values = without(values, key);
    return { ...after, values, facts: this.#told(after, call, exit.facts) };
  }

  /** What a method found out of what it was given, and put into fields. */
  #told(config: Config, call: Call, facts: Facts): Facts {
    let after = config.facts;
    for (const [key, fact] of facts) {
      if (key.startsWith('field ')) after = put(after, key, fact);
      const held = key.startsWith('field ') ? undefined : this.#translated(config, call, key);
      if (held && held.kind !== 'constant' && held.kind !== 'test') after = put(after, this.#key(held), fact);
    }
    return after;
  }

  #translated(config: Config, call: Call, key: string): Held | undefined {
    if (key === 'caller') return { kind: 'caller' };
    if (key.startsWith('parameter ')) {
      const operand = call.arguments[Number(key.slice('parameter '.length))];
      return operand && this.heldBy(config, operand);
    }
    return undefined;
  }

  #answerOf(call: Call, exits: readonly Config[]): Held | undefined {
    const answers = exits.map(({ answer }) => answer);
    const [only] = answers;
    if (answers.every((one) => one?.kind === 'context')) return { kind: 'context', call };
    if (
      answers.some((one) => one?.kind === 'caller') &&
      answers.every((one) => one?.kind === 'caller' || isNothing(one))
    )
      return { kind: 'caller' };
    if (!answers.every((one) => one?.kind === 'constant')) return undefined;
    const zeros = exits.filter(({ answer }) => isNothing(answer));
    if (zeros.length === 0 || zeros.length === exits.length)
      return answers.length === 1 ? only : zeros.length === 0 ? yes : no;
    const facts = (some: readonly Config[]): Facts =>
      this.#told(first, call, some.map((one) => one.facts).reduce(onlyCommon));
    return { kind: 'answer', call, yes: facts(exits.filter((exit) => !zeros.includes(exit))), no: facts(zeros) };
  }
}

type Act = 'caller' | 'impersonates' | 'reverts' | 'runs' | 'logs on';

interface Ways {
  readonly returned: readonly Config[];
  readonly thrown: readonly Config[];
}

const maximumNesting = 4;
const mostFields = 16;
const yes: Held = { kind: 'constant', value: 1 };
const no: Held = { kind: 'constant', value: 0 };

function given<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function isNothing(held: Held | undefined): boolean {
  return held?.kind === 'constant' && (held.value === null || held.value === 0);
}

function onlyCommon(one: Facts, other: Facts): Facts {
  return new Map([...one].filter(([key, fact]) => other.get(key) === fact));
}

/** Of a field the key says all: what is known of it decides; what is not is taken for given. */
function withField(config: Config, key: string, fact: Fact): Config | undefined {
  const known = config.facts.get(key);
  if (known === 'open') return config;
  if (known !== undefined) return known === fact ? config : undefined;
  return { ...config, facts: put(config.facts, key, fact), assumed: put(config.assumed, key, fact) };
}

/** The last impersonation, or what the method was called with. */
function popped(config: Config): Config {
  return config.sites.length > 0 ? { ...config, sites: config.sites.slice(0, -1) } : { ...config, isPopped: true };
}

/** Whoever asks for the next row runs it under an identity of their own. */
function resumed(config: Config): Config {
  return config.sites.length === 0 ? config : { ...config, sites: [] };
}

/** Members that hardly ever throw: to think of each would find a way out without Undo everywhere. */
const harmless =
  /^(?:get_|set_|add_|remove_|op_|(?:Close|Dispose|Flush|ToString|Equals|GetHashCode|GetType|Append|AppendFormat|AppendLine|Concat|Format|IsNullOrEmpty|GetEnumerator|MoveNext|Reset|Add|Exit|Enter)$)/;

/** Of objects only those that reach outside are opened when they are made. */
const opening = /^System\.(?:Data|Diagnostics|DirectoryServices|IO|Management|Net)\./;

function mayFail(operation: Operation): boolean {
  if (operation.kind !== 'call') return operation.kind === 'indirectCall';
  const { dispatch, method } = operation;
  if (dispatch !== 'new') return !harmless.test(method.name);
  return method.type.kind === 'named' && (method.definition !== undefined || opening.test(method.type.name));
}

/** Locals and temporaries that decide a branch, are returned or given to a method, and what is compared for them. */
function askedIn({ method }: MethodNode): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const { operations, end } of method.body?.blocks ?? []) {
    if (end.kind === 'branch') asked.add(variableKey(end.left));
    if (end.kind === 'return' && end.value) asked.add(variableKey(end.value));
    for (const operation of operations) {
      if (operation.kind === 'call' && operation.method.definition)
        for (const operand of operation.arguments) asked.add(variableKey(operand));
      if (operation.kind === 'compute' && (operation.operator === 'ceq' || operation.operator === 'cgt'))
        for (const operand of operation.operands) asked.add(variableKey(operand));
    }
  }
  return asked;
}

function changes(operation: Operation): boolean {
  return (
    resultOf(operation) !== undefined ||
    operation.kind === 'assign' ||
    operation.kind === 'storeField' ||
    operation.kind === 'addressOf'
  );
}
