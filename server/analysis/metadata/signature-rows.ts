// Signatures by their place in the heap, each decoded once: many members share one. A bad one is undefined.
import type { TypeRef } from '../code/model.js';
import { madeOnce } from './budget.js';
import type { Reader } from './bytes.js';
import {
  readField,
  readLocals,
  readMethod,
  readMethodArguments,
  readProperty,
  signatureReader,
  type LocalType,
  type MethodSignature,
  type NameType,
} from './signatures.js';
import type { Metadata } from './tables.js';
import type { TypeNames } from './type-names.js';

/** Takes what `blob` columns have. */
export class SignatureRows {
  readonly method: (offset: number) => MethodSignature | undefined;
  readonly field: (offset: number) => TypeRef | undefined;
  readonly property: (offset: number) => TypeRef | undefined;
  readonly locals: (offset: number) => readonly LocalType[] | undefined;
  readonly methodArguments: (offset: number) => readonly TypeRef[] | undefined;

  constructor(metadata: Metadata, names: TypeNames) {
    this.method = decodedOnce(metadata, names, readMethod);
    this.field = decodedOnce(metadata, names, readField);
    this.property = decodedOnce(metadata, names, readProperty);
    this.locals = decodedOnce(metadata, names, readLocals);
    this.methodArguments = decodedOnce(metadata, names, readMethodArguments);
  }
}

function decodedOnce<T>(
  metadata: Metadata,
  names: TypeNames,
  read: (reader: Reader, name: NameType) => T,
): (offset: number) => T | undefined {
  const known = new Map<number, T | undefined>();
  return (offset) =>
    madeOnce(known, offset, () =>
      metadata.budget.attempt(() => read(signatureReader(metadata.blob(offset), metadata.budget), names.inSignature)),
    );
}
