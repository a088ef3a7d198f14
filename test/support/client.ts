// A language client for tests: over an in-memory connection to `startServer`, with files that stand in the test.
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createMessageConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type ConfigurationParams,
  type Diagnostic,
  type InitializeResult,
  type MessageConnection,
  type Registration,
  type RegistrationParams,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { statusNotification, type InitializationOptions, type Status } from '../../server/protocol.js';
import * as advice from '../../server/bundles/advice.js';
import * as dacpacs from '../../server/bundles/dacpac.js';
import * as configurations from '../../server/bundles/configurations.js';
import { rulePages } from './rule-pages.js';
import * as links from '../../server/bundles/links.js';
import { startServer } from '../../server/server.js';
import type { Files } from '../../server/files.js';
import type { CSharpFrontEnd, Workspace } from '../../server/analysis/workspace.js';
import { SpeakingWorkspace } from './speaking-workspace.js';

export const folder = 'file:///workspace';

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  /** By name below the workspace folder, or by URI. */
  readonly files?: Record<string, string | Uint8Array>;
  readonly settings?: unknown;
  readonly folderSettings?: Readonly<Record<string, unknown>>;
  readonly workspaceFolders?: readonly string[];
  readonly initializationOptions?: InitializationOptions;
  /** Instead of one whose findings are the test's. */
  readonly workspace?: Workspace;
  /** What reads C#. */
  readonly language?: () => Promise<CSharpFrontEnd>;
}

export const pulling: ClientCapabilities = {
  textDocument: { diagnostic: {} },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
    workspaceFolders: true,
  },
};

export const pushing: ClientCapabilities = { workspace: { configuration: true } };

export class Client {
  readonly connection: MessageConnection;
  readonly initialized: InitializeResult;
  /** Whatever the server told its user or its log. */
  readonly messages: string[] = [];
  readonly published = new Map<string, Diagnostic[]>();
  readonly statuses: Status[] = [];
  /** What the server asked the client to ask for. */
  readonly registered: Registration[] = [];
  /** Documents whose text is another now. */
  readonly contentRefreshes: string[] = [];
  refreshes = 0;
  lensRefreshes = 0;
  settings: unknown;
  /** By the URI of a workspace folder. */
  folderSettings: Readonly<Record<string, unknown>> = {};
  readonly #versions = new Map<string, number>();
  readonly #waiting = new Set<() => void>();

  private constructor(connection: MessageConnection, initialized: InitializeResult, settings: unknown) {
    this.connection = connection;
    this.initialized = initialized;
    this.settings = settings;
  }

  static async start({
    capabilities = pulling,
    files = {},
    settings = {},
    folderSettings = {},
    workspaceFolders = [folder],
    initializationOptions,
    workspace = new SpeakingWorkspace(),
    language,
  }: ClientOptions = {}): Promise<Client> {
    const connection = connect(filesOf(files), workspace, language);
    const result: InitializeResult = await connection.sendRequest('initialize', {
      // A process would be watched, and the test kept from ending.
      processId: null,
      rootUri: folder,
      workspaceFolders: workspaceFolders.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf('/') + 1) })),
      capabilities,
      initializationOptions,
    });
    const client = new Client(connection, result, settings);
    client.folderSettings = folderSettings;
    client.#listen();
    await connection.sendNotification('initialized', {});
    return client;
  }

  #listen(): void {
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.published.set(uri, diagnostics);
      this.happened();
    });
    this.connection.onNotification(statusNotification, (status: Status) => {
      this.statuses.push(status);
      this.happened();
    });
    this.connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
      items.map(({ scopeUri }) => (scopeUri === undefined ? this.settings : this.folderSettings[scopeUri])),
    );
    this.connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      this.registered.push(...registrations);
      this.happened();
    });
    this.connection.onRequest('workspace/textDocumentContent/refresh', ({ uri }: { uri: string }) => {
      this.contentRefreshes.push(uri);
      this.happened();
    });
    this.connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.happened();
    });
    this.connection.onRequest('workspace/codeLens/refresh', () => {
      this.lensRefreshes++;
      this.happened();
    });
    for (const method of ['window/logMessage', 'window/showMessage']) {
      this.connection.onNotification(method, ({ message }: { message: string }) => {
        this.messages.push(message);
        this.happened();
      });
    }
    this.connection.onRequest('window/showMessageRequest', ({ message }: { message: string }) => {
      this.messages.push(message);
      this.happened();
    });
  }

  /** Something that `until` may wait for. */
  happened(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Until what the server sends makes it so; the test runner's time limit is the patience. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
      this.#waiting.clear();
    }
  }

  open(name: string, text: string): string {
    const uri = `${folder}/${name}`;
    this.#versions.set(uri, 1);
    void this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'sql', version: 1, text } });
    return uri;
  }

  change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): void {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    void this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  save(uri: string): void {
    void this.notify('textDocument/didSave', { textDocument: { uri } });
  }

  close(uri: string): void {
    void this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  async pull(uri: string): Promise<Diagnostic[]> {
    const { items } = await this.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
    return items;
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
  }
}

function connect(files: Files, workspace: Workspace, language: ClientOptions['language']): MessageConnection {
  const up = new PassThrough();
  const down = new PassThrough();
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    workspace,
    files,
    links: () => links,
    advice: () => advice,
    rulePages,
    dacpacs: () => dacpacs,
    configurations: () => configurations,
    ...(language && { language }),
  });
  const connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  connection.listen();
  return connection;
}

/** A disk that is an object: what a test changes in it is changed. */
function filesOf(files: Record<string, string | Uint8Array>): Files {
  const uriOf = (name: string): string => (name.startsWith('file:') ? name : `${folder}/${name}`);
  return {
    list: () => Promise.resolve(Object.keys(files).map(uriOf)),
    read(uri) {
      const content = files[uri] ?? files[decodeURIComponent(uri.slice(folder.length + 1))];
      return Promise.resolve(typeof content === 'string' ? new TextEncoder().encode(content) : content);
    },
  };
}
