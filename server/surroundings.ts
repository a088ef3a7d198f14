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
import { optionsOf } from './options.js';
import { statusNotification, type InitializationOptions } from './protocol.js';
import { settingsOf } from './settings.js';
import type { Sources } from './sources.js';
import { statusOf } from './status.js';

/** In milliseconds: longer than this nobody waits for diagnostics because of a slow disk; they are corrected later. */
const patience = 5_000;

export class Surroundings {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #params: InitializeParams;
  readonly #options: InitializationOptions;
  readonly #said = new Set<string>();
  readonly #ready: Promise<void>;
  /** As the settings have it. */
  showsLenses = true;
  showsInlayHints = true;
  #setReady: () => void = () => {};
  #folders: readonly string[];

  constructor(connection: Connection, sources: Sources, params: InitializeParams) {
    this.#connection = connection;
    this.#sources = sources;
    this.#params = params;
    this.#options = optionsOf(params.initializationOptions);
    this.#folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.#ready = new Promise((resolve) => (this.#setReady = resolve));
  }

  /** Resolves when settings and files are read: before, half of a project would give findings that are none. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** `changed` is called when anything may be otherwise than before. */
  follow(changed: () => void): void {
    const failed = (error: unknown): void => this.#connection.console.error(describe(error));
    const after = (work: Promise<void>): Promise<void> =>
      work.catch(failed).then(() => {
        this.#tellStatus();
        changed();
      });
    this.#listen(after);
    this.#register().catch(failed);
    const timer = RAL().timer.setTimeout(this.#setReady, patience);
    const configured = this.#configure(this.#options.settings).catch(failed);
    after(configured.then(() => this.#sources.load(this.#folders)))
      .then(this.#setReady)
      .finally(() => timer.dispose());
  }

  #listen(after: (work: Promise<void>) => void): void {
    const { workspace } = this.#connection;
    this.#connection.onDidChangeConfiguration(({ settings }) => after(this.#configure(sectionOf(settings))));
    this.#connection.onDidChangeWatchedFiles(({ changes }) => {
      const uris = changes.map(({ uri }) => uri);
      const other = uris.some((uri) => uri.endsWith('/.gitignore'));
      after(other ? this.#sources.load(this.#folders) : this.#sources.readAgain(uris));
    });
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

  #tellStatus(): void {
    if (this.#options.showsStatus) void this.#connection.sendNotification(statusNotification, statusOf(this.#sources));
  }

  async #register(): Promise<void> {
    const { workspace } = this.#params.capabilities;
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: 'sqlclr' });
    }
    if (!workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    const names = extensions.flatMap((extension) => [extension, extension.toUpperCase()]);
    const watchers = [{ globPattern: `**/*.{${names.join(',')}}` }, { globPattern: '**/.gitignore' }];
    await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }

  /** From the client where it can be asked, else as sent. */
  async #configure(sent: unknown): Promise<void> {
    const asks = this.#params.capabilities.workspace?.configuration === true;
    const { settings, codeLens, inlayHints, problems } = settingsOf(
      asks ? await this.#connection.workspace.getConfiguration('sqlclr') : sent,
    );
    this.#sources.configure(settings);
    this.showsLenses = codeLens;
    this.showsInlayHints = inlayHints;
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
