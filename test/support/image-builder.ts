// A PE image from rows of metadata tables, as they are given: for what no compiler writes.
import { tableSchemas, type ColumnKind } from '../../server/analysis/metadata/schema.js';

export interface ImagePlan {
  readonly stream?: '#~' | '#-';
  /** By table name: the cells of each row, in the order of the schema. Heap indexes take four bytes. */
  readonly rows: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly strings?: Uint8Array;
  readonly blobs?: Uint8Array;
  readonly userStrings?: Uint8Array;
  /** Lies at `codeRva`. */
  readonly code?: Uint8Array;
}

const sectionRva = 0x2000;
const sectionAt = 0x200;
const cliHeaderSize = 72;
export const codeRva = sectionRva + cliHeaderSize;

export function buildImage(plan: ImagePlan): Uint8Array {
  const code = plan.code ?? new Uint8Array(0);
  const metadata = metadataOf(plan);
  const section = new Writer();
  section.u32(cliHeaderSize, 0x50002, codeRva + code.length, metadata.length, 1);
  section.pad(cliHeaderSize);
  section.bytes(code);
  section.bytes(metadata);
  const image = new Writer();
  image.u16(0x5a4d);
  image.pad(0x3c);
  image.u32(0x80);
  image.pad(0x80);
  image.u32(0x4550);
  image.u16(0x14c, 1);
  image.u32(0, 0, 0);
  image.u16(224, 0x2102, 0x10b);
  image.pad(0x98 + 92);
  image.u32(16);
  image.pad(0x98 + 96 + 14 * 8);
  image.u32(sectionRva, cliHeaderSize);
  image.pad(0x98 + 224);
  image.bytes(new TextEncoder().encode('.text\0\0\0'));
  image.u32(section.length, sectionRva, section.length, sectionAt);
  image.pad(sectionAt);
  image.bytes(section.written());
  return image.written();
}

/** A heap that grows; `add` says where the entry lies. */
export class Heap {
  readonly #writer = new Writer();

  constructor() {
    this.#writer.u8(0);
  }

  add(bytes: Uint8Array | readonly number[]): number {
    const at = this.#writer.length;
    this.#writer.bytes(bytes);
    return at;
  }

  /** UTF-8 and a zero. */
  name(text: string): number {
    return this.add([...new TextEncoder().encode(text), 0]);
  }

  /** With the length before it. */
  blob(bytes: Uint8Array | readonly number[]): number {
    const { length } = bytes;
    const at = this.add([0xc0 | (length >>> 24), (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff]);
    this.add(bytes);
    return at;
  }

  written(): Uint8Array {
    return this.#writer.written();
  }
}

function metadataOf(plan: ImagePlan): Uint8Array {
  const empty = new Uint8Array([0]);
  const streams: readonly (readonly [string, Uint8Array])[] = [
    [plan.stream ?? '#~', tablesOf(plan.rows)],
    ['#Strings', plan.strings ?? empty],
    ['#Blob', plan.blobs ?? empty],
    ['#US', plan.userStrings ?? empty],
  ];
  const header = new Writer();
  const named = streams.map(([name]) => new TextEncoder().encode(name.padEnd((name.length + 4) & ~3, '\0')));
  let at = 32 + named.reduce((sum, name) => sum + 8 + name.length, 0);
  header.u32(0x424a5342, 0x10001, 0, 12);
  header.bytes(new TextEncoder().encode('v4.0.30319\0\0'));
  header.u16(0, streams.length);
  streams.forEach(([, bytes], index) => {
    header.u32(at, bytes.length);
    header.bytes(named[index] ?? []);
    at += bytes.length;
  });
  for (const [, bytes] of streams) header.bytes(bytes);
  return header.written();
}

function tablesOf(rows: ImagePlan['rows']): Uint8Array {
  const count = (id: number): number => rows[tableSchemas.find((schema) => schema.id === id)?.name ?? '']?.length ?? 0;
  const present = tableSchemas.filter((schema) => count(schema.id) > 0);
  const isWide = (kind: ColumnKind): boolean => {
    if (kind === 2 || kind === 4) return kind === 4;
    if (typeof kind === 'string') return true;
    if ('table' in kind) return count(kind.table) >= 0x10000;
    return Math.max(...kind.coded.tables.map((table) => (table < 0 ? 0 : count(table)))) >= 1 << (16 - kind.coded.bits);
  };
  const writer = new Writer();
  const bits = (from: number): number =>
    present.reduce((sum, { id }) => (id >= from && id < from + 32 ? (sum | (1 << (id - from))) >>> 0 : sum), 0);
  writer.u32(0);
  writer.u8(2, 0, 7, 1);
  writer.u32(bits(0), bits(32), 0, 0);
  for (const { id } of present) writer.u32(count(id));
  for (const { name, columns } of present) {
    const wide = columns.map(([, kind]) => isWide(kind));
    for (const cells of rows[name] ?? [])
      columns.forEach((_, index) => (wide[index] ? writer.u32(cells[index] ?? 0) : writer.u16(cells[index] ?? 0)));
  }
  return writer.written();
}

class Writer {
  #buffer = new Uint8Array(1024);
  length = 0;

  u8(...values: readonly number[]): void {
    this.bytes(values);
  }

  u16(...values: readonly number[]): void {
    for (const value of values) this.bytes([value & 0xff, (value >>> 8) & 0xff]);
  }

  u32(...values: readonly number[]): void {
    for (const value of values)
      this.bytes([value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]);
  }

  bytes(values: Uint8Array | readonly number[]): void {
    if (this.length + values.length > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(this.#buffer.length * 2, this.length + values.length));
      grown.set(this.#buffer);
      this.#buffer = grown;
    }
    this.#buffer.set(values, this.length);
    this.length += values.length;
  }

  pad(length: number): void {
    this.bytes(new Uint8Array(Math.max(0, length - this.length)));
  }

  written(): Uint8Array {
    return this.#buffer.slice(0, this.length);
  }
}
