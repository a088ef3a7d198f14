// What reading C# takes, as the rest of the core sees it: a front end that is loaded when there is C# to read.
import type { AssemblyCode } from '../code/model.js';
import type { SourceAssembly } from '../packages/membership.js';
import type { Region } from './mend-regions.js';
import type { Reading } from './reading.js';
import type { SourceUnit } from './declare.js';
import type { ReadSources } from './read-sources.js';
import type { Library, SourceLinks } from './source-links.js';

export interface CSharpLanguage {
  /** `symbols` are those of conditional compilation; `before` is what was read of the text it was, with the same symbols. */
  read(text: string, symbols: readonly string[], before?: Reading): Reading;
  /** `libraries`: what it refers to besides the framework; `asked` is told of what decides how a change is written into them. */
  assemble(
    assembly: SourceAssembly,
    units: readonly SourceUnit[],
    libraries: readonly AssemblyCode[],
    asked?: (region: Region) => void,
  ): AssemblyCode;
  /** What each of them is compiled against. */
  links(assemblies: readonly SourceAssembly[], libraries: readonly Library[]): Pick<SourceLinks, 'of'>;
  /** What keeps what is read. */
  sources(): ReadSources;
}

/** Bytes of files that lie beside the code. */
export interface LanguageFiles {
  /** `web-tree-sitter.wasm`. */
  readonly runtime: Uint8Array;
  /** `tree-sitter-c_sharp.wasm`. */
  readonly language: Uint8Array;
  /** `framework-members.bin`. */
  readonly framework: Uint8Array;
  /** How long one file may take to read; what takes longer is not read. */
  readonly milliseconds?: number;
}
