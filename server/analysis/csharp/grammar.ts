// The grammar that reads C#: a library and a table, both WebAssembly, whose bytes a host finds. Not part of what every run loads.
import type { Language, Parser, Tree } from 'web-tree-sitter';

export interface GrammarFiles {
  /** `web-tree-sitter.wasm`; undefined where the package lies beside the code and finds it by itself. */
  readonly runtime?: Uint8Array;
  /** `tree-sitter-c_sharp.wasm`. */
  readonly language: Uint8Array;
}

export interface CSharpGrammar {
  /** The names of nodes by their number. */
  readonly types: readonly string[];
  /** Whether what has this number is a token without a name of its own: punctuation, a keyword. */
  readonly isAnonymous: readonly boolean[];
  /** The names of fields by their number. */
  readonly fields: readonly string[];
  /** Undefined where the limits were reached first. The caller deletes the tree. */
  parse(text: string, limits: ParseLimits): Tree | undefined;
}

export interface ParseLimits {
  readonly milliseconds: number;
  /** How far the library's memory, which never shrinks, may grow over what it has. */
  readonly bytes: number;
}

/** A second call shares the library with the first. */
export async function loadGrammar({ runtime, language }: GrammarFiles): Promise<CSharpGrammar> {
  const library = await import('web-tree-sitter');
  // The library keeps its memory in the very object it is given.
  const module: { wasmBinary?: Uint8Array; HEAPU8?: Uint8Array } = runtime ? { ...given, wasmBinary: runtime } : {};
  await library.Parser.init(module);
  const loaded = await library.Language.load(language);
  return grammarOf(new library.Parser().setLanguage(loaded), loaded, () => module.HEAPU8?.length ?? 0);
}

/** Without a place for the file the library asks for its own, which a bundle does not have. */
const given = { locateFile: (name: string): string => name };

function grammarOf(parser: Parser, language: Language, memory: () => number): CSharpGrammar {
  let isBroken = false;
  const numbers = Array.from({ length: language.nodeTypeCount }, (_, id) => id);
  return {
    types: numbers.map((id) => language.nodeTypeForId(id) ?? ''),
    isAnonymous: numbers.map((id) => !language.nodeTypeIsNamed(id)),
    fields: language.fields.map((field) => field ?? ''),
    parse(text, { milliseconds, bytes }) {
      const end = Date.now() + milliseconds;
      const most = memory() + bytes;
      const isOver = (): boolean => Date.now() > end || memory() > most;
      if (isBroken) return undefined;
      // Set over the call: what ends in a trap leaves the library in no state to go on with.
      isBroken = true;
      const tree = parser.parse(text, null, { progressCallback: isOver });
      isBroken = false;
      // What was given up would else be taken up again with the next text.
      if (!tree) parser.reset();
      return tree ?? undefined;
    },
  };
}
