// Sources as code: each file is parsed once per text and set of symbols, each assembly put together once per set of files.
import type { AssemblyCode } from '../code/model.js';
import type { CSharpLanguage } from '../csharp/language.js';
import type { CompilationUnit } from '../csharp/nodes.js';
import type { Reading } from '../csharp/reading.js';
import { speaksOfSqlServer } from '../csharp/probe.js';
import { builtIdentity } from '../packages/identity.js';
import type { SourceAssembly } from '../packages/membership.js';
import type { Span } from '../text/span.js';
import type { SourceFile } from './project.js';

interface Known {
  readonly files: readonly SourceFile[];
  readonly symbols: string;
  readonly code: AssemblyCode;
}

export class SourceCode {
  #language: CSharpLanguage | undefined;
  readonly #speaks = new WeakMap<SourceFile, boolean>();
  readonly #readings = new WeakMap<SourceFile, Map<string, Reading>>();
  /** By URI and symbols: what a file's next text is read by. */
  readonly #last = new Map<string, Map<string, Reading>>();
  #assemblies = new Map<string, Known>();

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

  /** Of those that have to do with SQL Server, or that scripts create; nothing before the language is there. */
  codeOf(
    assemblies: readonly SourceAssembly[],
    files: ReadonlyMap<string, SourceFile>,
    created: ReadonlySet<string>,
  ): ReadonlyMap<SourceAssembly, AssemblyCode> {
    const language = this.#language;
    const found = new Map<SourceAssembly, AssemblyCode>();
    const kept = new Map<string, Known>();
    if (!language) return found;
    for (const assembly of assemblies) {
      const own = assembly.sources.flatMap((uri) => files.get(uri) ?? []);
      if (!created.has(assembly.name.toLowerCase()) && !own.some((file) => this.speaks(file))) continue;
      const key = assembly.project?.uri ?? `${assembly.name} ${own[0]?.uri ?? ''}`;
      const symbols = assembly.symbols.join();
      const before = this.#assemblies.get(key);
      const isSame =
        before?.symbols === symbols &&
        before.files.length === own.length &&
        before.files.every((file, index) => file === own[index]);
      const known = before && isSame ? before : { files: own, symbols, code: this.#build(language, assembly, own) };
      kept.set(key, known);
      found.set(assembly, known.code);
    }
    this.#assemblies = kept;
    for (const uri of this.#last.keys()) if (!files.has(uri)) this.#last.delete(uri);
    return found;
  }

  #build(language: CSharpLanguage, assembly: SourceAssembly, files: readonly SourceFile[]): AssemblyCode {
    const units = files.map((file) => ({
      uri: file.uri,
      text: file.text,
      unit: this.#unit(language, file, assembly.symbols),
    }));
    return language.assemble({
      built: {
        name: assembly.name,
        ...(assembly.project ? builtIdentity(assembly.project) : { frameworkVersion: '4.0.0.0' }),
      },
      units,
      symbols: new Set(assembly.symbols),
    });
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
    }
    return reading.unit;
  }

  /** Whether a file was too large, or took too long. */
  isUnread(file: SourceFile): boolean {
    return [...(this.#readings.get(file)?.values() ?? [])].some(({ unit }) => unit.unread !== undefined);
  }

  /** Of a file that was read. */
  commentsOf(file: SourceFile): readonly Span[] {
    const [reading] = this.#readings.get(file)?.values() ?? [];
    return reading?.unit.comments ?? [];
  }
}
