// Parts of a ZIP archive by name, and no more of them than was asked for: what an archive says of itself is not believed.
// Source: PKWARE, APPNOTE.TXT 6.3.10, 4.3 "General Format of a .ZIP file"; read 2026-11-26.
import { Inflate, strFromU8 } from 'fflate/browser';

export interface Parts {
  /** By name in lower case; of several of a name, the first. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
  readonly errors: readonly string[];
}

const signatures = { end: 0x06054b50, entry: 0x02014b50 } as const;
/** Of the end of the central directory, with the longest comment behind it. */
const endSize = 22;
const longestComment = 0xffff;
const entrySize = 46;
const localHeaderSize = 30;
/** In bytes: compressed so, what comes of it is at most some 1,000 times as much. */
const slice = 16 << 10;

/** `largest` in bytes, unpacked. Never throws. */
export function partsOfZip(bytes: Uint8Array, names: readonly string[], largest: number): Parts {
  const errors: string[] = [];
  const parts = new Map<string, Uint8Array>();
  const left = new Set(names);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    for (const entry of entriesOf(view, bytes)) {
      const name = entry.name.toLowerCase();
      if (!left.delete(name)) continue;
      const part = unpacked(view, bytes, entry, largest);
      if (part) parts.set(name, part);
      else errors.push(`${entry.name} is larger than ${largest >> 20} MiB`);
      if (left.size === 0) break;
    }
  } catch (error) {
    errors.push(`it is no ZIP archive: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { parts, errors };
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly size: number;
  /** Of its local header. */
  readonly offset: number;
}

/** Reading past the end throws, by the view. */
function* entriesOf(view: DataView, bytes: Uint8Array): Generator<Entry> {
  const end = endOfDirectory(view);
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== signatures.entry) throw new Error('its directory is broken');
    const nameLength = view.getUint16(at + 28, true);
    yield {
      name: strFromU8(bytes.subarray(at + entrySize, at + entrySize + nameLength)),
      method: view.getUint16(at + 10, true),
      size: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    };
    at += entrySize + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function endOfDirectory(view: DataView): number {
  const first = Math.max(view.byteLength - endSize - longestComment, 0);
  for (let at = view.byteLength - endSize; at >= first; at--)
    if (view.getUint32(at, true) === signatures.end) return at;
  throw new Error('it has no directory');
}

/** Undefined where it is too large. */
function unpacked(view: DataView, bytes: Uint8Array, entry: Entry, largest: number): Uint8Array | undefined {
  const { offset } = entry;
  const start = offset + localHeaderSize + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + entry.size > bytes.length) throw new Error(`${entry.name} is cut off`);
  const packed = bytes.subarray(start, start + entry.size);
  if (entry.method === 0) return packed.length > largest ? undefined : packed;
  if (entry.method !== 8) throw new Error(`${entry.name} is compressed by method ${entry.method}`);
  return inflated(packed, largest);
}

function inflated(packed: Uint8Array, largest: number): Uint8Array | undefined {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const inflate = new Inflate((chunk) => {
    size += chunk.length;
    if (size <= largest) chunks.push(chunk);
  });
  for (let at = 0; size <= largest && (at < packed.length || at === 0); at += slice)
    inflate.push(packed.subarray(at, at + slice), at + slice >= packed.length);
  if (size > largest) return undefined;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
