// Options that SQL Server fixes for a system database.
// Source: learn.microsoft.com "ALTER DATABASE SET options (Transact-SQL)"; Msg 15309; read 2026-11.

/** Databases of which TRUSTWORTHY cannot be changed. */
export const fixedTrustworthy: ReadonlySet<string> = new Set(['model', 'tempdb']);
