// The packages of a workspace as the scripts that are in them, each below its package and nobody's to write to.
import type * as Dacpacs from '../bundles/dacpac.js';

export class PackageParts {
  readonly #load: () => typeof Dacpacs | undefined;
  /** By the package, then by the script. */
  readonly #packages = new Map<string, ReadonlyMap<string, string>>();

  constructor(load: () => typeof Dacpacs | undefined) {
    this.#load = load;
  }

  get packages(): readonly string[] {
    return [...this.#packages.keys()];
  }

  /** Throws where not all of it can be read. */
  read(uri: string, bytes: Uint8Array): ReadonlyMap<string, string> {
    const { scripts = [], errors = ['nothing here reads packages'] } = this.#load()?.readDacpac(bytes) ?? {};
    const [error] = errors;
    if (error !== undefined) throw new Error(error);
    const parts = new Map(scripts.map(({ name, text }) => [`${uri}/${name}`, text]));
    this.#packages.set(uri, parts);
    return parts;
  }

  forget(uri: string): void {
    this.#packages.delete(uri);
  }

  /** In the order in which they run. */
  partsOf(uri: string): readonly string[] {
    return [...(this.#packages.get(uri)?.keys() ?? [])];
  }

  /** The package that a script is of. */
  packageOf(part: string): string | undefined {
    const uri = part.slice(0, Math.max(part.lastIndexOf('/'), 0));
    return this.#packages.get(uri)?.has(part) ? uri : undefined;
  }

  /** As the package has it. */
  textOf(part: string): string | undefined {
    return this.#packages.get(this.packageOf(part) ?? '')?.get(part);
  }
}
