// What threads that lint together have in common: the files as they were read once, and who does which piece of the work.
import type { Found } from '../analysis/rules/rule-memory.js';
import type { RuleLevels, Settings, Workspace } from '../analysis/workspace.js';
import type { InputFile } from './read.js';

/** What a thread starts with: memory that all of them see. */
export interface Task {
  /** A serialized `Given`. */
  readonly given: SharedArrayBuffer;
  /** Numbers: of the next piece that nobody has begun, and of each thread whether it has come so far as to begin any. */
  readonly begun: SharedArrayBuffer;
  /** Which of these numbers is the thread's own. */
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

/** Begins one piece after the other that nobody has begun, until there is none. */
export function shareOf(workspace: Workspace, begun: Int32Array): Omit<Share, 'failures'> {
  const pieces = [...workspace.pieces()];
  const found: (readonly [number, Found])[] = [];
  for (;;) {
    const number = Atomics.add(begun, 0, 1);
    const piece = pieces[number];
    if (!piece) return { project: projectOf(workspace, pieces.length), found };
    found.push([number, piece.find()]);
  }
}

function projectOf(workspace: Workspace, pieces: number): string {
  const assemblies = workspace.project().assemblies.map(({ name, code }) => `${name} ${code !== undefined}`);
  return JSON.stringify([pieces, assemblies, workspace.unreadSources()]);
}
