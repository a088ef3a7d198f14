// The same in a worker, which has no disk.
import { parseCSharp } from '../../server/analysis/csharp/parse.js';
import { fetchedGrammar } from '../../server/grammar-browser.js';

async function countTypes(folder: string, text: string): Promise<number> {
  return parseCSharp(await fetchedGrammar(folder), text).members.length;
}

Object.assign(globalThis, { countTypes });
