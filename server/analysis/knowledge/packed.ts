// What .ci/knowledge.mjs packs is text, deflated and written in base64; it is unpacked when it is first asked for.
import { inflateSync, strFromU8 } from 'fflate/browser';

export function unpack(packed: string): string {
  return strFromU8(inflateSync(bytesOfBase64(packed)));
}

/** Makes a value at the first call, and has it at hand from then on. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function bytesOfBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let value = 0; value < digits.length; value++) values[digits.charCodeAt(value)] = value;
  const valueAt = (index: number) => values[text.charCodeAt(index)] ?? 0;
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    // What is written behind the end of the bytes is dropped.
    bytes[to] = (valueAt(from) << 2) | (valueAt(from + 1) >> 4);
    bytes[to + 1] = (valueAt(from + 1) << 4) | (valueAt(from + 2) >> 2);
    bytes[to + 2] = (valueAt(from + 2) << 6) | valueAt(from + 3);
  }
  return bytes;
}
