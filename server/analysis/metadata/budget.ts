// How much reading one image may ask for. An honest one has each of its blobs read about once; a hostile one, every row
// of which names the same large blob or runs into the next, would be read for hours and fill the memory.
import { BadImage } from './bytes.js';

/** What a read that fails costs: exceptions are dear. */
const failure = 256;

export class Budget {
  #left: number;

  /** A unit is some nanoseconds, or eight bytes of the model. */
  constructor(units: number) {
    this.#left = units;
  }

  /** Whether there is as much left. */
  take(units: number): boolean {
    this.#left -= units;
    return this.#left >= 0;
  }

  spend(units: number): void {
    if (!this.take(units))
      throw new BadImage('malformed', 'The metadata says the same bytes over and over: too much to read');
  }

  /** Undefined where the bytes do not allow it, or the budget; `failed` is told why. */
  attempt<T>(read: () => T, failed?: (why: BadImage) => void): T | undefined {
    if (this.#left < 0) return undefined;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof BadImage)) throw error;
      this.#left -= failure;
      failed?.(error);
      return undefined;
    }
  }
}

/** What is paid for is kept: to ask again costs nothing. */
export function madeOnce<T>(known: Map<number, T>, key: number, make: () => T): T {
  const before = known.get(key);
  if (before !== undefined || known.has(key)) return before as T;
  const now = make();
  known.set(key, now);
  return now;
}
