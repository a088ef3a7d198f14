// Paths to files to contents: folders walked in a stable order, what cannot be read told by name.
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decode } from '../files/decode.js';
import { extensionOf, extensions, isPackage, isSource, limits, skippedFolders } from '../files.js';
import { unpacked } from './dacpac.js';
import { ignoreLimit, parsedIgnore, isIgnored, type Ignore } from '../files/ignores.js';

export interface InputFile {
  readonly path: string;
  readonly uri: string;
  readonly content: string | Uint8Array;
  /** Of a package: there is no such file. */
  readonly isPart?: boolean;
}

export interface Input {
  readonly files: readonly InputFile[];
  /** One line each, for standard error. */
  readonly unreadable: readonly string[];
  /** C# files below the folders that are not read, for there is more C# than `limits.workspace`. */
  readonly leftOut: number;
}

export interface ReadOptions {
  readonly codePage?: string | undefined;
  /** What a configuration leaves out, unless it is named. */
  readonly isIgnored?: (path: string) => boolean;
}

export function readInput(
  paths: readonly string[],
  { codePage, isIgnored: isLeftOut = () => false }: ReadOptions,
): Input {
  const files = new Map<string, InputFile>();
  const unreadable: string[] = [];
  let sourceSize = 0;
  let leftOut = 0;
  const add = (path: string, named: boolean): void => {
    if (files.has(path) || (!named && isLeftOut(path))) return;
    try {
      if (!named && isSource(path)) {
        const { size } = statSync(path);
        if (sourceSize + size > limits.workspace) return void leftOut++;
        sourceSize += size;
      }
      for (const file of readInputFiles(path, codePage)) {
        // A native program in a folder is none of ours; one that was named is answered for.
        if (typeof file.content === 'string' || named || isManagedCandidate(file.content)) files.set(file.path, file);
      }
    } catch (error) {
      unreadable.push(`${path}: ${reasonOf(error)}`);
    }
  };
  for (const given of paths) {
    const path = resolve(given);
    if (isNetworkOrDevice(given)) unreadable.push(`${given}: network and device paths are not opened`);
    else {
      try {
        if (statSync(path).isDirectory()) for (const file of walk(path, unreadable)) add(file, false);
        else add(path, true);
      } catch (error) {
        unreadable.push(`${given}: ${reasonOf(error)}`);
      }
    }
  }
  return { files: [...files.values()], unreadable, leftOut };
}

/** The file, or of a package what is in it. Throws what the file system throws, and for a file that is too large. */
export function readInputFiles(path: string, codePage: string | undefined): readonly InputFile[] {
  if (isNetworkOrDevice(path)) throw new Error('network and device paths are not opened');
  const status = statSync(path);
  if (!status.isFile()) throw new Error('not a file');
  if (status.size > limits.file) throw new Error(`larger than ${limits.file >> 20} MiB`);
  const bytes = new Uint8Array(readFileSync(path));
  if (isPackage(path)) return unpacked(path, bytes);
  const isImage =
    ['dll', 'exe'].includes(extensionOf(path)) || (bytes[0] === 0x4d && bytes[1] === 0x5a && bytes.includes(0));
  return [{ path, uri: pathToFileURL(path).href, content: isImage ? bytes : decode(bytes, codePage) }];
}

/** `\\server\share`, `\\.\device`: opening one on Windows sends credentials. */
export function isNetworkOrDevice(path: string): boolean {
  return /^[\\/]{2}[^\\/]/.test(path);
}

function isManagedCandidate(bytes: Uint8Array): boolean {
  return bytes[0] === 0x4d && bytes[1] === 0x5a;
}

function isRead(name: string): boolean {
  return extensions.includes(extensionOf(name));
}

/** Files in order of their path. Links to folders are not followed; to files within the folder they are. */
function walk(root: string, unreadable: string[]): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string, ignores: readonly Ignore[]): void => {
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      unreadable.push(`${folder}: ${reasonOf(error)}`);
      return;
    }
    const here = [
      ...(entries.some((entry) => entry.name === '.gitignore' && entry.isFile()) ? [readIgnore(folder)] : []),
      ...ignores,
    ];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      const isFolder = entry.isDirectory();
      if (isFolder ? skippedFolders.has(entry.name) : !isRead(entry.name)) continue;
      if (isIgnored(path, isFolder, here)) continue;
      if (isFolder) visit(path, here);
      else if (entry.isFile() || (entry.isSymbolicLink() && isInside(root, path))) found.push(path);
    }
  };
  visit(root, []);
  return found;
}

function isInside(root: string, link: string): boolean {
  try {
    const real = realpathSync(link);
    return lstatSync(real).isFile() && !relative(realpathSync(root), real).startsWith('..');
  } catch {
    return false;
  }
}

function readIgnore(folder: string): Ignore {
  const path = join(folder, '.gitignore');
  return parsedIgnore(folder, lstatSync(path).size <= ignoreLimit ? readFileSync(path, 'utf8') : '');
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  return error.message;
}
