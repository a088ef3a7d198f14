// The metadata root, its heaps and tables (ECMA-335 II.24), read by the schema.
import { BadImage, Bytes, Reader } from './bytes.js';
import { tableSchemas, type ColumnKind, type TableSchema } from './schema.js';

/** One table: its rows lie side by side, and a cell is read when it is asked for. */
export class TableRows {
  readonly schema: TableSchema;
  readonly count: number;
  readonly #bytes: Bytes;
  readonly #width: number;
  readonly #columns: ReadonlyMap<
    string,
    { readonly offset: number; readonly wide: boolean; readonly kind: ColumnKind }
  >;

  constructor(schema: TableSchema, count: number, bytes: Bytes, widthOf: (kind: ColumnKind) => number) {
    this.schema = schema;
    this.count = count;
    const columns = new Map<string, { offset: number; wide: boolean; kind: ColumnKind }>();
    let offset = 0;
    for (const [name, kind] of schema.columns) {
      const width = widthOf(kind);
      columns.set(name, { offset, wide: width === 4, kind });
      offset += width;
    }
    this.#columns = columns;
    this.#width = offset;
    if (count * offset > bytes.length)
      throw new BadImage('truncated', `${count} rows of ${schema.name} do not fit into the metadata`, bytes.base);
    this.#bytes = bytes.slice(0, count * offset);
  }

  get byteLength(): number {
    return this.#bytes.length;
  }

  /** A raw cell; rows count from 1. */
  cell(row: number, column: string): number {
    const found = this.#columns.get(column);
    if (!found || row < 1 || row > this.count) throw new BadImage('malformed', `${this.schema.name} has no row ${row}`);
    const at = (row - 1) * this.#width + found.offset;
    return found.wide ? this.#bytes.u32(at) : this.#bytes.u16(at);
  }

  /** A row of another table: 0 for none. */
  token(row: number, column: string): Token {
    const kind = this.#columns.get(column)?.kind;
    const value = this.cell(row, column);
    if (typeof kind === 'object' && 'coded' in kind) {
      const table = kind.coded.tables[value & ((1 << kind.coded.bits) - 1)] ?? -1;
      return { table, row: value >>> kind.coded.bits };
    }
    if (typeof kind === 'object') return { table: kind.table, row: value };
    throw new BadImage('malformed', `${this.schema.name} has no index ${column}`);
  }
}

export interface Token {
  readonly table: number;
  readonly row: number;
}

export interface Metadata {
  /** The version string of the root: `v4.0.30319`. */
  readonly version: string;
  table(id: number): TableRows;
  string(offset: number): string;
  blob(offset: number): Bytes;
  /** Of a `ldstr`: UTF-16, lone surrogates as they are. */
  userString(offset: number): string;
  /** Upper case with hyphens; rows count from 1. */
  guid(index: number): string;
}

const maximumStreams = 64;

export function readMetadata(root: Bytes): Metadata {
  if (root.u32(0) !== 0x424a5342)
    throw new BadImage('malformed', 'The metadata root does not begin with BSJB', root.base);
  const versionLength = root.u32(12);
  const version = textOf(root.slice(16, versionLength).bytes);
  const streams = readStreams(root, 16 + versionLength);
  const empty = new Bytes(new Uint8Array(0), root.base);
  const strings = streams.get('#Strings') ?? empty;
  const blobs = streams.get('#Blob') ?? empty;
  const userStrings = streams.get('#US') ?? empty;
  const guids = streams.get('#GUID') ?? empty;
  const tables = streams.get('#~') ?? streams.get('#-');
  if (!tables) throw new BadImage('malformed', 'The metadata has no stream of tables', root.base);
  const byId = readTables(tables);
  const known = new Map<number, string>();
  return {
    version,
    table: (id) => byId[id] ?? emptyTable(id, tables),
    string: (offset) => {
      let text = known.get(offset);
      if (text === undefined) {
        text = stringAt(strings, offset);
        known.set(offset, text);
      }
      return text;
    },
    blob: (offset) => (offset === 0 ? empty : blobAt(blobs, offset)),
    userString: (offset) => utf16Of(blobAt(userStrings, offset)),
    guid: (index) => (index === 0 ? '' : guidOf(guids.slice((index - 1) * 16, 16).bytes)),
  };
}

function readStreams(root: Bytes, at: number): ReadonlyMap<string, Bytes> {
  const count = root.u16(at + 2);
  if (count > maximumStreams)
    throw new BadImage('malformed', `${count} streams of metadata are more than there are kinds`, root.base + at);
  const streams = new Map<string, Bytes>();
  let header = at + 4;
  for (let index = 0; index < count; index++) {
    const offset = root.u32(header);
    const size = root.u32(header + 4);
    let end = header + 8;
    while (root.u8(end) !== 0)
      if (++end > header + 40) throw new BadImage('malformed', 'The name of a stream does not end', root.base + header);
    const name = textOf(root.slice(header + 8, end - header - 8).bytes);
    header += 8 + ((end - header - 8 + 4) & ~3);
    if (offset + size > root.length)
      throw new BadImage('truncated', `The stream ${name} goes on behind the end of the metadata`, root.base + offset);
    streams.set(name, root.slice(offset, size));
  }
  return streams;
}

function readTables(stream: Bytes): readonly TableRows[] {
  const heapSizes = stream.u8(6);
  const valid = stream.u64(8);
  const counts = new Array<number>(64).fill(0);
  let at = 24;
  for (let id = 0; id < 64; id++) {
    if (((valid >> BigInt(id)) & 1n) === 0n) continue;
    counts[id] = stream.u32(at);
    at += 4;
    if (!tableSchemas.some((schema) => schema.id === id))
      throw new BadImage(
        'malformed',
        `The metadata has a table 0x${id.toString(16)}, which ECMA-335 does not know`,
        stream.base,
      );
  }
  if ((heapSizes & 0x40) !== 0) at += 4;
  const count = (id: number): number => counts[id] ?? 0;
  const widthOf = (kind: ColumnKind): number => {
    if (kind === 2 || kind === 4) return kind;
    if (kind === 'string') return (heapSizes & 1) !== 0 ? 4 : 2;
    if (kind === 'guid') return (heapSizes & 2) !== 0 ? 4 : 2;
    if (kind === 'blob') return (heapSizes & 4) !== 0 ? 4 : 2;
    if ('table' in kind) return count(kind.table) >= 0x10000 ? 4 : 2;
    const most = Math.max(...kind.coded.tables.map((table) => (table < 0 ? 0 : count(table))));
    return most >= 1 << (16 - kind.coded.bits) ? 4 : 2;
  };
  const tables: TableRows[] = [];
  for (const schema of tableSchemas) {
    const rows = count(schema.id);
    if (rows === 0) continue;
    const table = new TableRows(schema, rows, stream.slice(at, stream.length - at), widthOf);
    tables[schema.id] = table;
    at += table.byteLength;
  }
  return tables;
}

function emptyTable(id: number, stream: Bytes): TableRows {
  const schema = tableSchemas.find((one) => one.id === id) ?? { id, name: 'unknown', columns: [] };
  return new TableRows(schema, 0, stream.slice(0, 0), () => 2);
}

function stringAt(heap: Bytes, offset: number): string {
  if (offset === 0) return '';
  heap.u8(offset);
  const end = heap.bytes.indexOf(0, offset);
  if (end < 0) throw new BadImage('truncated', 'A name does not end inside the heap', heap.base + offset);
  return textOf(heap.bytes.subarray(offset, end));
}

function blobAt(heap: Bytes, offset: number): Bytes {
  const reader = new Reader(heap.slice(offset, heap.length - offset));
  return reader.take(reader.compressed());
}

/** ECMA-335 II.24.2.4: a byte behind the text says whether it needs more than ASCII. */
function utf16Of(blob: Bytes): string {
  const units: string[] = [];
  for (let at = 0; at + 1 < blob.length; at += 2) units.push(String.fromCharCode(blob.u16(at)));
  return units.join('');
}

/** UTF-8 to the first zero; what is no UTF-8 becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  if (bytes.length <= 256 && bytes.every((byte) => byte > 0 && byte < 0x80)) return String.fromCharCode(...bytes);
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    if (first === 0) break;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      at++;
      continue;
    }
    const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
    let code = length === 1 || first >= 0xf5 ? 0xfffd : first & (0x7f >> length);
    let taken = 1;
    while (code !== 0xfffd && taken < length && ((bytes[at + taken] ?? 0) & 0xc0) === 0x80)
      code = (code << 6) | ((bytes[at + taken++] ?? 0) & 0x3f);
    text += taken < length || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    at += taken;
  }
  return text;
}

function guidOf(bytes: Uint8Array): string {
  const hex = (from: number, to: number, step: number): string => {
    let text = '';
    for (let at = from; at !== to; at += step) text += (bytes[at] ?? 0).toString(16).padStart(2, '0');
    return text.toUpperCase();
  };
  return `${hex(3, -1, -1)}-${hex(5, 3, -1)}-${hex(7, 5, -1)}-${hex(8, 10, 1)}-${hex(10, 16, 1)}`;
}

/** Rows by table name, in the order of the tables; tables without rows are left out. */
export function rowCountsOf(metadata: Metadata): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const schema of tableSchemas) {
    const { count } = metadata.table(schema.id);
    if (count > 0) counts[schema.name] = count;
  }
  return counts;
}
