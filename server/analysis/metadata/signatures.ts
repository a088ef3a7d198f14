// Signatures (ECMA-335 II.23.2) as types of the code model.
import type { TypeRef } from '../code/model.js';
import { BadImage, Reader, type Bytes } from './bytes.js';
import type { Budget } from './budget.js';
import { Table } from './schema.js';
import { tokenOf } from './tables.js';

/** Names a TypeDef or TypeRef. */
export type NameType = (token: number) => TypeRef;

/** A byte can become a type, which takes some sixty. */
const unitsPerByte = 8;

export function signatureReader(blob: Bytes, budget: Budget): Reader {
  budget.spend(blob.length * unitsPerByte);
  return new Reader(blob);
}

const maximumDepth = 40;
const maximumParameters = 65_535;

const element = (name: string): TypeRef => ({
  kind: 'named',
  name: `System.${name}`,
  assembly: 'mscorlib',
  arguments: [],
});

/** By element type (ECMA-335 II.23.1.16). */
const primitives: readonly (TypeRef | undefined)[] = [
  undefined,
  element('Void'),
  element('Boolean'),
  element('Char'),
  element('SByte'),
  element('Byte'),
  element('Int16'),
  element('UInt16'),
  element('Int32'),
  element('UInt32'),
  element('Int64'),
  element('UInt64'),
  element('Single'),
  element('Double'),
  element('String'),
  ...new Array<undefined>(7).fill(undefined),
  element('TypedReference'),
  undefined,
  element('IntPtr'),
  element('UIntPtr'),
  undefined,
  undefined,
  element('Object'),
];

export function readType(reader: Reader, name: NameType, depth = 0): TypeRef {
  if (depth > maximumDepth) throw new BadImage('malformed', 'A signature nests types deeper than any compiler does');
  const element = reader.u8();
  const known = primitives[element];
  if (known) return known;
  switch (element) {
    case 0x0f:
      return { kind: 'pointer', element: readType(reader, name, depth + 1) };
    case 0x10:
      return { kind: 'byReference', element: readType(reader, name, depth + 1) };
    case 0x11:
    case 0x12:
      return name(readTypeDefOrRef(reader));
    case 0x13:
      return { kind: 'typeParameter', index: reader.compressed() };
    case 0x1e:
      return { kind: 'methodParameter', index: reader.compressed() };
    case 0x14:
      return readArray(reader, name, depth);
    case 0x15:
      return readInstance(reader, name, depth);
    case 0x1b:
      readMethod(reader, name, depth + 1);
      return { kind: 'functionPointer' };
    case 0x1d:
      return { kind: 'array', element: readType(reader, name, depth + 1), rank: 1 };
    case 0x1f:
    case 0x20:
      reader.compressed();
      return readType(reader, name, depth + 1);
    case 0x41:
    case 0x45:
      return readType(reader, name, depth + 1);
    default:
      throw new BadImage(
        'malformed',
        `A signature has the element 0x${element.toString(16)}, which ECMA-335 does not know`,
      );
  }
}

/** 0 where it is none. */
function readTypeDefOrRef(reader: Reader): number {
  const value = reader.compressed();
  const table = typeTables[value & 3];
  const row = value >>> 2;
  return table === undefined || row > 0xffffff ? 0 : tokenOf(table, row);
}

const typeTables: readonly number[] = [Table.TypeDef, Table.TypeRef, Table.TypeSpec];

function readArray(reader: Reader, name: NameType, depth: number): TypeRef {
  const element = readType(reader, name, depth + 1);
  const rank = reader.compressed();
  for (let sizes = reader.compressed(); sizes > 0; sizes--) reader.compressed();
  for (let bounds = reader.compressed(); bounds > 0; bounds--) reader.compressed();
  return { kind: 'array', element, rank };
}

function readInstance(reader: Reader, name: NameType, depth: number): TypeRef {
  reader.u8();
  const generic = name(readTypeDefOrRef(reader));
  const given: TypeRef[] = [];
  for (let count = reader.compressed(); count > 0; count--) given.push(readType(reader, name, depth + 1));
  return generic.kind === 'named' ? { ...generic, arguments: given } : generic;
}

export interface MethodSignature {
  /** No `this` besides the parameters: static, or with `this` among them (EXPLICITTHIS). */
  readonly isStatic: boolean;
  readonly arity: number;
  readonly isVarArg: boolean;
  readonly returns: TypeRef;
  readonly parameters: readonly TypeRef[];
}

export function readMethod(reader: Reader, name: NameType, depth = 0): MethodSignature {
  const convention = reader.u8();
  const arity = (convention & 0x10) !== 0 ? reader.compressed() : 0;
  const count = reader.compressed();
  if (count > maximumParameters || count > reader.left)
    throw new BadImage('malformed', `A signature has ${count} parameters and no room for them`);
  const returns = readType(reader, name, depth);
  const parameters: TypeRef[] = [];
  for (let index = 0; index < count; index++) {
    if (reader.peek() === 0x41) reader.u8();
    parameters.push(readType(reader, name, depth));
  }
  return {
    isStatic: (convention & 0x60) !== 0x20,
    arity,
    isVarArg: (convention & 0x0f) === 5,
    returns,
    parameters,
  };
}

/** Unknown where the blob is no signature of a field. */
export function readField(reader: Reader, name: NameType): TypeRef {
  if (reader.u8() !== 0x06) return { kind: 'unknown' };
  return readType(reader, name);
}

export function readProperty(reader: Reader, name: NameType): TypeRef {
  reader.u8();
  reader.compressed();
  return readType(reader, name);
}

export interface LocalType {
  readonly type: TypeRef;
  readonly pinned: boolean;
}

/** ECMA-335 II.23.2.6; none where the blob is no signature of locals. */
export function readLocals(reader: Reader, name: NameType): readonly LocalType[] {
  if (reader.u8() !== 0x07) return [];
  const count = reader.compressed();
  if (count > reader.left) throw new BadImage('malformed', `A signature has ${count} locals and no room for them`);
  return Array.from({ length: count }, () => {
    let pinned = false;
    for (
      let element = reader.peek();
      element === 0x1f || element === 0x20 || element === 0x45;
      element = reader.peek()
    ) {
      reader.u8();
      if (element === 0x45) pinned = true;
      else reader.compressed();
    }
    return { type: readType(reader, name), pinned };
  });
}

/** What a generic method is given (ECMA-335 II.23.2.15). */
export function readMethodArguments(reader: Reader, name: NameType): readonly TypeRef[] {
  if (reader.u8() !== 0x0a) return [];
  const count = reader.compressed();
  if (count > reader.left) throw new BadImage('malformed', `A method is given ${count} types and no room for them`);
  return Array.from({ length: count }, () => readType(reader, name));
}
