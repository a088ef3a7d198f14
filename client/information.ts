// The command that puts together what a report of a defect wants: versions, settings, what the server reads. No path, no name of a file,
// no text: it is to be shown to others.
import { env, UIKind, version, window, workspace, type Extension } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import type { Status } from '../server/protocol.js';

export async function collectInformation(
  extension: Extension<unknown>,
  client: BaseLanguageClient,
  status: Status | undefined,
): Promise<void> {
  const content = [
    `- SQLCLR Lint ${extension.packageJSON.version}`,
    `- ${env.appName} ${version}, ${env.uiKind === UIKind.Web ? 'in a browser' : 'on a desktop'} (${env.appHost}${env.remoteName === undefined ? '' : `, remote: ${env.remoteName}`})`,
    `- Server: ${client.state === State.Running ? 'running' : 'not running'}`,
    ...(status ? statusLines(status) : ['- The server has told nothing yet']),
    `- Folders of the workspace: ${workspace.workspaceFolders?.length ?? 0}, trusted: ${workspace.isTrusted ? 'yes' : 'no'}`,
    '',
    '```json',
    JSON.stringify(settingsOf(extension), undefined, 2),
    '```',
    '',
  ].join('\n');
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
}

function statusLines({ target, strictSecurity, scripts, assemblies, targetFrom, problems }: Status): readonly string[] {
  const strict = strictSecurity === undefined ? '' : `, strict security ${strictSecurity ? 'on' : 'off'}`;
  return [
    `- Target: ${target}${strict}${targetFrom === undefined ? '' : ', from sqlclr-lint.json'}`,
    `- Read: ${scripts} scripts, ${assemblies} assembly files`,
    `- Problems: ${problems.length}`,
  ];
}

/** What is set otherwise than by default. */
function settingsOf({ packageJSON }: Extension<unknown>): Readonly<Record<string, unknown>> {
  const configuration = workspace.getConfiguration();
  const set: Record<string, unknown> = {};
  for (const name of Object.keys(packageJSON.contributes.configuration.properties)) {
    const value: unknown = configuration.get(name);
    if (JSON.stringify(value) !== JSON.stringify(configuration.inspect(name)?.defaultValue)) set[name] = value;
  }
  return set;
}
