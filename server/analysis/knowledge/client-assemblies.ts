// Client assemblies of SQL Server, which CREATE ASSEMBLY takes with a warning (Msg 10309).
// Source: the message as it came for Microsoft.SqlServer.TransactSql.ScriptDom, which names this key; learn.microsoft.com
// "SQL Server Management Objects (SMO) programming guide", which names the assemblies; read 2026-11.

const publicKeyToken = '89845dcd8080cc91';

const names: ReadonlySet<string> = new Set([
  'microsoft.sqlserver.batchparser',
  'microsoft.sqlserver.batchparserclient',
  'microsoft.sqlserver.connectioninfo',
  'microsoft.sqlserver.connectioninfoextended',
  'microsoft.sqlserver.management.sdk.sfc',
  'microsoft.sqlserver.rmo',
  'microsoft.sqlserver.smo',
  'microsoft.sqlserver.smoextended',
  'microsoft.sqlserver.sqlenum',
  'microsoft.sqlserver.sqlwmimanagement',
  'microsoft.sqlserver.transactsql.scriptdom',
]);

/** By the key, where the bytes are known; else by name. */
export function isClientAssembly(name: string, identity: { readonly publicKeyToken?: string } | undefined): boolean {
  return identity ? identity.publicKeyToken === publicKeyToken : names.has(name.toLowerCase());
}
