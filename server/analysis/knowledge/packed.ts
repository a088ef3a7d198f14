// What .ci/knowledge.mjs packs is text, deflated and written in Z85 (rfc.zeromq.org/spec/32): five digits for four bytes; it is unpacked when it is first asked for.
import { inflateSync, strFromU8 } from 'fflate/browser';

export function unpack(packed: string): string {
  return strFromU8(inflateSync(bytesOfZ85(packed)));
}

/** Of so many bytes when it is inflated. */
export function inflate(deflated: Uint8Array, length: number): Uint8Array {
  return inflateSync(deflated, { out: new Uint8Array(length) });
}

export function textOf(utf8: Uint8Array): string {
  return strFromU8(utf8);
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

function bytesOfZ85(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let value = 0; value < digits.length; value++) values[digits.charCodeAt(value)] = value;
  const bytes = new Uint8Array((text.length / 5) * 4);
  for (let from = 0, to = 0; from < text.length; to += 4) {
    let word = 0;
    for (const end = from + 5; from < end; from++) word = word * 85 + (values[text.charCodeAt(from)] ?? 0);
    bytes[to] = word >>> 24;
    bytes[to + 1] = word >>> 16;
    bytes[to + 2] = word >>> 8;
    bytes[to + 3] = word;
  }
  return bytes;
}
