// Where text or bytes from outside do harm, and as which argument they get there.
// Sources: .NET Framework 4.8 API reference; learn.microsoft.com "SQL Injection", "CA2100", "CA3001" to "CA3012", "CA2300" to
// "CA2315", "CA5351" (quality and security rules), "File path formats on Windows systems"; read 2026-11.
import { frameworksOwn } from './sql-clients.js';

/**
 * `sql`: becomes SQL. `sqlUnquoted`: becomes SQL where no quotes stand around it. `type`: says which code is loaded or run.
 * `pattern`: becomes part of a regular expression. `xpath`: of an XPath expression.
 */
export type HarmName =
  | 'sql'
  | 'sqlUnquoted'
  | 'connection'
  | 'path'
  | 'url'
  | 'command'
  | 'ldap'
  | 'xpath'
  | 'xml'
  | 'serialized'
  | 'type'
  | 'pattern';

export type SinkHarm = Exclude<HarmName, 'sqlUnquoted'>;

/**
 * Only a part that comes from outside does harm: to run a pattern or an expression of the caller's may be what a routine is for. How
 * long a whole pattern may run is the matter of `regex-without-timeout`.
 */
export const harmlessWhole: ReadonlySet<SinkHarm> = new Set(['pattern', 'xpath']);

export interface InputSink {
  readonly type: string;
  readonly member: string;
  /** Arguments from 0; -1 is the object that the member is called on. */
  readonly arguments: readonly number[];
  readonly harm: SinkHarm;
  /** Only where the argument is of one of these types (short names); any where left out. */
  readonly given?: readonly string[];
}

type Row = readonly [type: string, members: readonly string[], at: readonly number[], given?: readonly string[]];

const text = ['String'];
const io = 'System.IO.';
const sqlClient = 'System.Data.SqlClient.';

const sql: readonly Row[] = [
  ['System.Data.Common.DbCommand', ['set_CommandText'], [0]],
  ['System.Data.IDbCommand', ['set_CommandText'], [0]],
  [`${sqlClient}SqlCommand`, ['.ctor', 'set_CommandText'], [0], text],
  [`${sqlClient}SqlDataAdapter`, ['.ctor'], [0], text],
  ['System.Data.Odbc.OdbcCommand', ['.ctor', 'set_CommandText'], [0], text],
  ['System.Data.Odbc.OdbcDataAdapter', ['.ctor'], [0], text],
  ['System.Data.OleDb.OleDbCommand', ['.ctor', 'set_CommandText'], [0], text],
  ['System.Data.OleDb.OleDbDataAdapter', ['.ctor'], [0], text],
];

const connection: readonly Row[] = [
  ['System.Data.Common.DbConnection', ['set_ConnectionString'], [0]],
  ['System.Data.IDbConnection', ['set_ConnectionString'], [0]],
  ['System.Data.Odbc.OdbcConnection', ['.ctor', 'set_ConnectionString'], [0], text],
  ['System.Data.OleDb.OleDbConnection', ['.ctor', 'set_ConnectionString'], [0], text],
  [`${sqlClient}SqlBulkCopy`, ['.ctor'], [0], text],
  [`${sqlClient}SqlConnection`, ['.ctor', 'set_ConnectionString'], [0], text],
  [`${sqlClient}SqlDataAdapter`, ['.ctor'], [1], text],
];

const oneFile = [
  'AppendAllLines',
  'AppendAllText',
  'AppendText',
  'Create',
  'CreateText',
  'Decrypt',
  'Delete',
  'Encrypt',
  'Exists',
  'GetAttributes',
  'GetCreationTime',
  'GetLastAccessTime',
  'GetLastWriteTime',
  'Open',
  'OpenRead',
  'OpenText',
  'OpenWrite',
  'ReadAllBytes',
  'ReadAllLines',
  'ReadAllText',
  'ReadLines',
  'SetAttributes',
  'SetCreationTime',
  'SetLastAccessTime',
  'SetLastWriteTime',
  'WriteAllBytes',
  'WriteAllLines',
  'WriteAllText',
];
const oneFolder = [
  'CreateDirectory',
  'Delete',
  'EnumerateDirectories',
  'EnumerateFiles',
  'EnumerateFileSystemEntries',
  'Exists',
  'GetCreationTime',
  'GetDirectories',
  'GetFiles',
  'GetFileSystemEntries',
  'GetLastWriteTime',
  'SetCurrentDirectory',
];

/** An object for a path touches nothing yet. */
const oneFileInfo = [
  'AppendText',
  'Create',
  'CreateText',
  'Decrypt',
  'Delete',
  'Encrypt',
  'get_Exists',
  'get_Length',
  'Open',
  'OpenRead',
  'OpenText',
  'OpenWrite',
];
const oneFolderInfo = [
  'Create',
  'Delete',
  'EnumerateDirectories',
  'EnumerateFiles',
  'EnumerateFileSystemInfos',
  'get_Exists',
  'GetDirectories',
  'GetFiles',
  'GetFileSystemInfos',
];

const path: readonly Row[] = [
  ['System.Data.DataSet', ['ReadXml', 'ReadXmlSchema', 'WriteXml', 'WriteXmlSchema'], [0], text],
  ['System.Data.DataTable', ['ReadXml', 'ReadXmlSchema', 'WriteXml', 'WriteXmlSchema'], [0], text],
  [`${io}Compression.ZipFile`, ['CreateFromDirectory', 'ExtractToDirectory'], [0, 1]],
  [`${io}Compression.ZipFile`, ['Open', 'OpenRead'], [0]],
  [`${io}Directory`, oneFolder, [0]],
  [`${io}Directory`, ['Move'], [0, 1]],
  [`${io}DirectoryInfo`, oneFolderInfo, [-1]],
  [`${io}DirectoryInfo`, ['CreateSubdirectory', 'MoveTo'], [0]],
  [`${io}File`, oneFile, [0]],
  [`${io}File`, ['Copy', 'Move', 'Replace'], [0, 1]],
  [`${io}FileInfo`, oneFileInfo, [-1]],
  [`${io}FileSystemInfo`, ['Delete', 'get_Exists'], [-1]],
  [`${io}FileInfo`, ['CopyTo', 'MoveTo', 'Replace'], [-1, 0]],
  [`${io}FileStream`, ['.ctor'], [0], text],
  [`${io}StreamReader`, ['.ctor'], [0], text],
  [`${io}StreamWriter`, ['.ctor'], [0], text],
  ['System.Drawing.Bitmap', ['.ctor'], [0], text],
  ['System.Drawing.Image', ['FromFile'], [0], text],
  ['System.Net.Mail.AlternateView', ['.ctor'], [0], text],
  ['System.Net.Mail.Attachment', ['.ctor'], [0], text],
  ['System.Net.Mail.LinkedResource', ['.ctor'], [0], text],
  ['System.Xml.Linq.XDocument', ['Load'], [0], text],
  ['System.Xml.Linq.XDocument', ['Save'], [0], text],
  ['System.Xml.Linq.XElement', ['Load'], [0], text],
  ['System.Xml.XmlDocument', ['Load', 'Save'], [0], text],
  ['System.Xml.XmlReader', ['Create'], [0], text],
  ['System.Xml.XmlTextReader', ['.ctor'], [0], text],
  ['System.Xml.XmlTextWriter', ['.ctor'], [0], text],
  ['System.Xml.XmlWriter', ['Create'], [0], text],
  ['System.Xml.Xsl.XslCompiledTransform', ['Load'], [0], text],
];

const downloads = ['DownloadData', 'DownloadFile', 'DownloadString', 'OpenRead', 'OpenWrite'];
const uploads = ['UploadData', 'UploadFile', 'UploadString', 'UploadValues'];
const sends = [
  'DeleteAsync',
  'GetAsync',
  'GetByteArrayAsync',
  'GetStreamAsync',
  'GetStringAsync',
  'PostAsync',
  'PutAsync',
];

const url: readonly Row[] = [
  ['System.Net.Dns', ['GetHostAddresses', 'GetHostByName', 'GetHostEntry', 'Resolve'], [0]],
  ['System.Net.Http.HttpClient', [...sends, 'set_BaseAddress'], [0]],
  ['System.Net.Http.HttpRequestMessage', ['.ctor'], [1]],
  ['System.Net.Http.HttpRequestMessage', ['set_RequestUri'], [0]],
  ['System.Net.Mail.SmtpClient', ['.ctor', 'set_Host'], [0]],
  ['System.Net.NetworkInformation.Ping', ['Send'], [0]],
  ['System.Net.Sockets.Socket', ['Connect'], [0]],
  ['System.Net.Sockets.TcpClient', ['.ctor', 'Connect'], [0]],
  ['System.Net.Sockets.UdpClient', ['.ctor', 'Connect'], [0]],
  ['System.Net.WebClient', [...downloads, ...uploads, 'set_BaseAddress'], [0]],
  ['System.Net.WebRequest', ['Create', 'CreateDefault', 'CreateHttp'], [0]],
  ['System.Web.Services.Protocols.WebClientProtocol', ['set_Url'], [0]],
];

const command: readonly Row[] = [
  ['Microsoft.VisualBasic.Interaction', ['Shell'], [0]],
  ['System.Diagnostics.Process', ['Start'], [0, 1], text],
  ['System.Diagnostics.ProcessStartInfo', ['.ctor'], [0, 1], text],
  ['System.Diagnostics.ProcessStartInfo', ['set_Arguments', 'set_FileName'], [0]],
  // Of a class of WMI that starts processes.
  ['System.Management.ManagementObject', ['InvokeMethod'], [1], ['Object[]']],
  ['System.Management.Automation.PowerShell', ['AddCommand', 'AddScript'], [0]],
  ['System.Management.Automation.Runspaces.CommandCollection', ['Add', 'AddScript'], [0], text],
  ['System.Management.Automation.Runspaces.Runspace', ['CreatePipeline'], [0]],
];

const ldap: readonly Row[] = [
  ['System.DirectoryServices.DirectoryEntry', ['.ctor', 'set_Path'], [0], text],
  ['System.DirectoryServices.DirectorySearcher', ['.ctor'], [0, 1], text],
  ['System.DirectoryServices.DirectorySearcher', ['set_Filter'], [0]],
  ['System.DirectoryServices.Protocols.SearchRequest', ['.ctor'], [1], text],
  ['System.DirectoryServices.Protocols.SearchRequest', ['set_Filter'], [0]],
];

const xpath: readonly Row[] = [
  ['System.Xml.XPath.Extensions', ['XPathEvaluate', 'XPathSelectElement', 'XPathSelectElements'], [1]],
  ['System.Xml.XPath.XPathExpression', ['Compile'], [0]],
  ['System.Xml.XPath.XPathNavigator', ['Compile', 'Evaluate', 'Matches', 'Select', 'SelectSingleNode'], [0], text],
  ['System.Xml.XmlNode', ['SelectNodes', 'SelectSingleNode'], [0]],
];

/** That create the objects the data names. */
const serialized: readonly Row[] = [
  ['System.Data.DataSet', ['ReadXml', 'ReadXmlSchema'], [0], ['Stream', 'TextReader', 'XmlReader']],
  ['System.Data.DataTable', ['ReadXml', 'ReadXmlSchema'], [0], ['Stream', 'TextReader', 'XmlReader']],
  ['System.Runtime.Serialization.Formatters.Binary.BinaryFormatter', ['Deserialize', 'UnsafeDeserialize'], [0]],
  ['System.Runtime.Serialization.Formatters.Soap.SoapFormatter', ['Deserialize'], [0]],
  ['System.Runtime.Serialization.IFormatter', ['Deserialize'], [0]],
  ['System.Runtime.Serialization.NetDataContractSerializer', ['Deserialize', 'ReadObject'], [0]],
  ['System.Web.Script.Serialization.JavaScriptSerializer', ['Deserialize', 'DeserializeObject'], [0]],
  ['System.Web.UI.LosFormatter', ['Deserialize'], [0]],
  ['System.Web.UI.ObjectStateFormatter', ['Deserialize'], [0]],
];

const type: readonly Row[] = [
  ['System.Activator', ['CreateInstance', 'CreateInstanceFrom'], [0, 1], text],
  ['System.AppDomain', ['CreateInstance', 'CreateInstanceAndUnwrap', 'CreateInstanceFrom'], [0, 1], text],
  ['System.AppDomain', ['Load'], [0], ['Byte[]', 'String']],
  ['System.CodeDom.Compiler.CodeDomProvider', ['CompileAssemblyFromSource'], [1]],
  ['System.Reflection.Assembly', ['CreateInstance', 'GetType', 'LoadWithPartialName'], [0], text],
  ['System.Reflection.Assembly', ['Load'], [0], ['Byte[]', 'String']],
  ['System.Reflection.Assembly', ['LoadFile', 'LoadFrom', 'UnsafeLoadFrom'], [0]],
  ['System.Type', ['GetType', 'GetTypeFromProgID', 'InvokeMember'], [0], text],
];

const matchers = ['IsMatch', 'Match', 'Matches', 'Replace', 'Split'];
const pattern: readonly Row[] = [
  ['System.Text.RegularExpressions.Regex', ['.ctor'], [0]],
  ['System.Text.RegularExpressions.Regex', matchers, [1]],
];

/** Through a reader that was set up to resolve what the document names; see `xml-resolvers.ts`. */
const xml: readonly Row[] = [
  ['System.Xml.XmlDocument', ['Load', 'LoadXml'], [0]],
  ['System.Xml.XmlReader', ['Create'], [0], ['Stream', 'TextReader', 'XmlReader']],
  ['System.Xml.XmlTextReader', ['.ctor'], [0], ['Stream', 'TextReader']],
  ['System.Xml.Xsl.XslCompiledTransform', ['Load'], [0]],
];

const tables: Readonly<Record<SinkHarm, readonly Row[]>> = {
  sql,
  connection,
  path,
  url,
  command,
  ldap,
  xpath,
  xml,
  serialized,
  type,
  pattern,
};

const isStaticOnly: ReadonlySet<string> = new Set(['pattern']);

const harms = Object.keys(tables) as readonly SinkHarm[];

export const inputSinks: readonly InputSink[] = harms.flatMap((harm) =>
  tables[harm].flatMap(([of, members, at, given]) =>
    members.map((member): InputSink => ({ type: of, member, arguments: at, harm, ...(given && { given }) })),
  ),
);

const byMember = new Map<string, InputSink[]>();
for (const sink of inputSinks) {
  const key = `${sink.type}::${sink.member}`;
  byMember.set(key, [...(byMember.get(key) ?? []), sink]);
}

/** Of an instance of Regex `Match` and its like are given no pattern. */
export function findInputSinks(of: string, member: string, isStatic: boolean): readonly InputSink[] {
  const found = byMember.get(`${frameworksOwn(of)}::${member}`) ?? [];
  return found.filter(({ harm, member: name }) => !isStaticOnly.has(harm) || isStatic || name === '.ctor');
}
