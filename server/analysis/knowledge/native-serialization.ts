// Types of fields in Format.Native.
// Source: learn.microsoft.com "User-defined type requirements", "Format Enum"; Msg 6222 of "Database Engine events and errors"; read 2026-11.

const system = (...names: readonly string[]): readonly string[] => names.map((name) => `System.${name}`);
const sql = (...names: readonly string[]): readonly string[] => names.map((name) => `System.Data.SqlTypes.Sql${name}`);

export const nativeTypes: ReadonlySet<string> = new Set([
  ...system('Boolean', 'Byte', 'SByte', 'Int16', 'UInt16', 'Int32', 'UInt32', 'Int64', 'UInt64', 'Single', 'Double'),
  ...sql('Byte', 'Int16', 'Int32', 'Int64', 'DateTime', 'Single', 'Double', 'Money', 'Boolean'),
]);

/** Structs that are not on that list, and hold a reference or are not blittable. Guid and TimeSpan may pass as structs of numbers. */
export const refusedNativeTypes: ReadonlySet<string> = new Set([
  ...system('Char', 'DateTime', 'Decimal'),
  ...sql('Binary', 'Decimal', 'Guid', 'String'),
]);
