// Files from the disk. Links are not followed and nothing outside the workspace is opened.
import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { extensionOf, extensions, isInFolders, isSource, limits, skippedFolders, type Files } from '../files.js';
import { ignoreLimit, parsedIgnore, isIgnored, type Ignore } from './ignores.js';

/** `elsewhere` answers for folders that are not on the disk: those of a virtual workspace. */
export function diskFiles(elsewhere: Files): Files {
  // As the last listing found them.
  let ignoreOf = cachedIgnores();
  return {
    async list(folders) {
      ignoreOf = cachedIgnores();
      const found: Found = { files: [], sources: [] };
      for (const folder of folders.filter(isOnDisk)) await walk(URI.parse(folder).fsPath, found, ignoreOf);
      return [
        ...found.files,
        ...found.sources,
        ...(await elsewhere.list(folders.filter((folder) => !isOnDisk(folder)))),
      ];
    },
    read(uri, folders) {
      if (!isOnDisk(uri)) return elsewhere.read(uri, folders);
      return isInFolders(uri, folders)
        ? readInside(URI.parse(uri).fsPath, folders, ignoreOf)
        : Promise.resolve(undefined);
    },
  };
}

type IgnoreOf = (folder: string) => Promise<Ignore>;

function cachedIgnores(): IgnoreOf {
  const known = new Map<string, Promise<Ignore>>();
  return (folder) => {
    const ignore = known.get(folder) ?? readIgnore(folder);
    known.set(folder, ignore);
    return ignore;
  };
}

function isOnDisk(uri: string): boolean {
  return /^file:/i.test(uri);
}

interface Folder {
  readonly path: string;
  /** Of this folder and those above it, the innermost first. */
  readonly ignores: readonly Ignore[];
}

/** Each not longer than its limit. */
interface Found {
  readonly files: string[];
  readonly sources: string[];
}

/** By name, folder by folder, so that of too many files every host reads the same. */
async function walk(root: string, found: Found, ignoreOf: IgnoreOf): Promise<void> {
  const pending: (Folder | string)[] = [{ path: root, ignores: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') note(found, next);
    else await openFolder(next, pending, ignoreOf);
    if (found.files.length >= limits.files && found.sources.length >= limits.sources) return;
  }
}

/** What is in it comes next, the first by its name on top. */
async function openFolder(folder: Folder, pending: (Folder | string)[], ignoreOf: IgnoreOf): Promise<void> {
  const ignores = [await ignoreOf(folder.path), ...folder.ignores];
  const entries = [...(await entriesOf(folder.path))].sort((a, b) => (a.name < b.name ? 1 : -1));
  for (const entry of entries) {
    const path = join(folder.path, entry.name);
    const wanted = entry.isDirectory() ? !skippedFolders.has(entry.name) : isWanted(entry);
    if (!wanted || isIgnored(path, entry.isDirectory(), ignores)) continue;
    pending.push(entry.isDirectory() ? { path, ignores } : path);
  }
}

function note({ files, sources }: Found, path: string): void {
  if (!isSource(path)) {
    if (files.length < limits.files) files.push(URI.file(path).toString());
  } else if (sources.length < limits.sources) sources.push(URI.file(path).toString());
}

/** A link is no file. */
function isWanted(entry: Dirent): boolean {
  return entry.isFile() && isListed(entry.name);
}

/** Git's word holds for what is found by looking, and not for a configuration that is named. */
function isListed(path: string): boolean {
  return extensions.includes(extensionOf(path));
}

async function readIgnore(folder: string): Promise<Ignore> {
  const path = join(folder, '.gitignore');
  const status = await lstat(path).catch(() => undefined);
  const isRead = status?.isFile() && status.size <= ignoreLimit;
  return parsedIgnore(folder, isRead ? await readFile(path, 'utf8').catch(() => '') : '');
}

/** As the walk would have found it: no folder on the way is ignored. */
async function isIgnoredBelow(root: string, path: string, ignoreOf: IgnoreOf): Promise<boolean> {
  const names = relative(root, path).split(sep);
  let ignores: readonly Ignore[] = [];
  let folder = root;
  for (const [index, name] of names.entries()) {
    ignores = [await ignoreOf(folder), ...ignores];
    folder = join(folder, name);
    if (isIgnored(folder, index < names.length - 1, ignores)) return true;
  }
  return false;
}

/** None where the folder went away meanwhile, or is not ours to read. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

async function readInside(
  path: string,
  folders: readonly string[],
  ignoreOf: IgnoreOf,
): Promise<Uint8Array | undefined> {
  try {
    const status = await lstat(path);
    if (!status.isFile() || status.size > limits.file) return undefined;
    const root = await rootOf(path, folders);
    return root === undefined || (isListed(path) && (await isIgnoredBelow(root, path, ignoreOf)))
      ? undefined
      : await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The folder it lies in; none where a folder on the way is a link that leads out. */
async function rootOf(path: string, folders: readonly string[]): Promise<string | undefined> {
  const real = await realpath(path);
  for (const folder of folders.filter((uri) => isOnDisk(uri) && isInFolders(URI.file(path).toString(), [uri]))) {
    const root = URI.parse(folder).fsPath;
    const realRoot = await realpath(root);
    if (real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) return root;
  }
  return undefined;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
