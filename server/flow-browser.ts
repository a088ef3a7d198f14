// What follows values through code, from where the server's own script came.
import type { FlowAnalysis } from './analysis/project/flow-analysis.js';

/** What the script leaves behind in a worker. */
interface FlowScope {
  importScripts(url: string): void;
  sqlclrFlow?: FlowAnalysis;
}

export class FetchedFlow {
  readonly #scope: FlowScope;
  #folder: string | undefined;

  constructor(scope: FlowScope) {
    this.#scope = scope;
  }

  /** The URL of the build, with a slash at its end. */
  liesIn(folder: string | undefined): void {
    this.#folder = folder;
  }

  /** Loaded when it is first asked for; nothing where the client does not say where the build lies. */
  get(): FlowAnalysis | undefined {
    if (!this.#scope.sqlclrFlow && this.#folder !== undefined) this.#scope.importScripts(`${this.#folder}flow.js`);
    return this.#scope.sqlclrFlow;
  }
}
