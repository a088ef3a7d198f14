// Sources as code: which of them are wanted, and, once the front end is there, what it reads in them.
import type { CSharpLanguage } from '../csharp/language.js';
import type { Moves, ReadSources } from '../csharp/read-sources.js';
import { speaksOfSqlServer } from '../csharp/probe.js';
import type { SourceAssembly } from '../packages/membership.js';
import type { Library } from '../csharp/source-links.js';
import type { Span } from '../text/span.js';
import type { Packages, SourceFile, UnreadSource } from './project.js';

type SourceFiles = ReadonlyMap<string, SourceFile>;
type Code = Pick<Packages, 'sourceCode' | 'libraries'>;

export class SourceCode {
  #read: ReadSources | undefined;
  #speaks = new WeakMap<SourceFile, boolean>();
  /** Those that code was made of. */
  #wanted = new WeakMap<Packages['sourceCode'], readonly SourceAssembly[]>();

  /** With what is read already. */
  copy(): SourceCode {
    const copy = new SourceCode();
    copy.#read = this.#read?.copy();
    copy.#speaks = this.#speaks;
    return copy;
  }

  /** Sources are read from now on. */
  use(language: CSharpLanguage): void {
    this.#read = language.sources();
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
    files: SourceFiles,
    created: ReadonlySet<string>,
    libraries: readonly Library[],
  ): Code {
    if (!this.#read) return { sourceCode: new Map(), libraries: new Map() };
    const wanted = this.#wantedOf(assemblies, files, created);
    const code = this.#read.codeOf(wanted, assemblies, files, libraries);
    this.#wanted.set(code.sourceCode, wanted);
    return code;
  }

  /** How what the same assemblies say has moved since their code was made; undefined where it is not the same. */
  movesSince(
    sourceCode: Packages['sourceCode'],
    assemblies: readonly SourceAssembly[],
    files: SourceFiles,
    created: ReadonlySet<string>,
  ): Moves | undefined {
    const before = this.#wanted.get(sourceCode);
    const wanted = this.#wantedOf(assemblies, files, created);
    const isSame = before?.length === wanted.length && wanted.every((one, index) => one === before[index]);
    return isSame ? this.#read?.movesSince(sourceCode, files) : undefined;
  }

  /** Reads what `codeOf` will take, one file after the other. */
  *reading(assemblies: readonly SourceAssembly[], files: SourceFiles, created: ReadonlySet<string>): Generator<void> {
    if (this.#read) yield* this.#read.reading(this.#wantedOf(assemblies, files, created), files);
  }

  #wantedOf(
    assemblies: readonly SourceAssembly[],
    files: SourceFiles,
    created: ReadonlySet<string>,
  ): readonly SourceAssembly[] {
    const speaks = (uri: string): boolean => {
      const file = files.get(uri);
      return file !== undefined && this.speaks(file);
    };
    return assemblies.filter(({ name, sources }) => created.has(name.toLowerCase()) || sources.some(speaks));
  }

  /** Whether a file was too large, or took too long; undefined where it was read. */
  whyUnread(file: SourceFile): UnreadSource['why'] | undefined {
    return this.#read?.whyUnread(file);
  }

  /** Of a file that was read. */
  commentsOf(file: SourceFile): readonly Span[] {
    return this.#read?.commentsOf(file) ?? none;
  }
}

const none: readonly Span[] = [];
