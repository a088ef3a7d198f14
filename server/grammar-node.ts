// What reading C# takes, from the disk.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCSharp, type CSharpLanguage } from './analysis/workspace.js';

/** `folder` is where the build has put them. */
export async function diskGrammar(folder: string): Promise<CSharpLanguage> {
  const [runtime, language, framework] = await Promise.all(
    ['web-tree-sitter.wasm', 'tree-sitter-c_sharp.wasm', 'framework-members.bin'].map((name) =>
      readFile(join(folder, name)),
    ),
  );
  if (!runtime || !language || !framework) throw new Error(`No grammar in ${folder}`);
  return loadCSharp({ runtime, language, framework });
}
