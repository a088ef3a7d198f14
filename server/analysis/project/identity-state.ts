// What is known of the identity a thread runs under at one point, on the ways that lead there with the same identity: what was
// asked of a variable on one of them is remembered with it (property simulation: Das, Lerner, Seigle, "ESP").
import type { Call, ConstantValue, Operation } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import type { FieldDef } from '../code/model.js';

export interface At {
  readonly node: MethodNode;
  readonly operation: Operation;
}

/** A change of identity that is not undone: the call in this method, and the one that does it, here or further in. */
export interface Site {
  readonly call: Call;
  readonly origin: At;
}

/** What a variable holds. */
export type Held =
  | { readonly kind: 'constant'; readonly value: ConstantValue }
  /** SqlContext.WindowsIdentity: the same whenever it is asked for. */
  | { readonly kind: 'caller' }
  /** What undoes an impersonation. */
  | { readonly kind: 'context'; readonly call: Call }
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'field'; readonly field: FieldDef }
  | { readonly kind: 'result'; readonly operation: Operation }
  /** Whether another is null, or is not. */
  | { readonly kind: 'test'; readonly of: Held; readonly isNull: boolean }
  /** What a method of the assembly's own answers, and what is known then. */
  | { readonly kind: 'answer'; readonly call: Call; readonly yes: Facts; readonly no: Facts };

/** `null` stands for zero and false too; `open` for what was known once, and has changed. */
export type Fact = 'null' | 'not' | 'open';
export type Facts = ReadonlyMap<string, Fact>;

/** One identity, and what holds on every way to it. */
export interface Config {
  /** Impersonations, the one in force last. */
  readonly sites: readonly Site[];
  /** What the method was called with is undone. */
  readonly isPopped: boolean;
  /** An attempt to impersonate that went wrong. */
  readonly failed: Call | undefined;
  /** What is returned, where the way ends. */
  readonly answer: Held | undefined;
  /** Where the first exception came from that is on its way, or the return stands. */
  readonly cause: number | undefined;
  readonly values: ReadonlyMap<string, Held>;
  readonly facts: Facts;
  /** Facts of what the method was given, without which it does not come here. */
  readonly assumed: Facts;
  /** Ways that differ in what they assume were put together. */
  readonly isMixed: boolean;
}

/** By identity: `keyOf`. */
export type State = ReadonlyMap<string, Config>;

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

export const first: Config = {
  sites: [],
  isPopped: false,
  failed: undefined,
  answer: undefined,
  cause: undefined,
  values: nothing,
  facts: nothing,
  assumed: nothing,
  isMixed: false,
};

export const yes: Held = { kind: 'constant', value: 1 };
export const no: Held = { kind: 'constant', value: 0 };

/** Numbers for operations, so that they can stand in keys. */
export class Numbers {
  readonly #numbers = new Map<object, number>();
  /** What there was too much of to know it all, in the method that is studied: keys of variables and facts, and `sites`. */
  readonly forgotten = new Set<string>();

  of(thing: object): number {
    let number = this.#numbers.get(thing);
    if (number === undefined) this.#numbers.set(thing, (number = this.#numbers.size));
    return number;
  }
}

/** The identity, and then what is assumed. */
export function keyOf(config: Config, numbers: Numbers): string {
  const { assumed, isMixed } = config;
  const facts = isMixed ? ['mixed'] : [...assumed].map(([key, fact]) => `${key} ${fact}`).sort();
  return `${identityKey(config, numbers)} | ${facts.join()}`;
}

function identityKey({ sites, isPopped, failed, answer }: Config, numbers: Numbers): string {
  const parts = [...sites.map(({ call }) => numbers.of(call)), isPopped ? 'popped' : ''];
  if (failed) parts.push(`failed ${numbers.of(failed)}`);
  if (answer) parts.push(answer.kind === 'constant' ? `= ${String(answer.value)}` : heldKey(answer, numbers));
  return parts.join(' ');
}

/** Adds a way to others; of too many with one identity one is made. Gives whether that changed them. */
export function add(state: Map<string, Config>, config: Config, numbers: Numbers): boolean {
  const identity = identityKey(config, numbers);
  const mixedKey = `${identity} | mixed`;
  const key = state.has(mixedKey) ? mixedKey : keyOf(config, numbers);
  const known = state.get(key);
  if (known) {
    const after = joined(known, config, numbers);
    state.set(key, after);
    return after !== known;
  }
  const others = [...state].filter(([other]) => other.startsWith(`${identity} | `));
  if (others.length < maximumAssumptions) {
    state.set(key, config);
    return true;
  }
  let mixed: Config = { ...config, isMixed: true };
  for (const [other, one] of others) {
    state.delete(other);
    mixed = joined(mixed, one, numbers);
  }
  state.set(mixedKey, mixed);
  return true;
}

/** Ways told apart that have one identity. */
const maximumAssumptions = 4;

export function heldKey(held: Held, numbers: Numbers): string {
  switch (held.kind) {
    case 'constant':
      return `constant ${typeof held.value} ${String(held.value)}`;
    case 'caller':
      return 'caller';
    case 'parameter':
      return `parameter ${held.index}`;
    case 'field':
      return `field ${numbers.of(held.field)}`;
    case 'context':
    case 'answer':
      return `${held.kind} ${numbers.of(held.call)}`;
    case 'result':
      return `result ${numbers.of(held.operation)}`;
    case 'test':
      return `test ${held.isNull} ${heldKey(held.of, numbers)}`;
  }
}

/** The same object where nothing is lost. */
export function joined(known: Config, arriving: Config, numbers: Numbers): Config {
  const values = common(known.values, arriving.values, (a, b) => heldKey(a, numbers) === heldKey(b, numbers));
  const facts = common(known.facts, arriving.facts, (a, b) => a === b);
  const assumed = common(known.assumed, arriving.assumed, (a, b) => a === b);
  const cause = known.cause ?? arriving.cause;
  if (values === known.values && facts === known.facts && assumed === known.assumed && cause === known.cause)
    return known;
  return { ...known, values, facts, assumed, cause };
}

function common<T>(
  known: ReadonlyMap<string, T>,
  arriving: ReadonlyMap<string, T>,
  isSame: (a: T, b: T) => boolean,
): ReadonlyMap<string, T> {
  if (known === arriving) return known;
  let lost: Map<string, T> | undefined;
  for (const [key, value] of known) {
    const other = arriving.get(key);
    if (other === undefined || !isSame(value, other)) (lost ??= new Map(known)).delete(key);
  }
  return lost ?? known;
}

/** With one entry more, and the oldest of too many gone, which is remembered. */
export function put<T>(
  map: ReadonlyMap<string, T>,
  key: string,
  value: T,
  { forgotten }: Numbers,
): ReadonlyMap<string, T> {
  if (map.get(key) === value) return map;
  const next = new Map(map);
  next.delete(key);
  next.set(key, value);
  const [oldest] = next.keys();
  if (next.size > maximumEntries && oldest !== undefined) {
    next.delete(oldest);
    forgotten.add(oldest);
  }
  return next;
}

/** With an impersonation more; round a loop it is the same one. */
export function withSite(sites: readonly Site[], site: Site, { forgotten }: Numbers): readonly Site[] {
  const next = [...sites.filter(({ call }) => call !== site.call), site];
  if (next.length > maximumNesting) forgotten.add('sites');
  return next.slice(-maximumNesting);
}

const maximumNesting = 4;

export function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
}

const maximumEntries = 64;

/** Whether what is held is null; undefined where that is not known. */
export function nullnessOf({ facts }: Config, held: Held, numbers: Numbers): 'null' | 'not' | undefined {
  switch (held.kind) {
    case 'constant':
      return held.value === null || held.value === 0 || held.value === 0n ? 'null' : 'not';
    case 'test': {
      const inner = nullnessOf({ facts } as Config, held.of, numbers);
      return inner === undefined ? undefined : (inner === 'null') === held.isNull ? 'not' : 'null';
    }
    default: {
      if (held.kind === 'result' && held.operation.kind === 'call' && held.operation.dispatch === 'new') return 'not';
      const fact = facts.get(heldKey(held, numbers));
      return fact === 'open' ? undefined : fact;
    }
  }
}

/** What is known where a thing is null, or is not; undefined where it cannot be. */
export function refined(config: Config, held: Held, isNull: boolean, numbers: Numbers): Config | undefined {
  const known = nullnessOf(config, held, numbers);
  if (known !== undefined) return (known === 'null') === isNull ? config : undefined;
  if (held.kind === 'test') return refined(config, held.of, isNull ? !held.isNull : held.isNull, numbers);
  const key = heldKey(held, numbers);
  const fact = isNull ? 'null' : 'not';
  const isGiven = held.kind === 'caller' || held.kind === 'parameter' || held.kind === 'field';
  const assumed = isGiven && !config.facts.has(key) ? put(config.assumed, key, fact, numbers) : config.assumed;
  let facts = put(config.facts, key, fact, numbers);
  if (held.kind === 'answer')
    for (const [one, also] of isNull ? held.no : held.yes) facts = put(facts, one, also, numbers);
  return { ...config, facts, assumed };
}
