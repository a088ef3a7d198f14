// What the context connection does not do, and what functions may do on it.
// Sources: learn.microsoft.com "Context Connections and Regular Connections - Restrictions", "Data Access from CLR Database
// Objects", "SqlPipe Object"; .NET Framework reference source, System.Data (SqlConnectionString, SqlConnection, SqlCommand,
// SqlBulkCopy, SqlCommandSet: NotAvailableOnContextConnection); read 2026-11.
import { frameworksOwn } from './sql-clients.js';

export const connectionType = 'System.Data.SqlClient.SqlConnection';

/** Types that declare a connection's members. */
export const connectionTypes: ReadonlySet<string> = new Set([
  connectionType,
  'System.Data.Common.DbConnection',
  'System.Data.IDbConnection',
]);

/** The connections of the providers that the .NET Framework has. */
export const providerConnections: ReadonlySet<string> = new Set([
  connectionType,
  'System.Data.Odbc.OdbcConnection',
  'System.Data.OleDb.OleDbConnection',
  'System.Data.OracleClient.OracleConnection',
]);

/**
 * Of the provider that came after the framework's, where it is given what to connect to. Source: learn.microsoft.com "The
 * Context Connection" (ADO.NET): "Microsoft.Data.SqlClient doesn't support context connections"; dotnet/SqlClient issue 2838
 * and pull request 2862; read 2026-11.
 */
export const withoutContextConnection: ReadonlySet<string> = new Set([
  'Microsoft.Data.SqlClient.SqlConnection::.ctor',
  'Microsoft.Data.SqlClient.SqlConnection::set_ConnectionString',
  'Microsoft.Data.SqlClient.SqlConnectionStringBuilder::.ctor',
  'Microsoft.Data.SqlClient.SqlConnectionStringBuilder::set_ContextConnection',
]);

/** Types that declare a command's members. */
export const commandTypes: ReadonlySet<string> = new Set([
  'System.Data.SqlClient.SqlCommand',
  'System.Data.Common.DbCommand',
  'System.Data.IDbCommand',
]);

/** The only keywords of its connection string. */
const contextKeywords: ReadonlySet<string> = new Set(['context connection', 'type system version']);

/** Keywords of a connection string that the context connection does not take beside its own. */
export function surplusKeywords(connectionString: string): readonly string[] {
  return keywordsOf(connectionString)
    .map(([keyword]) => keyword)
    .filter((keyword) => !contextKeywords.has(keyword.toLowerCase()));
}

/** Without them, all else as it was written. */
export function withoutSurplus(connectionString: string): string {
  return connectionString
    .split(';')
    .filter((part) => surplusKeywords(part).length === 0)
    .join(';');
}

const serverKeywords: ReadonlySet<string> = new Set(['addr', 'address', 'data source', 'network address', 'server']);

/** The server that a connection string names; undefined where it names none. */
export function serverIn(connectionString: string): string | undefined {
  return keywordsOf(connectionString).findLast(([keyword]) => serverKeywords.has(keyword.toLowerCase()))?.[1];
}

/**
 * Whether a connection joins the transaction that its thread is in. Source: learn.microsoft.com "Transaction promotion": Enlist is
 * true where nothing else is said; SqlConnectionString takes `no` as well; read 2026-11.
 */
export function joinsTransaction(connectionString: string): boolean {
  const said = keywordsOf(connectionString).findLast(([keyword]) => keyword.toLowerCase() === 'enlist')?.[1];
  return said === undefined || !/^(?:false|no)$/i.test(said);
}

/** `(local)`, `tcp:localhost,1433`, `.\SALES`: names that every machine has for itself. */
export function isOwnMachine(server: string): boolean {
  return /^(?:(?:tcp|lpc|np|admin):)?(?:\.|\(local\)|localhost|127\.0\.0\.1)(?:[\\,].*)?$/i.test(server.trim());
}

function keywordsOf(connectionString: string): readonly (readonly [keyword: string, value: string])[] {
  return connectionString.split(';').flatMap((part): readonly (readonly [string, string])[] => {
    const at = part.indexOf('=');
    const value = part.slice(at + 1).trim();
    const plain = /^(["']).*\1$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
    return at > 0 ? [[part.slice(0, at).trim().replace(/\s+/g, ' '), plain]] : [];
  });
}

/** Members of a connection that throw on the context connection. */
export const unavailableOnConnection: ReadonlySet<string> = new Set([
  'ClearPool',
  'EnlistDistributedTransaction',
  'OpenAsync',
  'ResetStatistics',
  'RetrieveStatistics',
  'set_AccessToken',
  'set_StatisticsEnabled',
]);

/** Members of a command that throw on the context connection. */
export const unavailableOnCommand: ReadonlySet<string> = new Set([
  'BeginExecuteNonQuery',
  'BeginExecuteReader',
  'BeginExecuteXmlReader',
  'ExecuteDbDataReaderAsync',
  'ExecuteNonQueryAsync',
  'ExecuteReaderAsync',
  'ExecuteScalarAsync',
  'ExecuteXmlReaderAsync',
  'set_Notification',
]);

/** Members of a command that run it. */
export const executingMembers: ReadonlySet<string> = new Set([
  'ExecuteNonQuery',
  'ExecuteReader',
  'ExecuteScalar',
  'ExecuteXmlReader',
]);

/** Members of SqlPipe that send to the client. */
export const sendingMembers: ReadonlySet<string> = new Set([
  'ExecuteAndSend',
  'Send',
  'SendResultsEnd',
  'SendResultsRow',
  'SendResultsStart',
]);

export const pipeType = 'Microsoft.SqlServer.Server.SqlPipe';

/** Where a connection string is given, as which argument; of a builder the server alone. */
export const connectionStringArguments: readonly (readonly [
  type: string,
  member: string,
  argument: number,
  holds: 'connection string' | 'server',
])[] = [
  ['System.Data.Common.DbConnection', 'set_ConnectionString', 0, 'connection string'],
  ['System.Data.IDbConnection', 'set_ConnectionString', 0, 'connection string'],
  ['System.Data.Odbc.OdbcConnection', '.ctor', 0, 'connection string'],
  ['System.Data.OleDb.OleDbConnection', '.ctor', 0, 'connection string'],
  ['System.Data.SqlClient.SqlBulkCopy', '.ctor', 0, 'connection string'],
  ['System.Data.SqlClient.SqlConnection', '.ctor', 0, 'connection string'],
  ['System.Data.SqlClient.SqlConnection', 'set_ConnectionString', 0, 'connection string'],
  ['System.Data.SqlClient.SqlConnectionStringBuilder', 'set_DataSource', 0, 'server'],
  ['System.Data.SqlClient.SqlDataAdapter', '.ctor', 1, 'connection string'],
];

export function findConnectionString(
  type: string,
  member: string,
): { readonly argument: number; readonly holds: 'connection string' | 'server' } | undefined {
  const row = connectionStringArguments.find(([owner, name]) => owner === frameworksOwn(type) && name === member);
  return row && { argument: row[2], holds: row[3] };
}
