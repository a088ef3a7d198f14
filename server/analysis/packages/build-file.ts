// Files of MSBuild's, read and not yet evaluated, and those among them that others import.
import type { Span } from '../text/span.js';
import { folderOf, keyOf } from './paths.js';
import { parseXml, type XmlElement, type XmlError } from './xml.js';

export interface BuildFile {
  readonly uri: string;
  readonly text: string;
  /** `<Project>`; undefined where the file is something else. */
  readonly root?: XmlElement;
  readonly comments: readonly Span[];
  readonly errors: readonly XmlError[];
}

export function readBuildFile(uri: string, text: string): BuildFile {
  const { root, comments, errors } = parseXml(text);
  return { uri, text, ...(root?.name === 'Project' && { root }), comments, errors };
}

/** Characters that all projects together import; a workspace that asks for more is no person's. */
const mostImported = 50_000_000;

/** What projects can import: the files of the workspace, and nothing else. */
export class Importable {
  readonly #files: ReadonlyMap<string, BuildFile>;
  #left = mostImported;

  constructor(files: Iterable<BuildFile>) {
    this.#files = new Map([...files].map((file) => [keyOf(file.uri), file]));
  }

  has(key: string): boolean {
    return this.#files.has(key);
  }

  /** Undefined as well where too much was imported. */
  take(key: string): BuildFile | undefined {
    const file = this.#files.get(key);
    if (!file || file.text.length > this.#left) return undefined;
    this.#left -= file.text.length;
    return file;
  }

  /** Of that name, in the folder or the nearest above it. */
  nearest(folder: string, name: string): string | undefined {
    for (let at = folder; at !== ''; at = folderOf(at.slice(0, -1)))
      if (this.#files.has(at + name.toLowerCase())) return at + name.toLowerCase();
    return undefined;
  }
}
