// What reading C# takes: the grammar, and the table of the framework's members. A host loads both when there is C# to read.
import { readFramework } from './framework-table.js';
import type { Framework } from './framework.js';
import { loadGrammar, type CSharpGrammar, type GrammarFiles } from './grammar.js';

export interface CSharpLanguage {
  readonly grammar: CSharpGrammar;
  readonly framework: Framework;
}

export interface LanguageFiles extends GrammarFiles {
  /** `framework-members.bin`. */
  readonly framework: Uint8Array;
}

export async function loadCSharp({ framework, ...files }: LanguageFiles): Promise<CSharpLanguage> {
  return { grammar: await loadGrammar(files), framework: readFramework(framework) };
}
