// Where the variables of a body get their values.
import type { Body, Operand, Operation } from './body.js';

export interface Definitions {
  /** Of a temporary: one, but where control flow meets. */
  readonly temporaries: ReadonlyMap<number, readonly Operation[]>;
  /** Assignments to a local, wherever they stand. */
  readonly locals: ReadonlyMap<number, readonly Operand[]>;
  readonly parameters: ReadonlyMap<number, readonly Operand[]>;
  /** Locals and parameters whose address is taken: others may write them. */
  readonly exposed: ReadonlySet<string>;
}

export function definitionsOf(body: Body): Definitions {
  const temporaries = new Map<number, Operation[]>();
  const locals = new Map<number, Operand[]>();
  const parameters = new Map<number, Operand[]>();
  const exposed = new Set<string>();
  for (const { operations } of body.blocks) {
    for (const operation of operations) {
      const result = resultOf(operation);
      if (result !== undefined) listOf(temporaries, result).push(operation);
      if (operation.kind === 'addressOf') exposed.add(variableKey(operation.variable));
      if (operation.kind !== 'assign') continue;
      const { target, value } = operation;
      if (target.kind === 'local') listOf(locals, target.index).push(value);
      if (target.kind === 'parameter') listOf(parameters, target.index).push(value);
    }
  }
  return { temporaries, locals, parameters, exposed };
}

/** The temporary that an operation gives a value to. */
export function resultOf(operation: Operation): number | undefined {
  if (operation.kind === 'assign') return operation.target.kind === 'temporary' ? operation.target.index : undefined;
  return 'result' in operation ? operation.result : undefined;
}

export function variableKey(variable: Operand): string {
  return 'index' in variable ? `${variable.kind} ${variable.index}` : variable.kind;
}

function listOf<T>(map: Map<number, T[]>, key: number): T[] {
  let list = map.get(key);
  if (!list) map.set(key, (list = []));
  return list;
}
