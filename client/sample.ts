// The command that opens a deployment which is wrong on purpose: as a document of its own, so that it can be edited.
import { Uri, window, workspace, type ExtensionContext } from 'vscode';

/** In the order in which they would run. */
const scripts = ['01-trust.sql', '02-assembly.sql', '03-routines.sql', '04-grants.sql', '05-hotfix.sql'];

export async function openSample({ extensionUri }: ExtensionContext): Promise<void> {
  const texts = await Promise.all(
    scripts.map(async (name) => {
      const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'docs', 'sample', name));
      return new TextDecoder().decode(bytes).trimEnd();
    }),
  );
  const document = await workspace.openTextDocument({ language: 'sql', content: `${texts.join('\nGO\n\n')}\n` });
  await window.showTextDocument(document);
}
