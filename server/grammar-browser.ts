// What reading C# takes, from where the server's own script came.
import { loadCSharp, type CSharpLanguage } from './analysis/workspace.js';

/** `folder` is where the build has put them, and ends with a slash. */
export async function fetchedGrammar(folder: string): Promise<CSharpLanguage> {
  const [runtime, language, framework] = await Promise.all([
    fetchBytes(`${folder}web-tree-sitter.wasm`),
    fetchBytes(`${folder}tree-sitter-c_sharp.wasm`),
    fetchBytes(`${folder}framework-members.bin`),
  ]);
  return loadCSharp({ runtime, language, framework });
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
