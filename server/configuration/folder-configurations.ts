// Whether the workspace's folders have a sqlclr-lint.json; what reads it is loaded when there is one.
import {
  DidChangeWatchedFilesNotification,
  type ClientCapabilities,
  type Connection,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Settings } from '../analysis/workspace.js';
import type * as Configurations from '../bundles/configurations.js';
import { decode } from '../files/decode.js';
import { canonicalUri, configurationName, isInFolders, type Files } from '../files.js';

/** In bytes: a longer one is not read. */
const longest = 1 << 20;

export type LoadConfigurations = () => typeof Configurations | undefined;

export class FolderConfigurations {
  readonly #connection: Connection;
  readonly #files: Files;
  readonly #load: LoadConfigurations;
  readonly #isWatching: boolean;
  readonly #watched = new Set([configurationName]);
  #loaded: Configurations.WorkspaceConfiguration | undefined;
  #reading: Promise<void> = Promise.resolve();
  /** As they are typed: what the disk has holds, but an edit is one of these. */
  readonly #open = new Map<string, TextDocument>();

  constructor(connection: Connection, files: Files, load: LoadConfigurations, { workspace }: ClientCapabilities) {
    this.#connection = connection;
    this.#files = files;
    this.#load = load;
    this.#isWatching = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  }

  /** Undefined where no folder has one. */
  get read(): Configurations.WorkspaceConfiguration | undefined {
    return this.#loaded;
  }

  opened(document: TextDocument): void {
    this.#open.set(canonicalUri(document.uri), document);
  }

  /** Who is told that one was saved: not every host sees that from outside. */
  saved: () => void = () => {};

  closed({ uri }: TextDocument): void {
    this.#open.delete(canonicalUri(uri));
  }

  /** Each folder's own, or the nearest above it that is still in the workspace. */
  readIn(folders: readonly string[]): Promise<void> {
    const done = this.#reading.then(() => this.#readIn(folders));
    this.#reading = done.catch(() => {});
    return done;
  }

  async #readIn(folders: readonly string[]): Promise<void> {
    const texts = (uri: string): Promise<string | undefined> =>
      this.#files.read(uri, folders).then(
        (bytes) => (bytes && bytes.length <= longest ? decode(bytes) : undefined),
        () => undefined,
      );
    const found = new Set<string>();
    for (const folder of folders) {
      const file = await nearest(canonicalUri(folder), folders, texts);
      if (file !== undefined) found.add(file);
    }
    if (found.size === 0 && !this.#loaded) return;
    const features = this.#load();
    if (!features) return;
    this.#loaded ??= new features.WorkspaceConfiguration({
      read: (uri) => texts(uri),
      show: (uri, diagnostics) => void this.#connection.sendDiagnostics({ uri, diagnostics }),
    });
    await this.#loaded.read([...found]);
    await this.#watch(this.#loaded.uris);
  }

  /** The edit that silences a rule for the files of a folder; undefined where it has no sqlclr-lint.json. */
  silencing(rule: string, uri: string, versionedEdits: boolean): WorkspaceEdit | undefined {
    const file = this.#loaded?.fileFor(uri);
    const text = file === undefined ? undefined : (this.#open.get(file)?.getText() ?? this.#loaded?.textOf(file));
    const edits = text === undefined ? [] : (this.#load()?.levelEdits(text, rule, 'off') ?? []);
    if (file === undefined || edits.length === 0) return undefined;
    const { uri: spelled, version = null } = this.#open.get(file) ?? { uri: file };
    return versionedEdits
      ? { documentChanges: [{ textDocument: { uri: spelled, version }, edits }] }
      : { changes: { [spelled]: edits } };
  }

  /** One of the files, or one that they extend. */
  concerns(uri: string): boolean {
    return uri.endsWith(`/${configurationName}`) || this.#loaded?.uris.has(canonicalUri(uri)) === true;
  }

  over(settings: Settings): Settings {
    return this.#loaded?.over(settings) ?? settings;
  }

  /** What they extend may have any name. */
  async #watch(uris: ReadonlySet<string>): Promise<void> {
    const names = [...uris]
      .map((uri) => URI.parse(uri).path.split('/').at(-1) ?? '')
      .filter((name) => !this.#watched.has(name));
    if (!this.#isWatching || names.length === 0) return;
    for (const name of names) this.#watched.add(name);
    // What a pattern would read otherwise stands for any character.
    const watchers = names.map((name) => ({ globPattern: `**/${name.replace(/[^\w.-]/g, '?')}` }));
    await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}

async function nearest(
  folder: string,
  folders: readonly string[],
  read: (uri: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  for (let at = folder.replace(/\/$/, ''); ; at = at.slice(0, at.lastIndexOf('/'))) {
    const file = `${at}/${configurationName}`;
    if (!isInFolders(file, folders)) return undefined;
    if ((await read(file)) !== undefined) return file;
  }
}
