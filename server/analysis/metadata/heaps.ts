// The heaps of the metadata (ECMA-335 II.24.2.3 to II.24.2.5): names, blobs, strings of the code, GUIDs.
import { madeOnce, type Budget } from './budget.js';
import { BadImage, type Bytes } from './bytes.js';
import { latin1Of, utf8Of } from './utf8.js';

/** The CLR takes no longer name of a type (MAX_CLASS_NAME): up to there names are read again when they are asked for again. */
const usualLength = 1024;

/** Names: UTF-8 that ends with a zero. */
export class StringHeap {
  readonly #bytes: Bytes;
  readonly #budget: Budget;
  /** The whole heap, a character a byte: names are cut out of it. */
  #text: string | undefined;
  #lastEnd = -1;
  readonly #long = new Map<number, string | undefined>();
  #isAscii = true;

  constructor(bytes: Bytes, budget: Budget) {
    this.#bytes = bytes;
    this.#budget = budget;
  }

  /** Undefined where it does not lie in the heap. */
  find(offset: number): string | undefined {
    if (offset === 0) return '';
    const text = (this.#text ??= this.#read());
    if (offset > this.#lastEnd) return undefined;
    const end = text.indexOf('\0', offset);
    if (end - offset <= usualLength) return this.#cut(text, offset, end);
    return madeOnce(this.#long, offset, () =>
      this.#budget.take(end - offset) ? this.#cut(text, offset, end) : undefined,
    );
  }

  #cut(text: string, offset: number, end: number): string {
    const name = text.slice(offset, end);
    return this.#isAscii || isAscii(name) ? name : utf8Of(this.#bytes.bytes.subarray(offset, end));
  }

  #read(): string {
    const { bytes } = this.#bytes;
    this.#lastEnd = bytes.lastIndexOf(0);
    const text = latin1Of(bytes);
    this.#isAscii = isAscii(text);
    return text;
  }
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x80) return false;
  return true;
}

/** Of #Blob and #US: bytes with their length before them. */
export function blobAt(heap: Bytes, offset: number): Bytes {
  const first = heap.u8(offset);
  if ((first & 0x80) === 0) return heap.slice(offset + 1, first);
  if ((first & 0xc0) === 0x80) return heap.slice(offset + 2, ((first & 0x3f) << 8) | heap.u8(offset + 1));
  if ((first & 0xe0) !== 0xc0)
    throw new BadImage('malformed', 'The length of a blob begins with a byte that none can have', heap.base + offset);
  const length =
    ((first & 0x1f) << 24) | (heap.u8(offset + 1) << 16) | (heap.u8(offset + 2) << 8) | heap.u8(offset + 3);
  return heap.slice(offset + 4, length);
}

/** As many whole units as there are, surrogates without their pair as they are. */
export function utf16Of({ bytes }: Bytes): string {
  const pieces: string[] = [];
  const units: number[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    units.push((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
    if (units.length === 4096) pieces.push(String.fromCharCode(...units.splice(0)));
  }
  return pieces.join('') + String.fromCharCode(...units);
}

/** Upper case with hyphens. */
export function guidOf(bytes: Uint8Array): string {
  const hex = (from: number, to: number, step: number): string => {
    let text = '';
    for (let at = from; at !== to; at += step) text += (bytes[at] ?? 0).toString(16).padStart(2, '0');
    return text.toUpperCase();
  };
  return `${hex(3, -1, -1)}-${hex(5, 3, -1)}-${hex(7, 5, -1)}-${hex(8, 10, 1)}-${hex(10, 16, 1)}`;
}
