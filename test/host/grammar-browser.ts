// The same in a worker, which has no disk.
import { fetchedGrammar } from '../../server/platform/grammar-browser.js';

async function countTypes(folder: string, text: string): Promise<number> {
  // The compiler takes `self` for a window.
  const worker = self as unknown as DedicatedWorkerGlobalScope;
  const language = await fetchedGrammar(folder, worker);
  return language.read(text, []).unit.members.length;
}

Object.assign(globalThis, { countTypes });
