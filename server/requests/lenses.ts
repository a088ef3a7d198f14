// Lenses: what stands above a line, and what a click on it does. The client asks again when one of those it has is another now.
import {
  CodeLensRefreshRequest,
  type ClientCapabilities,
  type CodeLens,
  type Command,
  type Connection,
} from 'vscode-languageserver';
import type { Lens } from '../analysis/features/feature.js';
import type { Assemblies } from './assemblies.js';
import { rangeOf } from '../convert.js';
import { canonicalUri } from '../files.js';
import { showLocationsCommand, type InitializationOptions } from '../protocol.js';
import type { Sources } from '../sources.js';
import type { Surroundings } from '../surroundings.js';
import { AfterChanges } from './after-changes.js';

/** In milliseconds: so long after a change nobody looks at another file's lenses. */
const patience = 300;

export class Lenses {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #assemblies: Assemblies;
  readonly #surroundings: Surroundings;
  readonly #options: InitializationOptions;
  readonly #refreshes: boolean;
  /** By canonical URI: what the client has of the documents that are open. */
  readonly #answered = new Map<string, string>();
  readonly #later: AfterChanges;

  constructor(
    connection: Connection,
    sources: Sources,
    assemblies: Assemblies,
    surroundings: Surroundings,
    options: InitializationOptions,
    { workspace }: ClientCapabilities,
  ) {
    this.#connection = connection;
    this.#later = new AfterChanges(connection, patience, () => this.#refresh());
    this.#sources = sources;
    this.#assemblies = assemblies;
    this.#surroundings = surroundings;
    this.#options = options;
    this.#refreshes = workspace?.codeLens?.refreshSupport === true;
  }

  /** A click needs a command of the client's: a client that has none is told of no lenses. */
  get isProvided(): boolean {
    return this.#options.showsAssemblies === true || this.#options.showsLocations === true;
  }

  of(uri: string): CodeLens[] {
    const canonical = canonicalUri(uri);
    const lenses = this.#lensesOf(canonical);
    this.#answered.set(canonical, JSON.stringify(lenses));
    return lenses;
  }

  #lensesOf(uri: string): CodeLens[] {
    if (!this.#surroundings.editor.codeLens) return [];
    const lines = this.#sources.linesOf(uri);
    const own = this.#sources.workspace.lenses(uri).map((lens) => {
      const range = rangeOf(lines, lens.span);
      return { range, command: this.#commandOf(uri, lens, range) };
    });
    return [...own, ...(this.#options.showsAssemblies ? this.#assemblies.lenses(uri) : [])];
  }

  /** Without a name it is text, as editors show it. */
  #commandOf(uri: string, { title: told, places, assembly }: Lens, { start }: CodeLens['range']): Command {
    // `$(name)` would be an icon.
    const title = told.replaceAll('$(', '$ (');
    if (assembly !== undefined && this.#options.showsAssemblies) {
      const document = this.#assemblies.documentOf(uri, assembly);
      if (document !== undefined) return this.#assemblies.showing(title, document);
    }
    if (places.length === 0 || !this.#options.showsLocations) return { title, command: '' };
    const locations = places.map((place) => {
      const lines = this.#sources.linesOf(place.uri);
      return { uri: lines.uri, range: rangeOf(lines, place.span) };
    });
    return { title, command: showLocationsCommand, arguments: [this.#sources.linesOf(uri).uri, start, locations] };
  }

  /** Anything may be otherwise than before. */
  changed(): void {
    if (this.#refreshes && this.#answered.size > 0) this.#later.changed();
  }

  async #refresh(): Promise<void> {
    for (const uri of [...this.#answered.keys()]) if (!this.#sources.isOpen(uri)) this.#answered.delete(uri);
    const isNews = [...this.#answered].some(([uri, before]) => JSON.stringify(this.#lensesOf(uri)) !== before);
    if (isNews) await this.#connection.sendRequest(CodeLensRefreshRequest.type);
  }
}
