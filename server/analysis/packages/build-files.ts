// The project files of a workspace and what they import; a project is evaluated again only when it, or what it could import, changed.
import { isImported, isProjectFile } from './build-file-names.js';
import { Importable, readBuildFile, type BuildFile } from './build-file.js';
import { evaluateProject, type ProjectFile } from './project-file.js';

export class BuildFiles {
  readonly #files = new Map<string, BuildFile>();
  readonly #projects = new Map<string, ProjectFile>();

  copy(): BuildFiles {
    const copy = new BuildFiles();
    for (const [uri, file] of this.#files) copy.#files.set(uri, file);
    for (const [uri, project] of this.#projects) copy.#projects.set(uri, project);
    return copy;
  }

  uris(): Iterable<string> {
    return this.#files.keys();
  }

  get(uri: string): BuildFile | undefined {
    return this.#files.get(uri);
  }

  set(uri: string, text: string): void {
    this.#files.set(uri, readBuildFile(uri, text));
    this.#forget(uri);
  }

  /** Whether it was there. */
  delete(uri: string): boolean {
    this.#forget(uri);
    return this.#files.delete(uri);
  }

  /** In order of their URIs. */
  projectFiles(): readonly ProjectFile[] {
    const files = [...this.#files.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
    const importable = new Importable(files.filter(({ uri }) => isImported(uri)));
    return files.filter(({ uri }) => isProjectFile(uri)).map((file) => this.#project(file, importable));
  }

  #project(file: BuildFile, importable: Importable): ProjectFile {
    const project = this.#projects.get(file.uri) ?? evaluateProject(file, importable);
    this.#projects.set(file.uri, project);
    return project;
  }

  #forget(changed: string): void {
    if (isImported(changed)) this.#projects.clear();
    else this.#projects.delete(changed);
  }
}
