// Reading from hostile bytes: every read is checked, and a bad one throws BadImage, which `readAssembly` alone catches.
import type { ImageIssue } from './assembly.js';

export class BadImage extends Error {
  readonly kind: ImageIssue['kind'];
  readonly offset: number | undefined;

  constructor(kind: ImageIssue['kind'], message: string, offset?: number) {
    super(message);
    this.kind = kind;
    this.offset = offset;
  }
}

/** A stretch of an image; offsets are from its own start, `base` is its place in the image. */
export class Bytes {
  readonly bytes: Uint8Array;
  readonly base: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, base = 0) {
    this.bytes = bytes;
    this.base = base;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    this.#check(at, 1);
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    this.#check(at, 2);
    return this.#view.getUint16(at, true);
  }

  u32(at: number): number {
    this.#check(at, 4);
    return this.#view.getUint32(at, true);
  }

  i32(at: number): number {
    this.#check(at, 4);
    return this.#view.getInt32(at, true);
  }

  i64(at: number): bigint {
    this.#check(at, 8);
    return this.#view.getBigInt64(at, true);
  }

  u64(at: number): bigint {
    this.#check(at, 8);
    return this.#view.getBigUint64(at, true);
  }

  f32(at: number): number {
    this.#check(at, 4);
    return this.#view.getFloat32(at, true);
  }

  f64(at: number): number {
    this.#check(at, 8);
    return this.#view.getFloat64(at, true);
  }

  slice(at: number, length: number): Bytes {
    this.#check(at, length);
    return new Bytes(this.bytes.subarray(at, at + length), this.base + at);
  }

  #check(at: number, length: number): void {
    if (at >= 0 && length >= 0 && at + length <= this.bytes.length) return;
    throw new BadImage('truncated', `The image ends before byte ${this.base + at + length}`, this.base + at);
  }
}

/** Goes forward through a signature or a custom attribute's value. */
export class Reader {
  readonly #bytes: Bytes;
  at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  u8(): number {
    return this.#bytes.u8(this.at++);
  }

  peek(): number {
    return this.#bytes.u8(this.at);
  }

  u16(): number {
    this.at += 2;
    return this.#bytes.u16(this.at - 2);
  }

  u32(): number {
    this.at += 4;
    return this.#bytes.u32(this.at - 4);
  }

  i32(): number {
    this.at += 4;
    return this.#bytes.i32(this.at - 4);
  }

  i64(): bigint {
    this.at += 8;
    return this.#bytes.i64(this.at - 8);
  }

  u64(): bigint {
    this.at += 8;
    return this.#bytes.u64(this.at - 8);
  }

  f32(): number {
    this.at += 4;
    return this.#bytes.f32(this.at - 4);
  }

  f64(): number {
    this.at += 8;
    return this.#bytes.f64(this.at - 8);
  }

  take(length: number): Bytes {
    this.at += length;
    return this.#bytes.slice(this.at - length, length);
  }

  /** A compressed unsigned integer (ECMA-335 II.23.2). */
  compressed(): number {
    const first = this.u8();
    if ((first & 0x80) === 0) return first;
    if ((first & 0xc0) === 0x80) return ((first & 0x3f) << 8) | this.u8();
    if ((first & 0xe0) !== 0xc0) throw new BadImage('malformed', 'A compressed integer begins with a byte that none can have', this.#bytes.base + this.at - 1);
    return ((first & 0x1f) << 24) | (this.u8() << 16) | (this.u8() << 8) | this.u8();
  }
}
