// How far the check of the workspace is, for a client that shows it, and whether somebody has stopped it.
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { describe } from '../guard.js';
import type { PullOptions } from './pull.js';
import type { Sources } from '../sources.js';

/** In milliseconds: what takes less is not shown. */
const patience = 1_000;

/** One pass over the files. */
export interface Check {
  done(files: number): void;
  end(): void;
  /** Whether files that nobody has open are left out from now on. */
  isStopped(): boolean;
}

export class Checks {
  readonly #connection: Connection;
  readonly #options: Pick<PullOptions, 'progress' | 'stopped'>;
  readonly #sources: Sources;
  /** The settings it was stopped under: others are a new beginning, as a restart is. */
  #stoppedUnder: Sources['settings'] | undefined;

  constructor(connection: Connection, sources: Sources, options: Pick<PullOptions, 'progress' | 'stopped'>) {
    this.#connection = connection;
    this.#sources = sources;
    this.#options = options;
  }

  begin(files: number): Check {
    const began = performance.now();
    const { isStopped } = this;
    let shown: Promise<WorkDoneProgressServerReporter | undefined> | undefined;
    const told = (done: number): string => `${done} of ${files} files`;
    return {
      isStopped,
      done: (done) => {
        if (!this.#options.progress || isStopped() || performance.now() - began < patience) return;
        if (shown) void shown.then((reporter) => reporter?.report((100 * done) / files, told(done)));
        else shown = this.#show(told(done));
      },
      end: () => void shown?.then((reporter) => reporter?.done()),
    };
  }

  readonly isStopped = (): boolean => {
    const isStopped = this.#stoppedUnder !== undefined && this.#stoppedUnder === this.#sources.settings;
    this.#options.stopped(isStopped);
    return isStopped;
  };

  async #show(message: string): Promise<WorkDoneProgressServerReporter | undefined> {
    try {
      const reporter = await this.#connection.window.createWorkDoneProgress();
      reporter.begin('SQLCLR: checking', 0, message, true);
      reporter.token.onCancellationRequested(() => (this.#stoppedUnder = this.#sources.settings));
      return reporter;
    } catch (error) {
      this.#connection.console.error(describe(error));
      return undefined;
    }
  }
}
