// Documents that the editor has otherwise than the disk.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { canonicalUri } from '../files.js';

interface Known {
  readonly document: TextDocument;
  /** As the disk has it, as far as that is known. */
  readonly saved: string;
}

export class Unsaved {
  readonly #open = new Map<string, Known>();

  /** What was never a file does not count. */
  get some(): boolean {
    for (const [uri, { document, saved }] of this.#open)
      if (!uri.startsWith('untitled:') && document.getText() !== saved) return true;
    return false;
  }

  /** Opened, or saved. */
  saved(document: TextDocument): void {
    this.#open.set(canonicalUri(document.uri), { document, saved: document.getText() });
  }

  changed(document: TextDocument): void {
    const known = this.#open.get(canonicalUri(document.uri));
    if (known) this.#open.set(canonicalUri(document.uri), { ...known, document });
  }

  /** By canonical URI: somebody else may have written it, and the editor follows. */
  read(uri: string, text: string): void {
    const known = this.#open.get(uri);
    if (!known) return;
    const own = known.document.getText();
    // The editor has one kind of line end in a text.
    this.#open.set(uri, { ...known, saved: withoutReturns(own) === withoutReturns(text) ? own : text });
  }

  closed({ uri }: TextDocument): void {
    this.#open.delete(canonicalUri(uri));
  }
}

function withoutReturns(text: string): string {
  return text.replaceAll('\r', '');
}
