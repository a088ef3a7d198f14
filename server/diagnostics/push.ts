// Diagnostics the server sends, to clients that do not ask: the changed document's own first, the rest after.
import type { Connection } from 'vscode-languageserver';
import type { Reports } from './reports.js';
import type { Sources } from '../sources.js';
import { turn, turnsEvery } from '../turn.js';

export class Publisher {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #reports: Reports;
  readonly #ready: () => Promise<void>;
  readonly #published = new Map<string, string>();
  readonly #changed = new Set<string>();
  #running = false;

  constructor(connection: Connection, sources: Sources, reports: Reports, ready: () => Promise<void>) {
    this.#connection = connection;
    this.#sources = sources;
    this.#reports = reports;
    this.#ready = ready;
  }

  /** Without a document: settings or files of the workspace changed. */
  async publish(changed?: string): Promise<void> {
    if (changed !== undefined) this.#changed.add(changed);
    if (this.#running) return;
    this.#running = true;
    try {
      await this.#ready();
      if (this.#sources.uris.some((uri) => this.#reports.isLookedAt(uri))) await this.#sources.prepare(() => false);
      for (let revision = -1; revision !== this.#sources.revision;) {
        // Keys that came in together are answered together.
        await turn();
        await turn();
        revision = this.#sources.revision;
        await this.#publishAll(revision);
      }
    } finally {
      this.#running = false;
    }
  }

  /** Until something changes. */
  async #publishAll(revision: number): Promise<void> {
    for (const uri of this.#changed) this.#publishOne(uri);
    this.#changed.clear();
    const makeWay = turnsEvery(8);
    await turn();
    for (const uri of new Set([...this.#sources.uris, ...this.#published.keys()])) {
      if (this.#sources.revision !== revision) return;
      this.#publishOne(uri);
      await makeWay();
    }
  }

  #publishOne(uri: string): void {
    const { id, diagnostics } = this.#reports.reportOf(uri);
    const before = this.#published.get(uri);
    if (before === id || (before === undefined && diagnostics.length === 0 && !this.#sources.isOpen(uri))) return;
    this.#published.set(uri, id);
    const { uri: spelled, version } = this.#sources.linesOf(uri);
    void this.#connection.sendDiagnostics({ uri: spelled, diagnostics, ...(version !== undefined && { version }) });
  }
}
