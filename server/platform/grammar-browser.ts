// What reading C# takes, from where the server's own script came.
import type { CSharpFrontEnd, LanguageFiles } from '../analysis/workspace.js';

/** What the script of the front end leaves behind in a worker. */
interface FrontEndScope {
  importScripts(url: string): void;
  sqlclrCSharp?: { loadCSharp(files: LanguageFiles): Promise<CSharpFrontEnd> };
}

/** `folder` is the URL of the build, with a slash at its end. */
export async function fetchedGrammar(folder: string, scope: FrontEndScope): Promise<CSharpFrontEnd> {
  const [runtime, language, framework] = await Promise.all([
    fetchBytes(`${folder}web-tree-sitter.wasm`),
    fetchBytes(`${folder}tree-sitter-c_sharp.wasm`),
    fetchBytes(`${folder}framework-members.bin`),
  ]);
  scope.importScripts(`${folder}csharp.js`);
  if (!scope.sqlclrCSharp) throw new Error(`${folder}csharp.js is not the front end for C#`);
  return scope.sqlclrCSharp.loadCSharp({ runtime, language, framework });
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
