// Entry in the browser: a worker that has no disk and asks the editor for files.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { failureText, Workspace } from './analysis/workspace.js';
import { clientFiles } from './files.js';
import { FetchedFlow } from './flow-browser.js';
import { fetchedGrammar } from './grammar-browser.js';
import { browserHashes } from './platform-browser.js';
import { startServer } from './server.js';

// The compiler takes `self` for a window.
const worker = self as unknown as DedicatedWorkerGlobalScope;
const flow = new FetchedFlow(worker);
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
startServer(connection, {
  workspace: new Workspace({ ...browserHashes, flow: () => flow.get() }, undefined, (failure) =>
    connection.console.error(failureText(failure)),
  ),
  files: clientFiles(connection),
  buildLiesIn: (folder) => flow.liesIn(folder),
  language: (folder) => fetchedGrammar(folder, worker),
});
