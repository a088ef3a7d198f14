// What is asked of assemblies and of the documents that show them, and the outline and folding of scripts beside it.
import {
  CallHierarchyPrepareRequest,
  DefinitionRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  type ClientCapabilities,
  type Connection,
} from 'vscode-languageserver';
import { isAssemblyUri, type Assemblies } from './assemblies.js';
import { foldingsOf, symbolsOf } from './features.js';
import { answering, describe } from '../guard.js';
import { isPackagedUri, type PackageDocuments } from '../files/package-documents.js';
import {
  assembliesRequest,
  assemblyBytesRequest,
  assemblyScheme,
  type AssembliesParams,
  type AssemblyBytesParams,
} from '../protocol.js';
import type { Sources } from '../sources.js';
import type { Surroundings } from '../surroundings.js';

/** Outline and folding of scripts, and of the documents that show an assembly. */
export function answerAssemblies(
  connection: Connection,
  assemblies: Assemblies,
  packages: PackageDocuments,
  sources: Sources,
  surroundings: Surroundings,
): void {
  connection.onDocumentSymbol(
    answering(connection, ({ textDocument: { uri } }) =>
      isAssemblyUri(uri) ? assemblies.symbols(uri) : symbolsOf(uri, sources),
    ),
  );
  connection.onFoldingRanges(
    answering(connection, ({ textDocument: { uri } }) =>
      isAssemblyUri(uri) ? assemblies.foldings(uri) : foldingsOf(uri, sources),
    ),
  );
  connection.onDocumentLinks(answering(connection, ({ textDocument: { uri } }) => assemblies.links(uri)));
  connection.onRequest(
    assembliesRequest,
    answering(connection, ({ uri }: AssembliesParams) => assemblies.entries(uri)),
  );
  connection.onRequest(
    assemblyBytesRequest,
    answering(connection, ({ document }: AssemblyBytesParams) => {
      const bytes = assemblies.bytes(document);
      return bytes ? base64Of(bytes) : null;
    }),
  );
  connection.workspace.textDocumentContent.on(async ({ uri }) => {
    await surroundings.ready();
    return { text: isPackagedUri(uri) ? packages.text(uri) : await assemblies.text(uri) };
  });
}

function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // As many arguments as any engine takes.
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(pieces.join(''));
}

/** For documents that show an assembly alone; nor does the client send us their text. */
export function registerAssemblies(connection: Connection, { textDocument }: ClientCapabilities): void {
  const documentSelector = [{ scheme: assemblyScheme }];
  const registered = (registration: Promise<unknown>): void => {
    registration.catch((error: unknown) => connection.console.error(describe(error)));
  };
  const { client } = connection;
  if (textDocument?.documentSymbol?.dynamicRegistration)
    registered(client.register(DocumentSymbolRequest.type, { documentSelector }));
  if (textDocument?.foldingRange?.dynamicRegistration)
    registered(client.register(FoldingRangeRequest.type, { documentSelector }));
  if (textDocument?.documentLink?.dynamicRegistration)
    registered(client.register(DocumentLinkRequest.type, { documentSelector }));
  if (textDocument?.definition?.dynamicRegistration)
    registered(client.register(DefinitionRequest.type, { documentSelector }));
  if (textDocument?.callHierarchy?.dynamicRegistration)
    registered(client.register(CallHierarchyPrepareRequest.type, { documentSelector }));
}
