// What is known of the sources of a workspace: each file is read once per text and set of symbols, each assembly put together once per
// set of files. Where an edit has only moved what a file says, it can also be told by how much.
import type { AssemblyCode } from '../code/model.js';
import type { SourceAssembly } from '../packages/membership.js';
import type { ProjectFile } from '../packages/project-file.js';
import type { Span } from '../text/span.js';
import { moved, type Edit } from './edit.js';
import type { CSharpLanguage } from './language.js';
import type { CompilationUnit } from './nodes.js';
import type { Region } from './mend-regions.js';
import type { Reading } from './reading.js';
import type { Library } from './source-links.js';

export interface SourceText {
  readonly uri: string;
  readonly text: string;
}

export type SourceTexts = ReadonlyMap<string, SourceText>;

export interface CodeOfSources {
  readonly sourceCode: ReadonlyMap<SourceAssembly, AssemblyCode>;
  /** What each is compiled against, besides the framework. */
  readonly libraries: ReadonlyMap<AssemblyCode, readonly AssemblyCode[]>;
}

/** By file, the edits that lead from where something stood to where it stands. */
export type Moves = ReadonlyMap<string, readonly Edit[]>;

interface Known {
  readonly files: readonly SourceText[];
  readonly readings: readonly TracedReading[];
  readonly project: ProjectFile | undefined;
  readonly libraries: readonly AssemblyCode[];
  readonly code: AssemblyCode;
  /** What has decided how changes of the code were written. */
  readonly asked: Region[];
}

/** A reading, and the moves by which its nodes have come to be where they are. */
interface TracedReading {
  readonly reading: Reading;
  readonly origin: object;
  readonly moves: readonly Edit[];
}

export class ReadSources {
  readonly #language: CSharpLanguage;
  #readings = new WeakMap<SourceText, Map<string, TracedReading>>();
  #comments = new WeakMap<SourceText, readonly Span[]>();
  /** By URI and symbols: what a file's next text is read by. */
  readonly #last = new Map<string, Map<string, TracedReading>>();
  #assemblies = new Map<string, Known>();
  /** What code was made of. */
  readonly #made = new WeakMap<CodeOfSources['sourceCode'], ReadonlyMap<SourceAssembly, Known>>();

  constructor(language: CSharpLanguage) {
    this.#language = language;
  }

  /** With what is read already. */
  copy(): ReadSources {
    const copy = new ReadSources(this.#language);
    copy.#readings = this.#readings;
    copy.#comments = this.#comments;
    for (const [uri, last] of this.#last) copy.#last.set(uri, new Map(last));
    copy.#assemblies = this.#assemblies;
    return copy;
  }

  /** Of those that are wanted, and of what they refer to. */
  codeOf(
    wanted: readonly SourceAssembly[],
    all: readonly SourceAssembly[],
    files: SourceTexts,
    images: readonly Library[],
  ): CodeOfSources {
    const sourceCode = new Map<SourceAssembly, AssemblyCode>();
    const libraries = new Map<AssemblyCode, readonly AssemblyCode[]>();
    const links = this.#language.links(all, images);
    const kept = new Map<string, Known>();
    const made = new Map<SourceAssembly, Known>();
    const open = new Set<SourceAssembly>();
    // What refers to itself by others ends at what is begun already.
    const codeOf = (assembly: SourceAssembly): AssemblyCode | undefined => {
      if (sourceCode.has(assembly) || open.has(assembly)) return sourceCode.get(assembly);
      open.add(assembly);
      const others = links.of(assembly).flatMap((one) => ('sources' in one ? (codeOf(one) ?? []) : one));
      const own = assembly.sources.flatMap((uri) => files.get(uri) ?? []);
      const key = assembly.project?.uri ?? `${assembly.name} ${own[0]?.uri ?? ''}`;
      const known = this.#known(key, assembly, own, others);
      kept.set(key, known);
      made.set(assembly, known);
      sourceCode.set(assembly, known.code);
      libraries.set(known.code, others);
      return known.code;
    };
    for (const assembly of wanted) codeOf(assembly);
    this.#assemblies = kept;
    for (const uri of this.#last.keys()) if (!files.has(uri)) this.#last.delete(uri);
    this.#made.set(sourceCode, made);
    return { sourceCode, libraries };
  }

  /** Reads what `codeOf` will take, one file after the other. */
  *reading(wanted: readonly SourceAssembly[], files: SourceTexts): Generator<void> {
    for (const { sources, symbols } of wanted) {
      for (const uri of sources) {
        const file = files.get(uri);
        if (!file) continue;
        this.#read(file, symbols);
        yield;
      }
    }
  }

  /**
   * How what the files said when the code was made of them has moved since; undefined where they say anything else now, or where what
   * would mend a finding may.
   */
  movesSince(before: CodeOfSources['sourceCode'], files: SourceTexts): Moves | undefined {
    const found = new Map<string, readonly Edit[]>();
    for (const [{ symbols }, known] of this.#made.get(before) ?? []) {
      for (const [index, { uri }] of known.files.entries()) {
        const file = files.get(uri);
        const moves = file && movesBetween(known, index, this.#read(file, symbols));
        if (!moves || !isSame(found.get(uri) ?? moves, moves)) return undefined;
        if (moves.length > 0) found.set(uri, moves);
      }
    }
    return found;
  }

  /** As it was, where nothing that it is made of has changed. */
  #known(
    key: string,
    assembly: SourceAssembly,
    files: readonly SourceText[],
    libraries: readonly AssemblyCode[],
  ): Known {
    const { project, symbols } = assembly;
    const before = this.#assemblies.get(key);
    if (before && before.project === project && isSame(before.files, files) && isSame(before.libraries, libraries))
      return before;
    const readings = files.map((file) => this.#read(file, symbols));
    const units = files.map(({ uri, text }, index) => ({ uri, text, unit: readings[index]?.reading.unit ?? fail() }));
    const asked: Region[] = [];
    const code = this.#language.assemble(assembly, units, libraries, (region) => asked.push(region));
    return { files, readings, project, libraries, code, asked };
  }

  #read(file: SourceText, symbols: readonly string[]): TracedReading {
    const known = this.#readings.get(file) ?? new Map<string, TracedReading>();
    this.#readings.set(file, known);
    const key = symbols.join();
    let traced = known.get(key);
    if (!traced) {
      const last = this.#last.get(file.uri) ?? new Map<string, TracedReading>();
      this.#last.set(file.uri, last);
      const before = last.get(key);
      const reading = this.#language.read(file.text, symbols, before?.reading);
      const { move } = reading;
      traced =
        before && move && before.moves.length < mostMoves
          ? { reading, origin: before.origin, moves: [...before.moves, move] }
          : { reading, origin: {}, moves: [] };
      last.set(key, traced);
      known.set(key, traced);
      if (known.size === 1) this.#comments.set(file, reading.unit.comments);
    }
    return traced;
  }

  /** Whether a file was too large, or took too long; undefined where it was read. */
  whyUnread(file: SourceText): CompilationUnit['unread'] {
    for (const { reading } of this.#readings.get(file)?.values() ?? [])
      if (reading.unit.unread) return reading.unit.unread;
    return undefined;
  }

  /** Of a file that was read. */
  commentsOf(file: SourceText): readonly Span[] | undefined {
    return this.#comments.get(file);
  }
}

/** Each of them is gone through for each place that is told. */
const mostMoves = 100;

function movesBetween(
  { files, readings, asked }: Known,
  index: number,
  now: TracedReading,
): readonly Edit[] | undefined {
  const before = readings[index];
  if (before === now) return [];
  if (before?.origin !== now.origin) return undefined;
  const moves = now.moves.slice(before.moves.length);
  const uri = files[index]?.uri;
  const isSo = asked.every((region) =>
    region.uri === uri
      ? isWrittenAlike(region, before.reading, now.reading, moves)
      : !region.hangsOnErrors || hasErrors(before.reading) === hasErrors(now.reading),
  );
  return isSo ? moves : undefined;
}

/** Whether what was changed there would be changed so again. */
function isWrittenAlike(
  { span, lines, hangsOnErrors }: Region,
  before: Reading,
  now: Reading,
  moves: readonly Edit[],
): boolean {
  if (hangsOnErrors && hasErrors(before) !== hasErrors(now)) return false;
  if (endsLines(before) !== endsLines(now)) return false;
  let at = { span, lines };
  for (const edit of moves) {
    if (edit.start <= at.lines.end && edit.end >= at.lines.start) return false;
    at = moved(at, edit);
  }
  return errorsIn(before, span).join() === errorsIn(now, at.span).join();
}

function hasErrors({ unit }: Reading): boolean {
  return unit.errors.length > 0;
}

/** From where to where in it what is no C# reaches. */
function errorsIn({ unit }: Reading, { start, end }: Span): readonly number[] {
  const within = unit.errors.filter((error) => error.start < end && error.end > start);
  return within.flatMap((error) => [Math.max(error.start - start, 0), Math.min(error.end, end) - start]);
}

/** How lines end that are written is as any line of the text does. */
function endsLines({ text }: Reading): boolean {
  return text.includes('\r\n');
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function fail(): never {
  throw new Error('A file was not read');
}
