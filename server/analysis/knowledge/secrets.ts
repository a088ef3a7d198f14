// Where code hands a secret over, and what is none: the arguments that hold passwords, keys and tokens.
// Sources: .NET Framework 4.8 API reference; CA5390 and CA5403 of the .NET code quality rules; learn.microsoft.com "CREATE LOGIN",
// "OPEN SYMMETRIC KEY", "sp_addlinkedsrvlogin"; CWE-798; read 2026-11.
import { connectionStringArguments } from './context-connection.js';
import { frameworksOwn } from './sql-clients.js';

/**
 * `password` and `key`: the argument is one; `connection string`: it may have a password; `token`: what a header
 * or a scheme carries.
 */
export interface SecretArgument {
  readonly argument: number;
  readonly holds: 'password' | 'connection string' | 'key' | 'token';
  /** The argument before names what it is, and only of some names it is a secret. */
  readonly isNamed?: true;
}

type Row = readonly [type: string, member: string, argument: number, holds: SecretArgument['holds'], isNamed?: true];

const keyOf = ([type, member]: Row): string => `${type} ${member}`;

const rows: readonly Row[] = [
  ...connectionStringArguments.flatMap(([type, member, argument, holds]): readonly Row[] =>
    holds === 'connection string' ? [[type, member, argument, holds]] : [],
  ),
  ['System.Collections.Specialized.NameValueCollection', 'Add', 1, 'token', true],
  ['System.Collections.Specialized.NameValueCollection', 'Set', 1, 'token', true],
  ['System.Collections.Specialized.NameValueCollection', 'set_Item', 1, 'token', true],
  ['System.Data.Common.DbConnectionStringBuilder', 'set_ConnectionString', 0, 'connection string'],
  ['System.Data.Common.DbConnectionStringBuilder', 'set_Item', 1, 'password', true],
  ['System.Data.SqlClient.SqlConnectionStringBuilder', '.ctor', 0, 'connection string'],
  ['System.Data.SqlClient.SqlConnectionStringBuilder', 'set_Item', 1, 'password', true],
  ['System.Data.SqlClient.SqlConnectionStringBuilder', 'set_Password', 0, 'password'],
  ['System.DirectoryServices.DirectoryEntry', '.ctor', 2, 'password'],
  ['System.DirectoryServices.DirectoryEntry', 'set_Password', 0, 'password'],
  ['System.Management.ConnectionOptions', 'set_Password', 0, 'password'],
  ['System.Net.Http.Headers.AuthenticationHeaderValue', '.ctor', 1, 'token'],
  ['System.Net.Http.Headers.HttpHeaders', 'Add', 1, 'token', true],
  ['System.Net.NetworkCredential', '.ctor', 1, 'password'],
  ['System.Net.NetworkCredential', 'set_Password', 0, 'password'],
  ['System.Net.WebHeaderCollection', 'Add', 1, 'token', true],
  ['System.Net.WebHeaderCollection', 'Set', 1, 'token', true],
  ['System.Net.WebHeaderCollection', 'set_Item', 1, 'token', true],
  ['System.Security.Cryptography.HMACSHA1', '.ctor', 0, 'key'],
  ['System.Security.Cryptography.HMACSHA256', '.ctor', 0, 'key'],
  ['System.Security.Cryptography.HMACSHA384', '.ctor', 0, 'key'],
  ['System.Security.Cryptography.HMACSHA512', '.ctor', 0, 'key'],
  ['System.Security.Cryptography.PasswordDeriveBytes', '.ctor', 0, 'password'],
  ['System.Security.Cryptography.Rfc2898DeriveBytes', '.ctor', 0, 'password'],
  ['System.Security.Cryptography.SymmetricAlgorithm', 'CreateDecryptor', 0, 'key'],
  ['System.Security.Cryptography.SymmetricAlgorithm', 'CreateEncryptor', 0, 'key'],
  ['System.Security.Cryptography.SymmetricAlgorithm', 'set_Key', 0, 'key'],
  ['System.Security.Cryptography.X509Certificates.X509Certificate', '.ctor', 1, 'password'],
  ['System.Security.Cryptography.X509Certificates.X509Certificate', 'Import', 1, 'password'],
  ['System.Security.Cryptography.X509Certificates.X509Certificate2', '.ctor', 1, 'password'],
];

/** By type and member. */
export const secretArguments: readonly Row[] = [...rows].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));

const byMember = new Map(
  secretArguments.map(([type, member, argument, holds, isNamed]): [string, SecretArgument] => [
    `${type}::${member}`,
    { argument, holds, ...(isNamed && { isNamed }) },
  ]),
);

export function findSecretArgument(type: string, member: string): SecretArgument | undefined {
  return byMember.get(`${frameworksOwn(type)}::${member}`);
}

/** Headers of HTTP, and keywords of connection strings, whose value is a secret. HttpRequestHeader.Authorization is 24. */
const secretNames: ReadonlySet<string | number> = new Set([
  24,
  'api-key',
  'apikey',
  'authorization',
  'ocp-apim-subscription-key',
  'password',
  'proxy-authorization',
  'pwd',
  'x-api-key',
  'x-auth-token',
  'x-functions-key',
]);

export function isSecretName(name: string | number): boolean {
  return secretNames.has(typeof name === 'string' ? name.toLowerCase() : name);
}

/** Empty, a row of stars, or what a template will fill in: `{0}`, `<password>`, `$(Password)`, `%PASSWORD%`. */
export function isPlaceholder(secret: string): boolean {
  return /^\s*$|^[*.xX?]+$|^[{<[].*[}>\]]$|^\$\(.*\)$|^%.*%$|^#.*#$/.test(secret);
}

/** The password in a connection string; undefined where there is none. */
export function passwordIn(connectionString: string): string | undefined {
  for (const part of connectionString.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && /^\s*(?:jet oledb:database )?(?:password|pwd)\s*$/i.test(part.slice(0, at)))
      return part
        .slice(at + 1)
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2');
  }
  return undefined;
}

/** The password in a statement: `WITH PASSWORD = '…'`, `BY PASSWORD = '…'`, `@rmtpassword = '…'`. */
export function passwordInSql(sql: string): string | undefined {
  return /(?:\b(?:WITH|BY)\s+PASSWORD|@(?:rmt)?password)\s*=\s*N?'([^']*)'/i.exec(sql)?.[1];
}

/** What follows the scheme of an Authorization header; all of it where there is none. */
export function tokenIn(header: string): string {
  return header.replace(/^(?:Basic|Bearer|Token|ApiKey|SharedAccessSignature)(?:\s+|$)/i, '');
}

/** Whether a connection string takes any certificate the server shows. */
export function trustsAnyCertificate(connectionString: string): boolean {
  return connectionString
    .split(';')
    .some((part) => /^\s*trust\s*server\s*certificate\s*=\s*(?:true|yes)\s*$/i.test(part));
}
