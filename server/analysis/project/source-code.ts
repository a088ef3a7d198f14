// Sources as code: each file is parsed once per text and set of symbols, each assembly put together once per set of files.
import type { AssemblyCode } from '../code/model.js';
import type { CSharpLanguage } from '../csharp/language.js';
import type { CompilationUnit } from '../csharp/nodes.js';
import type { Reading } from '../csharp/reading.js';
import { speaksOfSqlServer } from '../csharp/probe.js';
import type { SourceAssembly } from '../packages/membership.js';
import type { ProjectFile } from '../packages/project-file.js';
import type { Library } from '../csharp/source-links.js';
import type { Span } from '../text/span.js';
import type { Packages, SourceFile, UnreadSource } from './project.js';

interface Known {
  readonly files: readonly SourceFile[];
  readonly project: ProjectFile | undefined;
  readonly libraries: readonly AssemblyCode[];
  readonly code: AssemblyCode;
}

export class SourceCode {
  #language: CSharpLanguage | undefined;
  #speaks = new WeakMap<SourceFile, boolean>();
  #readings = new WeakMap<SourceFile, Map<string, Reading>>();
  #comments = new WeakMap<SourceFile, readonly Span[]>();
  /** By URI and symbols: what a file's next text is read by. */
  readonly #last = new Map<string, Map<string, Reading>>();
  #assemblies = new Map<string, Known>();

  /** With what is read already. */
  copy(): SourceCode {
    const copy = new SourceCode();
    copy.#language = this.#language;
    copy.#speaks = this.#speaks;
    copy.#readings = this.#readings;
    copy.#comments = this.#comments;
    for (const [uri, last] of this.#last) copy.#last.set(uri, new Map(last));
    copy.#assemblies = this.#assemblies;
    return copy;
  }

  /** Sources are read from now on. */
  use(language: CSharpLanguage): void {
    this.#language = language;
  }

  /** Whether a file has anything to do with SQL Server. */
  speaks(file: SourceFile): boolean {
    let speaks = this.#speaks.get(file);
    if (speaks === undefined) {
      speaks = speaksOfSqlServer(file.text);
      this.#speaks.set(file, speaks);
    }
    return speaks;
  }

  /**
   * Of those that have to do with SQL Server, or that scripts create, and of what they refer to; nothing before the language
   * is there.
   */
  codeOf(
    assemblies: readonly SourceAssembly[],
    files: ReadonlyMap<string, SourceFile>,
    created: ReadonlySet<string>,
    libraries: readonly Library[],
  ): Pick<Packages, 'sourceCode' | 'libraries'> {
    const language = this.#language;
    const found = new Map<SourceAssembly, AssemblyCode>();
    const referred = new Map<AssemblyCode, readonly AssemblyCode[]>();
    if (!language) return { sourceCode: found, libraries: referred };
    const links = language.links(assemblies, libraries);
    const kept = new Map<string, Known>();
    const open = new Set<SourceAssembly>();
    // What refers to itself by others ends at what is begun already.
    const codeOf = (assembly: SourceAssembly): AssemblyCode | undefined => {
      if (found.has(assembly) || open.has(assembly)) return found.get(assembly);
      open.add(assembly);
      const others = links.of(assembly).flatMap((one) => ('sources' in one ? (codeOf(one) ?? []) : one));
      const own = assembly.sources.flatMap((uri) => files.get(uri) ?? []);
      const key = assembly.project?.uri ?? `${assembly.name} ${own[0]?.uri ?? ''}`;
      const known = this.#known(language, key, assembly, own, others);
      kept.set(key, known);
      found.set(assembly, known.code);
      referred.set(known.code, others);
      return known.code;
    };
    for (const assembly of assemblies) {
      if (this.#isWanted(assembly, files, created)) codeOf(assembly);
    }
    this.#assemblies = kept;
    for (const uri of this.#last.keys()) if (!files.has(uri)) this.#last.delete(uri);
    return { sourceCode: found, libraries: referred };
  }

  /** Reads what `codeOf` will take, one file after the other. */
  *reading(
    assemblies: readonly SourceAssembly[],
    files: ReadonlyMap<string, SourceFile>,
    created: ReadonlySet<string>,
  ): Generator<void> {
    for (const assembly of assemblies) {
      if (!this.#isWanted(assembly, files, created)) continue;
      for (const uri of assembly.sources) {
        const file = files.get(uri);
        if (!file || !this.#language) continue;
        this.#unit(this.#language, file, assembly.symbols);
        yield;
      }
    }
  }

  #isWanted(
    { name, sources }: SourceAssembly,
    files: ReadonlyMap<string, SourceFile>,
    created: ReadonlySet<string>,
  ): boolean {
    return created.has(name.toLowerCase()) || sources.some((uri) => this.#speaksAt(files, uri));
  }

  #speaksAt(files: ReadonlyMap<string, SourceFile>, uri: string): boolean {
    const file = files.get(uri);
    return file !== undefined && this.speaks(file);
  }

  /** As it was, where nothing that it is made of has changed. */
  #known(
    language: CSharpLanguage,
    key: string,
    assembly: SourceAssembly,
    files: readonly SourceFile[],
    libraries: readonly AssemblyCode[],
  ): Known {
    const { project, symbols } = assembly;
    const before = this.#assemblies.get(key);
    if (before && before.project === project && isSame(before.files, files) && isSame(before.libraries, libraries))
      return before;
    const units = files.map((file) => ({ uri: file.uri, text: file.text, unit: this.#unit(language, file, symbols) }));
    return { files, project, libraries, code: language.assemble(assembly, units, libraries) };
  }

  #unit(language: CSharpLanguage, file: SourceFile, symbols: readonly string[]): CompilationUnit {
    const known = this.#readings.get(file) ?? new Map<string, Reading>();
    this.#readings.set(file, known);
    const key = symbols.join();
    let reading = known.get(key);
    if (!reading) {
      const last = this.#last.get(file.uri) ?? new Map<string, Reading>();
      this.#last.set(file.uri, last);
      reading = language.read(file.text, symbols, last.get(key));
      last.set(key, reading);
      known.set(key, reading);
      if (known.size === 1) this.#comments.set(file, reading.unit.comments);
    }
    return reading.unit;
  }

  /** Whether a file was too large, or took too long; undefined where it was read. */
  whyUnread(file: SourceFile): UnreadSource['why'] | undefined {
    const readings = this.#readings.get(file);
    for (const { unit } of readings ? readings.values() : []) if (unit.unread) return unit.unread;
    return undefined;
  }

  /** Of a file that was read. */
  commentsOf(file: SourceFile): readonly Span[] {
    return this.#comments.get(file) ?? none;
  }
}

const none: readonly Span[] = [];

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
