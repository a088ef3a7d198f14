// C# text to nodes: preprocessed, parsed by the grammar, read, and read again where a half-typed line has cost more than itself.
import { FlatTree } from './flat-tree.js';
import type { CSharpGrammar } from './grammar.js';
import type { CompilationUnit } from './nodes.js';
import { preprocess } from './preprocess.js';
import { readTree } from './read-tree.js';
import { recover } from './recover.js';

/** `symbols` are those of the compilation: `DEBUG`, `NETFRAMEWORK`. What takes longer than `milliseconds` is not read at all. */
export function parseCSharp(
  grammar: CSharpGrammar,
  text: string,
  symbols: Iterable<string> = [],
  milliseconds = 1000,
): CompilationUnit {
  if (text.length > mostCharacters) return unread(text, 'size');
  const start = Date.now();
  let end = start + milliseconds;
  const { text: compiled, skipped, braces, symbols: own } = preprocess(text, symbols);
  // The grammar takes a zero for the end.
  const source = compiled.replaceAll('\0', ' ');
  const read = (changed: string): CompilationUnit | undefined => {
    const left = end - Date.now();
    const tree = left > 0 ? grammar.parse(changed, { milliseconds: left, bytes: mostMemory }) : undefined;
    if (!tree) return undefined;
    const flat = new FlatTree(grammar, tree, text);
    tree.delete();
    return readTree(flat, skipped);
  };
  const unit = read(source);
  if (!unit) return unread(text, 'effort');
  // Whoever types waits for this.
  end = Math.min(end, Date.now() + milliseconds / 10 + mostReadings * (Date.now() - start));
  const recovered = recover(unit, source, braces, read);
  return own ? { ...recovered, symbols: own } : recovered;
}

/** As many times what the first took. */
const mostReadings = 4;

const mostCharacters = 4 << 20;
const mostMemory = 256 << 20;

function unread(text: string, why: 'size' | 'effort'): CompilationUnit {
  const none = { usings: [], externAliases: [], attributes: [], members: [], comments: [], skipped: [] };
  return { ...none, errors: [{ start: 0, end: text.length }], unread: why };
}
