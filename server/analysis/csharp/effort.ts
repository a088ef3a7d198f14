// How much the bodies of one assembly may ask for before they are as the model has them. An honest assembly is far below; a hostile
// one, whose overloads are given lambdas that call overloads, would ask for twice as much with each line.

export class Effort {
  #left: number;

  /** A unit is an expression, or what a candidate for a call takes of one argument: a few microseconds. */
  constructor(units = 1_500_000) {
    this.#left = units;
  }

  /** Whether there is as much left. */
  take(units: number): boolean {
    this.#left -= units;
    return this.#left >= 0;
  }

  get isSpent(): boolean {
    return this.#left < 0;
  }
}
