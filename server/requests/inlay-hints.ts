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
import type { Sources } from '../sources.js';
import type { Surroundings } from '../surroundings.js';
import { AfterChanges } from './after-changes.js';

/** In milliseconds: so long after a change nobody looks at another file's hints. */
const patience = 300;

export class InlayHints {
  readonly #sources: Sources;
  readonly #surroundings: Surroundings;
  readonly #refreshes: boolean;
  #isAsked = false;
  readonly #later: AfterChanges;

  constructor(connection: Connection, sources: Sources, surroundings: Surroundings, { workspace }: ClientCapabilities) {
    this.#later = new AfterChanges(connection, patience, () => connection.languages.inlayHint.refresh());
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
    if (this.#refreshes && this.#isAsked) this.#later.changed();
  }
}
