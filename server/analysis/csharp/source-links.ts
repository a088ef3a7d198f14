// Which assemblies of the workspace the sources of one are compiled against.
import type { AssemblyCode } from '../code/model.js';
import type { SourceAssembly } from '../packages/membership.js';
import { folderOf, keyOf } from '../packages/paths.js';
import { passesReferencesOn, wantedReferences } from '../packages/references.js';

/** Sources of another project, or bytes. */
export type SourceReference = SourceAssembly | AssemblyCode;

/** A file of bytes. */
export interface Library {
  readonly uri: string;
  readonly sha512: string;
  readonly code: AssemblyCode;
}

export class SourceLinks {
  readonly #inFolder = new Map<string, Library[]>();
  readonly #byProject = new Map<string, SourceAssembly>();
  readonly #files = new Map<string, Library>();
  /** By name in lower case. */
  readonly #sources = new Map<string, SourceAssembly[]>();
  readonly #named = new Map<string, Library[]>();

  constructor(assemblies: readonly SourceAssembly[], libraries: readonly Library[]) {
    for (const assembly of assemblies) {
      if (assembly.project) this.#byProject.set(keyOf(assembly.project.uri), assembly);
      add(this.#sources, assembly.name, assembly);
    }
    for (const library of libraries) {
      this.#files.set(keyOf(library.uri), library);
      add(this.#inFolder, folderOf(keyOf(library.uri)), library);
      add(this.#named, library.code.identity.name, library);
    }
  }

  /** A project's as it says; those of a folder without one are the assemblies that lie in it. */
  of(assembly: SourceAssembly): readonly SourceReference[] {
    const { project } = assembly;
    const found = new Set<SourceReference>();
    if (!project) {
      for (const { code } of this.#inFolder.get(folderOf(keyOf(assembly.sources[0] ?? ''))) ?? []) found.add(code);
    } else {
      for (const one of this.#projectsOf(assembly)) found.add(one);
      for (const { name, file } of wantedReferences(project).assemblies) {
        const meant = this.#files.get(file ?? '')?.code ?? this.#meantBy(name);
        if (meant) found.add(meant);
      }
    }
    found.delete(assembly);
    return [...found];
  }

  /** Through those of an SDK, what they refer to. */
  #projectsOf(assembly: SourceAssembly): ReadonlySet<SourceAssembly> {
    const found = new Set<SourceAssembly>();
    const work = [assembly];
    for (let one = work.pop(); one; one = work.pop()) {
      if (!one.project || (one !== assembly && !passesReferencesOn(one.project))) continue;
      for (const key of wantedReferences(one.project).projects) {
        const other = this.#byProject.get(key);
        if (!other || found.has(other)) continue;
        found.add(other);
        if (passesReferencesOn(assembly.project ?? one.project)) work.push(other);
      }
    }
    return found;
  }

  /** What is built or copied to a folder that is not read: the only one of that name. */
  #meantBy(name: string): SourceReference | undefined {
    const sources = this.#sources.get(name.toLowerCase()) ?? [];
    if (sources.length > 0) return sources.length === 1 ? sources[0] : undefined;
    const libraries = this.#named.get(name.toLowerCase()) ?? [];
    const [first] = libraries;
    return libraries.every(({ sha512 }) => sha512 === first?.sha512) ? first?.code : undefined;
  }
}

function add<T>(groups: Map<string, T[]>, name: string, item: T): void {
  const group = groups.get(name.toLowerCase());
  if (group) group.push(item);
  else groups.set(name.toLowerCase(), [item]);
}
