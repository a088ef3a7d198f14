// The values of custom attributes (ECMA-335 II.23.3).
import type { AttributeValue, TypeRef } from '../code/model.js';
import type { Budget } from './budget.js';
import { Reader, type Bytes } from './bytes.js';
import { utf8Of } from './utf8.js';

export interface DecodedAttribute {
  readonly arguments: readonly AttributeValue[];
  readonly named: readonly { readonly name: string; readonly value: AttributeValue }[];
}

/** The underlying type of an enumeration by its name; undefined where it is not known. */
export type UnderlyingType = (name: string) => string | undefined;

const maximumElements = 100_000;

/** An element of an array can be one byte, and takes some forty. */
const unitsPerValue = 6;

/** Strings are most of what attributes have. */
const bytesPerUnit = 4;

interface Decoding {
  readonly underlying: UnderlyingType;
  readonly budget: Budget;
}

/** What cannot be told is `unknown`; the attribute itself stays. */
export function decodeAttribute(
  blob: Bytes,
  parameters: readonly TypeRef[],
  underlying: UnderlyingType,
  budget: Budget,
): DecodedAttribute {
  if (blob.length === 0) return { arguments: [], named: [] };
  budget.spend(parameters.length * unitsPerValue);
  const decoded = readFitting(blob, underlying, budget, (reader, decoding) => {
    if (reader.u16() !== 1) return undefined;
    const given: AttributeValue[] = [];
    for (const parameter of parameters) {
      const value = readFixed(reader, parameter, decoding, 0);
      if (!value) return undefined;
      given.push(value);
    }
    const named = readNamed(reader, reader.u16(), decoding);
    return named && { arguments: given, named };
  });
  return decoded ?? { arguments: parameters.map(() => ({ kind: 'unknown' })), named: [] };
}

/** Named arguments of a permission attribute: their count is compressed. */
export function decodePermission(blob: Bytes, underlying: UnderlyingType, budget: Budget): DecodedAttribute['named'] {
  if (blob.length === 0) return [];
  return (
    readFitting(blob, underlying, budget, (reader, decoding) => readNamed(reader, reader.compressed(), decoding)) ?? []
  );
}

/** Widths that an enumeration of another assembly can have, the usual one first. */
const enumerationTypes = ['System.Int32', 'System.Byte', 'System.Int16', 'System.Int64'];

/**
 * The metadata does not tell how wide an enumeration of another assembly is (`SecurityRuleSet` is a byte): the first
 * width with which the values fill the blob exactly. Undefined where none does.
 */
function readFitting<T>(
  blob: Bytes,
  underlying: UnderlyingType,
  budget: Budget,
  read: (reader: Reader, decoding: Decoding) => T | undefined,
): T | undefined {
  for (const guess of enumerationTypes) {
    let guessed = false;
    const known: UnderlyingType = (name) => {
      const told = underlying(name);
      guessed ||= told === undefined;
      return told ?? guess;
    };
    const reader = new Reader(blob);
    const value = budget.attempt(() => {
      budget.spend(blob.length / bytesPerUnit);
      return read(reader, { underlying: known, budget });
    });
    if (value !== undefined && (reader.left === 0 || !guessed)) return value;
    if (!guessed) return undefined;
  }
  return undefined;
}

function readNamed(reader: Reader, count: number, decoding: Decoding): DecodedAttribute['named'] | undefined {
  const named: { name: string; value: AttributeValue }[] = [];
  for (let index = 0; index < count; index++) {
    reader.u8();
    const type = readFieldOrPropType(reader);
    const name = readSerString(reader) ?? '';
    const value = readByCode(reader, type, decoding, 0);
    if (!value) return undefined;
    named.push({ name, value });
  }
  return named;
}

interface SerializedType {
  readonly code: number;
  readonly enumeration?: string;
  readonly element?: SerializedType;
}

function readFieldOrPropType(reader: Reader, depth = 0): SerializedType {
  const code = reader.u8();
  if (code === 0x55) return { code, enumeration: readSerString(reader) ?? '' };
  if (code === 0x1d && depth < 4) return { code, element: readFieldOrPropType(reader, depth + 1) };
  return { code };
}

const codes: Readonly<Record<string, number>> = {
  'System.Boolean': 0x02,
  'System.Char': 0x03,
  'System.SByte': 0x04,
  'System.Byte': 0x05,
  'System.Int16': 0x06,
  'System.UInt16': 0x07,
  'System.Int32': 0x08,
  'System.UInt32': 0x09,
  'System.Int64': 0x0a,
  'System.UInt64': 0x0b,
  'System.Single': 0x0c,
  'System.Double': 0x0d,
  'System.String': 0x0e,
  'System.Type': 0x50,
  'System.Object': 0x51,
};

function serialized(type: TypeRef): SerializedType | undefined {
  if (type.kind === 'array') {
    const element = serialized(type.element);
    return element && { code: 0x1d, element };
  }
  if (type.kind !== 'named') return undefined;
  const code = codes[type.name];
  return code === undefined ? { code: 0x55, enumeration: type.name } : { code };
}

function readFixed(reader: Reader, type: TypeRef, decoding: Decoding, depth: number): AttributeValue | undefined {
  const known = serialized(type);
  return known && readByCode(reader, known, decoding, depth);
}

function readByCode(
  reader: Reader,
  type: SerializedType,
  decoding: Decoding,
  depth: number,
): AttributeValue | undefined {
  if (depth > 4) return undefined;
  switch (type.code) {
    case 0x02:
      return { kind: 'boolean', value: reader.u8() !== 0 };
    case 0x03:
    case 0x07:
      return { kind: 'number', value: reader.u16() };
    case 0x04:
      return { kind: 'number', value: (reader.u8() << 24) >> 24 };
    case 0x05:
      return { kind: 'number', value: reader.u8() };
    case 0x06:
      return { kind: 'number', value: (reader.u16() << 16) >> 16 };
    case 0x08:
      return { kind: 'number', value: reader.i32() };
    case 0x09:
      return { kind: 'number', value: reader.u32() };
    case 0x0a:
      return { kind: 'number', value: reader.i64() };
    case 0x0b:
      return { kind: 'number', value: reader.u64() };
    case 0x0c:
      return { kind: 'number', value: reader.f32() };
    case 0x0d:
      return { kind: 'number', value: reader.f64() };
    case 0x0e:
      return { kind: 'string', value: readSerString(reader) };
    case 0x50:
      return { kind: 'type', value: readSerString(reader) ?? '' };
    case 0x51:
      return readByCode(reader, readFieldOrPropType(reader), decoding, depth + 1);
    case 0x1d:
      return readArray(reader, type.element, decoding, depth);
    case 0x55: {
      const name = (type.enumeration ?? '').split(',', 1)[0] ?? '';
      const code = codes[decoding.underlying(name) ?? ''];
      return code === undefined ? undefined : readByCode(reader, { code }, decoding, depth + 1);
    }
    default:
      return undefined;
  }
}

function readArray(
  reader: Reader,
  element: SerializedType | undefined,
  decoding: Decoding,
  depth: number,
): AttributeValue | undefined {
  const count = reader.u32();
  const values: AttributeValue[] = [];
  if (count === 0xffffffff || !element) return { kind: 'array', value: values };
  decoding.budget.spend(Math.min(count, maximumElements) * unitsPerValue);
  for (let index = 0; index < count && index < maximumElements; index++) {
    const value = readByCode(reader, element, decoding, depth + 1);
    if (!value) return undefined;
    values.push(value);
  }
  return { kind: 'array', value: values };
}

/** Undefined for a null string. */
export function readSerString(reader: Reader): string | undefined {
  if (reader.peek() === 0xff) {
    reader.u8();
    return undefined;
  }
  return utf8Of(reader.take(reader.compressed()).bytes);
}
