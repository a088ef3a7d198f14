// Entry on the desktop and in a remote: the server is a child process.
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type BaseLanguageClient } from 'vscode-languageclient/node';
import { start } from './extension.js';
import { offerTasks } from './tasks.js';

export function activate(context: ExtensionContext): Promise<BaseLanguageClient> {
  context.subscriptions.push(offerTasks(context.asAbsolutePath('dist/cli.cjs')));
  const server = { module: context.asAbsolutePath('dist/server/node.cjs'), transport: TransportKind.ipc };
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  return start(context, (id, name, options) => new LanguageClient(id, name, { run: server, debug }, options));
}
