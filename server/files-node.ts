// Files from the disk. Links are not followed and nothing outside the workspace is opened.
import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { extensionOf, extensions, isInFolders, limits, skippedFolders, type Files } from './files.js';

/** `elsewhere` answers for folders that are not on the disk: those of a virtual workspace. */
export function diskFiles(elsewhere: Files): Files {
  return {
    async list(folders) {
      const found: string[] = [];
      for (const folder of folders.filter(isOnDisk)) await walk(URI.parse(folder).fsPath, found);
      return [...found, ...(await elsewhere.list(folders.filter((folder) => !isOnDisk(folder))))];
    },
    read(uri, folders) {
      if (!isOnDisk(uri)) return elsewhere.read(uri, folders);
      return isInFolders(uri, folders) ? readInside(URI.parse(uri).fsPath, folders) : Promise.resolve(undefined);
    },
  };
}

function isOnDisk(uri: string): boolean {
  return URI.parse(uri).scheme === 'file';
}

async function walk(root: string, found: string[]): Promise<void> {
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await entriesOf(folder)) {
      if (found.length >= limits.files) return;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skippedFolders.has(entry.name)) folders.push(path);
      if (entry.isFile() && extensions.includes(extensionOf(entry.name))) found.push(URI.file(path).toString());
    }
  }
}

/** None where the folder went away meanwhile, or is not ours to read. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

async function readInside(path: string, folders: readonly string[]): Promise<Uint8Array | undefined> {
  try {
    const status = await lstat(path);
    if (!status.isFile() || status.size > limits.file || !(await isReallyInside(path, folders))) return undefined;
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A folder on the way may be a link that leads out. */
async function isReallyInside(path: string, folders: readonly string[]): Promise<boolean> {
  const real = await realpath(path);
  const roots = await Promise.all(folders.filter(isOnDisk).map((folder) => realpath(URI.parse(folder).fsPath)));
  return roots.some((root) => real.startsWith(root.endsWith(sep) ? root : root + sep));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
