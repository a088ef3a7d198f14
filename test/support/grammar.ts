// The grammar alone, for tests of what is read with it.
import { readFileSync } from 'node:fs';
import { loadGrammar, type CSharpGrammar } from '../../server/analysis/csharp/grammar.js';

export function testGrammar(): Promise<CSharpGrammar> {
  const read = (name: string): Uint8Array => readFileSync(`dist-test/${name}`);
  return loadGrammar({ runtime: read('web-tree-sitter.wasm'), language: read('tree-sitter-c_sharp.wasm') });
}
