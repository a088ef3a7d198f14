// What the core needs of the machine it runs on and cannot do well itself. A host gives it; all synchronous.

import type { isBetweenTags, startOfRoot } from './features/between-tags.js';
import type { callNodesAt, incomingCalls, itemOf, nodeOf, outgoingCalls } from './features/call-hierarchy.js';
import type { inlayHintsIn } from './features/inlay-hints.js';
import type { signatureAt } from './features/signature-help.js';
import type { BuildFiles } from './packages/build-files.js';
import type { assembliesOf } from './packages/membership.js';
import type { CodeAnalysis } from './project/code-analysis.js';
import type { Rule } from './rules/rule.js';

export interface Platform {
  /** 20 bytes; names a public key token (ECMA-335 II.6.3). */
  sha1(bytes: Uint8Array): Uint8Array;
  /** 64 bytes; what sys.sp_add_trusted_assembly compares. */
  sha512(bytes: Uint8Array): Uint8Array;
  /** The bytes of hexadecimal digits, up to the first character that is none; an odd last digit is dropped. */
  bytesOfHex(digits: string): Uint8Array;
  /** What looks into code: large, and loaded where there is code or something is bound to any. */
  code(): CodeTools;
  /** What reads project files: loaded where there is one, or a source that one could compile. */
  packages(): PackageTools;
}

export interface CodeTools extends CodeAnalysis {
  readonly codeRules: readonly Rule[];
  readonly callNodesAt: typeof callNodesAt;
  readonly nodeOf: typeof nodeOf;
  readonly itemOf: typeof itemOf;
  readonly incomingCalls: typeof incomingCalls;
  readonly outgoingCalls: typeof outgoingCalls;
  readonly inlayHintsIn: typeof inlayHintsIn;
  readonly signatureAt: typeof signatureAt;
}

export interface PackageTools {
  readonly BuildFiles: typeof BuildFiles;
  readonly assembliesOf: typeof assembliesOf;
  readonly isBetweenTags: typeof isBetweenTags;
  readonly startOfRoot: typeof startOfRoot;
}
