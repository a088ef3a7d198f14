// Commands that show a page of the server's, of the link graph or the capability report: a panel that opens places and follows the
// project.
import { commands, l10n, Range, ViewColumn, window, type Disposable, type Uri, type WebviewPanel } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import {
  linksChangedNotification,
  linksRequest,
  reportChangedNotification,
  reportRequest,
  type LinksPage,
  type LinksParams,
} from '../server/protocol.js';

export interface PageOfServer {
  readonly panel: string;
  readonly title: string;
  readonly request: string;
  readonly changed: string;
}

export const linksPage: PageOfServer = {
  panel: 'sqlclr.links',
  title: l10n.t('SQLCLR Links'),
  request: linksRequest,
  changed: linksChangedNotification,
};

export const reportPage: PageOfServer = {
  panel: 'sqlclr.report',
  title: l10n.t('SQLCLR Capability Report'),
  request: reportRequest,
  changed: reportChangedNotification,
};

export class PageView implements Disposable {
  readonly #client: BaseLanguageClient;
  readonly #page: PageOfServer;
  readonly #icon: Uri;
  readonly #subscriptions: readonly Disposable[];
  #panel: WebviewPanel | undefined;
  #places: LinksPage['places'] = [];
  /** The panel is hidden, and there is another page than the one it has. */
  #isStale = false;

  constructor(client: BaseLanguageClient, icon: Uri, page: PageOfServer) {
    this.#client = client;
    this.#page = page;
    this.#icon = icon;
    const changed = (): void => void this.#refresh();
    this.#subscriptions = [
      client.onNotification(page.changed, changed),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) changed();
      }),
    ];
  }

  async show(): Promise<void> {
    if (this.#panel) return this.#panel.reveal();
    const panel = window.createWebviewPanel(this.#page.panel, this.#page.title, ViewColumn.Active, {
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
      this.#client.error(l10n.t('{0} cannot be shown.', this.#page.title), error, 'force');
    }
  }

  async #ask(): Promise<void> {
    const panel = this.#panel;
    this.#isStale = panel?.visible === false;
    if (!panel || this.#isStale) return;
    const params: LinksParams = { nonce: nonce() };
    const page = await this.#client.sendRequest<LinksPage | null>(this.#page.request, params);
    if (!page) throw new Error(l10n.t('The server has no page for it.'));
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
