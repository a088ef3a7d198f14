// What threads that lint together have in common: the files as they were read once, and which pieces of the work are begun.
import type { Found } from '../analysis/rules/rule-memory.js';
import type { RuleLevels, Settings, Workspace } from '../analysis/workspace.js';
import type { InputFile } from './read.js';

/** What a thread starts with: memory that all of them see. */
export interface Task {
  /** A serialized `Given`. */
  readonly given: SharedArrayBuffer;
  /** What `Begun` counts. */
  readonly begun: SharedArrayBuffer;
  /** From 1; the first thread is 0. */
  readonly thread: number;
}

export interface Given {
  readonly files: readonly Pick<InputFile, 'uri' | 'content'>[];
  readonly settings: SentSettings;
}

/** Which files an override holds for is known to the first thread alone, which applies them. */
export type SentSettings = Omit<Settings, 'overrides'> & {
  readonly overrides: readonly { readonly rules: RuleLevels }[];
};

/** What a thread has seen to. */
export interface Share {
  /** Of which project: threads that have read another one, since a file took one of them too long, found nothing that counts. */
  readonly project: string;
  /** By the number of the piece. */
  readonly found: readonly (readonly [piece: number, found: Found])[];
  /** Of rules, in words. */
  readonly failures: readonly string[];
}

/**
 * The pieces that are begun, from both ends: the first thread begins with the last of them, the rules about the project, and goes on
 * with scripts, the others begin with assemblies. So for as long as there is enough, none reads what only others' pieces need.
 */
export class Begun {
  readonly #begun: BigInt64Array;

  constructor(begun: SharedArrayBuffer) {
    this.#begun = new BigInt64Array(begun);
  }

  static for(threads: number): SharedArrayBuffer {
    return new SharedArrayBuffer(8 * threads);
  }

  /** Of so many, one that nobody has begun. */
  next(pieces: number, thread: number): number | undefined {
    // How many from the front, and in the upper half how many from the back: one number, so that no two threads see the same.
    const before = Atomics.add(this.#begun, 0, thread === 0 ? 1n << 32n : 1n);
    const [front, back] = [Number(before & 0xffff_ffffn), Number(before >> 32n)];
    if (front + back >= pieces) return undefined;
    return thread === 0 ? pieces - 1 - back : front;
  }

  /** A thread has read everything. */
  isThere(thread: number): void {
    Atomics.store(this.#begun, thread, 1n);
  }

  wasThere(thread: number): boolean {
    return Atomics.load(this.#begun, thread) === 1n;
  }
}

/** Begins one piece after the other, until there is none that nobody has begun. */
export function shareOf(workspace: Workspace, begun: Begun, thread: number): Omit<Share, 'failures'> {
  const pieces = [...workspace.pieces()];
  const found: (readonly [number, Found])[] = [];
  for (;;) {
    const number = begun.next(pieces.length, thread);
    const piece = number === undefined ? undefined : pieces[number];
    if (number === undefined || !piece) return { project: projectOf(workspace, pieces.length), found };
    found.push([number, piece.find()]);
  }
}

function projectOf(workspace: Workspace, pieces: number): string {
  const assemblies = workspace.project().assemblies.map(({ name, code }) => `${name} ${code !== undefined}`);
  return JSON.stringify([pieces, assemblies, workspace.unreadSources()]);
}
