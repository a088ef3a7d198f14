// What calls do to the identity: those of the framework, of Windows, and of the assembly's own methods.
import type { Call, Operand, Operation } from '../code/body.js';
import { variableKey } from '../code/definitions.js';
import type { MethodNode } from '../code/graph.js';
import { staticTypeOf } from '../code/static-types.js';
import {
  comparesReferences,
  findIdentityAct,
  findIdentityFunction,
  impersonationContext,
} from '../knowledge/impersonation.js';
import {
  first,
  joined,
  keyOf,
  no,
  put,
  refined,
  without,
  withSite,
  yes,
  type Config,
  type Fact,
  type Facts,
  type Held,
  type Numbers,
  type Site,
} from './identity-state.js';
import type { IdentityVariables } from './identity-variables.js';

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

export class IdentityCalls {
  readonly #node: MethodNode;
  readonly #around: Surroundings;
  readonly #variables: IdentityVariables;

  constructor(node: MethodNode, around: Surroundings, variables: IdentityVariables) {
    this.#node = node;
    this.#around = around;
    this.#variables = variables;
  }

  actOf({ method, instance, arguments: givenTo }: Call): Act | undefined {
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

  called(before: Config, call: Call): Ways {
    const config = this.#dereferenced(before, call);
    const target: Operand | undefined =
      call.result === undefined ? undefined : { kind: 'temporary', index: call.result };
    const hold = (one: Config, held: Held | undefined): Config =>
      target ? this.#variables.hold(one, target, held) : one;
    const act = this.actOf(call);
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
        if (this.#around.neverReturns(this.#node, call)) return { returned: [], thrown: [config] };
        return { returned: [this.#escaped(hold(same, this.#askedBy(config, call)), call)], thrown: [config] };
      }
    }
  }

  /** `ReferenceEquals(identity, null)`. */
  #askedBy(config: Config, { method: { type, name }, arguments: compared }: Call): Held | undefined {
    const [left, right, ...others] = compared;
    if (type.kind !== 'named' || !comparesReferences(type.name, name) || !left || !right || others.length > 0)
      return undefined;
    const [one, other] = isNull(left) ? [right, left] : [left, right];
    const of = isNull(other) ? this.#variables.heldBy(config, one) : undefined;
    return of && { kind: 'test', of, isNull: true };
  }

  /** What a member was called on was not null, or this is not reached. */
  #dereferenced(config: Config, { instance }: Call): Config {
    const held = instance && this.#variables.heldBy(config, instance);
    const isIdentity = held?.kind === 'caller' || held?.kind === 'parameter';
    return isIdentity
      ? { ...config, facts: put(config.facts, this.#variables.key(held), 'not', this.#around.numbers) }
      : config;
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
      sites: withSite(config.sites, site, this.#around.numbers),
      failed: undefined,
      facts: put(config.facts, this.#variables.key(held), 'not', this.#around.numbers),
    };
    const failed: Config = { ...config, failed: call };
    const isNative = call.method.definition !== undefined;
    return isNative
      ? { returned: [hold(after, yes), hold(failed, no)], thrown: [failed] }
      : { returned: [hold(after, held)], thrown: [failed] };
  }

  /** Undo: of the impersonation whose context it is called on, of the last where that is not known. */
  #reverted(config: Config, { instance }: Call): Config {
    const held = instance && this.#variables.heldBy(config, instance);
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
      return answer?.kind === 'context'
        ? { ...after, facts: put(after.facts, this.#variables.key(answer), 'not', this.#around.numbers) }
        : after;
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
      else if (key.startsWith('field ')) after = withField(after, key, fact, this.#around.numbers);
      if (!after) return undefined;
    }
    if (exit.isPopped) after = popped(after);
    if (exit.failed) after = { ...after, failed: call };
    const [innermost] = exit.sites.slice(-1);
    if (innermost)
      after = { ...after, sites: withSite(after.sites, { call, origin: innermost.origin }, this.#around.numbers) };
    let { values } = after;
    for (const key of exit.facts.keys()) if (key.startsWith('field ')) values = without(values, key);
    return { ...after, values, facts: this.#told(after, call, exit.facts) };
  }

  /** What a method found out of what it was given, and put into fields. */
  #told(config: Config, call: Call, facts: Facts): Facts {
    const { numbers } = this.#around;
    let after = config.facts;
    for (const [key, fact] of facts) {
      if (key.startsWith('field ')) after = put(after, key, fact, numbers);
      const held = key.startsWith('field ') ? undefined : this.#translated(config, call, key);
      if (held && held.kind !== 'constant' && held.kind !== 'test')
        after = put(after, this.#variables.key(held), fact, numbers);
    }
    return after;
  }

  #translated(config: Config, call: Call, key: string): Held | undefined {
    if (key === 'caller') return { kind: 'caller' };
    if (key.startsWith('parameter ')) {
      const operand = call.arguments[Number(key.slice('parameter '.length))];
      return operand && this.#variables.heldBy(config, operand);
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

export interface Ways {
  readonly returned: readonly Config[];
  readonly thrown: readonly Config[];
}

export function given<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function isNull(operand: Operand): boolean {
  return operand.kind === 'constant' && operand.value === null;
}

function isNothing(held: Held | undefined): boolean {
  return held?.kind === 'constant' && (held.value === null || held.value === 0);
}

function onlyCommon(one: Facts, other: Facts): Facts {
  return new Map([...one].filter(([key, fact]) => other.get(key) === fact));
}

/** Of a field the key says all: what is known of it decides; what is not is taken for given. */
function withField(config: Config, key: string, fact: Fact, numbers: Numbers): Config | undefined {
  const known = config.facts.get(key);
  if (known === 'open') return config;
  if (known !== undefined) return known === fact ? config : undefined;
  return {
    ...config,
    facts: put(config.facts, key, fact, numbers),
    assumed: put(config.assumed, key, fact, numbers),
  };
}

/** The last impersonation, or what the method was called with. */
function popped(config: Config): Config {
  return config.sites.length > 0 ? { ...config, sites: config.sites.slice(0, -1) } : { ...config, isPopped: true };
}

/** Whoever asks for the next row runs it under an identity of their own. */
export function resumed(config: Config): Config {
  return config.sites.length === 0 ? config : { ...config, sites: [] };
}
