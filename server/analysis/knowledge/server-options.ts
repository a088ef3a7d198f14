// Options of sp_configure that bear on CLR integration.
// Source: learn.microsoft.com "Server configuration options", "sp_configure (Transact-SQL)"; read 2026-11.

export interface ServerOption {
  readonly name: string;
  readonly summary: string;
  /** sp_configure knows it only while 'show advanced options' is 1. */
  readonly advanced?: true;
}

export const serverOptions: readonly ServerOption[] = [
  { name: 'clr enabled', summary: 'Whether SQL Server runs user assemblies at all.' },
  {
    name: 'clr strict security',
    summary:
      'Whether every assembly is trusted like an UNSAFE one before it loads; PERMISSION_SET bounds nothing then.',
    advanced: true,
  },
  {
    name: 'cross db ownership chaining',
    summary: 'Whether ownership chains reach from one database into another, in every database.',
  },
  { name: 'lightweight pooling', summary: 'Fiber mode; CLR integration does not run under it.', advanced: true },
  { name: 'show advanced options', summary: 'Whether sp_configure shows and sets advanced options.' },
];

/**
 * What Azure SQL Managed Instance keeps to itself.
 * Source: learn.microsoft.com "T-SQL differences between SQL Server and Azure SQL Managed Instance"; of the memory, "Azure SQL
 * Revealed" (2020), where the message of 5869 has the number 5870; read 2026-11.
 */
const keptByManagedInstance: ReadonlySet<string> = new Set([
  'allow polybase export',
  'allow updates',
  'filestream access level',
  'max server memory (mb)',
  'remote access',
  'remote data archive',
  'remote proc trans',
]);

export function isKeptByManagedInstance(name: string): boolean {
  return keptByManagedInstance.has(name.trim().toLowerCase().replaceAll('_', ' '));
}

/** A name as sp_configure takes it: whole, or any part that only one option has. */
export function findServerOption(name: string): ServerOption | undefined {
  const wanted = name.trim().toLowerCase();
  const exact = serverOptions.find((option) => option.name === wanted);
  if (exact || wanted.length < 5) return exact;
  const containing = serverOptions.filter((option) => option.name.includes(wanted));
  return containing.length === 1 ? containing[0] : undefined;
}
