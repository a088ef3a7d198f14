// Work that is done some time after a change, once for all changes that come until then.
import type { Connection } from 'vscode-languageserver';
import { describe } from '../guard.js';
import { pause } from '../turn.js';

export class AfterChanges {
  readonly #connection: Connection;
  readonly #milliseconds: number;
  readonly #work: () => Promise<void>;
  #isWaiting = false;

  constructor(connection: Connection, milliseconds: number, work: () => Promise<void>) {
    this.#connection = connection;
    this.#milliseconds = milliseconds;
    this.#work = work;
  }

  changed(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    pause(this.#milliseconds)
      .then(() => {
        this.#isWaiting = false;
        return this.#work();
      })
      .catch((error: unknown) => this.#connection.console.error(describe(error)));
  }
}
