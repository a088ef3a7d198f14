// Which project compiles which source: the sources of a workspace as assemblies to be.
import type { Item, ItemSpec } from './items.js';
import { fixedFolderOf, folderOf, isPattern, keyOf, matches, resolvedKey } from './paths.js';
import { takesAllSources, type DeclaredPermissionSet, type ProjectFile, type Said } from './project-file.js';

export interface SourceAssembly {
  /** Of a project that does not tell it, the project file's; of loose sources, their folder's. */
  readonly name: string;
  /** Undefined for sources of a folder that no project stands in or above. */
  readonly project?: ProjectFile;
  /** URIs in order. */
  readonly sources: readonly string[];
  /** C# listed by name, and none of the files that the workspace reads. */
  readonly missing: readonly ItemSpec[];
  /** Conditional compilation symbols. */
  readonly symbols: readonly string[];
  /** As the project declares it; what it leaves out is not said here. */
  readonly permissionSet?: Said<DeclaredPermissionSet>;
  readonly owner?: Said<string>;
  /** Nothing that is not known decides about a source; else those are in the list that may be. */
  readonly isCertain: boolean;
}

/**
 * Projects that compile nothing are left out; those of two folders deep are not asked for each other's sources. A source can be
 * part of several assemblies, by links, and of none.
 */
export function assembliesOf(projects: readonly ProjectFile[], sources: readonly string[]): readonly SourceAssembly[] {
  const index = new SourceIndex(sources);
  const folders = new Set(projects.map(({ uri }) => folderOf(keyOf(uri))));
  const built = projects
    .toSorted((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0))
    .flatMap((project) => assemblyOf(project, index, folders) ?? []);
  const compiled = new Set(built.flatMap((assembly) => assembly.sources));
  return [...built, ...looseAssemblies(index, folders, compiled)];
}

function assemblyOf(
  project: ProjectFile,
  index: SourceIndex,
  folders: ReadonlySet<string>,
): SourceAssembly | undefined {
  const items = project.items.filter(({ kind }) => kind === 'Compile');
  const folder = folderOf(keyOf(project.uri));
  const compiled = new Set<string>(takesAllSources(project) ? index.below(folder, folders) : []);
  const missing: ItemSpec[] = [];
  for (const item of items) {
    if (item.action === 'include') include(item, folder, index, compiled, missing);
    else if (item.action === 'remove' && item.holds)
      for (const spec of item.specs) for (const key of index.named(folder, spec)) compiled.delete(key);
  }
  if (compiled.size === 0) return undefined;
  return {
    name: project.assemblyName ?? nameOfFile(project.uri),
    project,
    sources: [...compiled].map((key) => index.uriOf(key)).sort(),
    missing,
    symbols: project.constants,
    ...(project.permissionSet && { permissionSet: project.permissionSet }),
    ...(project.owner && { owner: project.owner }),
    isCertain: index.isWhole && items.every(({ isCertain }) => isCertain),
  };
}

function include(
  { specs, exclude }: Item,
  folder: string,
  index: SourceIndex,
  compiled: Set<string>,
  missing: ItemSpec[],
): void {
  const excluded = new Set(exclude.flatMap((spec) => index.named(folder, spec)));
  for (const spec of specs) {
    const keys = index.named(folder, spec);
    for (const key of keys) if (!excluded.has(key)) compiled.add(key);
    if (keys.length === 0 && /\.cs$/i.test(spec.text) && !isPattern(spec.text)) missing.push(spec);
  }
}

/** One for each folder, where no project stands in it or above; without what a project elsewhere links. */
function looseAssemblies(
  index: SourceIndex,
  projectFolders: ReadonlySet<string>,
  compiled: ReadonlySet<string>,
): readonly SourceAssembly[] {
  const loose = new Map<string, string[]>();
  for (const key of index.keys) {
    const folder = folderOf(key);
    if (compiled.has(index.uriOf(key)) || isBelowAny(folder, projectFolders)) continue;
    const list = loose.get(folder);
    if (list) list.push(index.uriOf(key));
    else loose.set(folder, [index.uriOf(key)]);
  }
  return [...loose.values()].map((uris) => ({
    name: nameOfFolder(uris[0] ?? ''),
    sources: uris,
    missing: [],
    symbols: [],
    isCertain: true,
  }));
}

function isBelowAny(folder: string, folders: ReadonlySet<string>): boolean {
  for (let at = folder; at !== ''; at = folderOf(at.slice(0, -1))) if (folders.has(at)) return true;
  return false;
}

function nameOfFile(uri: string): string {
  const name = nameOf(uri);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

function nameOfFolder(uri: string): string {
  return nameOf(folderOf(uri).slice(0, -1));
}

function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Sources are held against patterns so often in all; a workspace that asks for more is no person's. */
const mostComparisons = 500_000;

/** Sources by key, in order of the keys, so that what lies below a folder lies together. */
class SourceIndex {
  readonly keys: readonly string[];
  readonly #uris: ReadonlyMap<string, string>;
  #comparisons = 0;

  constructor(uris: readonly string[]) {
    this.#uris = new Map(uris.map((uri) => [keyOf(uri), uri]));
    this.keys = [...this.#uris.keys()].sort();
  }

  /** What was asked for was looked up in full. */
  get isWhole(): boolean {
    return this.#comparisons <= mostComparisons;
  }

  uriOf(key: string): string {
    return this.#uris.get(key) ?? key;
  }

  /** What a project of the folder means by a path or a pattern. */
  named(folder: string, { text }: ItemSpec): readonly string[] {
    const key = resolvedKey(folder, text);
    if (key === undefined) return [];
    if (!isPattern(key)) return this.#uris.has(key) ? [key] : [];
    return this.#startingWith(fixedFolderOf(key)).filter((each) => matches(key, each));
  }

  /** As an SDK takes them: not what is built, hidden, or below another project. */
  below(folder: string, projectFolders: ReadonlySet<string>): readonly string[] {
    return this.#startingWith(folder).filter((key) => {
      const names = key.slice(folder.length).split('/').slice(0, -1);
      if (names[0] === 'bin' || names[0] === 'obj' || names.some((name) => name.startsWith('.'))) return false;
      let at = folder;
      return !names.some((name) => projectFolders.has((at += `${name}/`)));
    });
  }

  #startingWith(prefix: string): readonly string[] {
    this.#comparisons++;
    if (!this.isWhole) return [];
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.keys[middle] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (this.keys[end]?.startsWith(prefix)) end++;
    this.#comparisons += end - low;
    return this.keys.slice(low, end);
  }
}
