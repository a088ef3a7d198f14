// Which calls are taken to throw where a way out without Undo is sought.
// Source of those that should not: learn.microsoft.com "CA1065: Do not raise exceptions in unexpected locations" (property get
// and event accessors, Equals, GetHashCode, ToString, Dispose, equality operators, implicit casts); read 2026-11.
// Of the others the .NET Framework 4.8 API reference documents exceptions, and nowhere how likely they are: that they hardly
// throw, and which constructors do, is this project's judgement. To think of each would find a way out everywhere.

/** How names of accessors and operators begin. */
export const hardlyThrowingKinds: readonly string[] = ['add_', 'get_', 'op_', 'remove_', 'set_'];

export const hardlyThrowing: readonly string[] = [
  'Add',
  'Append',
  'AppendFormat',
  'AppendLine',
  'Close',
  'Concat',
  'Dispose',
  'Enter',
  'Equals',
  'Exit',
  'Flush',
  'Format',
  'GetEnumerator',
  'GetHashCode',
  'GetType',
  'IsNullOrEmpty',
  'MoveNext',
  'Reset',
  'ToString',
];

/** Of objects only those that reach outside are opened when they are made: namespaces, with those below. */
export const openingNamespaces: readonly string[] = [
  'System.Data',
  'System.Diagnostics',
  'System.DirectoryServices',
  'System.IO',
  'System.Management',
  'System.Net',
];

const names: ReadonlySet<string> = new Set(hardlyThrowing);

/** Of any type, by its name. */
export function isHardlyThrowing(member: string): boolean {
  return names.has(member) || hardlyThrowingKinds.some((kind) => member.startsWith(kind));
}

export function opensWhenMade(type: string): boolean {
  return openingNamespaces.some((namespace) => type.startsWith(`${namespace}.`));
}
