// Bytes of an assembly as accidents and attackers leave them, the same ones for the same seed.

/** Each is a copy; most of the edits are in the metadata. */
export function* mutationsOf(bytes: Uint8Array, seed: number, count: number): Generator<Uint8Array> {
  const random = randomOf(seed);
  const metadata = Math.max(0, Buffer.from(bytes).indexOf('BSJB'));
  for (let index = 0; index < count; index++) {
    const mutated = Uint8Array.from(bytes);
    const from = [0, metadata, metadata, metadata][random(4)] ?? 0;
    const room = random(3) === 0 ? Math.min(600, bytes.length - from) : bytes.length - from;
    for (let edits = 1 + random(random(8) === 0 ? 200 : 12); edits > 0; edits--) {
      const at = from + random(room);
      const kind = random(4);
      if (kind === 0) mutated[at] = random(256);
      else if (kind === 1) mutated[at] = [0x00, 0x01, 0x7f, 0x80, 0xc0, 0xdf, 0xfe, 0xff][random(8)] ?? 0;
      else if (kind === 2) mutated[at] = (mutated[at] ?? 0) ^ (1 << random(8));
      else mutated.copyWithin(at, random(bytes.length), random(bytes.length));
    }
    yield mutated;
  }
}

/** Numbers below a bound: mulberry32. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
