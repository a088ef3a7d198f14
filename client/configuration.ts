// The command that opens the workspace's sqlclr-lint.json, and makes one where there is none.
import { l10n, Uri, window, workspace, type WorkspaceFolder } from 'vscode';

const start = '{\n  "extends": "recommended"\n}\n';

export async function openConfiguration(): Promise<void> {
  const folder = await chosenFolder();
  if (!folder) return;
  const file = Uri.joinPath(folder.uri, 'sqlclr-lint.json');
  const isThere = await workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) await workspace.fs.writeFile(file, new TextEncoder().encode(start));
  await window.showTextDocument(file);
}

async function chosenFolder(): Promise<WorkspaceFolder | undefined> {
  const [only, ...others] = workspace.workspaceFolders ?? [];
  if (!only)
    void window.showInformationMessage(l10n.t('SQLCLR: open a folder first; sqlclr-lint.json stands at its root.'));
  return others.length > 0 ? window.showWorkspaceFolderPick() : only;
}
