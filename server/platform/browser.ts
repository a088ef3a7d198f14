// What the core needs of the machine, in plain JavaScript: a browser's own hashes are asynchronous.
import { sha1 } from '@noble/hashes/legacy.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { Platform } from '../analysis/platform.js';

export const browserHashes: Pick<Platform, 'sha1' | 'sha512' | 'bytesOfHex'> = { sha1, sha512, bytesOfHex };

function bytesOfHex(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length >> 1);
  for (let at = 0; at < bytes.length; at++) {
    const high = valueOf(digits.charCodeAt(2 * at));
    const low = valueOf(digits.charCodeAt(2 * at + 1));
    if (high < 0 || low < 0) return bytes.subarray(0, at);
    bytes[at] = (high << 4) | low;
  }
  return bytes;
}

/** Of a hexadecimal digit; below zero for any other character. */
function valueOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
