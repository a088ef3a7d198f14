// From what a place means to protocol values: definitions, implementations, references, highlights and symbols of the workspace.
import {
  type CallHierarchyItem,
  type ClientCapabilities,
  type Connection,
  type DocumentHighlight,
  type Location,
  type LocationLink,
  type Range,
  type ReferenceParams,
  type TextDocumentPositionParams,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import type { CallItem, CallNode, CallsOf } from '../analysis/features/call-hierarchy.js';
import type { Destination, Leading } from '../analysis/features/feature.js';
import { isAssemblyUri, type Assemblies } from './assemblies.js';
import { rangeOf, type Lines } from '../convert.js';
import { symbolKinds } from './features.js';
import { canonicalUri } from '../files.js';
import { answering } from '../guard.js';
import type { Sources } from '../sources.js';

/** Each answers nothing where a place means nothing of the field: other extensions answer beside us. */
export function answerNavigation(
  connection: Connection,
  sources: Sources,
  assemblies: Assemblies,
  { textDocument, workspace }: ClientCapabilities,
): void {
  // Who cannot show bytes as a document is not led there.
  const places = new Places(sources, workspace?.textDocumentContent ? assemblies : undefined);
  const definition = linksOr(textDocument?.definition?.linkSupport === true);
  const implementation = linksOr(textDocument?.implementation?.linkSupport === true);
  connection.onDefinition(
    answering(connection, (params) =>
      definition(isAssemblyUri(params.textDocument.uri) ? assemblies.definition(params) : places.definitions(params)),
    ),
  );
  connection.onImplementation(answering(connection, (params) => implementation(places.implementations(params))));
  connection.onReferences(answering(connection, (params) => places.references(params)));
  connection.onDocumentHighlight(answering(connection, (params) => places.highlights(params)));
  const { callHierarchy } = connection.languages;
  callHierarchy.onPrepare(answering(connection, (params) => places.callItems(params)));
  callHierarchy.onIncomingCalls(
    answering(connection, ({ item }) =>
      places
        .calls(item, (node) => sources.workspace.incomingCalls(node))
        .map(({ to, rangesIn }) => ({ from: to, fromRanges: rangesIn(to.uri) })),
    ),
  );
  callHierarchy.onOutgoingCalls(
    answering(connection, ({ item }) =>
      places
        .calls(item, (node) => sources.workspace.outgoingCalls(node))
        .map(({ to, rangesIn }) => ({ to, fromRanges: rangesIn(item.uri) })),
    ),
  );
  connection.onWorkspaceSymbol(answering(connection, ({ query }) => places.symbols(query)));
}

function linksOr(takesLinks: boolean): (links: LocationLink[]) => LocationLink[] | Location[] {
  return (links) =>
    takesLinks
      ? links
      : links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
}

/** Of an item: nothing is called from there that we look into. */
const lastItem = 'last';

class Places {
  readonly #sources: Sources;
  readonly #assemblies: Assemblies | undefined;

  constructor(sources: Sources, assemblies: Assemblies | undefined) {
    this.#sources = sources;
    this.#assemblies = assemblies;
  }

  definitions(params: TextDocumentPositionParams): LocationLink[] {
    const { uri, offset, lines } = this.#at(params);
    return this.#links(this.#sources.workspace.definitions(uri, offset), lines);
  }

  implementations(params: TextDocumentPositionParams): LocationLink[] {
    const { uri, offset, lines } = this.#at(params);
    return this.#links(this.#sources.workspace.implementations(uri, offset), lines);
  }

  references(params: ReferenceParams): Location[] {
    const { uri, offset } = this.#at(params);
    const found = this.#sources.workspace.references(uri, offset);
    if (!found) return [];
    const all = [...(params.context.includeDeclaration ? found.declarations : []), ...found.uses];
    return all.flatMap((place) => this.#location(place) ?? []);
  }

  highlights(params: TextDocumentPositionParams): DocumentHighlight[] {
    const { uri, offset, lines } = this.#at(params);
    return this.#sources.workspace.highlights(uri, offset).map(({ span }) => ({ range: rangeOf(lines, span) }));
  }

  callItems(params: TextDocumentPositionParams): CallHierarchyItem[] {
    return this.#callNodes(params).flatMap((node) => this.#callItem(this.#sources.workspace.callItem(node)) ?? []);
  }

  /** `rangesIn`: where the calls stand in a file. */
  calls(
    { uri, selectionRange: { start: position }, data }: CallHierarchyItem,
    callsOf: (node: CallNode) => readonly CallsOf[],
  ): { readonly to: CallHierarchyItem; readonly rangesIn: (uri: string) => Range[] }[] {
    if (data === lastItem) return [];
    return this.#callNodes({ textDocument: { uri }, position }).flatMap((node) =>
      callsOf(node).flatMap(({ item, places }) => {
        const to = this.#callItem(item);
        if (!to) return [];
        const locations = places.flatMap((place) => this.#location(place) ?? []);
        const rangesIn = (file: string): Range[] => locations.flatMap((one) => (one.uri === file ? [one.range] : []));
        return [{ to, rangesIn }];
      }),
    );
  }

  #callNodes(params: TextDocumentPositionParams): readonly CallNode[] {
    if (isAssemblyUri(params.textDocument.uri)) return this.#assemblies?.callNodesAt(params) ?? [];
    const { uri, offset } = this.#at(params);
    return this.#sources.workspace.callNodes(uri, offset);
  }

  #callItem(item: CallItem | undefined): CallHierarchyItem | undefined {
    const at = item && this.#location(item.at);
    if (!at) return undefined;
    const { name, detail, kind, isLast } = item;
    const { uri, range } = at;
    return {
      name,
      detail,
      kind: symbolKinds[kind],
      uri,
      range,
      selectionRange: range,
      ...(isLast && { data: lastItem }),
    };
  }

  symbols(query: string): WorkspaceSymbol[] {
    return this.#sources.workspace.workspaceSymbols(query).map(({ name, detail, kind, nameSpan, uri }) => {
      const lines = this.#sources.linesOf(uri);
      return {
        name,
        kind: symbolKinds[kind],
        containerName: detail,
        location: { uri: lines.uri, range: rangeOf(lines, nameSpan) },
      };
    });
  }

  #at({ textDocument, position }: TextDocumentPositionParams): {
    readonly uri: string;
    readonly offset: number;
    readonly lines: Lines;
  } {
    const uri = canonicalUri(textDocument.uri);
    const lines = this.#sources.linesOf(uri);
    return { uri, offset: lines.offsetAt(position), lines };
  }

  #links(leading: Leading | undefined, lines: Lines): LocationLink[] {
    if (!leading) return [];
    const originSelectionRange = rangeOf(lines, leading.span);
    return leading.to.flatMap((place) => {
      const to = this.#location(place);
      if (!to) return [];
      return [{ originSelectionRange, targetUri: to.uri, targetRange: to.range, targetSelectionRange: to.range }];
    });
  }

  #location(place: Destination): Location | undefined {
    if ('member' in place) return this.#assemblies?.locationOf(place);
    const lines = this.#sources.linesOf(place.uri);
    return { uri: lines.uri, range: rangeOf(lines, place.span) };
  }
}
