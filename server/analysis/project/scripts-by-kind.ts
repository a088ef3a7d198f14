// Which scripts have statements of a kind: most have none of what a question is about, and need not be asked.
import type { StatementKind } from '../tsql/nodes.js';
import type { ScriptFile } from './project.js';

export class ScriptsByKind {
  readonly #byKind = new Map<StatementKind, number[]>();
  readonly #scripts: readonly ScriptFile[];

  constructor(scripts: readonly ScriptFile[]) {
    this.#scripts = scripts;
    for (const [index, { script }] of scripts.entries()) {
      for (const kind of script.byKind.keys()) {
        const known = this.#byKind.get(kind);
        if (known) known.push(index);
        else this.#byKind.set(kind, [index]);
      }
    }
  }

  /** Those that have any of the kinds, in the order of the scripts. */
  scriptsWith(...kinds: readonly StatementKind[]): readonly ScriptFile[] {
    const found = kinds.flatMap((kind) => this.#byKind.get(kind) ?? []);
    const indices = kinds.length > 1 ? [...new Set(found)].sort((a, b) => a - b) : found;
    return indices.flatMap((index) => this.#scripts[index] ?? []);
  }
}
