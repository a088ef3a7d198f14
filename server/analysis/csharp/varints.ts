// Numbers of a packed table: seven bits a byte, the lowest first; the eighth says that more follow.

export class Varints {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  get ended(): boolean {
    return this.at >= this.#bytes.length;
  }

  skip(count: number): void {
    for (let left = count; left > 0; left--) this.next();
  }

  next(): number {
    let byte = this.#bytes[this.at++] ?? 0;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    // Above 31 bits an operator on bits would lose some.
    for (let unit = 0x80; byte >= 0x80; unit *= 0x80) {
      byte = this.#bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * unit;
    }
    return value;
  }

  many(count: number): readonly number[] {
    return Array.from({ length: count }, () => this.next());
  }

  /** Of any size, 0, -1, 1, -2 and so on. */
  signed(): bigint {
    let value = 0n;
    for (let shift = 0n, more = true; more; shift += 7n) {
      const byte = this.#bytes[this.at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      more = byte >= 0x80;
    }
    return (value & 1n) === 0n ? value >> 1n : -(value >> 1n) - 1n;
  }
}
