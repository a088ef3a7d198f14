// The commands that show an assembly as a document and write it to a file, and whether a menu offers them. Text and bytes are the
// server's.
import { commands, l10n, Uri, window, workspace, type Disposable, type QuickPickItem, type TextEditor } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import {
  assembliesRequest,
  assemblyBytesRequest,
  assemblyScheme,
  type AssembliesParams,
  type AssemblyBytesParams,
  type AssemblyEntry,
} from '../server/protocol.js';

/** `given`: the document, from a lens or a hover; a file, from the explorer; nothing from the palette. */
export async function showAssembly(client: BaseLanguageClient, given: unknown): Promise<void> {
  const document = typeof given === 'string' ? given : await chosenDocument(client, given);
  if (document === undefined) return;
  const uri = Uri.parse(document, true);
  if (uri.scheme !== assemblyScheme) return;
  await window.showTextDocument(await workspace.openTextDocument(uri));
}

/** `given` as for `showAssembly`; asks where to, unless that is given too. */
export async function saveAssembly(client: BaseLanguageClient, given: unknown, to: unknown): Promise<void> {
  const document = typeof given === 'string' ? given : await chosenDocument(client, given);
  if (document === undefined) return;
  const params: AssemblyBytesParams = { document };
  const content = await client.sendRequest<string | null>(assemblyBytesRequest, params);
  if (content === null) {
    void window.showInformationMessage(l10n.t('SQLCLR: the bytes of the assembly are not in the workspace any more.'));
    return;
  }
  const name = Uri.parse(document).path.replace(/^.*\/|\.il$/g, '');
  const [folder] = workspace.workspaceFolders ?? [];
  const file = /\.(?:dll|exe)$/i.test(name) ? name : `${name}.dll`;
  const target =
    to instanceof Uri
      ? to
      : await window.showSaveDialog({
          ...(folder && { defaultUri: Uri.joinPath(folder.uri, file) }),
          filters: { [l10n.t('Assemblies')]: ['dll', 'exe'] },
          title: l10n.t('SQLCLR: Save Assembly'),
        });
  if (target)
    await workspace.fs.writeFile(
      target,
      Uint8Array.from(atob(content), (one) => one.charCodeAt(0)),
    );
}

async function chosenDocument(client: BaseLanguageClient, given: unknown): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const uri = given instanceof Uri ? given : editor?.document.uri;
  if (!uri) return undefined;
  if (uri.scheme === assemblyScheme) return uri.toString();
  const entries = await entriesOf(client, uri);
  if (entries.length === 0) {
    void window.showInformationMessage(l10n.t('SQLCLR: no bytes of an assembly stand in this file.'));
    return undefined;
  }
  const [only] = entries;
  const here = editor?.document.uri.toString() === uri.toString() ? entryAtCursor(entries, editor) : undefined;
  return (here ?? (entries.length === 1 ? only : await pickedFrom(entries)))?.document;
}

async function entriesOf(client: BaseLanguageClient, uri: Uri): Promise<readonly AssemblyEntry[]> {
  const params: AssembliesParams = { uri: client.code2ProtocolConverter.asUri(uri) };
  return (await client.sendRequest<readonly AssemblyEntry[] | null>(assembliesRequest, params)) ?? [];
}

/** The only one whose statement or bytes the cursor is in. */
function entryAtCursor(entries: readonly AssemblyEntry[], { selection }: TextEditor): AssemblyEntry | undefined {
  const { line } = selection.active;
  const [first, ...others] = entries.filter(({ range }) => range.start.line <= line && line <= range.end.line);
  return others.length === 0 ? first : undefined;
}

interface EntryItem extends QuickPickItem {
  readonly document: string;
}

async function pickedFrom(entries: readonly AssemblyEntry[]): Promise<EntryItem | undefined> {
  // `$(name)` would be an icon.
  const plain = (text: string): string => text.replaceAll('$(', '$ (');
  const items = entries.map(({ title, description, document }): EntryItem => ({
    label: plain(title),
    description: plain(description),
    document,
  }));
  return window.showQuickPick(items, { title: l10n.t('SQLCLR: Choose an assembly'), matchOnDescription: true });
}

/** The editor's menu has the command where the script holds an assembly. */
export function followAssemblies(client: BaseLanguageClient): readonly Disposable[] {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void tell(client), 500);
  };
  return [
    window.onDidChangeActiveTextEditor(later),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) later();
    }),
    client.onDidChangeState(later),
    { dispose: () => clearTimeout(timer) },
  ];
}

async function tell(client: BaseLanguageClient): Promise<void> {
  const document = window.activeTextEditor?.document;
  const asks = document?.languageId === 'sql' && client.state === State.Running;
  const entries = asks ? await entriesOf(client, document.uri).catch(() => []) : [];
  await commands.executeCommand('setContext', 'sqlclr.holdsAssembly', entries.length > 0);
}
