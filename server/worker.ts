// The server in a worker, once the core is there.
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import type { CodeTools, PackageTools } from './analysis/platform.js';
import { failureText, Workspace } from './analysis/workspace.js';
import type * as Configurations from './bundles/configurations.js';
import type * as Dacpacs from './bundles/dacpac.js';
import { clientFiles } from './files/client.js';
import { fetchedGrammar } from './platform/grammar-browser.js';
import { browserHashes } from './platform/browser.js';
import type { Advice } from './bundles/advice.js';
import type * as LinkFeatures from './bundles/links.js';
import type { RulePages } from './bundles/rule-pages.js';
import { initialize, type Host } from './server.js';

/** What scripts leave behind that are loaded when they are first asked for. */
interface WorkerScope extends DedicatedWorkerGlobalScope {
  readonly sqlclrCode?: CodeTools;
  readonly sqlclrPackages?: PackageTools;
  readonly sqlclrLinks?: typeof LinkFeatures;
  readonly sqlclrAdvice?: Advice;
  readonly sqlclrRulePages?: RulePages;
  readonly sqlclrDacpac?: typeof Dacpacs;
  readonly sqlclrConfigurations?: typeof Configurations;
}

export function initializeWorker(
  connection: Connection,
  worker: WorkerScope,
  buildFolder: string,
  params: InitializeParams,
): InitializeResult {
  const load = <T>(left: () => T | undefined, script: string): T => {
    if (!left()) worker.importScripts(`${buildFolder}${script}`);
    const loaded = left();
    if (!loaded) throw new Error(`${script} has left nothing behind`);
    return loaded;
  };
  const platform = {
    ...browserHashes,
    code: () => load(() => worker.sqlclrCode, 'code.js'),
    packages: () => load(() => worker.sqlclrPackages, 'packages.js'),
  };
  const host = {
    workspace: new Workspace(platform, undefined, (failure) => connection.console.error(failureText(failure))),
    files: clientFiles(connection),
    language: () => fetchedGrammar(buildFolder, worker),
    links: () => load(() => worker.sqlclrLinks, 'links.js'),
    advice: () => load(() => worker.sqlclrAdvice, 'advice.js'),
    rulePages: () => load(() => worker.sqlclrRulePages, 'rule-pages.js'),
    dacpacs: () => load(() => worker.sqlclrDacpac, 'dacpac.js'),
    configurations: () => load(() => worker.sqlclrConfigurations, 'configurations.js'),
  } satisfies Required<Host>;
  return initialize(connection, host, params);
}
