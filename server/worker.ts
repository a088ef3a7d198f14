// The server in a worker, once the core is there.
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import type { FlowAnalysis } from './analysis/project/flow-analysis.js';
import { failureText, Workspace } from './analysis/workspace.js';
import { clientFiles } from './files.js';
import { fetchedGrammar } from './grammar-browser.js';
import { browserHashes } from './platform-browser.js';
import type * as LinkFeatures from './links.js';
import { initialize } from './server.js';

/** What scripts leave behind that are loaded when they are first asked for. */
interface WorkerScope extends DedicatedWorkerGlobalScope {
  readonly sqlclrFlow?: FlowAnalysis;
  readonly sqlclrLinks?: typeof LinkFeatures;
}

export function initializeWorker(
  connection: Connection,
  worker: WorkerScope,
  buildFolder: string,
  params: InitializeParams,
): InitializeResult {
  const flow = (): FlowAnalysis | undefined => {
    if (!worker.sqlclrFlow) worker.importScripts(`${buildFolder}flow.js`);
    return worker.sqlclrFlow;
  };
  const links = (): typeof LinkFeatures | undefined => {
    if (!worker.sqlclrLinks) worker.importScripts(`${buildFolder}links.js`);
    return worker.sqlclrLinks;
  };
  const host = {
    workspace: new Workspace({ ...browserHashes, flow }, undefined, (failure) =>
      connection.console.error(failureText(failure)),
    ),
    files: clientFiles(connection),
    language: () => fetchedGrammar(buildFolder, worker),
    links,
  };
  return initialize(connection, host, params);
}
