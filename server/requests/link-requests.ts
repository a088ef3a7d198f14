// The pages of the link graph and of the capability report, for a client that shows them, and word when one is another now.
import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type * as LinkFeatures from '../bundles/links.js';
import type { PlaceOf } from '../analysis/features/link-graph.js';
import { positionOf, type Workspace } from '../analysis/workspace.js';
import { rangeOf } from '../convert.js';
import { describe } from '../guard.js';
import {
  linksChangedNotification,
  linksRequest,
  reportChangedNotification,
  reportRequest,
  reportTextRequest,
  type LinksPage,
  type LinksParams,
} from '../protocol.js';
import type { Sources } from '../sources.js';
import type { Surroundings } from '../surroundings.js';
import { AfterChanges } from './after-changes.js';

/** In milliseconds: so long after a change nobody looks at a picture. */
const patience = 500;

export type LoadLinks = () => typeof LinkFeatures | undefined;

export function answerPages(
  connection: Connection,
  sources: Sources,
  surroundings: Surroundings,
  load: LoadLinks,
): { changed(): void } {
  const subjects = [
    ['links', linksRequest, linksChangedNotification],
    ['report', reportRequest, reportChangedNotification],
  ] as const;
  const pages = subjects.map(([name, request, changed]) => {
    const page = new Page(connection, sources, load, name, changed);
    connection.onRequest(request, async ({ nonce }: LinksParams): Promise<LinksPage | null> => {
      await surroundings.ready();
      return /^[0-9a-f]{32,64}$/.test(nonce) ? (page.answer(nonce) ?? null) : null;
    });
    return page;
  });
  connection.onRequest(reportTextRequest, async (): Promise<string | null> => {
    await surroundings.ready();
    try {
      return load()?.reportTextOf(sources.workspace, placesIn(sources.workspace)) ?? null;
    } catch (error) {
      connection.console.error(`The report failed. ${describe(error)}`);
      return null;
    }
  });
  return {
    changed() {
      for (const page of pages) page.changed();
    },
  };
}

/** A file by its name alone. */
function placesIn(workspace: Workspace): PlaceOf {
  return ({ uri, span }) => {
    const starts = workspace.lineStarts(uri);
    const [start, end] = [positionOf(starts, span.start), positionOf(starts, span.end)];
    return {
      file: URI.parse(uri).path.split('/').at(-1) ?? '',
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  };
}

class Page {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #load: LoadLinks;
  readonly #name: keyof typeof LinkFeatures.pages;
  readonly #changed: string;
  /** What the client has, until it is told that there is another. */
  #shown: LinksPage | undefined;
  #nonce = '';
  readonly #later: AfterChanges;

  constructor(
    connection: Connection,
    sources: Sources,
    load: LoadLinks,
    name: keyof typeof LinkFeatures.pages,
    changed: string,
  ) {
    this.#connection = connection;
    this.#later = new AfterChanges(connection, patience, () => this.#compare());
    this.#sources = sources;
    this.#load = load;
    this.#name = name;
    this.#changed = changed;
  }

  answer(nonce: string): LinksPage | undefined {
    this.#nonce = nonce;
    this.#shown = this.#pageOrFailure();
    return this.#shown;
  }

  /** Anything may be otherwise than before. A client that does not ask again, since it shows no page any more, is told no more. */
  changed(): void {
    if (this.#shown) this.#later.changed();
  }

  async #compare(): Promise<void> {
    if (!this.#shown || JSON.stringify(this.#page()) === JSON.stringify(this.#shown)) return;
    this.#shown = undefined;
    await this.#connection.sendNotification(this.#changed);
  }

  #pageOrFailure(): LinksPage | undefined {
    try {
      return this.#page();
    } catch (error) {
      this.#connection.console.error(`The page of ${this.#name} failed. ${describe(error)}`);
      return undefined;
    }
  }

  #page(): LinksPage | undefined {
    const features = this.#load();
    if (!features) return undefined;
    const { workspace } = this.#sources;
    const { html, places } = features.pages[this.#name](workspace, {
      opens: true,
      admit: () => ({ source: `'nonce-${this.#nonce}'`, nonce: this.#nonce }),
      placeOf: placesIn(workspace),
    });
    return {
      html,
      places: places.map(({ uri, span }) => {
        const lines = this.#sources.linesOf(uri);
        return { uri: lines.uri, position: rangeOf(lines, span).start };
      }),
    };
  }
}
