// UTF-8 to text by hand: the core has no TextDecoder. What is no UTF-8 becomes U+FFFD, as the Encoding Standard has it.

export function utf8Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let plain = 0;
  for (let at = 0; at < bytes.length;) {
    if ((bytes[at] ?? 0) < 0x80) {
      at++;
      continue;
    }
    pieces.push(latin1Of(bytes.subarray(plain, at)));
    const { code, length } = decode(bytes, at);
    pieces.push(String.fromCodePoint(code));
    at += length;
    plain = at;
  }
  pieces.push(latin1Of(bytes.subarray(plain)));
  return pieces.join('');
}

const chunk = 8192;

/** A character a byte. */
export function latin1Of(bytes: Uint8Array): string {
  if (bytes.length <= chunk) return String.fromCharCode.apply(undefined, bytes as unknown as number[]);
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk) text += latin1Of(bytes.subarray(at, at + chunk));
  return text;
}

/** The longest beginning of a character that is none is one U+FFFD. */
function decode(bytes: Uint8Array, at: number): { readonly code: number; readonly length: number } {
  const first = bytes[at] ?? 0;
  const needed =
    first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0;
  if (needed === 0) return { code: 0xfffd, length: 1 };
  let code = first & (0x3f >> needed);
  for (let index = 1; index <= needed; index++) {
    const next = bytes[at + index] ?? 0;
    // Overlong forms, surrogates, and what lies above U+10FFFF.
    const lowest = index > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const highest = index > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (next < lowest || next > highest) return { code: 0xfffd, length: index };
    code = (code << 6) | (next & 0x3f);
  }
  return { code, length: needed + 1 };
}
