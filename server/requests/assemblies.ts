// Assemblies as documents of a scheme of their own: their text, what leads where in it, and the ways to it from a file.
import {
  type CodeLens,
  type Command,
  type Connection,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type Location,
  type LocationLink,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import {
  declarationAt,
  type AssemblyDocument,
  type DocumentLink as Link,
  type FoundAssembly,
} from '../analysis/workspace.js';
import type { CallNode } from '../analysis/features/call-hierarchy.js';
import type { PlaceInBytes } from '../analysis/features/feature.js';
import { rangeOf, type Lines } from '../convert.js';
import { foldingOf, symbolOf } from './features.js';
import { canonicalUri, extensionOf, imageExtensions, type Files } from '../files.js';
import { assemblyScheme, showAssemblyCommand, type AssemblyEntry, type AssemblyLocation } from '../protocol.js';
import type { Sources } from '../sources.js';
import { AfterChanges } from './after-changes.js';

/** Documents handed out and files read beside the workspace's; an editor rarely has more open. */
const kept = 16;
/** In milliseconds: so long after a change nobody waits for a document that is only read. */
const patience = 300;

export class Assemblies {
  readonly #connection: Connection;
  readonly #sources: Sources;
  /** Reads what the analysis leaves out, build output say, when a person asks for it. */
  readonly #files: Files;
  /** By URI: as the client has them. */
  readonly #shown = new Map<string, AssemblyDocument | undefined>();
  readonly #others = new Map<string, AssemblyDocument>();
  readonly #lines = new WeakMap<AssemblyDocument, TextDocument>();
  readonly #later: AfterChanges;

  constructor(connection: Connection, sources: Sources, files: Files) {
    this.#connection = connection;
    this.#later = new AfterChanges(connection, patience, () => this.#refresh());
    this.#sources = sources;
    this.#files = files;
  }

  /** Those of a file, for a person to choose from. */
  entries(uri: string): readonly AssemblyEntry[] {
    const canonical = canonicalUri(uri);
    const parts = this.#sources.packages.partsOf(canonical);
    if (parts.length > 0) return parts.flatMap((part) => this.entries(part));
    const lines = this.#sources.linesOf(canonical);
    const found = this.#sources.workspace.assemblies(canonical);
    if (found.length === 0 && isImage(canonical)) return [otherEntry(lines.uri)];
    return found.map((each) => ({
      title: each.name,
      description: [each.statement, detailOf(each)].filter((part) => part !== '').join(', '),
      range: rangeOf(lines, each.span),
      document: this.#uriOf(lines.uri, each),
    }));
  }

  /** Above each statement that holds bytes. */
  lenses(uri: string): CodeLens[] {
    const lines = this.#sources.linesOf(uri);
    return this.#sources.workspace.assemblies(uri).map((found) => {
      // `$(name)` would be an icon.
      const title = `Show assembly (${found.name} ${detailOf(found)})`.replaceAll('$(', '$ (');
      const range = rangeOf(lines, { start: found.statementSpan.start, end: found.statementSpan.start });
      return { range, command: this.showing(title, this.#uriOf(lines.uri, found)) };
    });
  }

  showing(title: string, document: string): Command {
    return { title, command: showAssemblyCommand, arguments: [document] };
  }

  /** The document of one of a file's assemblies. */
  documentOf(uri: string, index: number): string | undefined {
    const found = this.#sources.workspace.assemblies(uri).find((each) => each.index === index);
    return found && this.#uriOf(this.#sources.linesOf(uri).uri, found);
  }

  /** In a hover, a link that the client trusts because of the command it names. */
  commandLink(uri: string, index: number): string {
    const document = this.documentOf(uri, index);
    if (document === undefined) return '';
    const given = encodeURIComponent(JSON.stringify([document]));
    return `\n\n[Show assembly](command:${showAssemblyCommand}?${given.replace(/[!'()*]/g, hexOf)})`;
  }

  #uriOf(uri: string, { index, name }: FoundAssembly): string {
    return documentUri({ uri, index, name }, name);
  }

  /** What is there now; read again where it is none of the workspace's files. */
  async text(uri: string): Promise<string> {
    const location = locationOf(uri);
    if (location) await this.#readOther(location);
    const document = this.#document(uri);
    this.#shown.delete(uri);
    this.#shown.set(uri, document);
    dropOldest(this.#shown);
    return document?.text ?? '// The assembly is not there any more.\n';
  }

  /** Of a document, as they stand in the script or file now; undefined of a file that is none of the workspace's. */
  bytes(document: string): Uint8Array | undefined {
    const location = locationOf(document);
    const { script, image } = this.#sources.workspace.fileAt(canonicalUri(location?.uri ?? ''));
    const index = location && this.#indexOf(location);
    return (index === undefined ? undefined : (script?.literals[index] ?? image))?.bytes;
  }

  async #readOther({ uri }: AssemblyLocation): Promise<void> {
    const canonical = canonicalUri(uri);
    if (!isImage(canonical) || this.#sources.workspace.assemblies(canonical).length > 0) return;
    this.#others.delete(canonical);
    const bytes = await this.#files.read(canonical, this.#sources.folders);
    if (!bytes) return;
    this.#others.set(canonical, this.#sources.workspace.documentOfBytes(canonical, bytes));
    dropOldest(this.#others);
  }

  #document(uri: string): AssemblyDocument | undefined {
    const location = locationOf(uri);
    if (!location) return undefined;
    const canonical = canonicalUri(location.uri);
    return this.#sources.workspace.assemblyDocument(canonical, this.#indexOf(location)) ?? this.#others.get(canonical);
  }

  #indexOf({ uri, index, name }: AssemblyLocation): number {
    const found = this.#sources.workspace.assemblies(canonicalUri(uri)).filter((one) => one.name === name);
    return (found.find((one) => one.index === index) ?? found[0])?.index ?? index;
  }

  /** The client is told of the documents that it has and that are others now. */
  changed(): void {
    if (this.#shown.size > 0) this.#later.changed();
  }

  async #refresh(): Promise<void> {
    const others = [...this.#shown].filter(([uri, document]) => this.#document(uri) !== document);
    for (const [uri] of others) await this.#connection.workspace.textDocumentContent.refresh(uri);
  }

  symbols(uri: string): DocumentSymbol[] {
    return this.#answer(uri, ({ symbols }, lines) => symbols.map((symbol) => symbolOf(symbol, lines))) ?? [];
  }

  foldings(uri: string): FoldingRange[] {
    return this.#answer(uri, ({ foldings }, lines) => foldings.flatMap((each) => foldingOf(each, lines) ?? [])) ?? [];
  }

  /** Of the overview: what its lines name. In the code they would underline everything; there `definition` leads on. */
  links(uri: string): DocumentLink[] {
    return (
      this.#answer(uri, ({ links, overview }, lines) =>
        links.slice(0, overview).map((link) => {
          const { targetUri, targetSelectionRange } = this.#leading(link, uri, lines);
          const { start } = targetSelectionRange;
          return {
            range: rangeOf(lines, link.span),
            target: `${targetUri}#L${start.line + 1},${start.character + 1}`,
          };
        }),
      ) ?? []
    );
  }

  definition({ textDocument: { uri }, position }: TextDocumentPositionParams): LocationLink[] {
    return (
      this.#answer(uri, (document, lines) => {
        const link = declarationAt(document, lines.offsetAt(position));
        return link ? [this.#leading(link, uri, lines)] : [];
      }) ?? []
    );
  }

  /** Of a class or method, in the document that shows it, where the client has such documents. */
  locationOf({ uri, assembly, member }: PlaceInBytes): Location | undefined {
    const document = this.documentOf(uri, assembly);
    if (document === undefined) return undefined;
    return this.#answer(document, ({ placeOf }, lines) => {
      const span = placeOf(member);
      return span && { uri: document, range: rangeOf(lines, span) };
    });
  }

  /** What stands in a document, for who calls it. */
  callNodesAt({ textDocument: { uri }, position }: TextDocumentPositionParams): readonly CallNode[] {
    const location = locationOf(uri);
    const offset = this.#answer(uri, (_, lines) => lines.offsetAt(position));
    if (!location || offset === undefined) return [];
    return this.#sources.workspace.callNodesInDocument(canonicalUri(location.uri), location.index, offset);
  }

  #leading({ span, target }: Link, uri: string, own: Lines): LocationLink {
    const lines = target.uri === undefined ? own : this.#sources.linesOf(target.uri);
    const range = rangeOf(lines, target.span);
    return {
      originSelectionRange: rangeOf(own, span),
      targetUri: target.uri === undefined ? uri : lines.uri,
      targetRange: range,
      targetSelectionRange: range,
    };
  }

  #answer<R>(uri: string, answer: (document: AssemblyDocument, lines: Lines) => R): R | undefined {
    const document = this.#document(uri);
    if (!document) return undefined;
    let lines = this.#lines.get(document);
    if (!lines) this.#lines.set(document, (lines = TextDocument.create(uri, 'sqlclr-assembly', 0, document.text)));
    return answer(document, lines);
  }
}

function isImage(uri: string): boolean {
  return imageExtensions.includes(extensionOf(uri));
}

/** Of a file that the analysis leaves out; it is read when its document is asked for. */
function otherEntry(uri: string): AssemblyEntry {
  const title = uri.slice(uri.lastIndexOf('/') + 1);
  const start = { line: 0, character: 0 };
  return { title, description: '', range: { start, end: start }, document: documentUri({ uri, index: 0 }, title) };
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The first of a map is its oldest entry. */
function dropOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= kept) return;
    map.delete(key);
  }
}

/** `3.2.0.0, 12 KB`. */
function detailOf({ version, byteLength }: FoundAssembly): string {
  const size =
    byteLength < 1 << 10
      ? `${byteLength} bytes`
      : byteLength < 1 << 20
        ? `${Math.round(byteLength / (1 << 10))} KB`
        : `${(byteLength / (1 << 20)).toFixed(1)} MB`;
  return version === '' ? size : `${version}, ${size}`;
}

/** `sqlclr-assembly:/Payroll.Calculation.il?{"uri":"file:///…","index":0}`: the path is what a tab shows. */
function documentUri(location: AssemblyLocation, title: string): string {
  const name = title.replace(/[^\p{L}\p{N}_.+-]+/gu, '_').slice(0, 100);
  return URI.from({ scheme: assemblyScheme, path: `/${name}.il`, query: JSON.stringify(location) }).toString();
}

export function isAssemblyUri(uri: string): boolean {
  return uri.startsWith(`${assemblyScheme}:`);
}

/** Whatever stands in a URI, which anyone can write. */
function locationOf(uri: string): AssemblyLocation | undefined {
  try {
    const { scheme, query } = URI.parse(uri);
    const given: unknown = scheme === assemblyScheme ? JSON.parse(query) : undefined;
    if (typeof given !== 'object' || given === null || !('uri' in given && 'index' in given)) return undefined;
    const { uri: file, index } = given;
    const name = 'name' in given && typeof given.name === 'string' ? { name: given.name } : {};
    return typeof file === 'string' && typeof index === 'number' ? { uri: file, index, ...name } : undefined;
  } catch {
    return undefined;
  }
}
