// A package as the scripts that it comes to, each a file of its own that nobody can write to.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diskDacpacs } from '../platform/disk.js';
import type { InputFile } from './read.js';

/** Throws where not all of it can be read. */
export function unpacked(path: string, bytes: Uint8Array): readonly InputFile[] {
  const { scripts, errors } = diskDacpacs(__dirname).readDacpac(bytes);
  const [error] = errors;
  if (error !== undefined) throw new Error(error);
  return scripts.map(({ name, text }) => {
    const part = join(path, name);
    return { path: part, uri: pathToFileURL(part).href, content: text, isPart: true };
  });
}
