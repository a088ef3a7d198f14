// What the variables of a method hold, where that says something of identities.
import type { FieldAccess, Operand, Operation } from '../code/body.js';
import { variableKey } from '../code/definitions.js';
import type { MethodNode } from '../code/graph.js';
import type { Surroundings } from './identity-calls.js';
import { heldKey, nullnessOf, put, without, type Config, type Held } from './identity-state.js';

export class IdentityVariables {
  readonly #node: MethodNode;
  readonly #around: Surroundings;
  /** Variables that a branch asks for: what they hold is worth remembering. */
  readonly #asked: ReadonlySet<string>;

  constructor(node: MethodNode, around: Surroundings) {
    this.#node = node;
    this.#around = around;
    this.#asked = askedIn(node);
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

  through(config: Config, operation: Operation): Config {
    switch (operation.kind) {
      case 'assign':
        return this.hold(config, operation.target, this.heldBy(config, operation.value));
      case 'addressOf':
        return { ...config, values: without(config.values, variableKey(operation.variable)) };
      case 'storeField':
        return this.#store(config, operation);
      case 'loadField':
        return this.#load(config, operation);
      case 'convert': {
        const held = this.heldBy(config, operation.value);
        return this.hold(
          config,
          { kind: 'temporary', index: operation.result },
          operation.how === 'number' ? undefined : held,
        );
      }
      case 'compute':
        return this.hold(config, { kind: 'temporary', index: operation.result }, this.#computed(config, operation));
      default:
        return config;
    }
  }

  #load(config: Config, { field, result }: FieldAccess): Config {
    const { definition } = field;
    const target: Operand = { kind: 'temporary', index: result };
    // What a method gave to the object that goes on for it was asked there, if anywhere.
    const isOwn = !definition?.type.compilerGenerated;
    if (isOwn && this.#around.classOf(this.#node, target) === 'caller')
      return this.hold(config, target, { kind: 'caller' });
    if (!definition) return config;
    const held: Held = { kind: 'field', field: definition.field };
    return this.hold(config, target, config.values.get(this.key(held)) ?? held);
  }

  #computed(config: Config, { operator, operands }: Extract<Operation, { kind: 'compute' }>): Held | undefined {
    const [left, right = { kind: 'constant', value: 0 } as const] = operands;
    const of = left && this.heldBy(config, left);
    const isNull = right.kind === 'constant' && (right.value === null || right.value === 0);
    if (!of || !isNull || (operator !== 'ceq' && operator !== 'cgt')) return undefined;
    return { kind: 'test', of, isNull: operator === 'ceq' };
  }

  hold(config: Config, target: Operand, held: Held | undefined): Config {
    const key = variableKey(target);
    const isWorth = held && (this.#asked.has(key) || (held.kind !== 'constant' && held.kind !== 'result'));
    return {
      ...config,
      values: isWorth ? put(config.values, key, held, this.#around.numbers) : without(config.values, key),
    };
  }

  #store(config: Config, { field, value }: Extract<Operation, { kind: 'storeField' }>): Config {
    const held = this.heldBy(config, value);
    if (!field.definition) return config;
    const key = this.key({ kind: 'field', field: field.definition.field });
    const known = held && nullnessOf(config, held, this.#around.numbers);
    const isWorth = held && held.kind !== 'constant' && held.kind !== 'result' && held.kind !== 'parameter';
    return {
      ...config,
      values: isWorth ? put(config.values, key, held, this.#around.numbers) : without(config.values, key),
      facts: put(config.facts, key, known ?? 'open', this.#around.numbers),
    };
  }

  key(held: Held): string {
    return heldKey(held, this.#around.numbers);
  }
}

/** Locals and temporaries that decide a branch, are returned or given to a method, what is compared for them, and what they were. */
function askedIn({ method }: MethodNode): ReadonlySet<string> {
  const asked = new Set<string>();
  const copied = new Map<string, string[]>();
  for (const { operations, end } of method.body?.blocks ?? []) {
    if (end.kind === 'branch') asked.add(variableKey(end.left));
    if (end.kind === 'return' && end.value) asked.add(variableKey(end.value));
    for (const operation of operations) {
      if (operation.kind === 'call' && operation.method.definition)
        for (const operand of operation.arguments) asked.add(variableKey(operand));
      if (operation.kind === 'compute' && (operation.operator === 'ceq' || operation.operator === 'cgt'))
        for (const operand of operation.operands) asked.add(variableKey(operand));
      if (operation.kind === 'assign') {
        const target = variableKey(operation.target);
        const known = copied.get(target);
        if (known) known.push(variableKey(operation.value));
        else copied.set(target, [variableKey(operation.value)]);
      }
    }
  }
  // A set is gone through with what is added on the way.
  for (const key of asked) for (const from of copied.get(key) ?? []) asked.add(from);
  return asked;
}
