// What reading C# takes, from the disk.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CSharpFrontEnd, LanguageFiles } from '../analysis/workspace.js';

/** `folder` is where the build has put it. */
export async function diskGrammar(folder: string, milliseconds?: number): Promise<CSharpFrontEnd> {
  const read = (name: string): Promise<Uint8Array> => readFile(join(folder, name));
  const [runtime, language, framework] = await Promise.all([
    read('web-tree-sitter.wasm'),
    read('tree-sitter-c_sharp.wasm'),
    read('framework-members.bin'),
  ]);
  const module: FrontEndModule = await import(pathToFileURL(resolve(folder, 'csharp.js')).href);
  return module.default.loadCSharp({
    runtime,
    language,
    framework,
    ...(milliseconds !== undefined && { milliseconds }),
  });
}

interface FrontEndModule {
  readonly default: { loadCSharp(files: LanguageFiles): Promise<CSharpFrontEnd> };
}
