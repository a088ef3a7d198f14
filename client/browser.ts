// Entry in the browser: the server is a web worker.
import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient, type BaseLanguageClient } from 'vscode-languageclient/browser';
import { start } from './extension.js';

export function activate(context: ExtensionContext): Promise<BaseLanguageClient> {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server', 'browser.js').toString(true);
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  const createWorker = async (): Promise<Worker> => {
    worker?.terminate();
    return (worker = new Worker(script));
  };
  return start(context, (id, name, options) => new LanguageClient(id, name, createWorker, options));
}
