// The files of a workspace: each is parsed once per content, and all of them together are one project.
import { isBuildFile } from '../packages/build-file-names.js';
import type { BuildFile } from '../packages/build-file.js';
import type { BuildFiles } from '../packages/build-files.js';
import type { Platform } from '../platform.js';
import type { Moves } from '../csharp/read-sources.js';
import type { CSharpFrontEnd } from '../features/csharp-front-end.js';
import { buildProject } from '../project/build-project.js';
import type { CodeMemory } from '../project/code-memory.js';
import { FileReader } from '../project/file-reader.js';
import type { ImageFile, Packages, Project, ScriptFile, Server, SourceFile } from '../project/project.js';
import { inRunOrder } from '../project/run-order.js';
import { SourceCode } from '../project/source-code.js';
import { lineStartsOf } from '../text/lines.js';
import type { Span } from '../text/span.js';
import { statementsOf, type Comment } from '../tsql/nodes.js';

/** A file with lines. */
export type TextFile = ScriptFile | BuildFile | SourceFile;

/**
 * Text is a script, but for .sqlproj and .csproj, which are project files, .props, .targets and .projitems, which they import, and
 * .cs, which are C# sources; bytes are an image.
 */
export class WorkspaceFiles {
  readonly #platform: Platform;
  #reader: FileReader;
  readonly #scripts = new Map<string, ScriptFile>();
  readonly #images = new Map<string, ImageFile>();
  /** From the first project file on. */
  #buildFiles: BuildFiles | undefined;
  readonly #sources = new Map<string, SourceFile>();
  /** Of scripts, until one comes or goes. */
  #order: readonly string[] | undefined;
  /** In lower case: the assemblies that scripts create, until a script changes that creates any. */
  #created: ReadonlySet<string> | undefined;
  /** Until anything changes but a script that creates no assembly. */
  #all: Packages | undefined;
  /** Until a project file changes, or a source comes or goes. */
  #packages: Pick<Packages, 'projectFiles' | 'sourceAssemblies'> | undefined;
  #sourceCode = new SourceCode();
  /** Until anything changes but the text of a source. */
  #judged: Judged | undefined;
  readonly #lineStarts = new WeakMap<TextFile, readonly number[]>();

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#reader = new FileReader(platform);
  }

  /** The same files and what is known of them: what becomes of it changes nothing here. */
  copy(): WorkspaceFiles {
    const copy = new WorkspaceFiles(this.#platform);
    copy.#reader = this.#reader.copy();
    copy.#sourceCode = this.#sourceCode.copy();
    copy.#buildFiles = this.#buildFiles?.copy();
    copy.#packages = this.#packages;
    for (const [uri, file] of this.#scripts) copy.#scripts.set(uri, file);
    for (const [uri, file] of this.#images) copy.#images.set(uri, file);
    for (const [uri, file] of this.#sources) copy.#sources.set(uri, file);
    return copy;
  }

  /** Whether that changed anything. */
  set(uri: string, content: string | Uint8Array): boolean {
    if (typeof content === 'string' && this.textFile(uri)?.text === content) return false;
    let judged: Judged | undefined;
    if (typeof content === 'string' && !isBuildFile(uri) && !isSource(uri)) {
      this.#setScript(uri, this.#reader.script(uri, content));
      return true;
    }
    this.#all = undefined;
    if (typeof content !== 'string') this.#images.set(uri, this.#reader.image(uri, content));
    else if (isBuildFile(uri)) {
      this.#buildFiles ??= new (this.#platform.packages().BuildFiles)();
      this.#buildFiles.set(uri, content);
      this.#packages = undefined;
    } else {
      if (this.#sources.has(uri)) judged = this.#judged;
      else this.#packages = undefined;
      this.#sources.set(uri, { uri, text: content });
    }
    this.#judged = judged;
    return true;
  }

  #setScript(uri: string, file: ScriptFile | undefined): void {
    this.#judged = undefined;
    const before = this.#scripts.get(uri);
    if ([before, file].some((one) => one?.script.byKind.has('createAssembly'))) this.#created = this.#all = undefined;
    if (!before || !file) this.#order = undefined;
    if (file) this.#scripts.set(uri, file);
    else this.#scripts.delete(uri);
  }

  /** Whether that changed anything. */
  remove(uri: string): boolean {
    this.#reader.forget(uri);
    const isPackaged = this.#buildFiles?.delete(uri) || this.#sources.delete(uri);
    if (isPackaged) this.#packages = undefined;
    const isScript = this.#scripts.has(uri);
    if (isScript) this.#setScript(uri, undefined);
    const isGone = isPackaged || this.#images.delete(uri);
    if (isGone) this.#all = this.#judged = undefined;
    return isGone || isScript;
  }

  /** Sources are read from now on. */
  useCSharp(frontEnd: CSharpFrontEnd): void {
    this.#sourceCode.use(frontEnd);
    this.#all = this.#judged = undefined;
  }

  /** Whether there is C# that has to do with SQL Server. */
  speaksCSharp(): boolean {
    if ([...this.#sources.values()].some((file) => this.#sourceCode.speaks(file))) return true;
    const created = this.#createdNames();
    return this.#packaged().sourceAssemblies.some(({ name }) => created.has(name.toLowerCase()));
  }

  uris(): readonly string[] {
    const others = [this.#scripts, this.#images, this.#sources].flatMap((files) => [...files.keys()]);
    return [...(this.#buildFiles?.uris() ?? []), ...others].sort();
  }

  /** C# as it stands in the workspace, by URI. */
  get sources(): ReadonlyMap<string, SourceFile> {
    return this.#sources;
  }

  get reader(): Pick<FileReader, 'embedded' | 'image'> {
    return this.#reader;
  }

  script(uri: string): ScriptFile | undefined {
    return this.#scripts.get(uri);
  }

  image(uri: string): ImageFile | undefined {
    return this.#images.get(uri);
  }

  source(uri: string): SourceFile | undefined {
    return this.#sources.get(uri);
  }

  textFile(uri: string): TextFile | undefined {
    return this.#scripts.get(uri) ?? this.#buildFiles?.get(uri) ?? this.#sources.get(uri);
  }

  scripts(): readonly ScriptFile[] {
    this.#order ??= inRunOrder([...this.#scripts.keys()]);
    return this.#order.flatMap((uri) => this.#scripts.get(uri) ?? []);
  }

  project(server: Server, memory: CodeMemory): Project {
    const packages = this.#packaged();
    const { project } = this.#judgedBy(server, memory, packages) ?? {};
    if (project) return project;
    const images = [...this.#images.values()].sort(byUri);
    const built = buildProject(server, this.scripts(), images, packages, memory);
    this.#judged ??= { server, memory, packages, project: built };
    return built;
  }

  /** The project for rules: one before it, where sources have only moved since, which changes nothing but where findings are. */
  judged(server: Server, memory: CodeMemory): { readonly project: Project; readonly moves: Moves } {
    const last = this.#judgedBy(server, memory);
    const moves =
      last?.packages === this.#all
        ? unmoved
        : last &&
          this.#sourceCode.movesSince(
            last.packages.sourceCode,
            last.packages.sourceAssemblies,
            this.#sources,
            this.#createdNames(),
          );
    if (last && moves) return { project: last.project, moves };
    this.#judged = undefined;
    return { project: this.project(server, memory), moves: unmoved };
  }

  #judgedBy(server: Server, memory: CodeMemory, packages = this.#judged?.packages): Judged | undefined {
    const last = this.#judged;
    return last?.server === server && last.memory === memory && last.packages === packages ? last : undefined;
  }

  /** Offsets at which the lines of a text start. */
  lineStarts(uri: string): readonly number[] {
    const file = this.textFile(uri);
    if (!file) return [0];
    let starts = this.#lineStarts.get(file);
    if (!starts) {
      starts = lineStartsOf(file.text);
      this.#lineStarts.set(file, starts);
    }
    return starts;
  }

  /** Of a source once it was read; the same list for as long as they are the same. */
  commentsOf(file: TextFile): readonly (Comment | Span)[] {
    if ('script' in file) return file.script.comments;
    return 'comments' in file ? file.comments : this.#sourceCode.commentsOf(file);
  }

  /** Names of assemblies that scripts create, in lower case. */
  #createdNames(): ReadonlySet<string> {
    if (!this.#created) {
      const statements = [...this.#scripts.values()].flatMap(({ script }) => statementsOf(script, 'createAssembly'));
      this.#created = new Set(statements.map(({ name }) => name.value.toLowerCase()));
    }
    return this.#created;
  }

  /** Reads the sources that findings take, one after the other. */
  *reading(): Generator<void> {
    yield* this.#sourceCode.reading(this.#belonging().sourceAssemblies, this.#sources, this.#createdNames());
  }

  #packaged(): Packages {
    return (this.#all ??= this.#packagesNow());
  }

  #belonging(): Pick<Packages, 'projectFiles' | 'sourceAssemblies'> {
    if (!this.#packages) {
      const projectFiles = this.#buildFiles?.projectFiles() ?? [];
      const isEmpty = projectFiles.length === 0 && this.#sources.size === 0;
      this.#packages = {
        projectFiles,
        sourceAssemblies: isEmpty
          ? []
          : this.#platform.packages().assembliesOf(projectFiles, [...this.#sources.keys()]),
      };
    }
    return this.#packages;
  }

  #packagesNow(): Packages {
    const { projectFiles, sourceAssemblies } = this.#belonging();
    const libraries = [...this.#images.values()]
      .sort(byUri)
      .flatMap(({ uri, sha512, image }) => (image ? { uri, sha512, code: image.code } : []));
    const code = this.#sourceCode.codeOf(sourceAssemblies, this.#sources, this.#createdNames(), libraries);
    const unread = [...this.#sources.values()].flatMap((file) => {
      const why = this.#sourceCode.whyUnread(file);
      return why ? [{ uri: file.uri, why }] : [];
    });
    return { projectFiles, sourceAssemblies, ...code, unread };
  }
}

/** What rules were shown. */
interface Judged {
  readonly server: Server;
  readonly memory: CodeMemory;
  readonly packages: Packages;
  readonly project: Project;
}

const unmoved: Moves = new Map();

function isSource(uri: string): boolean {
  return /\.cs$/i.test(uri);
}

function byUri(a: { readonly uri: string }, b: { readonly uri: string }): number {
  return a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0;
}
