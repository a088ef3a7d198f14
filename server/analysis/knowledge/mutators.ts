// Members of the framework's collections that change what they hold.
// Source: .NET Framework 4.8 API reference, System.Collections, System.Collections.Generic, System.Collections.Specialized,
// System.Text; read 2026-11. Concurrent collections are under host protection and no business of this table.

const namespaces: readonly string[] = [
  'System.Collections.',
  'System.Collections.Generic.',
  'System.Collections.ObjectModel.',
  'System.Collections.Specialized.',
  'System.Text.StringBuilder',
  'System.Data.DataTable',
];

const members: ReadonlySet<string> = new Set([
  'Add',
  'AddAfter',
  'AddBefore',
  'AddFirst',
  'AddLast',
  'AddRange',
  'Append',
  'AppendFormat',
  'AppendLine',
  'Clear',
  'Dequeue',
  'Enqueue',
  'ExceptWith',
  'Insert',
  'InsertRange',
  'IntersectWith',
  'Pop',
  'Push',
  'Remove',
  'RemoveAll',
  'RemoveAt',
  'RemoveFirst',
  'RemoveLast',
  'RemoveRange',
  'Replace',
  'Reverse',
  'Set',
  'SetAll',
  'Sort',
  'UnionWith',
  'set_Capacity',
  'set_Item',
  'set_Length',
]);

/** `type` is the metadata name of the type that declares the member. */
export function isMutator(type: string, member: string): boolean {
  return members.has(member) && namespaces.some((namespace) => type.startsWith(namespace));
}
