// The evaluation stack while the instructions of a block are gone through: what lies on it is operands, what an instruction gives
// is a new temporary of the method (ECMA-335 III.1.7.5).
import type { Operand, Operation } from '../code/body.js';

export const nothing: readonly Operand[] = [];

export class EvaluationStack {
  #values: Operand[] = [];
  #operations: Operation[] = [];
  #temporaries = 0;
  /** An operand with no value: nothing is known of it. */
  #missing: Operand | undefined;

  /** Temporaries of the method so far. */
  get temporaries(): number {
    return this.#temporaries;
  }

  get values(): readonly Operand[] {
    return this.#values;
  }

  /** Begins a block with what lies there; gives where its operations are put. */
  begin(values: readonly Operand[]): readonly Operation[] {
    this.#values = [...values];
    this.#operations = [];
    return this.#operations;
  }

  clear(): void {
    this.#values = [];
  }

  add(operation: Operation): void {
    this.#operations.push(operation);
  }

  /** A new temporary, which is not pushed. */
  temporary(): number {
    return this.#temporaries++;
  }

  /** A new temporary, pushed. */
  result(): number {
    const index = this.#temporaries++;
    this.#values.push({ kind: 'temporary', index });
    return index;
  }

  push(operand: Operand): void {
    this.#values.push(operand);
  }

  pop(): Operand {
    const operand = this.#values.pop();
    if (operand) return operand;
    this.#missing ??= { kind: 'temporary', index: this.#temporaries++ };
    return this.#missing;
  }

  popMany(count: number): readonly Operand[] {
    if (count === 0) return nothing;
    const operands = new Array<Operand>(count);
    for (let index = count - 1; index >= 0; index--) operands[index] = this.pop();
    return operands;
  }

  /** Pops into a variable; what was loaded of it before keeps the value it had. */
  assign(at: number, target: Operand): void {
    const value = this.pop();
    this.#values.forEach((operand, depth) => {
      if (!isSame(operand, target)) return;
      const saved: Operand = { kind: 'temporary', index: this.#temporaries++ };
      this.#operations.push({ kind: 'assign', at, target: saved, value: operand });
      this.#values[depth] = saved;
    });
    this.#operations.push({ kind: 'assign', at, target, value });
  }
}

function isSame(a: Operand, b: Operand): boolean {
  if (a.kind === 'local') return b.kind === 'local' && a.index === b.index;
  return a.kind === 'parameter' && b.kind === 'parameter' && a.index === b.index;
}
