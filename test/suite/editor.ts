// What the suites ask of the editor. Every host must have it: no files but through the editor, no Node.js.
import * as assert from 'assert';
import * as vscode from 'vscode';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('sqlclr-lint.sqlclr-lint');
  assert.ok(found, 'the extension is not installed');
  return found;
}

export async function open(name: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Waits until something holds; without it, as long as a mistaken answer would take. */
export async function settled(holds?: () => boolean, what = 'what was waited for'): Promise<void> {
  const limit = Date.now() + (holds ? 20_000 : 1_000);
  while (!holds?.()) {
    if (Date.now() > limit) return assert.ok(!holds, `timed out: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Diagnostics of a rule, once there are any. */
export async function findings(document: vscode.TextDocument, rule: string): Promise<readonly vscode.Diagnostic[]> {
  await settled(() => current(document, rule).length > 0, `${rule} in ${document.uri.path}`);
  return current(document, rule);
}

export async function noFindings(document: vscode.TextDocument, rule: string): Promise<void> {
  await settled(() => current(document, rule).length === 0, `no ${rule} in ${document.uri.path}`);
}

function current(document: vscode.TextDocument, rule: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter((each) => ruleOf(each) === rule);
}

export function ruleOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

export function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `${text} is not in ${document.uri.path}`);
  return document.positionAt(at);
}

export async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

export async function quickFixes(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(provider, document.uri, diagnostic.range, kind);
}

/** A quick fix, once it is offered, as it is when it is chosen: with the edit that the server makes only then. */
export async function chosenFix(
  document: vscode.TextDocument,
  { range }: vscode.Diagnostic,
  title: string,
): Promise<vscode.CodeAction | undefined> {
  const most = 100;
  for (let tries = 0; tries < 200; tries++) {
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(provider, document.uri, range, kind, most);
    const found = all.find((each) => each.title.startsWith(title));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}

const kind = vscode.CodeActionKind.QuickFix.value;
const provider = 'vscode.executeCodeActionProvider';
