// What is analysed: the files of the workspace, and over them the documents of the editor as they are being typed.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocument as Text } from 'vscode-languageserver-textdocument';
import { defaultSettings, type CSharpFrontEnd, type Settings, type Workspace } from './analysis/workspace.js';
import type { Lines } from './convert.js';
import { decode } from './files/decode.js';
import type * as Dacpacs from './bundles/dacpac.js';
import { GrammarOnDemand } from './platform/grammar.js';
import {
  canonicalUri,
  extensionOf,
  extensions,
  imageExtensions,
  isInFolders,
  isPackage,
  isSkipped,
  isSource,
  limits,
  packagedUri,
  spelledUri,
  type Files,
} from './files.js';
import { PackageParts } from './files/package-parts.js';
import { turnsEvery } from './turn.js';

/** What a project says of its files. */
export interface FileRules {
  isIgnored(uri: string): boolean;
  codePageOf(uri: string): string | undefined;
}

export class Sources {
  readonly #workspace: Workspace;
  readonly #files: Files;
  readonly packages: PackageParts;
  readonly #log: (message: string) => void;
  readonly #language: GrammarOnDemand | undefined;
  #readsCSharp = false;
  /** What is not read, in words. */
  readonly #unread = new Set<string>();
  /** Likewise, by the file that could not be taken in. */
  readonly #broken = new Map<string, string>();
  #isWithoutCSharp: string | undefined;
  /** How often there was much to read or to find anew, and how often it was done. */
  #begun = 1;
  #prepared = 0;
  /** Who is told when C# can be read. */
  csharpRead: () => void = () => {};
  /** Who is told what the disk has, whatever is open. */
  textRead: (uri: string, text: string) => void = () => {};
  fileRules: FileRules | undefined;
  /** By canonical URI, as everything here. */
  readonly #open = new Map<string, TextDocument>();
  readonly #read = new Map<string, Lines>();
  readonly #changed = new Set<string>();
  readonly #waiting = new Set<() => void>();
  #folders: readonly string[] = [];
  readonly #sizes = new Map<string, number>();
  #size = 0;
  #reading: Promise<void> = Promise.resolve();
  #revision = 0;
  #settings = defaultSettings;

  constructor(
    workspace: Workspace,
    files: Files,
    log: (message: string) => void,
    language?: () => Promise<CSharpFrontEnd>,
    dacpacs: () => typeof Dacpacs | undefined = () => undefined,
  ) {
    this.#workspace = workspace;
    this.#files = files;
    this.#log = log;
    this.packages = new PackageParts(dacpacs);
    this.#language = language && new GrammarOnDemand(language, (message) => log((this.#isWithoutCSharp = message)));
  }

  /** Another number whenever an answer may be another one. */
  get revision(): number {
    return this.#revision;
  }

  /** Hands the workspace what was typed since; many changes at once cost one analysis. */
  get workspace(): Workspace {
    for (const uri of this.#changed) {
      const document = this.#open.get(uri);
      if (document) this.#set(uri, document.getText());
    }
    this.#changed.clear();
    return this.#workspace;
  }

  get uris(): readonly string[] {
    return [...new Set([...this.#open.keys(), ...this.#read.keys()])];
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** What keeps the analysis from seeing all of the workspace. */
  get shortcomings(): readonly string[] {
    return [
      ...(this.#isWithoutCSharp === undefined ? [] : [this.#isWithoutCSharp]),
      ...this.#unread,
      ...this.#broken.values(),
    ];
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uri);
  }

  openDocument(uri: string): TextDocument | undefined {
    return this.#open.get(canonicalUri(uri));
  }

  /** The start of the file for what has no text. */
  linesOf(uri: string): Lines {
    return this.#open.get(uri) ?? this.#read.get(uri) ?? withoutLines(spelledUri(uri));
  }

  change(document: TextDocument): void {
    const uri = canonicalUri(document.uri);
    this.#open.set(uri, document);
    this.#changed.add(uri);
    this.touch();
  }

  /** What the disk has holds again. */
  close(document: TextDocument): Promise<void> {
    const uri = canonicalUri(document.uri);
    this.#open.delete(uri);
    this.#changed.delete(uri);
    return this.readAgain([uri]);
  }

  /** Everything below the folders, and nothing else but what is open. */
  load(folders: readonly string[]): Promise<void> {
    return this.#inOrder(async () => {
      this.#begun++;
      this.#folders = folders;
      const found = (await this.#files.list(folders)).map(canonicalUri);
      const listed = new Set(found.filter((uri) => !this.#isIgnored(uri)));
      for (const uri of this.#open.keys()) this.#changed.add(uri);
      const sources = [...listed].filter(isSource);
      const files = [...listed].filter((uri) => !isSource(uri));
      this.#unread.clear();
      if (files.length >= limits.files) this.#leave(`Only ${limits.files} files of the workspace are read`);
      if (sources.length >= limits.sources) this.#leave(`Only ${limits.sources} C# files of the workspace are read`);
      for (const uri of [...this.packages.packages, ...this.#broken.keys()]) if (!listed.has(uri)) this.#forget(uri);
      for (const uri of this.#read.keys()) if (!listed.has(this.packages.packageOf(uri) ?? uri)) this.#forget(uri);
      await this.#readAll(files);
      await this.#readAll(sources);
    });
  }

  /** After files were made, changed or deleted. */
  readAgain(uris: readonly string[]): Promise<void> {
    return this.#inOrder(() => {
      const files = uris.map(canonicalUri).map((uri) => this.packages.packageOf(uri) ?? uri);
      return this.#readAll([...new Set(files)]);
    });
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    this.#workspace.configure(settings);
    this.#begun++;
    this.touch();
  }

  touch(): void {
    this.#revision++;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Does what answers take for the first time, in turns with what else is asked; what is done is done, whoever stops it. */
  async prepare(isStopped: () => boolean): Promise<void> {
    const begun = this.#begun;
    if (this.#prepared === begun) return;
    const makeWay = turnsEvery(8);
    for (const _ of this.workspace.preparing()) {
      if (isStopped()) return;
      await makeWay();
    }
    this.#prepared = begun;
  }

  /** Resolves when the revision is no longer the one given, or when it is no longer waited for. */
  changeAfter(revision: number, onCancelled: (wake: () => void) => void): Promise<void> {
    if (revision !== this.#revision) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      onCancelled(resolve);
    });
  }

  /** One after the other, so that the last to be asked for is the last to be read. */
  #inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.#reading.then(work);
    this.#reading = done.catch(() => {});
    return done.finally(() => this.touch());
  }

  async #readAll(uris: readonly string[]): Promise<void> {
    const leftOut: string[] = [];
    await inTurns(uris, 8, async (uri) => {
      const bytes = await this.#bytesOf(uri);
      if (!bytes) return this.#forget(uri);
      if (this.#size + bytes.length - (this.#sizes.get(uri) ?? 0) > limits.workspace) return void leftOut.push(uri);
      try {
        this.#keep(uri, bytes);
      } catch (error) {
        // One file takes none of the others along.
        this.#forget(uri);
        const message = `${uri} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
        this.#log(message);
        this.#broken.set(uri, message);
      }
    });
    for (const uri of leftOut) this.#forget(uri);
    if (leftOut.length === 0) return;
    const why = `the workspace is larger than ${limits.workspace >> 20} MB`;
    this.#log(`Not read, for ${why}: ${leftOut.join(' ')}`);
    this.#unread.add(`${leftOut.length} files are not read, for ${why}`);
  }

  #leave(message: string): void {
    this.#log(message);
    this.#unread.add(message);
  }

  async #bytesOf(uri: string): Promise<Uint8Array | undefined> {
    const isOurs =
      extensions.includes(extensionOf(uri)) &&
      isInFolders(uri, this.#folders) &&
      !isSkipped(uri, this.#folders) &&
      !this.#isIgnored(uri);
    if (!isOurs) return undefined;
    return this.#files.read(uri, this.#folders).catch((error: unknown) => {
      this.#log(`${uri} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
  }

  #keep(uri: string, bytes: Uint8Array): void {
    this.#broken.delete(uri);
    if (isPackage(uri)) return this.#keepPackage(uri, bytes);
    const content = imageExtensions.includes(extensionOf(uri)) ? bytes : decode(bytes, this.fileRules?.codePageOf(uri));
    this.#count(uri, bytes.length);
    this.#read.set(uri, typeof content === 'string' ? withLines(uri, content) : withoutLines(uri));
    if (typeof content === 'string') this.textRead(uri, content);
    if (!this.#open.has(uri)) this.#set(uri, content);
  }

  /** Of a package what is in it: what it takes is counted unpacked. */
  #keepPackage(uri: string, bytes: Uint8Array): void {
    const before = this.packages.partsOf(uri);
    const parts = this.packages.read(uri, bytes);
    for (const part of before) if (!parts.has(part)) this.#drop(part);
    const size = [...parts.values()].reduce((sum, { length }) => sum + length, bytes.length);
    if (this.#size + size - (this.#sizes.get(uri) ?? 0) > limits.workspace)
      throw new Error(`the workspace is larger than ${limits.workspace >> 20} MB with it`);
    this.#count(uri, size);
    for (const [part, text] of parts) {
      this.#read.set(part, withLines(packagedUri(part), text));
      if (!this.#open.has(part)) this.#set(part, text);
    }
  }

  #count(uri: string, size: number): void {
    this.#size += size - (this.#sizes.get(uri) ?? 0);
    this.#sizes.set(uri, size);
  }

  #isIgnored(uri: string): boolean {
    return this.fileRules?.isIgnored(uri) === true;
  }

  #set(uri: string, content: string | Uint8Array): void {
    if (this.#isIgnored(uri)) return this.#workspace.remove(uri);
    this.#workspace.set(uri, content);
    if (this.#readsCSharp || typeof content !== 'string' || !isSource(uri)) return;
    void this.#language?.for(content).then((language) => {
      if (!language || this.#readsCSharp) return;
      this.#readsCSharp = true;
      this.#workspace.useCSharp(language);
      this.#begun++;
      this.touch();
      this.csharpRead();
    });
  }

  #forget(uri: string): void {
    this.#size -= this.#sizes.get(uri) ?? 0;
    this.#sizes.delete(uri);
    this.#broken.delete(uri);
    for (const part of this.packages.partsOf(uri)) this.#drop(part);
    this.packages.forget(uri);
    this.#drop(uri);
  }

  #drop(uri: string): void {
    this.#read.delete(uri);
    if (!this.#open.has(uri)) this.#workspace.remove(uri);
  }
}

/** Lines are counted when they are first asked for. */
function withLines(uri: string, text: string): Lines {
  const document = Text.create(uri, 'sql', 0, text);
  return {
    uri,
    version: undefined,
    positionAt: (offset) => document.positionAt(offset),
    offsetAt: (position) => document.offsetAt(position),
  };
}

function withoutLines(uri: string): Lines {
  return { uri, version: undefined, positionAt: () => ({ line: 0, character: 0 }), offsetAt: () => 0 };
}

/** At most so many at a time. */
async function inTurns<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
