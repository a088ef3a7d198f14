// What `readAssembly` gives of a PE image: headers and counts as the image says them, and its managed code as the one model.
import type { AssemblyCode, MethodDef } from '../code/model.js';
import type { Disassembly } from './disassemble.js';

export interface AssemblyImage {
  readonly byteLength: number;
  /** The metadata root's version: `v4.0.30319`. */
  readonly runtime: string;
  /** CorFlags of the CLI header (ECMA-335 II.25.3.3.1). */
  readonly flags: CorFlags;
  /** Module, its MVID in upper case with hyphens. */
  readonly module: { readonly name: string; readonly mvid: string };
  readonly isExecutable: boolean;
  /** Rows by table name, in the order of ECMA-335 II.22; tables without rows are left out. */
  readonly tables: Readonly<Record<string, number>>;
  readonly code: AssemblyCode;
  /** Other files of a multi-module assembly (File table). */
  readonly files: readonly string[];
  /** Of the modulus of its public key (ECMA-335 II.6.2.1.3), and so of what that key signs; undefined where it has none. */
  readonly signatureBytes: number | undefined;
  /** The PKCS #7 of an Authenticode signature: the certificates it was made with stand in it, in DER. */
  readonly authenticode: Uint8Array | undefined;
  /** The IL of one of its methods, read anew each time; undefined where there is none. */
  disassemble(method: MethodDef): Disassembly | undefined;
}

export interface CorFlags {
  readonly value: number;
  readonly ilOnly: boolean;
  readonly required32Bit: boolean;
  readonly strongNameSigned: boolean;
  readonly nativeEntryPoint: boolean;
}

/** Why bytes are not, or not wholly, a managed assembly; `offset` in bytes where it is known. */
export interface ImageIssue {
  /**
   * `not-pe`: no PE image (Msg 6544 or 6565); `not-managed`: a PE image without CLI header; `truncated`: an offset or size
   * leads outside; `malformed`: a structure contradicts ECMA-335; `mixed-mode`, `native-entry-point`: read, but refused.
   */
  readonly kind:
    'not-pe' | 'not-managed' | 'no-assembly' | 'truncated' | 'malformed' | 'mixed-mode' | 'native-entry-point';
  readonly message: string;
  readonly offset?: number;
}

/** `image` is undefined where nothing could be read; both can be there. */
export interface ReadImage {
  readonly image?: AssemblyImage;
  readonly errors: readonly ImageIssue[];
}
