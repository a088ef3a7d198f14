// C# text to nodes: preprocessed, parsed by the grammar, read, and read again where a half-typed line has cost more than itself.
import { FlatTree } from './flat-tree.js';
import type { CSharpGrammar } from './grammar.js';
import type { Span } from '../text/span.js';
import type { CompilationUnit } from './nodes.js';
import { preprocess } from './preprocess.js';
import { readTree } from './read-tree.js';
import { recover } from './recover.js';
import type { Reading } from './reading.js';
import { reread } from './reread.js';

/**
 * `symbols` are those of the compilation: `DEBUG`, `NETFRAMEWORK`. What takes longer than `milliseconds` is not read at all.
 * `before` is what was read of the text it was, with the same symbols. Where all of the text is C#, it makes no difference.
 */
export function readCSharp(
  grammar: CSharpGrammar,
  text: string,
  symbols: Iterable<string> = [],
  milliseconds = 1000,
  before?: Reading,
): Reading {
  if (text.length > mostCharacters) return unread(text, 'size');
  const start = Date.now();
  let end = start + milliseconds;
  const { text: compiled, skipped, braces, symbols: own } = preprocess(text, symbols);
  // The grammar takes a zero for the end.
  const source = compiled.replaceAll('\0', ' ');
  const read = (changed: string, written = text, left: readonly Span[] = skipped): CompilationUnit | undefined => {
    const time = end - Date.now();
    const tree = time > 0 ? grammar.parse(changed, { milliseconds: time, bytes: mostMemory }) : undefined;
    if (!tree) return undefined;
    const flat = new FlatTree(grammar, tree, written);
    tree.delete();
    return { ...readTree(flat, left), ...(own && { symbols: own }) };
  };
  const now = { text, source, braces };
  const told = { skipped, ...(own && { symbols: own }) };
  const again =
    before?.canGoOn === true ? reread(before, now, told, (part, written) => read(part, written, [])) : undefined;
  if (again?.isCertain) return again.reading;
  const unit = read(source);
  if (!unit) return unread(text, 'effort');
  // What lies too deep in a file does not in a part of it.
  if (unit.errors.length === 0) return { ...now, unit, faults: [], canGoOn: unit.skipped.length === skipped.length };
  if (again) return { ...again.reading, unit: { ...again.reading.unit, errors: unit.errors } };
  // Whoever types waits for this.
  end = Math.min(end, Date.now() + milliseconds / 10 + mostReadings * (Date.now() - start));
  return { ...now, unit: recover(unit, source, braces, read), canGoOn: false };
}

/** As many times what the first took. */
const mostReadings = 4;

const mostCharacters = 4 << 20;
const mostMemory = 256 << 20;

function unread(text: string, why: 'size' | 'effort'): Reading {
  const none = { usings: [], externAliases: [], attributes: [], members: [], comments: [], skipped: [] };
  return {
    text,
    source: '',
    braces: [],
    canGoOn: false,
    unit: { ...none, errors: [{ start: 0, end: text.length }], unread: why },
  };
}
