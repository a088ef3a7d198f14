// The scripts of packages as documents of a scheme of their own, only to be read: their text, and the ways to them.
import type { Connection } from 'vscode-languageserver';
import { canonicalUri, packagedUri } from '../files.js';
import { answering, describe } from '../guard.js';
import { packagePartsRequest, packageScheme, type PackagePart, type PackagePartsParams } from '../protocol.js';
import type { Sources } from '../sources.js';

export class PackageDocuments {
  readonly #connection: Connection;
  readonly #sources: Sources;
  /** By URI, as the client has them. */
  readonly #shown = new Map<string, string | undefined>();

  constructor(connection: Connection, sources: Sources) {
    this.#connection = connection;
    this.#sources = sources;
    const entries = ({ uri }: PackagePartsParams): readonly PackagePart[] => this.#entries(uri);
    connection.onRequest(packagePartsRequest, answering(connection, entries));
  }

  text(uri: string): string {
    const text = this.#textOf(uri);
    this.#shown.set(uri, text);
    return text ?? '-- The package is not there any more.\n';
  }

  /** The client is told of those that it has and that are others now. */
  changed(): void {
    for (const [uri, text] of this.#shown) {
      if (this.#textOf(uri) === text) continue;
      this.#shown.delete(uri);
      this.#connection.workspace.textDocumentContent
        .refresh(uri)
        .catch((error: unknown) => this.#connection.console.error(describe(error)));
    }
  }

  #textOf(uri: string): string | undefined {
    return this.#sources.packages.textOf(canonicalUri(uri));
  }

  /** The model first: it is most of what a package is. */
  #entries(uri: string | undefined): readonly PackagePart[] {
    const { packages } = this.#sources;
    const of = uri === undefined ? packages.packages : [canonicalUri(uri)];
    const parts = of.flatMap((each) => packages.partsOf(each));
    return [...parts.filter(isModel), ...parts.filter((part) => !isModel(part))].map((part) => ({
      title: nameOf(part),
      description: decodeURIComponent(nameOf(packages.packageOf(part) ?? '')),
      document: packagedUri(part),
    }));
  }
}

export function isPackagedUri(uri: string): boolean {
  return uri.startsWith(`${packageScheme}:`);
}

function isModel(part: string): boolean {
  return part.endsWith('/model.sql');
}

function nameOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
