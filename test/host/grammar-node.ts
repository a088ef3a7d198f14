// A host with nothing but the grammar, bundled as those that ship: how many types a text declares.
import { diskGrammar } from '../../server/platform/grammar-node.js';

export async function countTypes(folder: string, text: string): Promise<number> {
  const language = await diskGrammar(folder);
  return language.read(text, []).unit.members.length;
}
