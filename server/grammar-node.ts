// The files of the grammar of C#, from the disk.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadGrammar, type CSharpGrammar } from './analysis/workspace.js';

/** `folder` is where the build has put them. */
export async function diskGrammar(folder: string): Promise<CSharpGrammar> {
  const [runtime, language] = await Promise.all(
    ['web-tree-sitter.wasm', 'tree-sitter-c_sharp.wasm'].map((name) => readFile(join(folder, name))),
  );
  if (!runtime || !language) throw new Error(`No grammar in ${folder}`);
  return loadGrammar({ runtime, language });
}
