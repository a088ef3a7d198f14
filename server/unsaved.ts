// Documents that the editor has and the disk has not, as it tells of changes and of saving.
import type { TextDocument } from 'vscode-languageserver-textdocument';

export class Unsaved {
  readonly #opened = new Map<string, number>();
  readonly #changed = new Set<string>();

  /** What was never a file does not count. */
  get some(): boolean {
    return this.#changed.size > 0;
  }

  opened({ uri, version }: TextDocument): void {
    this.#opened.set(uri, version);
  }

  changed({ uri, version }: TextDocument): void {
    if (version !== this.#opened.get(uri) && !uri.startsWith('untitled:')) this.#changed.add(uri);
  }

  saved({ uri }: TextDocument): void {
    this.#changed.delete(uri);
  }

  closed({ uri }: TextDocument): void {
    this.#changed.delete(uri);
    this.#opened.delete(uri);
  }
}
