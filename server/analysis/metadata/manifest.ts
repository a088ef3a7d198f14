// What an assembly says of itself: its identity, its files, what it references.
import type { AssemblyIdentity, StrongName } from '../code/model.js';
import type { Platform } from '../platform.js';
import type { AssemblyImage, ImageIssue } from './assembly.js';
import type { BadImage, Bytes } from './bytes.js';
import type { PeImage } from './pe.js';
import { Table } from './schema.js';
import type { Metadata } from './tables.js';

/**
 * A part that cannot be read is empty, and an error; what types and members are is read later, when somebody asks, and a
 * bad part of them is only unknown.
 */
export class ManifestReading {
  readonly errors: ImageIssue[] = [];
  readonly #pe: PeImage;
  readonly #metadata: Metadata;
  readonly #platform: Platform;
  readonly #publicKey: Bytes | undefined;

  constructor(pe: PeImage, metadata: Metadata, platform: Platform) {
    this.#pe = pe;
    this.#metadata = metadata;
    this.#platform = platform;
    this.#publicKey = this.#blob(Table.Assembly, 'publicKey', 1);
  }

  identity(): AssemblyIdentity {
    return this.#identity(Table.Assembly, 1, this.#publicKey, true);
  }

  references(): readonly AssemblyIdentity[] {
    return this.#rows(Table.AssemblyRef, (row) => this.#reference(row));
  }

  module(): AssemblyImage['module'] {
    const mvid = this.#metadata.table(Table.Module).column('mvid');
    return {
      name: this.#text(Table.Module, 'name', 1),
      mvid: this.#part(() => this.#metadata.guid(mvid.at(1))) ?? '',
    };
  }

  /** Without resources: ECMA-335 II.23.1.6 has 1 for a file without metadata. */
  files(): readonly string[] {
    const flags = this.#metadata.table(Table.File).column('flags');
    return this.#rows(Table.File, (row) => row)
      .filter((row) => (flags.at(row) & 1) === 0)
      .map((row) => this.#text(Table.File, 'name', row));
  }

  /** Behind the blob's headers, of 12, 8 and 12 bytes, the modulus stands alone. */
  signatureBytes(): number | undefined {
    const length = this.#publicKey?.bytes.length ?? 0;
    return length > 32 ? length - 32 : undefined;
  }

  strongName(): StrongName {
    if (!this.#publicKey) return 'unsigned';
    const signature = this.#part(() => this.#pe.strongNameSignature());
    if (signature?.bytes.some((byte) => byte !== 0)) return 'signed';
    return this.#pe.flags.strongNameSigned ? 'public-signed' : 'delay-signed';
  }

  #rows<T>(table: number, read: (row: number) => T): readonly T[] {
    return Array.from({ length: this.#metadata.table(table).count }, (_, index) => read(index + 1));
  }

  #reference(row: number): AssemblyIdentity {
    const flags = this.#metadata.table(Table.AssemblyRef).column('flags').at(row);
    // ECMA-335 II.23.1.2: 1 marks a full public key.
    return this.#identity(
      Table.AssemblyRef,
      row,
      this.#blob(Table.AssemblyRef, 'publicKeyOrToken', row),
      (flags & 1) !== 0,
    );
  }

  #identity(id: number, row: number, key: Bytes | undefined, isWhole: boolean): AssemblyIdentity {
    const table = this.#metadata.table(id);
    const token = key && this.#part(() => this.#token(key, isWhole));
    return {
      name: this.#text(id, 'name', row),
      version: ['major', 'minor', 'build', 'revision'].map((part) => table.column(part).at(row)).join('.'),
      culture: this.#text(id, 'culture', row),
      ...(token !== undefined && { publicKeyToken: token }),
    };
  }

  /** Of a whole key the last eight bytes of its SHA-1, backwards (ECMA-335 II.6.3). */
  #token(key: Bytes, isWhole: boolean): string {
    this.#metadata.budget.spend(key.length * unitsPerKeyByte);
    return hexOf(isWhole ? this.#platform.sha1(key.bytes).slice(-8).reverse() : key.bytes);
  }

  #text(table: number, column: string, row: number): string {
    return this.#part(() => this.#metadata.string(this.#metadata.table(table).column(column).at(row))) ?? '';
  }

  /** Undefined for an empty one as well. */
  #blob(table: number, column: string, row: number): Bytes | undefined {
    const blob = this.#part(() => this.#metadata.blob(this.#metadata.table(table).column(column).at(row)));
    return blob && blob.length > 0 ? blob : undefined;
  }

  #part<T>(read: () => T): T | undefined {
    return this.#metadata.budget.attempt(read, (why) => {
      if (this.errors.length < maximumIssues) this.errors.push(issueOf(why));
    });
  }
}

export function issueOf({ kind, message, offset }: BadImage): ImageIssue {
  return { kind, message, ...(offset !== undefined && { offset }) };
}

/** More of them would tell nothing more. */
const maximumIssues = 8;

/** SHA-1 takes longer than a look. */
const unitsPerKeyByte = 8;

function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
