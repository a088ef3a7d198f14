// The metadata root, its heaps and tables (ECMA-335 II.24), read by the schema.
import { Budget } from './budget.js';
import { BadImage, Bytes } from './bytes.js';
import { blobAt, guidOf, StringHeap, utf16Of } from './heaps.js';
import { tableSchemas, type ColumnKind, type TableSchema } from './schema.js';
import { utf8Of } from './utf8.js';

/** A metadata token: the table in the highest byte, the row in the others. A row of 0 is none. */
export const tokenOf = (table: number, row: number): number => table * 0x1000000 + row;
export const tableOf = (token: number): number => token >>> 24;
export const rowOf = (token: number): number => token & 0xffffff;

/** One column of a table: a cell is read when it is asked for; rows count from 1. */
export class Column {
  /** Of rows. */
  readonly count: number;
  readonly #table: string;
  readonly #kind: ColumnKind;
  readonly #bytes: Uint8Array;
  /** Of the row before the first. */
  readonly #start: number;
  readonly #stride: number;
  readonly #isWide: boolean;

  constructor(
    schema: TableSchema,
    kind: ColumnKind,
    count: number,
    bytes: Uint8Array,
    offset: number,
    stride: number,
    isWide: boolean,
  ) {
    this.count = count;
    this.#table = schema.name;
    this.#kind = kind;
    this.#bytes = bytes;
    this.#start = offset - stride;
    this.#stride = stride;
    this.#isWide = isWide;
  }

  /** As the image has it. */
  at(row: number): number {
    if (row < 1 || row > this.count) throw new BadImage('malformed', `${this.#table} has no row ${row}`);
    const bytes = this.#bytes;
    const at = this.#start + row * this.#stride;
    const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    return this.#isWide ? (low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0 : low;
  }

  /** A row of another table as a token; 0 where it is none. */
  tokenAt(row: number): number {
    const value = this.at(row);
    const kind = this.#kind;
    if (typeof kind !== 'object') throw new BadImage('malformed', `${this.#table} has no such index`);
    if ('table' in kind) return value === 0 || value > 0xffffff ? 0 : tokenOf(kind.table, value);
    const other = value >>> kind.coded.bits;
    const table = kind.coded.tables[value & ((1 << kind.coded.bits) - 1)] ?? -1;
    return other === 0 || other > 0xffffff || table < 0 ? 0 : tokenOf(table, other);
  }

  /** How this column spells a token: what `at` gives where it is meant; -1 where it cannot be. */
  spelled(token: number): number {
    const kind = this.#kind;
    if (typeof kind !== 'object') return -1;
    if ('table' in kind) return kind.table === tableOf(token) ? rowOf(token) : -1;
    const tag = kind.coded.tables.indexOf(tableOf(token));
    return tag < 0 ? -1 : ((rowOf(token) << kind.coded.bits) | tag) >>> 0;
  }
}

/** One table: its rows lie side by side. */
export class TableRows {
  readonly schema: TableSchema;
  readonly count: number;
  readonly byteLength: number;
  readonly #columns: readonly Column[];

  constructor(schema: TableSchema, count: number, bytes: Bytes, widthOf: (kind: ColumnKind) => number) {
    this.schema = schema;
    this.count = count;
    const widths = schema.columns.map(([, kind]) => widthOf(kind));
    const stride = widths.reduce((sum, width) => sum + width, 0);
    this.byteLength = count * stride;
    if (this.byteLength > bytes.length)
      throw new BadImage('truncated', `${count} rows of ${schema.name} do not fit into the metadata`, bytes.base);
    let offset = 0;
    this.#columns = schema.columns.map(([, kind], index) => {
      const width = widths[index] ?? 0;
      const column = new Column(schema, kind, count, bytes.bytes, offset, stride, width === 4);
      offset += width;
      return column;
    });
  }

  column(name: string): Column {
    const column = this.#columns[this.schema.columns.findIndex(([known]) => known === name)];
    if (!column) throw new Error(`${this.schema.name} has no column ${name}`);
    return column;
  }
}

export interface Metadata {
  /** The version string of the root: `v4.0.30319`. */
  readonly version: string;
  readonly budget: Budget;
  table(id: number): TableRows;
  string(offset: number): string;
  /** As `string`, but empty where it does not lie in the heap. */
  name(offset: number): string;
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
  const version = nameOf(root.slice(16, versionLength).bytes);
  const streams = readStreams(root, 16 + versionLength);
  const empty = new Bytes(new Uint8Array(0), root.base);
  const blobs = streams.get('#Blob') ?? empty;
  const userStrings = streams.get('#US') ?? empty;
  const guids = streams.get('#GUID') ?? empty;
  const tables = streams.get('#~') ?? streams.get('#-');
  if (!tables) throw new BadImage('malformed', 'The metadata has no stream of tables', root.base);
  const budget = new Budget(smallestBudget + unitsPerByte * root.length);
  const names = new StringHeap(streams.get('#Strings') ?? empty, budget);
  const byId = readTables(tables);
  return {
    version,
    budget,
    table: (id) => byId[id] ?? emptyTable(id, empty),
    string: (offset) => {
      const text = names.find(offset);
      if (text === undefined) throw new BadImage('truncated', 'A name does not end inside the heap', root.base);
      return text;
    },
    name: (offset) => names.find(offset) ?? '',
    blob: (offset) => (offset === 0 ? empty : blobAt(blobs, offset)),
    userString: (offset) => {
      const blob = blobAt(userStrings, offset);
      budget.spend(blob.length);
      return utf16Of(blob);
    },
    guid: (index) => (index === 0 ? '' : guidOf(guids.slice((index - 1) * 16, 16).bytes)),
  };
}

/** Of 2,618 assemblies of mono, read to the last byte, none asked for three. */
const unitsPerByte = 6;
const smallestBudget = 1_000_000;

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
    const name = nameOf(root.slice(header + 8, end - header - 8).bytes);
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

function emptyTable(id: number, nothing: Bytes): TableRows {
  const schema = tableSchemas.find((one) => one.id === id);
  if (!schema) throw new Error(`There is no table ${id}`);
  return new TableRows(schema, 0, nothing, () => 2);
}

/** To the first zero. */
function nameOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8Of(end < 0 ? bytes : bytes.subarray(0, end));
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
