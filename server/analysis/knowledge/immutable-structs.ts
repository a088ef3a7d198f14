// Structs of the framework no member of which changes them: a `readonly` field of one does all that another does.
// `Nullable` is one where its argument is. Source: .NET Framework 4.8 reference source (fields of each are readonly, or no member
// assigns to them), read 2026-11-25; test/oracle/immutable-structs.test.ts compares with the code of mono's mscorlib.

export const immutableStructs: ReadonlySet<string> = new Set([
  'System.Boolean',
  'System.Byte',
  'System.Char',
  'System.DateTime',
  'System.DateTimeOffset',
  'System.Decimal',
  'System.Double',
  'System.Guid',
  'System.Int16',
  'System.Int32',
  'System.Int64',
  'System.IntPtr',
  'System.Nullable`1',
  'System.SByte',
  'System.Single',
  'System.TimeSpan',
  'System.UInt16',
  'System.UInt32',
  'System.UInt64',
  'System.UIntPtr',
]);
