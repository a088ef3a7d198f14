// Inlay hints: the managed types beside those of T-SQL, and the other way round. The client asks again when others may be right.
import {
  InlayHintKind,
  type ClientCapabilities,
  type Connection,
  type InlayHint,
  type Range,
} from 'vscode-languageserver';
import { spanOf } from '../convert.js';
import { canonicalUri } from '../files.js';
import { describe } from '../guard.js';
import type { Sources } from '../sources.js';
import type { Surroundings } from '../surroundings.js';
import { pause } from '../turn.js';

/** In milliseconds: so long after a change nobody looks at another file's hints. */
const patience = 300;

export class InlayHints {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #surroundings: Surroundings;
  readonly #refreshes: boolean;
  #isAsked = false;
  #isWaiting = false;

  constructor(connection: Connection, sources: Sources, surroundings: Surroundings, { workspace }: ClientCapabilities) {
    this.#connection = connection;
    this.#sources = sources;
    this.#surroundings = surroundings;
    this.#refreshes = workspace?.inlayHint?.refreshSupport === true;
  }

  of(uri: string, range: Range): InlayHint[] {
    this.#isAsked = true;
    if (!this.#surroundings.editor.inlayHints) return [];
    const canonical = canonicalUri(uri);
    const lines = this.#sources.linesOf(canonical);
    return this.#sources.workspace.inlayHints(canonical, spanOf(lines, range)).map(({ at, label, tooltip }) => ({
      position: lines.positionAt(at),
      label,
      tooltip,
      kind: InlayHintKind.Type,
      paddingLeft: true,
    }));
  }

  /** Anything may be otherwise than before. */
  changed(): void {
    if (this.#isWaiting || !this.#refreshes || !this.#isAsked) return;
    this.#isWaiting = true;
    pause(patience)
      .then(() => {
        this.#isWaiting = false;
        return this.#connection.languages.inlayHint.refresh();
      })
      .catch((error: unknown) => this.#connection.console.error(describe(error)));
  }
}
