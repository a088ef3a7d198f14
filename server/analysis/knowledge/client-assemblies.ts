// Client assemblies of SQL Server, which CREATE ASSEMBLY takes with a warning (Msg 10309).
// Source: the message as it came for Microsoft.SqlServer.TransactSql.ScriptDom, which names this key; learn.microsoft.com
// "SQL Server Management Objects (SMO) programming guide", which names the assemblies; read 2026-11.

const publicKeyToken = '89845dcd8080cc91';

const prefix = 'microsoft.sqlserver.';

const names: ReadonlySet<string> = new Set(
  `batchparser batchparserclient connectioninfo connectioninfoextended management.sdk.sfc rmo smo smoextended sqlenum
  sqlwmimanagement transactsql.scriptdom`.split(/\s+/),
);

/** By the key, where the bytes are known; else by name. */
export function isClientAssembly(name: string, identity: { readonly publicKeyToken?: string } | undefined): boolean {
  if (identity) return identity.publicKeyToken === publicKeyToken;
  const own = name.toLowerCase();
  return own.startsWith(prefix) && names.has(own.slice(prefix.length));
}
