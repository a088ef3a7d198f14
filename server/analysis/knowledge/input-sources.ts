// Types that carry what a caller in T-SQL gives, types that can carry no harm, and members that read what a query finds.
// Sources: learn.microsoft.com "Mapping CLR Parameter Data", "Requirements for CLR user-defined types"; .NET Framework 4.8 API
// reference (SqlDataReader, SqlCommand, SqlTriggerContext); read 2026-11.
import { frameworksOwn } from './sql-clients.js';

const sqlTypes = 'System.Data.SqlTypes.';

/** Of parameters of a routine: short names, arrays with `[]`. */
export const textTypes: ReadonlySet<string> = new Set([
  'Byte[]',
  'Char[]',
  'Object',
  'SqlBinary',
  'SqlBytes',
  'SqlChars',
  'SqlString',
  'SqlXml',
  'String',
]);

/** A value that SQL Server keeps, read back by a type or an aggregate. */
export const readerType = 'System.IO.BinaryReader';

const harmless: ReadonlySet<string> = new Set([
  ...['Boolean', 'Byte', 'Char', 'DateTime', 'DateTimeOffset', 'Decimal', 'Double', 'Guid', 'Int16', 'Int32', 'Int64'],
  ...['IntPtr', 'SByte', 'Single', 'TimeSpan', 'Type', 'UInt16', 'UInt32', 'UInt64', 'UIntPtr', 'Void'],
  ...['SqlBoolean', 'SqlByte', 'SqlDateTime', 'SqlDecimal', 'SqlDouble', 'SqlGuid', 'SqlInt16', 'SqlInt32', 'SqlInt64'],
  ...['SqlMoney', 'SqlSingle'],
]);

/** Numbers, dates and their like: what they become as text is theirs alone. `type` is a metadata name. */
export function isHarmlessType(type: string): boolean {
  if (type.startsWith(sqlTypes)) return harmless.has(type.slice(sqlTypes.length));
  return type.startsWith('System.') && harmless.has(type.slice('System.'.length));
}

export interface QueryResult {
  /** What holds the data: the result, or an argument that is filled. */
  readonly gives: 'result' | number;
}

const readers = [
  'System.Data.Common.DbDataReader',
  'System.Data.IDataRecord',
  'System.Data.Odbc.OdbcDataReader',
  'System.Data.OleDb.OleDbDataReader',
  'System.Data.SqlClient.SqlDataReader',
];
const reading = ['get_Item', 'GetProviderSpecificValue', 'GetSqlBinary', 'GetSqlBytes', 'GetSqlChars', 'GetSqlString'];
const readingText = ['GetSqlValue', 'GetSqlXml', 'GetString', 'GetValue'];
const commands = [
  'System.Data.Common.DbCommand',
  'System.Data.IDbCommand',
  'System.Data.Odbc.OdbcCommand',
  'System.Data.OleDb.OleDbCommand',
  'System.Data.SqlClient.SqlCommand',
];

const results: ReadonlyMap<string, QueryResult> = new Map<string, QueryResult>([
  ...readers.flatMap((type) =>
    [...reading, ...readingText].map((member): [string, QueryResult] => [`${type}::${member}`, { gives: 'result' }]),
  ),
  ...readers.flatMap((type) =>
    ['GetValues', 'GetSqlValues'].map((member): [string, QueryResult] => [`${type}::${member}`, { gives: 0 }]),
  ),
  ...commands.map((type): [string, QueryResult] => [`${type}::ExecuteScalar`, { gives: 'result' }]),
  ['System.Data.Common.DbDataAdapter::Fill', { gives: 0 }],
  ['Microsoft.SqlServer.Server.SqlTriggerContext::get_EventData', { gives: 'result' }],
]);

export function findQueryResult(type: string, member: string): QueryResult | undefined {
  return results.get(`${frameworksOwn(type)}::${member}`);
}
