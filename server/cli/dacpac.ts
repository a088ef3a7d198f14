// A package as the scripts that it comes to, each a file of its own that nobody can write to.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import type * as Dacpacs from '../dacpac.js';
import { extensionOf } from '../files.js';
import type { InputFile } from './read.js';

const extensions: readonly string[] = ['dacpac', 'bacpac'];

export function isDacpac(path: string): boolean {
  return extensions.includes(extensionOf(path));
}

/** Throws where not all of it can be read. */
export function unpacked(path: string, bytes: Uint8Array): readonly InputFile[] {
  const { readDacpac } = createRequire(__filename)(join(__dirname, 'dacpac.js')) as typeof Dacpacs;
  const { scripts, errors } = readDacpac(bytes);
  const [error] = errors;
  if (error !== undefined) throw new Error(error);
  return scripts.map(({ name, text }) => {
    const part = join(path, name);
    return { path: part, uri: pathToFileURL(part).href, content: text, isPart: true };
  });
}
