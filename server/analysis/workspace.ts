// The façade of the analysis: files in, findings and features out. The one mutable thing of the core.
import {
  AssemblyDocuments,
  declarationAt,
  type AssemblyDocument,
  type DocumentLink,
} from './features/assembly-document.js';
import { assembliesIn, type FoundAssembly } from './features/assemblies.js';
import {
  callNodesAt,
  incomingCalls,
  itemOf,
  nodeOf,
  outgoingCalls,
  type CallItem,
  type CallNode,
  type CallsOf,
} from './features/call-hierarchy.js';
import { completionsAt, type Completion } from './features/completion.js';
import type { CSharpFrontEnd } from './features/csharp-front-end.js';
import type { DocumentSymbol, Folding, Hover, Leading, Lens, PlaceInText } from './features/feature.js';
import { inspectSourceUses, inspectUses, type InspectedUse } from './features/api.js';
import { foldingsOf } from './features/foldings.js';
import { hoverAt } from './features/hover.js';
import { inspectScript, inspectFile, type InspectedAssembly } from './features/inspect.js';
import type { InlayHint } from './features/inlay-hints.js';
import { lensesOf } from './features/lenses.js';
import {
  definitionsAt,
  highlightsAt,
  implementationsAt,
  referencesAt,
  type References,
} from './features/navigation.js';
import {
  memberOfPartAt,
  renamableAt,
  renamablePartAt,
  renameAt,
  type Renamable,
  type Renamed,
} from './features/rename.js';
import type { Signature } from './features/signature-help.js';
import { symbolsOf } from './features/symbols.js';
import { workspaceSymbols, type WorkspaceSymbol } from './features/workspace-symbols.js';
import { findTarget, targets, type Target, type TargetName } from './knowledge/targets.js';
import type { BuildFile } from './packages/build-file.js';
import { isBuildFile } from './packages/build-file-names.js';
import type { BuildFiles } from './packages/build-files.js';
import type { Platform } from './platform.js';
import { buildProject } from './project/build-project.js';
import type { AssemblyCode } from './code/model.js';
import type { ApiUse } from './project/api-uses.js';
import { CodeMemory } from './project/code-memory.js';
import { SourceCode } from './project/source-code.js';
import { FileReader } from './project/file-reader.js';
import type { ImageFile, KnownObjects, Packages, Project, ScriptFile, Server, SourceFile } from './project/project.js';
import { codeRuleNames } from './rules/code-rule-names.js';
import { rules } from './rules/index.js';
import { fits, Levels, type Override, type RuleLevels } from './rules/levels.js';
import type { Finding, Rule } from './rules/rule.js';
import { RuleMemory } from './rules/rule-memory.js';
import { runSuppressionRules, type RuleFailure, type Run, type RunRule } from './rules/runner.js';
import { applySuppressions, suppressionsOf, type SuppressingComment } from './rules/suppressions.js';
import { lineStartsOf, positionOf } from './text/lines.js';
import type { Span } from './text/span.js';
import { statementsOf } from './tsql/nodes.js';
import { syntaxReport, type SyntaxReport } from './tsql/syntax-report.js';

export type { LanguageFiles } from './csharp/language.js';
export type { CSharpFrontEnd } from './features/csharp-front-end.js';
export { speaksOfSqlServer } from './csharp/probe.js';
export { declarationAt, type AssemblyDocument, type DocumentLink, type FoundAssembly };
export { finishLinks } from './features/markdown.js';
export { rulePage } from './knowledge/rule-pages.js';
export { isBetweenTokens } from './features/between-tokens.js';
export { levels, type Level, type Override, type RuleLevels } from './rules/levels.js';
export { positionOf } from './text/lines.js';

export interface Settings {
  readonly target: TargetName;
  /** Undefined: as the target has it by default. */
  readonly clrStrictSecurity?: boolean;
  readonly rules: RuleLevels;
  /** What holds for some files besides, in the order in which it is applied. */
  readonly overrides?: readonly Override[];
  /** False: comments silence nothing. */
  readonly suppressions?: boolean;
  /** `2026-11-25`: comments that hold until a day before are over. */
  readonly today?: string;
  readonly known?: Partial<KnownObjects>;
}

export const defaultSettings: Settings = { target: 'sql-server-2022', rules: {} };

export function allTargets(): readonly Target[] {
  return targets;
}

/** What a host says of the rules: settings, help, SARIF metadata. */
export type RuleDescription = Omit<Rule, 'check'>;

/** In alphabetical order. */
export function allRules({ code }: Platform): readonly RuleDescription[] {
  return [...rules, ...code().codeRules].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of a rule, or with `*` of some. */
export function isRuleName(name: string): boolean {
  return [...rules.map((rule) => rule.name), ...codeRuleNames].some((rule) => fits(name, rule));
}

/** A rule of ours that threw, in words for a log: the others went on. */
export function failureText({ rule, uri, error }: RuleFailure): string {
  return `Rule ${rule} failed${uri === '' ? '' : ` on ${uri}`}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** What is known until a file or a setting changes. */
interface Analysis {
  /** Of rules about code and about the project, by file. */
  readonly shared: ReadonlyMap<string, readonly Finding[]>;
  readonly published: Map<string, readonly Finding[]>;
}

/**
 * Text is a script, but for .sqlproj and .csproj, which are project files, .props, .targets and .projitems, which they import, and
 * .cs, which are C# sources; bytes are an image.
 */
export class Workspace {
  readonly #platform: Platform;
  #reader: FileReader;
  readonly #failed: (failure: RuleFailure) => void;
  readonly #scripts = new Map<string, ScriptFile>();
  readonly #images = new Map<string, ImageFile>();
  /** From the first project file on. */
  #buildFiles: BuildFiles | undefined;
  readonly #sources = new Map<string, SourceFile>();
  /** Until a project file changes, or a source comes or goes. */
  #packages: Pick<Packages, 'projectFiles' | 'sourceAssemblies'> | undefined;
  readonly #newMemory: () => CodeMemory;
  #memory: CodeMemory;
  #sourceCode = new SourceCode();
  #frontEnd: CSharpFrontEnd | undefined;
  readonly #lineStarts = new WeakMap<TextFile, readonly number[]>();
  readonly #documents = new AssemblyDocuments();
  #settings: Settings;
  #levels: Levels;
  #run: Run;
  #server: Server;
  #found: RuleMemory;
  /** Without the rules: what features ask. */
  #project: Project | undefined;
  #analysis: Analysis | undefined;

  /** Without `failed`, a rule that throws ends the call that ran it. */
  constructor(
    platform: Platform,
    settings: Settings = defaultSettings,
    failed: (failure: RuleFailure) => void = rethrow,
  ) {
    this.#platform = platform;
    this.#reader = new FileReader(platform);
    this.#newMemory = () => new CodeMemory(() => platform.code());
    this.#memory = this.#newMemory();
    this.#failed = failed;
    this.#settings = settings;
    this.#levels = new Levels(settings.rules, settings.overrides);
    this.#run = this.#runOf();
    this.#server = serverOf(settings);
    this.#found = new RuleMemory(this.#run, this.#server, this.#memory);
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    this.#levels = new Levels(settings.rules, settings.overrides);
    this.#run = this.#runOf();
    this.#server = serverOf(settings);
    this.#found = new RuleMemory(this.#run, this.#server, this.#memory);
    this.#forget();
  }

  /** The same files, settings and what is known of them: what becomes of it changes nothing here. */
  copy(): Workspace {
    const copy = new Workspace(this.#platform, this.#settings, this.#failed);
    copy.#reader = this.#reader.copy();
    copy.#memory = this.#memory;
    copy.#found = this.#found;
    copy.#sourceCode = this.#sourceCode.copy();
    copy.#frontEnd = this.#frontEnd;
    copy.#buildFiles = this.#buildFiles?.copy();
    copy.#packages = this.#packages;
    for (const [uri, file] of this.#scripts) copy.#scripts.set(uri, file);
    for (const [uri, file] of this.#images) copy.#images.set(uri, file);
    for (const [uri, file] of this.#sources) copy.#sources.set(uri, file);
    return copy;
  }

  /** In alphabetical order. */
  rules(): readonly RuleDescription[] {
    return allRules(this.#platform);
  }

  get settings(): Settings {
    return this.#settings;
  }

  set(uri: string, content: string | Uint8Array): void {
    if (typeof content !== 'string') this.#images.set(uri, this.#reader.image(uri, content));
    else if (this.#textFile(uri)?.text === content) return;
    else if (isBuildFile(uri)) {
      this.#buildFiles ??= new (this.#platform.packages().BuildFiles)();
      this.#buildFiles.set(uri, content);
      this.#packages = undefined;
    } else if (isSource(uri)) {
      if (!this.#sources.has(uri)) this.#packages = undefined;
      this.#sources.set(uri, { uri, text: content });
    } else this.#scripts.set(uri, this.#reader.script(uri, content));
    this.#forget();
  }

  remove(uri: string): void {
    this.#reader.forget(uri);
    const isPackaged = this.#buildFiles?.delete(uri) || this.#sources.delete(uri);
    if (isPackaged) this.#packages = undefined;
    if (isPackaged || this.#scripts.delete(uri) || this.#images.delete(uri)) this.#forget();
  }

  /** Sources are read from now on. */
  useCSharp(frontEnd: CSharpFrontEnd): void {
    this.#frontEnd = frontEnd;
    this.#sourceCode.use(frontEnd);
    this.#forget();
  }

  /** Whether there is C# that has to do with SQL Server. */
  speaksCSharp(): boolean {
    if ([...this.#sources.values()].some((file) => this.#sourceCode.speaks(file))) return true;
    const created = this.#createdNames();
    return this.#packaged().sourceAssemblies.some(({ name }) => created.has(name.toLowerCase()));
  }

  /** Sources that were too large, or took too long, to be read. */
  unreadSources(): readonly string[] {
    return this.project().unread.map(({ uri }) => uri);
  }

  /** Names of assemblies that scripts create, in lower case. */
  #createdNames(): ReadonlySet<string> {
    const statements = [...this.#scripts.values()].flatMap(({ script }) => statementsOf(script, 'createAssembly'));
    return new Set(statements.map(({ name }) => name.value.toLowerCase()));
  }

  uris(): readonly string[] {
    const others = [this.#scripts, this.#images, this.#sources].flatMap((files) => [...files.keys()]);
    return [...(this.#buildFiles?.uris() ?? []), ...others].sort();
  }

  /** C# as it stands in the workspace, by URI; `project().sourceAssemblies` says what belongs together. */
  sources(): ReadonlyMap<string, SourceFile> {
    return this.#sources;
  }

  project(): Project {
    this.#project ??= buildProject(
      this.#server,
      [...this.#scripts.values()].sort(byUri),
      [...this.#images.values()].sort(byUri),
      this.#packaged(),
      this.#memory,
    );
    return this.#project;
  }

  /** Every rule over everything, as if nothing were known yet: what is looked at in `around` is all that a rule takes. */
  runAgain(around: RunRule): void {
    const memory = this.#newMemory();
    const found = new RuleMemory({ ...this.#run, around }, this.#server, memory);
    const scripts = [...this.#scripts.values()].sort(byUri);
    for (const script of scripts) found.ofFile(script);
    found.ofProject(
      buildProject(this.#server, scripts, [...this.#images.values()].sort(byUri), this.#packaged(), memory),
    );
  }

  /** In order of place. */
  findings(uri: string): readonly Finding[] {
    const analysis = this.#analyze();
    const known = analysis.published.get(uri);
    if (known) return known;
    const found = this.#publish(uri, analysis);
    analysis.published.set(uri, found);
    return found;
  }

  hover(uri: string, offset: number): Hover | undefined {
    if (this.#sources.has(uri)) return this.#frontEnd?.hover(this.project(), (of) => this.findings(of), uri, offset);
    const file = this.#scripts.get(uri);
    return file && hoverAt(this.project(), file, offset);
  }

  /** In order of place. */
  lenses(uri: string): readonly Lens[] {
    if (this.#sources.has(uri)) return this.#frontEnd?.lenses(this.project(), uri) ?? [];
    const file = this.#scripts.get(uri);
    return file ? lensesOf(this.project(), file) : [];
  }

  /** Of scripts and sources. */
  inlayHints(uri: string, within: Span): readonly InlayHint[] {
    const project = this.project();
    return project.routines.length > 0 ? this.#platform.code().inlayHintsIn(project, uri, within) : [];
  }

  /** In a script. */
  signature(uri: string, offset: number): Signature | undefined {
    const file = this.#scripts.get(uri);
    const project = this.project();
    return file && project.routines.length > 0 ? this.#platform.code().signatureAt(project, file, offset) : undefined;
  }

  completions(uri: string, offset: number): readonly Completion[] {
    const source = this.#sources.get(uri);
    if (source) return this.#frontEnd?.completions(() => this.project(), source.text, uri, offset) ?? [];
    const file = this.#scripts.get(uri);
    return file ? completionsAt(() => this.project(), file, offset) : [];
  }

  definitions(uri: string, offset: number): Leading | undefined {
    if (this.#sources.has(uri)) return this.#frontEnd?.definitions(this.project(), uri, offset);
    const file = this.#scripts.get(uri);
    return file && definitionsAt(this.project(), file, offset);
  }

  /** Of T-SQL its code; of code the T-SQL objects that stand for it. */
  implementations(uri: string, offset: number): Leading | undefined {
    if (this.#sources.has(uri)) return this.#frontEnd?.implementations(this.project(), uri, offset);
    const file = this.#scripts.get(uri);
    return file && implementationsAt(this.project(), file, offset);
  }

  references(uri: string, offset: number): References | undefined {
    if (this.#sources.has(uri)) return this.#frontEnd?.references(this.project(), uri, offset);
    const file = this.#scripts.get(uri);
    return file && referencesAt(this.project(), file, offset);
  }

  /** In a script. */
  highlights(uri: string, offset: number): readonly PlaceInText[] {
    const file = this.#scripts.get(uri);
    return file ? highlightsAt(this.project(), file, offset) : [];
  }

  /** What can be renamed at a place, as far as can be told without the new name. */
  renamable(uri: string, offset: number): Renamable | undefined {
    const project = this.project();
    if (this.#sources.has(uri)) return this.#frontEnd?.renamable(project, (of) => this.textOf(of), uri, offset);
    const file = this.#scripts.get(uri);
    return file && (renamablePartAt(project, file, offset) ?? renamableAt(file, offset));
  }

  rename(uri: string, offset: number, to: string): Renamed | undefined {
    const project = this.project();
    const textOf = (of: string): string => this.textOf(of);
    if (this.#sources.has(uri)) return this.#frontEnd?.rename(project, textOf, uri, offset, to);
    const file = this.#scripts.get(uri);
    const member = file && memberOfPartAt(project, file, offset);
    if (member && !this.#frontEnd) return { refused: 'There are no C# sources in the workspace' };
    if (member) return this.#frontEnd?.renameMember(project, textOf, member, to);
    return file && renameAt(project, file, offset, to);
  }

  callNodes(uri: string, offset: number): readonly CallNode[] {
    if (this.#sources.has(uri)) return this.#frontEnd?.callNodes(this.project(), uri, offset) ?? [];
    const file = this.#scripts.get(uri);
    return file ? callNodesAt(this.project(), file, offset) : [];
  }

  /** Of what stands at an offset of the document that shows one of `assemblies`. */
  callNodesInDocument(uri: string, index: number, offset: number): readonly CallNode[] {
    const image = (this.#scripts.get(uri)?.literals[index] ?? this.#images.get(uri))?.image;
    const member = this.assemblyDocument(uri, index)?.memberAt(offset);
    const node = image && member && nodeOf(this.project(), image.code, member);
    return node ? [node] : [];
  }

  callItem(node: CallNode): CallItem | undefined {
    return itemOf(this.project(), node);
  }

  incomingCalls(node: CallNode): readonly CallsOf[] {
    return incomingCalls(this.project(), node);
  }

  outgoingCalls(node: CallNode): readonly CallsOf[] {
    return outgoingCalls(this.project(), node);
  }

  workspaceSymbols(query: string): readonly WorkspaceSymbol[] {
    return workspaceSymbols(this.project(), query);
  }

  /** The outline of a script. */
  symbols(uri: string): readonly DocumentSymbol[] {
    const file = this.#scripts.get(uri);
    return file ? symbolsOf(file) : [];
  }

  foldings(uri: string): readonly Folding[] {
    const file = this.#scripts.get(uri);
    return file ? foldingsOf(file) : [];
  }

  /** The assemblies whose bytes stand in a script, or the one that a file is. */
  assemblies(uri: string): readonly FoundAssembly[] {
    return assembliesIn(this.#scripts.get(uri) ?? this.#images.get(uri));
  }

  /** One of `assemblies`, to read: the same object until something in it changes. */
  assemblyDocument(uri: string, index: number): AssemblyDocument | undefined {
    const shown = this.#scripts.get(uri)?.literals[index] ?? (index === 0 ? this.#images.get(uri) : undefined);
    return shown && this.#documents.document(shown, this.project());
  }

  /** Of an assembly file that is none of the workspace's. */
  documentOfBytes(uri: string, bytes: Uint8Array): AssemblyDocument {
    return this.#documents.document(this.#reader.image(uri, bytes), this.project());
  }

  /** What a file is, as far as it is none of a project. */
  fileAt(uri: string): { readonly script?: ScriptFile; readonly image?: ImageFile; readonly source?: SourceFile } {
    const [script, image, source] = [this.#scripts.get(uri), this.#images.get(uri), this.#sources.get(uri)];
    return { ...(script && { script }), ...(image && { image }), ...(source && { source }) };
  }

  /** Every use of a member of the .NET Framework, reached or not. */
  usesOf(code: AssemblyCode): readonly ApiUse[] {
    return this.#memory.uses(code);
  }

  get reader(): Pick<FileReader, 'embedded'> {
    return this.#reader;
  }

  /** Where a comment of its own can be put into the XML of a project file. */
  isBetweenTags(text: string, offset: number): boolean {
    return this.#platform.packages().isBetweenTags(text, offset);
  }

  /** The offset behind which a comment can stand that speaks of all of a project file. */
  startOfRoot(text: string): number {
    return this.#platform.packages().startOfRoot(text);
  }

  /** Offsets at which the lines of a text start. */
  lineStarts(uri: string): readonly number[] {
    const file = this.#textFile(uri);
    if (!file) return [0];
    let starts = this.#lineStarts.get(file);
    if (!starts) {
      starts = lineStartsOf(file.text);
      this.#lineStarts.set(file, starts);
    }
    return starts;
  }

  textOf(uri: string): string {
    return this.#textFile(uri)?.text ?? '';
  }

  #textFile(uri: string): TextFile | undefined {
    return this.#scripts.get(uri) ?? this.#buildFiles?.get(uri) ?? this.#sources.get(uri);
  }

  #publish(uri: string, { shared }: Analysis): readonly Finding[] {
    const file = this.#textFile(uri);
    const script = this.#scripts.get(uri);
    const found = [...(script ? this.#found.ofFile(script) : []), ...(shared.get(uri) ?? [])];
    const all = this.#levels.applied(uri, found);
    const { suppressions = true, today } = this.#settings;
    if (!file || !suppressions) return all.sort(byPlace);
    const { kept, unused } = applySuppressions(all, suppressionsOf(file.text, this.#commentsOf(file)), today);
    const needless = this.#levels.applied(uri, runSuppressionRules(this.#run, uri, unused));
    return [...kept, ...needless].sort(byPlace);
  }

  #runOf(): Run {
    const on = (all: readonly Rule[]): readonly Rule[] => all.filter(({ name }) => this.#levels.isOn(name));
    let codeRules: readonly Rule[] | undefined;
    return {
      rules: on(rules),
      codeRules: () => (codeRules ??= on(this.#platform.code().codeRules)),
      failed: this.#failed,
    };
  }

  #commentsOf(file: TextFile): readonly SuppressingComment[] {
    if ('script' in file) return file.script.comments;
    if ('comments' in file) return file.comments.map((span) => ({ kind: 'xml', span }));
    return this.#sourceCode
      .commentsOf(file)
      .map((span) => ({ kind: file.text.startsWith('/*', span.start) ? 'block' : 'line', span }));
  }

  #packaged(): Packages {
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
    const { sourceAssemblies } = this.#packages;
    const libraries = [...this.#images.values()]
      .sort(byUri)
      .flatMap(({ uri, sha512, image }) => (image ? { uri, sha512, code: image.code } : []));
    const code = this.#sourceCode.codeOf(sourceAssemblies, this.#sources, this.#createdNames(), libraries);
    const unread = [...this.#sources.values()].flatMap((file) => {
      const why = this.#sourceCode.whyUnread(file);
      return why ? [{ uri: file.uri, why }] : [];
    });
    return { ...this.#packages, ...code, unread };
  }

  #forget(): void {
    this.#project = undefined;
    this.#analysis = undefined;
  }

  #analyze(): Analysis {
    return (this.#analysis ??= { shared: this.#found.ofProject(this.project()), published: new Map() });
  }
}

/** What the command line prints besides findings; a server has no use for it. */
export const inspections = {
  /** Every assembly found in it. */
  inspect(workspace: Workspace, uri: string): readonly InspectedAssembly[] {
    const { script, image } = workspace.fileAt(uri);
    const { requirementsOfImage } = workspace.project();
    if (script) return inspectScript(script, workspace.reader, requirementsOfImage);
    return image ? inspectFile(image, requirementsOfImage) : [];
  },
  /** Every use of a member of the .NET Framework in its assemblies. */
  api(workspace: Workspace, uri: string): readonly InspectedUse[] {
    const { script, image, source } = workspace.fileAt(uri);
    if (image?.image) return inspectUses(workspace.usesOf(image.image.code), 0);
    const starts = workspace.lineStarts(uri);
    if (source) {
      const code = [...workspace.project().sourceCode.values()];
      return code.flatMap((one) => inspectSourceUses(workspace.usesOf(one), uri, starts));
    }
    return (script?.literals ?? []).flatMap((literal) => {
      const line = positionOf(starts, literal.span.start).line + 1;
      return literal.image ? inspectUses(workspace.usesOf(literal.image.code), line) : [];
    });
  },
  syntax(workspace: Workspace, uri: string): SyntaxReport {
    const { script } = workspace.fileAt(uri);
    return script ? syntaxReport(script.script, script.text) : { batches: [], errors: [] };
  },
};

/** A file with lines. */
type TextFile = ScriptFile | BuildFile | SourceFile;

function isSource(uri: string): boolean {
  return /\.cs$/i.test(uri);
}

function byUri(a: { readonly uri: string }, b: { readonly uri: string }): number {
  return a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0;
}

function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

function serverOf(settings: Settings): Server {
  const target = findTarget(settings.target) ?? findTarget(defaultSettings.target) ?? targets[0];
  if (!target) throw new Error('The table of targets is empty');
  const { assemblies = [], sysadmins = [] } = settings.known ?? {};
  return {
    target,
    clrStrictSecurity: target.strictSecurity && (settings.clrStrictSecurity ?? true),
    known: { assemblies, sysadmins },
  };
}

function rethrow({ error }: RuleFailure): never {
  throw error;
}
