// Files through the editor: in the browser, and wherever a workspace is not on a disk.
import type { Connection } from 'vscode-languageserver';
import {
  canonicalUri,
  extensionOf,
  extensions,
  isInFolders,
  isSkipped,
  isSource,
  limits,
  pathInFolders,
  skippedFolders,
  sourceExtensions,
  type Files,
} from '../files.js';
import { ignoredBy, parseIgnore, type IgnoreRule } from './gitignore.js';
import { listFilesRequest, readFileRequest, type ListFilesParams, type ReadFileParams } from '../protocol.js';

/** Of each kind, what an editor is asked for: more than is read, since .gitignore has a word in what that is. */
const listed = 50_000;
/** In bytes, and how many: further .gitignore files are not read. */
const ignoreLimits = { size: 1 << 20, files: 500 } as const;

const skipped = [...skippedFolders];
const asked = (extensions: readonly string[], limit: number): ListFilesParams => ({ extensions, skipped, limit });
const filesAsked = asked(
  extensions.filter((extension) => !sourceExtensions.includes(extension)),
  listed,
);
const sourcesAsked = asked(sourceExtensions, listed);
const ignoresAsked = asked(['gitignore'], ignoreLimits.files);

export function clientFiles(connection: Connection): Files {
  // As the last listing found them.
  let ignores: Ignores = new Map();
  const bytesOf = async (uri: string, limit: number): Promise<Uint8Array | undefined> => {
    const params: ReadFileParams = { uri, limit };
    const content = await connection.sendRequest<string | undefined>(readFileRequest, params);
    return typeof content === 'string' ? bytesOfBase64(content) : undefined;
  };
  const namesOf = async (params: ListFilesParams, folders: readonly string[]): Promise<readonly string[]> => {
    const uris = await connection.sendRequest<readonly string[]>(listFilesRequest, params);
    return uris
      .filter((uri) => params.extensions.includes(extensionOf(uri)))
      .filter((uri) => isInFolders(uri, folders) && !isSkipped(uri, folders));
  };
  return {
    async list(folders) {
      if (folders.length === 0) return [];
      const found = new Map<string, readonly IgnoreRule[]>();
      for (const uri of await namesOf(ignoresAsked, folders)) {
        const bytes = await bytesOf(uri, ignoreLimits.size).catch(() => undefined);
        if (bytes) found.set(folderOf(canonicalUri(uri)), parseIgnore(new TextDecoder().decode(bytes)));
      }
      ignores = found;
      const files = inOrder(await namesOf(filesAsked, folders), folders, ignores);
      const sources = inOrder(await namesOf(sourcesAsked, folders), folders, ignores);
      return [...files.slice(0, limits.files), ...sources.slice(0, limits.sources)];
    },
    async read(uri, folders) {
      const isListed = isSource(uri) || filesAsked.extensions.includes(extensionOf(uri));
      if (!isInFolders(uri, folders) || (isListed && ignoring(folders, ignores)(uri))) return undefined;
      return bytesOf(uri, limits.file);
    },
  };
}

/** By the URI of their folder, with a slash at its end. */
type Ignores = ReadonlyMap<string, readonly IgnoreRule[]>;

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

/** As a walk on the disk finds them: folder by folder, what is in each by its name. */
function inOrder(uris: readonly string[], folders: readonly string[], ignores: Ignores): readonly string[] {
  return folders.flatMap((folder) => {
    const isIgnored = ignoring([folder], ignores);
    return uris
      .filter((uri) => !isIgnored(uri))
      .map((uri) => ({ uri, names: pathInFolders(uri, [folder])?.join('\0') }))
      .sort((a, b) => ((a.names ?? '') < (b.names ?? '') ? -1 : 1))
      .flatMap(({ uri, names }) => (names === undefined ? [] : [uri]));
  });
}

/** By a pattern for the file or a folder above it; each folder is decided once. */
function ignoring(folders: readonly string[], ignores: Ignores): (uri: string) => boolean {
  const decided = new Map<string, boolean>();
  return (uri) => {
    if (ignores.size === 0) return false;
    const names = pathInFolders(uri, folders) ?? [];
    // From the root down to the file's own.
    const above: string[] = [];
    for (let folder = folderOf(canonicalUri(uri)); above.length < names.length; folder = folderOf(folder.slice(0, -1)))
      above.unshift(folder);
    return names.some((_, depth) => {
      const folder = above[depth + 1];
      if (folder === undefined) return isIgnored(names, above, ignores, false);
      const known = decided.get(folder) ?? isIgnored(names.slice(0, depth + 1), above, ignores, true);
      decided.set(folder, known);
      return known;
    });
  };
}

/** The innermost .gitignore that says anything says it. */
function isIgnored(names: readonly string[], above: readonly string[], ignores: Ignores, isFolder: boolean): boolean {
  for (let root = names.length - 1; root >= 0; root--) {
    const rules = ignores.get(above[root] ?? '') ?? [];
    const ignored = rules.length > 0 ? ignoredBy(rules, names.slice(root), isFolder) : undefined;
    if (ignored !== undefined) return ignored;
  }
  return false;
}

function bytesOfBase64(content: string): Uint8Array {
  const binary = atob(content);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
