// Entry in the browser: a worker that has no disk and asks the editor for files. The core is a script of its own, and only the
// client's first message says where it lies: what stands on the core runs after that.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { optionsOf } from './options.js';

// The compiler takes `self` for a window.
const worker = self as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
connection.onInitialize(async (params) => {
  // A worker that an editor has made of a blob does not know where its script came from.
  const { buildFolder = new URL('..', worker.location.href).href } = optionsOf(params.initializationOptions);
  worker.importScripts(`${buildFolder}core.js`);
  const { initializeWorker } = await import('./worker.js');
  return initializeWorker(connection, worker, buildFolder, params);
});
connection.listen();
