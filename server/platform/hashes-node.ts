// Hashes and bytes as Node has them.
import { createHash } from 'node:crypto';
import type { Platform } from '../analysis/platform.js';

export const nodeHashes: Pick<Platform, 'sha1' | 'sha512' | 'bytesOfHex'> = {
  sha1: (bytes) => plain(createHash('sha1').update(bytes).digest()),
  sha512: (bytes) => plain(createHash('sha512').update(bytes).digest()),
  bytesOfHex: (digits) => plain(Buffer.from(digits, 'hex')),
};

/** Without Buffer's own methods, whose `slice` and `toString` are not those of a Uint8Array. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
