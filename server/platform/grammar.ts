// The grammar of C#, loaded when the first source comes that has to do with SQL Server, and never in a workspace without.
import { speaksOfSqlServer, type CSharpFrontEnd } from '../analysis/workspace.js';

export class GrammarOnDemand {
  readonly #load: () => Promise<CSharpFrontEnd>;
  readonly #log: (message: string) => void;
  #grammar: Promise<CSharpFrontEnd | undefined> | undefined;

  constructor(load: () => Promise<CSharpFrontEnd>, log: (message: string) => void) {
    this.#load = load;
    this.#log = log;
  }

  /** Undefined for a source that is not worth it, and where the grammar cannot be loaded, which is said once. */
  async for(text: string): Promise<CSharpFrontEnd | undefined> {
    if (!speaksOfSqlServer(text)) return undefined;
    this.#grammar ??= this.#load().catch((error: unknown) => {
      this.#log(`C# is not read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    return this.#grammar;
  }
}
