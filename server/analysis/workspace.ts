// The façade of the analysis: files in, findings and features out. The one mutable thing of the core.
import {
  AssemblyDocuments,
  declarationAt,
  type AssemblyDocument,
  type DocumentLink,
} from './features/assembly-document.js';
import { assembliesIn, type FoundAssembly } from './features/assemblies.js';
import type { CallItem, CallNode, CallsOf } from './features/call-hierarchy.js';
import { completionsAt, type Completion } from './features/completion.js';
import type { CSharpFrontEnd } from './features/csharp-front-end.js';
import type { DocumentSymbol, Folding, Hover, Leading, Lens, PlaceInText } from './features/feature.js';
import { foldingsOf } from './features/foldings.js';
import { hoverAt } from './features/hover.js';
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
import { targets, type Target } from './knowledge/targets.js';
import type { Platform } from './platform.js';
import type { AssemblyCode } from './code/model.js';
import type { ApiUse } from './project/api-uses.js';
import { CodeMemory } from './project/code-memory.js';
import type { FileReader } from './project/file-reader.js';
import type { ImageFile, Project, ScriptFile, Server, SourceFile } from './project/project.js';
import type { Finding } from './rules/rule.js';
import { RuleMemory, type Piece } from './rules/rule-memory.js';
import type { RuleFailure, RunRule } from './rules/runner.js';
import type { Span } from './text/span.js';
import { WorkspaceFiles } from './workspace/files.js';
import { Judging } from './workspace/judging.js';
import { Publishing } from './workspace/publishing.js';
import { allRules, type RuleDescription } from './workspace/rule-descriptions.js';
import { defaultSettings, serverOf, type Settings } from './workspace/settings.js';

export type { LanguageFiles } from './csharp/language.js';
export type { CSharpFrontEnd } from './features/csharp-front-end.js';
export { speaksOfSqlServer } from './csharp/probe.js';
export { declarationAt, type AssemblyDocument, type DocumentLink, type FoundAssembly };
export { finishLinks } from './features/markdown.js';
export { rulePage } from './knowledge/rule-pages.js';
export { isBetweenTokens } from './features/between-tokens.js';
export { levels, type Level, type Override, type RuleLevels } from './rules/levels.js';
export { positionOf } from './text/lines.js';
export { allRules, type RuleDescription };
export { failureText } from './rules/runner.js';
export { isRuleName } from './workspace/rule-descriptions.js';
export { inspections } from './workspace/inspections.js';
export { defaultSettings, type Settings };

export function allTargets(): readonly Target[] {
  return targets;
}

/** By file: what rules about code and about the project have found, until a file or a setting changes. */
type Analysis = ReadonlyMap<string, readonly Finding[]>;

export class Workspace {
  readonly #platform: Platform;
  readonly #failed: (failure: RuleFailure) => void;
  readonly #documents = new AssemblyDocuments();
  #files: WorkspaceFiles;
  #memory: CodeMemory;
  #frontEnd: CSharpFrontEnd | undefined;
  #settings: Settings;
  #publishing: Publishing;
  #server: Server;
  #judging: Judging;
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
    this.#failed = failed;
    this.#files = new WorkspaceFiles(platform);
    this.#memory = this.#newMemory();
    this.#settings = settings;
    this.#publishing = new Publishing(platform, settings, failed);
    this.#server = serverOf(settings);
    this.#judging = this.#newJudging();
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    this.#publishing = new Publishing(this.#platform, settings, this.#failed);
    this.#server = serverOf(settings);
    this.#judging = this.#newJudging();
    this.#forget();
  }

  /** The same files, settings and what is known of them: what becomes of it changes nothing here. */
  copy(): Workspace {
    const copy = new Workspace(this.#platform, this.#settings, this.#failed);
    copy.#files = this.#files.copy();
    copy.#memory = this.#memory;
    copy.#judging = this.#judging.copy(copy.#server);
    copy.#frontEnd = this.#frontEnd;
    return copy;
  }

  /** In alphabetical order. */
  rules(): readonly RuleDescription[] {
    return allRules(this.#platform);
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Text by the file's name, as `WorkspaceFiles` has it; bytes are an image. */
  set(uri: string, content: string | Uint8Array): void {
    if (this.#files.set(uri, content)) this.#forget();
  }

  remove(uri: string): void {
    if (!this.#files.remove(uri)) return;
    this.#publishing.forget(uri);
    this.#forget();
  }

  /** Sources are read from now on. */
  useCSharp(frontEnd: CSharpFrontEnd): void {
    this.#frontEnd = frontEnd;
    this.#files.useCSharp(frontEnd);
    this.#forget();
  }

  /** Whether there is C# that has to do with SQL Server. */
  speaksCSharp(): boolean {
    return this.#files.speaksCSharp();
  }

  /** Sources that were too large, or took too long, to be read. */
  unreadSources(): readonly string[] {
    return this.project().unread.map(({ uri }) => uri);
  }

  uris(): readonly string[] {
    return this.#files.uris();
  }

  /** C# as it stands in the workspace, by URI; `project().sourceAssemblies` says what belongs together. */
  sources(): ReadonlyMap<string, SourceFile> {
    return this.#files.sources;
  }

  project(): Project {
    return (this.#project ??= this.#files.project(this.#server, this.#memory));
  }

  /** Every rule over everything, as if nothing were known yet: what is looked at in `around` is all that a rule takes. */
  runAgain(around: RunRule): void {
    const memory = this.#newMemory();
    const found = new RuleMemory({ ...this.#publishing.run, around }, this.#server, memory);
    const project = this.#files.project(this.#server, memory);
    for (const piece of found.preparing(project)) piece.find();
    found.ofProject(project);
  }

  /**
   * Does what findings take, piece by piece, for a host that has others to answer in between. What changes meanwhile is looked at
   * when it is asked for.
   */
  *preparing(): Generator<void> {
    yield* this.#files.reading();
    yield* this.#judging.preparing(this.#files);
  }

  /** What findings take, in pieces that somebody else who has the same files and settings can see to. */
  pieces(): Iterable<Piece> {
    return this.#judging.pieces(this.#files);
  }

  /** In order of place. The same list for as long as the same is found. */
  findings(uri: string): readonly Finding[] {
    const analysis = (this.#analysis ??= this.#judging.analysis(this.#files, this.#move));
    return this.#publishing.of(uri, this.#files, analysis, () => {
      const script = this.#files.script(uri);
      const placed = script ? this.#judging.ofScript(script, this.#files, this.#move) : [];
      return [...placed, analysis.get(uri) ?? nothing];
    });
  }

  hover(uri: string, offset: number): Hover | undefined {
    if (this.#files.source(uri)) return this.#frontEnd?.hover(this.project(), (of) => this.findings(of), uri, offset);
    const file = this.#files.script(uri);
    return file && hoverAt(this.project(), file, offset);
  }

  /** In order of place. */
  lenses(uri: string): readonly Lens[] {
    if (this.#files.source(uri)) return this.#frontEnd?.lenses(this.project(), uri) ?? [];
    const file = this.#files.script(uri);
    return file ? lensesOf(this.project(), file) : [];
  }

  /** Of scripts and sources. */
  inlayHints(uri: string, within: Span): readonly InlayHint[] {
    const project = this.project();
    return project.routines.length > 0 ? this.#platform.code().inlayHintsIn(project, uri, within) : [];
  }

  /** In a script. */
  signature(uri: string, offset: number): Signature | undefined {
    const file = this.#files.script(uri);
    const project = this.project();
    return file && project.routines.length > 0 ? this.#platform.code().signatureAt(project, file, offset) : undefined;
  }

  completions(uri: string, offset: number): readonly Completion[] {
    const source = this.#files.source(uri);
    if (source) return this.#frontEnd?.completions(() => this.project(), source.text, uri, offset) ?? [];
    const file = this.#files.script(uri);
    return file ? completionsAt(() => this.project(), file, offset) : [];
  }

  definitions(uri: string, offset: number): Leading | undefined {
    if (this.#files.source(uri)) return this.#frontEnd?.definitions(this.project(), uri, offset);
    const file = this.#files.script(uri);
    return file && definitionsAt(this.project(), file, offset);
  }

  /** Of T-SQL its code; of code the T-SQL objects that stand for it. */
  implementations(uri: string, offset: number): Leading | undefined {
    if (this.#files.source(uri)) return this.#frontEnd?.implementations(this.project(), uri, offset);
    const file = this.#files.script(uri);
    return file && implementationsAt(this.project(), file, offset);
  }

  references(uri: string, offset: number): References | undefined {
    if (this.#files.source(uri)) return this.#frontEnd?.references(this.project(), uri, offset);
    const file = this.#files.script(uri);
    return file && referencesAt(this.project(), file, offset);
  }

  /** In a script. */
  highlights(uri: string, offset: number): readonly PlaceInText[] {
    const file = this.#files.script(uri);
    return file ? highlightsAt(this.project(), file, offset) : [];
  }

  /** What can be renamed at a place, as far as can be told without the new name. */
  renamable(uri: string, offset: number): Renamable | undefined {
    const project = this.project();
    if (this.#files.source(uri)) return this.#frontEnd?.renamable(project, (of) => this.textOf(of), uri, offset);
    const file = this.#files.script(uri);
    return file && (renamablePartAt(project, file, offset) ?? renamableAt(file, offset));
  }

  rename(uri: string, offset: number, to: string): Renamed | undefined {
    const project = this.project();
    const textOf = (of: string): string => this.textOf(of);
    if (this.#files.source(uri)) return this.#frontEnd?.rename(project, textOf, uri, offset, to);
    const file = this.#files.script(uri);
    const member = file && memberOfPartAt(project, file, offset);
    if (member && !this.#frontEnd) return { refused: 'There are no C# sources in the workspace' };
    if (member) return this.#frontEnd?.renameMember(project, textOf, member, to);
    return file && renameAt(project, file, offset, to);
  }

  callNodes(uri: string, offset: number): readonly CallNode[] {
    if (this.#files.source(uri)) return this.#frontEnd?.callNodes(this.project(), uri, offset) ?? [];
    const file = this.#files.script(uri);
    const project = this.project();
    return file && project.routines.length > 0 ? this.#platform.code().callNodesAt(project, file, offset) : [];
  }

  /** Of what stands at an offset of the document that shows one of `assemblies`. */
  callNodesInDocument(uri: string, index: number, offset: number): readonly CallNode[] {
    const image = (this.#files.script(uri)?.literals[index] ?? this.#files.image(uri))?.image;
    const member = this.assemblyDocument(uri, index)?.memberAt(offset);
    const node = image && member && this.#platform.code().nodeOf(this.project(), image.code, member);
    return node ? [node] : [];
  }

  callItem(node: CallNode): CallItem | undefined {
    return this.#platform.code().itemOf(this.project(), node);
  }

  incomingCalls(node: CallNode): readonly CallsOf[] {
    return this.#platform.code().incomingCalls(this.project(), node);
  }

  outgoingCalls(node: CallNode): readonly CallsOf[] {
    return this.#platform.code().outgoingCalls(this.project(), node);
  }

  workspaceSymbols(query: string): readonly WorkspaceSymbol[] {
    return workspaceSymbols(this.project(), query);
  }

  /** The outline of a script. */
  symbols(uri: string): readonly DocumentSymbol[] {
    const file = this.#files.script(uri);
    return file ? symbolsOf(file) : [];
  }

  foldings(uri: string): readonly Folding[] {
    const file = this.#files.script(uri);
    return file ? foldingsOf(file) : [];
  }

  /** The assemblies whose bytes stand in a script, or the one that a file is. */
  assemblies(uri: string): readonly FoundAssembly[] {
    return assembliesIn(this.#files.script(uri) ?? this.#files.image(uri));
  }

  /** One of `assemblies`, to read: the same object until something in it changes. */
  assemblyDocument(uri: string, index: number): AssemblyDocument | undefined {
    const shown = this.#files.script(uri)?.literals[index] ?? (index === 0 ? this.#files.image(uri) : undefined);
    return shown && this.#documents.document(shown, this.project());
  }

  /** Of an assembly file that is none of the workspace's. */
  documentOfBytes(uri: string, bytes: Uint8Array): AssemblyDocument {
    return this.#documents.document(this.#files.reader.image(uri, bytes), this.project());
  }

  /** What a file is, as far as it is none of a project. */
  fileAt(uri: string): { readonly script?: ScriptFile; readonly image?: ImageFile; readonly source?: SourceFile } {
    const [script, image, source] = [this.#files.script(uri), this.#files.image(uri), this.#files.source(uri)];
    return { ...(script && { script }), ...(image && { image }), ...(source && { source }) };
  }

  /** Every use of a member of the .NET Framework, reached or not. */
  usesOf(code: AssemblyCode): readonly ApiUse[] {
    return this.#memory.uses(code);
  }

  get reader(): Pick<FileReader, 'embedded'> {
    return this.#files.reader;
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
    return this.#files.lineStarts(uri);
  }

  textOf(uri: string): string {
    return this.#files.textFile(uri)?.text ?? '';
  }

  #newJudging(): Judging {
    return new Judging(new RuleMemory(this.#publishing.run, this.#server, this.#memory), this.#server, this.#memory);
  }

  #newMemory(): CodeMemory {
    return new CodeMemory(() => this.#platform.code());
  }

  #forget(): void {
    this.#project = undefined;
    this.#analysis = undefined;
  }

  /** Asked for where there are sources that were read. */
  readonly #move: CSharpFrontEnd['movedFindings'] = (found, moves) =>
    this.#frontEnd?.movedFindings(found, moves) ?? found;
}

const nothing: readonly Finding[] = [];

function rethrow({ error }: RuleFailure): never {
  throw error;
}
