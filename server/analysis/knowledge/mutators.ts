// Members of the framework's collections that change what they hold.
// Source: .NET Framework 4.8 API reference, System.Collections, System.Collections.Generic, System.Collections.Specialized,
// System.Collections.Concurrent, System.Data, System.Text; read 2026-11. Concurrent collections are under host protection,
// and UNSAFE assemblies have them: what they hold is shared all the same.

import { namespaceOf } from './framework-types.js';

/** Namespaces all of whose types hold things that can change, and single types. Those below a namespace are not meant. */
const holders: ReadonlySet<string> = new Set([
  'System.Collections',
  'System.Collections.Concurrent',
  'System.Collections.Generic',
  'System.Collections.ObjectModel',
  'System.Collections.Specialized',
  'System.Data.DataColumnCollection',
  'System.Data.DataRow',
  'System.Data.DataRowCollection',
  'System.Data.DataTable',
  'System.Data.DataTableCollection',
  'System.Text.StringBuilder',
]);

const members: ReadonlySet<string> = new Set([
  'Add',
  'AddAfter',
  'AddBefore',
  'AddFirst',
  'AddLast',
  'AddOrUpdate',
  'AddRange',
  'And',
  'Append',
  'AppendFormat',
  'AppendLine',
  'Clear',
  'Delete',
  'Dequeue',
  'Enqueue',
  'ExceptWith',
  'GetOrAdd',
  'ImportRow',
  'Insert',
  'InsertAt',
  'InsertRange',
  'IntersectWith',
  'Load',
  'Merge',
  'Not',
  'Or',
  'Pop',
  'Push',
  'PushRange',
  'Remove',
  'RemoveAll',
  'RemoveAt',
  'RemoveFirst',
  'RemoveLast',
  'RemoveRange',
  'RemoveWhere',
  'Replace',
  'Reverse',
  'Set',
  'SetAll',
  'Sort',
  'SymmetricExceptWith',
  'TryAdd',
  'TryDequeue',
  'TryPop',
  'TryRemove',
  'TryTake',
  'TryUpdate',
  'UnionWith',
  'Xor',
  'set_Capacity',
  'set_Item',
  'set_Length',
]);

/** `type` is the metadata name of the type that declares the member. */
export function isMutator(type: string, member: string): boolean {
  return members.has(member) && (holders.has(type) || holders.has(namespaceOf(type)));
}
