// sqlclr-lint inspect --extract: the assemblies that a script holds, as files in a folder. None that is there is written over.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../analysis/workspace.js';
import { tell } from './open.js';
import { reasonOf } from './read.js';

/** Whether all of them could be written. */
export function extractAssemblies(workspace: Workspace, uris: readonly string[], folder: string): boolean {
  const written = new Set<string>();
  const names = new Set<string>();
  let isWhole = true;
  for (const { image, bytes, sha512 } of uris.flatMap((uri) => workspace.fileAt(uri).script?.literals ?? [])) {
    if (!image || !bytes || written.has(sha512)) continue;
    written.add(sha512);
    const plain = fileNameFor(image.code.identity.name);
    const name = names.has(plain.toLowerCase()) ? `${plain}.${sha512.slice(0, 8)}` : plain;
    names.add(name.toLowerCase());
    const path = join(folder, `${name}.dll`);
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, bytes, { flag: 'wx' });
      tell(`${path} written`);
    } catch (error) {
      tell(`cannot write ${path}: ${reasonOf(error)}`);
      isWhole = false;
    }
  }
  return isWhole;
}

/** The bytes say the name: it names no folder, no device of Windows, and nothing that a shell or terminal would obey. */
function fileNameFor(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}_.+-]+/gu, '_').slice(0, 100);
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|^[.-]|^$/i.test(plain) ? `_${plain}` : plain;
}
