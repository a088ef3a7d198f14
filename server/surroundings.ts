// What the analysis depends on besides documents: settings, folders and the files in them, and their changes.
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  RAL,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver';
import { defaultSettings, type Settings } from './analysis/workspace.js';
import { configurationName, extensions } from './files.js';
import type { FolderConfigurations } from './configuration/folder-configurations.js';
import { describe } from './guard.js';
import { optionsOf } from './options.js';
import { statusNotification, type InitializationOptions, type Status } from './protocol.js';
import { inFolders, settingsOf, type EditorSettings } from './configuration/settings.js';
import type { Sources } from './sources.js';
import { statusOf } from './status.js';

/** In milliseconds: longer than this nobody waits for diagnostics because of a slow disk; they are corrected later. */
const patience = 5_000;

export class Surroundings {
  readonly #connection: Connection;
  readonly #sources: Sources;
  readonly #params: InitializeParams;
  readonly #options: InitializationOptions;
  readonly #configurations: FolderConfigurations;
  #settings: Settings = defaultSettings;
  #sent: unknown;
  #today = '';
  #isStopped = false;
  readonly #said = new Set<string>();
  readonly #ready: Promise<void>;
  /** What the editor is set to besides what rules ask. */
  editor: Omit<EditorSettings, 'settings'> = settingsOf(undefined);
  #setReady: () => void = () => {};
  #folders: readonly string[];

  constructor(
    connection: Connection,
    sources: Sources,
    params: InitializeParams,
    configurations: FolderConfigurations,
  ) {
    this.#connection = connection;
    this.#sources = sources;
    this.#params = params;
    this.#configurations = configurations;
    this.#options = optionsOf(params.initializationOptions);
    this.#sent = this.#options.settings;
    this.#folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.#ready = new Promise((resolve) => (this.#setReady = resolve));
  }

  /** Whether somebody has stopped the check of files that are not open. */
  stopped(isStopped: boolean): void {
    if (this.#isStopped === isStopped) return;
    this.#isStopped = isStopped;
    this.#tellStatus();
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
    const configured = this.#configure().catch(failed);
    after(configured.then(() => this.#load()))
      .then(this.#setReady)
      .finally(() => timer.dispose());
  }

  #listen(after: (work: Promise<void>) => void): void {
    const { workspace } = this.#connection;
    this.#connection.onDidChangeConfiguration(({ settings }) => {
      this.#sent = sectionOf(settings);
      after(this.#configure());
    });
    this.#connection.onDidChangeWatchedFiles(({ changes }) => {
      const uris = changes.map(({ uri }) => uri);
      const other = uris.some((uri) => uri.endsWith('/.gitignore') || this.#configurations.concerns(uri));
      after(other ? this.#load() : this.#sources.readAgain(uris));
    });
    this.#configurations.saved = () => after(this.#load());
    // A watcher says nothing of the files of a folder that goes.
    workspace.onDidDeleteFiles(() => after(this.#load()));
    workspace.onDidRenameFiles(() => after(this.#load()));
    if (!this.#params.capabilities.workspace?.workspaceFolders) return;
    workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      this.#folders = [...this.#folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      after(this.#configure().then(() => this.#load()));
    });
  }

  /** What the folders say of themselves, then their files. */
  async #load(): Promise<void> {
    await this.#configurations.readIn(this.#folders);
    this.#sources.fileRules = this.#configurations.read;
    this.#apply();
    await this.#sources.load(this.#folders);
  }

  /** The project's word, and the editor's where it has none. */
  #apply(): void {
    this.#today = today();
    this.#sources.configure({ ...this.#configurations.over(this.#settings), today: this.#today });
  }

  /** Comments may silence until a day. */
  keepDate(): void {
    if (this.#today !== '' && this.#today !== today()) this.#apply();
  }

  #tellStatus(): void {
    if (this.#options.showsStatus) void this.#connection.sendNotification(statusNotification, this.#status());
  }

  #status(): Status {
    const { targetFrom, broken = [] } = this.#configurations.read ?? {};
    return {
      ...statusOf(this.#sources),
      ...(targetFrom !== undefined && { targetFrom }),
      problems: [
        ...broken.map((uri) => ({ message: `${nameOf(uri)} has a mistake`, uri })),
        ...this.editor.problems.map((message) => ({ message, inSettings: true })),
        ...(this.#isStopped ? [{ message: 'the check of the workspace was stopped', restarts: true }] : []),
        ...this.#sources.shortcomings.map((message) => ({ message })),
      ],
    };
  }

  async #register(): Promise<void> {
    const { workspace } = this.#params.capabilities;
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: 'sqlclr' });
    }
    if (!workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    const names = extensions.flatMap((extension) => [extension, extension.toUpperCase()]);
    const watchers = [
      { globPattern: `**/*.{${names.join(',')}}` },
      { globPattern: '**/.gitignore' },
      { globPattern: `**/${configurationName}` },
    ];
    await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }

  /** From the client where it can be asked, else as sent. */
  async #configure(): Promise<void> {
    const asks = this.#params.capabilities.workspace?.configuration === true;
    const folders = asks && this.#folders.length > 1 ? this.#folders : [];
    const items = [{ section: 'sqlclr' }, ...folders.map((scopeUri) => ({ scopeUri, section: 'sqlclr' }))];
    const [window, ...scoped]: readonly unknown[] = asks
      ? await this.#connection.workspace.getConfiguration(items)
      : [this.#sent];
    const { settings, ...editor } = settingsOf(window);
    this.editor = editor;
    this.#settings = inFolders(
      settings,
      folders.map((folder, index) => [folder, settingsOf(scoped[index]).settings.rules] as const),
    );
    this.#apply();
    for (const problem of editor.problems.filter((each) => !this.#said.has(each))) {
      this.#said.add(problem);
      this.#connection.window.showWarningMessage(problem);
    }
  }
}

function nameOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

/** As a comment has it. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** didChangeConfiguration sends all settings, or those of one section. */
function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings && 'sqlclr' in settings ? settings.sqlclr : settings;
}
