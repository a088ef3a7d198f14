// Entry in the browser: the server is a web worker.
import { Uri, type ExtensionContext } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type BaseLanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import type { InitializationOptions } from '../server/protocol.js';
import { start } from './extension.js';

export function activate(context: ExtensionContext): Promise<BaseLanguageClient> {
  const build = Uri.joinPath(context.extensionUri, 'dist');
  const script = Uri.joinPath(build, 'server', 'browser.js').toString(true);
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  // A new worker each time, for a restart; as transports, since the editor's own Worker is no instance of the client's.
  const connect = async (): Promise<MessageTransports> => {
    worker?.terminate();
    worker = new Worker(script);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  const own: InitializationOptions = { buildFolder: `${build.toString(true)}/` };
  return start(context, (id, name, { initializationOptions, ...options }) => {
    const told = { ...(initializationOptions as InitializationOptions), ...own };
    return new LanguageClient(id, name, connect, { ...options, initializationOptions: told });
  });
}
