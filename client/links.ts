// The command that shows the link graph: a panel with the server's page, which opens places and follows the project.
import { commands, Range, ViewColumn, window, type Disposable, type Uri, type WebviewPanel } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { linksChangedNotification, linksRequest, type LinksPage, type LinksParams } from '../server/protocol.js';

export class LinksView implements Disposable {
  readonly #client: BaseLanguageClient;
  readonly #icon: Uri;
  readonly #subscriptions: readonly Disposable[];
  #panel: WebviewPanel | undefined;
  #places: LinksPage['places'] = [];
  /** The panel is hidden, and there is another page than the one it has. */
  #isStale = false;

  constructor(client: BaseLanguageClient, icon: Uri) {
    this.#client = client;
    this.#icon = icon;
    const changed = (): void => void this.#refresh();
    this.#subscriptions = [
      client.onNotification(linksChangedNotification, changed),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) changed();
      }),
    ];
  }

  async show(): Promise<void> {
    if (this.#panel) return this.#panel.reveal();
    const panel = window.createWebviewPanel('sqlclr.links', 'SQLCLR Links', ViewColumn.Active, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.iconPath = this.#icon;
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.onDidChangeViewState(() => {
      if (panel.visible && this.#isStale) void this.#refresh();
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#open(message));
    this.#panel = panel;
    await this.#refresh();
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #refresh(): Promise<void> {
    try {
      await this.#ask();
    } catch (error) {
      this.#client.error('The links cannot be shown.', error, 'force');
    }
  }

  async #ask(): Promise<void> {
    const panel = this.#panel;
    this.#isStale = panel?.visible === false;
    if (!panel || this.#isStale) return;
    const params: LinksParams = { nonce: nonce() };
    const page = await this.#client.sendRequest<LinksPage | null>(linksRequest, params);
    if (!page) throw new Error('The server has no page for them.');
    if (panel !== this.#panel) return;
    this.#places = page.places;
    panel.webview.html = page.html;
  }

  /** The page tells the number of a place, and nothing else is taken from it. */
  async #open(message: unknown): Promise<void> {
    const number = typeof message === 'object' && message !== null && 'open' in message ? message.open : undefined;
    const place = typeof number === 'number' ? this.#places[number] : undefined;
    if (!place) return;
    const { protocol2CodeConverter: converter } = this.#client;
    const uri = converter.asUri(place.uri);
    if (/\.(?:dll|exe)$/i.test(uri.path)) return void commands.executeCommand('sqlclr.showAssembly', uri);
    const at = converter.asPosition(place.position);
    await window.showTextDocument(uri, {
      viewColumn: ViewColumn.Beside,
      selection: new Range(at, at),
    });
  }
}

/** As the page's policy wants it: nobody can guess it. */
function nonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
