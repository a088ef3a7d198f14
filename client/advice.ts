// Commands that explain: a rule, a number of SQL Server's, a routine, another server. The text is the server's, as a document of ours.
import { commands, EventEmitter, l10n, Uri, window, workspace, type Disposable, type Extension } from 'vscode';
import type { BaseLanguageClient, Position } from 'vscode-languageclient';
import { adviceRequest, subjectsRequest, type AdviceParams, type Subject } from '../server/protocol.js';
import { pickTarget } from './target.js';

const scheme = 'sqlclr-advice';

export class AdviceView implements Disposable {
  readonly #client: BaseLanguageClient;
  readonly #extension: Extension<unknown>;
  readonly #changed = new EventEmitter<Uri>();
  readonly #provider: Disposable;

  constructor(client: BaseLanguageClient, extension: Extension<unknown>) {
    this.#client = client;
    this.#extension = extension;
    this.#provider = workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#textOf(uri),
    });
  }

  dispose(): void {
    this.#provider.dispose();
    this.#changed.dispose();
  }

  /** `given`: a rule or a number, from a code action; nothing from the palette. */
  async explain(given: unknown): Promise<void> {
    const subject = typeof given === 'string' ? given : await this.#pickedSubject();
    if (subject === undefined) return;
    await this.#show(subject, { kind: 'subject', subject });
  }

  /** Of the routine at a place, or at the cursor. */
  async explainRoutine(uri: unknown, position: unknown): Promise<void> {
    const at = typeof uri === 'string' ? { uri, position: position as Position } : this.#cursor();
    if (at) await this.#show('Routine', { kind: 'routine', ...at });
  }

  async compareTarget(): Promise<void> {
    const target = await pickTarget(
      this.#extension,
      l10n.t('SQLCLR: Compare with'),
      l10n.t('What breaks if the scripts run on'),
    );
    if (target !== undefined) await this.#show(`Moving to ${target}`, { kind: 'target', target });
  }

  async #show(title: string, params: AdviceParams): Promise<void> {
    const uri = Uri.from({ scheme, path: `/${title}.md`, query: JSON.stringify(params) });
    // Of one that is shown already the text is asked for again.
    this.#changed.fire(uri);
    await preview(uri);
  }

  /** The query says what a document is about. */
  async #textOf({ query }: Uri): Promise<string> {
    const params: AdviceParams = JSON.parse(query);
    const text = await this.#client.sendRequest<string | null>(adviceRequest, params);
    return text ?? l10n.t('There is nothing to say of it: no routine bound to managed code stands there.');
  }

  async #pickedSubject(): Promise<string | undefined> {
    const subjects = await this.#client.sendRequest<readonly Subject[]>(subjectsRequest);
    // `$(name)` would be an icon.
    const items = subjects.map(({ subject, about }) => ({ label: subject, detail: about.replaceAll('$(', '$ (') }));
    const options = { title: 'SQLCLR: Explain', placeHolder: 'A rule, or a number of SQL Server', matchOnDetail: true };
    return (await window.showQuickPick(items, options))?.label;
  }

  #cursor(): { readonly uri: string; readonly position: Position } | undefined {
    const editor = window.activeTextEditor;
    if (!editor) return undefined;
    const { code2ProtocolConverter: converter } = this.#client;
    return { uri: converter.asUri(editor.document.uri), position: converter.asPosition(editor.selection.active) };
  }
}

export async function openDocument(uri: unknown): Promise<void> {
  if (typeof uri === 'string') await window.showTextDocument(Uri.parse(uri, true));
}

async function preview(uri: Uri): Promise<void> {
  await commands.executeCommand('markdown.showPreview', uri);
}
