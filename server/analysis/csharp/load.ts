// The front end for C#, put together of the bytes a host has read: the entry of a bundle of its own.
import { readFramework } from './framework-table.js';
import { loadGrammar } from './grammar.js';
import type { CSharpLanguage, LanguageFiles } from './language.js';
import { readCSharp } from './parse.js';
import { sourceAssembly } from './source-assembly.js';

export async function loadCSharp({
  runtime,
  language,
  framework: table,
  milliseconds,
}: LanguageFiles): Promise<CSharpLanguage> {
  const grammar = await loadGrammar({ runtime, language });
  const framework = readFramework(table);
  return {
    read: (text, symbols, before) => readCSharp(grammar, text, symbols, milliseconds, before),
    assemble: (input) => sourceAssembly({ ...input, framework }),
  };
}
