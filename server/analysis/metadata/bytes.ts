// Reading from hostile bytes: every read is checked, and a bad one throws BadImage, which `readAssembly` catches
// (and `Budget.attempt`, where one part that cannot be told is no reason to refuse the image).
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
  readonly base: number;
  readonly length: number;
  readonly #whole: Uint8Array;
  readonly #start: number;
  #own: Uint8Array | undefined;

  constructor(whole: Uint8Array, base = 0, start = 0, length = whole.length) {
    this.#whole = whole;
    this.#start = start;
    this.base = base;
    this.length = length;
  }

  /** Not copied. Made when asked for: most stretches are only read a few numbers of. */
  get bytes(): Uint8Array {
    this.#own ??= this.#whole.subarray(this.#start, this.#start + this.length);
    return this.#own;
  }

  u8(at: number): number {
    return this.#whole[this.#check(at, 1)] ?? 0;
  }

  u16(at: number): number {
    const from = this.#check(at, 2);
    return (this.#whole[from] ?? 0) | ((this.#whole[from + 1] ?? 0) << 8);
  }

  i32(at: number): number {
    const from = this.#check(at, 4);
    const whole = this.#whole;
    return (
      (whole[from] ?? 0) |
      ((whole[from + 1] ?? 0) << 8) |
      ((whole[from + 2] ?? 0) << 16) |
      ((whole[from + 3] ?? 0) << 24)
    );
  }

  u32(at: number): number {
    return this.i32(at) >>> 0;
  }

  i64(at: number): bigint {
    return this.#view(at, 8).getBigInt64(0, true);
  }

  u64(at: number): bigint {
    return this.#view(at, 8).getBigUint64(0, true);
  }

  f32(at: number): number {
    return this.#view(at, 4).getFloat32(0, true);
  }

  f64(at: number): number {
    return this.#view(at, 8).getFloat64(0, true);
  }

  slice(at: number, length: number): Bytes {
    return new Bytes(this.#whole, this.base + at, this.#check(at, length), length);
  }

  #view(at: number, length: number): DataView {
    return new DataView(this.#whole.buffer, this.#whole.byteOffset + this.#check(at, length), length);
  }

  /** Where `at` lies in the whole. */
  #check(at: number, length: number): number {
    if (at >= 0 && length >= 0 && at + length <= this.length) return this.#start + at;
    throw new BadImage('truncated', `The image ends before byte ${this.base + at + length}`, this.base + at);
  }
}

/** Goes forward through a signature or a custom attribute's value. */
export class Reader {
  readonly #bytes: Bytes;
  readonly #length: number;
  at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
    this.#length = bytes.length;
  }

  get left(): number {
    return this.#length - this.at;
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
    if ((first & 0xe0) !== 0xc0)
      throw new BadImage(
        'malformed',
        'A compressed integer begins with a byte that none can have',
        this.#bytes.base + this.at - 1,
      );
    return ((first & 0x1f) << 24) | (this.u8() << 16) | (this.u8() << 8) | this.u8();
  }
}
