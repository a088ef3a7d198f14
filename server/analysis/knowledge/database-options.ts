// Options that SQL Server fixes, or sets, for a system database.
// Source: learn.microsoft.com "ALTER DATABASE SET options (Transact-SQL)", "TRUSTWORTHY database property"; Msg 15309; read 2026-11.

/** Databases of which TRUSTWORTHY cannot be changed. */
export const fixedTrustworthy: ReadonlySet<string> = new Set(['model', 'tempdb']);

/** Databases that are TRUSTWORTHY from the start. */
export const trustworthyByDefault: ReadonlySet<string> = new Set(['msdb']);

/** What publishes a package puts the name of its database in the place of this: "SQLCMD variables in database projects". */
export const publishedDatabase = '$(databasename)';
