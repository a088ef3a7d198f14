// The files of the grammar of C#, from where the server's own script came.
import { loadGrammar, type CSharpGrammar } from './analysis/workspace.js';

/** `folder` is where the build has put them, and ends with a slash. */
export async function fetchedGrammar(folder: string): Promise<CSharpGrammar> {
  const [runtime, language] = await Promise.all([
    fetchBytes(`${folder}web-tree-sitter.wasm`),
    fetchBytes(`${folder}tree-sitter-c_sharp.wasm`),
  ]);
  return loadGrammar({ runtime, language });
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
