// What the analysis depends on besides documents: settings, folders and the files in them, and their changes.
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  RAL,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver';
import { extensions } from './files.js';
import { describe } from './guard.js';
import { settingsOf } from './settings.js';
import type { Sources } from './sources.js';

/** In milliseconds: longer than this nobody waits for diagnostics because of a slow disk; they are corrected later. */
const patience = 5_000;

export class Surroundings {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #params: InitializeParams;
  readonly #said = new Set<string>();
  readonly #ready: Promise<void>;
  #setReady: () => void = () => {};
  #folders: readonly string[];

  constructor(connection: Connection, sources: Sources, params: InitializeParams) {
    this.#connection = connection;
    this.#sources = sources;
    this.#params = params;
    this.#folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.#ready = new Promise((resolve) => (this.#setReady = resolve));
  }

  /** Resolves when settings and files are read: before, half of a project would give findings that are none. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** `changed` is called when anything may be otherwise than before. */
  follow(changed: () => void): void {
    const after = (work: Promise<void>): Promise<void> =>
      work.catch((error: unknown) => this.#connection.console.error(describe(error))).then(changed);
    this.#listen(after);
    this.#register().catch((error: unknown) => this.#connection.console.error(describe(error)));
    const timer = RAL().timer.setTimeout(this.#setReady, patience);
    after(this.#configure(this.#params.initializationOptions).then(() => this.#sources.load(this.#folders)))
      .then(this.#setReady)
      .finally(() => timer.dispose());
  }

  #listen(after: (work: Promise<void>) => void): void {
    const { workspace } = this.#connection;
    this.#connection.onDidChangeConfiguration(({ settings }) => after(this.#configure(sectionOf(settings))));
    this.#connection.onDidChangeWatchedFiles(({ changes }) =>
      after(this.#sources.readAgain(changes.map(({ uri }) => uri))),
    );
    // A watcher says nothing of the files of a folder that goes.
    workspace.onDidDeleteFiles(() => after(this.#sources.load(this.#folders)));
    workspace.onDidRenameFiles(() => after(this.#sources.load(this.#folders)));
    if (!this.#params.capabilities.workspace?.workspaceFolders) return;
    workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      this.#folders = [...this.#folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      after(this.#sources.load(this.#folders));
    });
  }

  async #register(): Promise<void> {
    const { workspace } = this.#params.capabilities;
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: 'sqlclr' });
    }
    if (!workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    const names = extensions.flatMap((extension) => [extension, extension.toUpperCase()]);
    const watchers = [{ globPattern: `**/*.{${names.join(',')}}` }];
    await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }

  /** From the client where it can be asked, else as sent. */
  async #configure(sent: unknown): Promise<void> {
    const asks = this.#params.capabilities.workspace?.configuration === true;
    const { settings, problems } = settingsOf(
      asks ? await this.#connection.workspace.getConfiguration('sqlclr') : sent,
    );
    this.#sources.configure(settings);
    for (const problem of problems.filter((each) => !this.#said.has(each))) {
      this.#said.add(problem);
      this.#connection.window.showWarningMessage(problem);
    }
  }
}

/** didChangeConfiguration sends all settings, or those of one section. */
function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings && 'sqlclr' in settings ? settings.sqlclr : settings;
}
