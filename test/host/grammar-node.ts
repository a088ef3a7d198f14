// A host with nothing but the grammar, bundled as those that ship: how many types a text declares.
import { parseCSharp } from '../../server/analysis/csharp/parse.js';
import { diskGrammar } from '../../server/grammar-node.js';

export async function countTypes(folder: string, text: string): Promise<number> {
  return parseCSharp(await diskGrammar(folder), text).members.length;
}
