// The Constant table's values (ECMA-335 II.22.9).
import type { ConstantValue } from '../code/body.js';
import type { Bytes } from './bytes.js';
import { utf16Of } from './heaps.js';

/** Undefined for a type that no constant can have. */
export function readConstant(type: number, blob: Bytes): ConstantValue | undefined {
  switch (type) {
    case 0x02:
    case 0x05:
      return blob.u8(0);
    case 0x03:
    case 0x07:
      return blob.u16(0);
    case 0x04:
      return (blob.u8(0) << 24) >> 24;
    case 0x06:
      return (blob.u16(0) << 16) >> 16;
    case 0x08:
      return blob.i32(0);
    case 0x09:
      return blob.u32(0);
    case 0x0a:
      return blob.i64(0);
    case 0x0b:
      return blob.u64(0);
    case 0x0c:
      return blob.f32(0);
    case 0x0d:
      return blob.f64(0);
    case 0x0e:
      return utf16Of(blob);
    case 0x12:
      return null;
    default:
      return undefined;
  }
}
