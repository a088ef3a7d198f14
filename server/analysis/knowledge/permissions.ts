// Permissions of assemblies.
// Source: learn.microsoft.com "GRANT Assembly Permissions (Transact-SQL)", "GRANT Server Permissions (Transact-SQL)"; read 2026-11.

/** What can be granted on ASSEMBLY::name. */
export const assemblyPermissions: readonly string[] = [
  'ALL',
  'ALL PRIVILEGES',
  'ALTER',
  'CONTROL',
  'REFERENCES',
  'TAKE OWNERSHIP',
  'VIEW DEFINITION',
];

/** Server permissions with which an assembly may leave SAFE; whoever holds one can run anything as the service account. */
export const wideningPermissions: readonly string[] = ['EXTERNAL ACCESS ASSEMBLY', 'UNSAFE ASSEMBLY'];

/** What lets its holder change what an assembly does: on the assembly, or in its database. */
export const changingPermissions: ReadonlySet<string> = new Set([
  'ALL',
  'ALL PRIVILEGES',
  'ALTER',
  'ALTER ANY ASSEMBLY',
  'CONTROL',
  'CREATE ASSEMBLY',
  'TAKE OWNERSHIP',
]);

/** Principals that stand for more people than anyone has named ("Principals (Database Engine)"). */
export const everybody: ReadonlyMap<string, string> = new Map([
  ['public', 'everyone'],
  ['guest', 'every login without a user of its own'],
]);

/** Whose members may do everything on the server, or in a database (learn.microsoft.com "Server-Level Roles", "Database-Level Roles"). */
export const administratorRoles: ReadonlySet<string> = new Set(['db_owner', 'sysadmin']);

/** What lets the signatures of a login's key or certificate count ("CREATE ASSEMBLY", Permissions); the last holds the others. */
export const signerPermissions = ['UNSAFE ASSEMBLY', 'EXTERNAL ACCESS ASSEMBLY', 'CONTROL SERVER'] as const;
