// What the core needs of the machine it runs on and cannot do well itself. A host gives it; all synchronous.

import type { FlowAnalysis } from './project/flow-analysis.js';

export interface Platform {
  /** 20 bytes; names a public key token (ECMA-335 II.6.3). */
  sha1(bytes: Uint8Array): Uint8Array;
  /** 64 bytes; what sys.sp_add_trusted_assembly compares. */
  sha512(bytes: Uint8Array): Uint8Array;
  /** The bytes of hexadecimal digits, up to the first character that is none; an odd last digit is dropped. */
  bytesOfHex(digits: string): Uint8Array;
  /** What follows values through code: large, and loaded where there is code to follow. Undefined where it cannot be. */
  flow(): FlowAnalysis | undefined;
}
