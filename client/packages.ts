// The command that shows what is in a package. The text is the server's.
import { l10n, Uri, window, workspace, type QuickPickItem } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { packagePartsRequest, packageScheme, type PackagePart, type PackagePartsParams } from '../server/protocol.js';

/** `given`: a file, from the explorer; nothing from the palette, which is for all packages of the workspace. */
export async function showPackage(client: BaseLanguageClient, given: unknown): Promise<void> {
  const params: PackagePartsParams = given instanceof Uri ? { uri: client.code2ProtocolConverter.asUri(given) } : {};
  const parts = (await client.sendRequest<readonly PackagePart[] | null>(packagePartsRequest, params)) ?? [];
  if (parts.length === 0) {
    void window.showInformationMessage(l10n.t('SQLCLR: no package that can be read is here.'));
    return;
  }
  const document = parts.length === 1 ? parts[0]?.document : (await pickedFrom(parts))?.document;
  if (document === undefined) return;
  const uri = Uri.parse(document, true);
  if (uri.scheme === packageScheme) await window.showTextDocument(await workspace.openTextDocument(uri));
}

interface PartItem extends QuickPickItem {
  readonly document: string;
}

async function pickedFrom(parts: readonly PackagePart[]): Promise<PartItem | undefined> {
  // `$(name)` would be an icon.
  const plain = (text: string): string => text.replaceAll('$(', '$ (');
  const items = parts.map(({ title, description, document }): PartItem => ({
    label: plain(title),
    description: plain(description),
    document,
  }));
  return window.showQuickPick(items, { title: l10n.t('SQLCLR: Show Package'), matchOnDescription: true });
}
