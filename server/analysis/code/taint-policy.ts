// What a search for taint is told of calls that lead out of the assembly, and of the values that do no harm.
import type { Call } from './body.js';
import type { CheckPolicy } from './checks.js';
import type { MethodDef, TypeRef } from './model.js';
import type { Step, ValueFlow } from './value-flow.js';

/** Bits, one for each kind of harm that a value can still do. */
export type Harm = number;

export interface CallIn {
  readonly flow: ValueFlow;
  readonly step: Step;
  readonly call: Call;
}

/** What a call does with one of its operands (those of `operandsOf`: the instance first). */
export type Passage =
  | { readonly to: 'result'; readonly keeps: Harm; readonly isJoined?: boolean }
  /** Into the object that another operand is, or the variable whose address it is. */
  | { readonly to: number; readonly keeps: Harm; readonly isJoined?: boolean }
  /** To a parameter of a delegate, whose result comes back as the call's. */
  | {
      readonly to: 'delegate';
      readonly delegate: number;
      readonly parameter: number;
      readonly keeps: Harm;
      readonly isJoined?: boolean;
    };

export interface Policy<Sink> extends CheckPolicy {
  passagesOf(at: CallIn, operand: number): readonly Passage[];
  sinksOf(at: CallIn, operand: number): readonly { readonly harm: Harm; readonly sink: Sink }[];
  /** The harm that is left of a value as an element of an array that is made for a call. */
  keptAsElement(flow: ValueFlow, step: Step): Harm;
  /** Numbers, dates and their like do no harm. */
  isHarmless(type: TypeRef): boolean;
  isReached(method: MethodDef): boolean;
}
