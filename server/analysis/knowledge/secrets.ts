// Where code hands a secret over, and what is none: the arguments that hold passwords.
// Source: .NET Framework 4.8 API reference; Windows API reference (winbase.h); read 2026-11.

/** `password`: the argument is one; `connection string`: it may hold one. */
export interface SecretArgument {
  readonly type: string;
  readonly member: string;
  readonly argument: number;
  readonly holds: 'password' | 'connection string';
}

type Row = readonly [type: string, member: string, argument: number, holds: SecretArgument['holds']];

const rows: readonly Row[] = [
  ['System.Data.Common.DbConnection', 'set_ConnectionString', 0, 'connection string'],
  ['System.Data.IDbConnection', 'set_ConnectionString', 0, 'connection string'],
  ['System.Data.Odbc.OdbcConnection', '.ctor', 0, 'connection string'],
  ['System.Data.OleDb.OleDbConnection', '.ctor', 0, 'connection string'],
  ['System.Data.SqlClient.SqlConnection', '.ctor', 0, 'connection string'],
  ['System.Data.SqlClient.SqlConnection', 'set_ConnectionString', 0, 'connection string'],
  ['System.Data.SqlClient.SqlConnectionStringBuilder', '.ctor', 0, 'connection string'],
  ['System.Data.SqlClient.SqlConnectionStringBuilder', 'set_Password', 0, 'password'],
  ['System.Data.SqlClient.SqlDataAdapter', '.ctor', 1, 'connection string'],
  ['System.DirectoryServices.DirectoryEntry', '.ctor', 2, 'password'],
  ['System.DirectoryServices.DirectoryEntry', 'set_Password', 0, 'password'],
  ['System.Net.NetworkCredential', '.ctor', 1, 'password'],
  ['System.Net.NetworkCredential', 'set_Password', 0, 'password'],
  ['System.Security.Cryptography.PasswordDeriveBytes', '.ctor', 0, 'password'],
  ['System.Security.Cryptography.Rfc2898DeriveBytes', '.ctor', 0, 'password'],
];

const byMember = new Map(
  rows.map(([type, member, argument, holds]): [string, SecretArgument] => [
    `${type}::${member}`,
    { type, member, argument, holds },
  ]),
);

export function findSecretArgument(type: string, member: string): SecretArgument | undefined {
  return byMember.get(`${type}::${member}`);
}

/** Empty, a row of stars, or what a template will fill in: `{0}`, `<password>`, `$(Password)`, `%PASSWORD%`. */
export function isPlaceholder(secret: string): boolean {
  return /^\s*$|^[*.xX?]+$|^[{<[].*[}>\]]$|^\$\(.*\)$|^%.*%$|^#.*#$/.test(secret);
}

/** The password in a connection string; undefined where there is none. */
export function passwordIn(connectionString: string): string | undefined {
  for (const part of connectionString.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && /^\s*(?:password|pwd)\s*$/i.test(part.slice(0, at))) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** Whether a connection string takes any certificate the server shows. */
export function trustsAnyCertificate(connectionString: string): boolean {
  return connectionString
    .split(';')
    .some((part) => /^\s*trust\s*server\s*certificate\s*=\s*(?:true|yes)\s*$/i.test(part));
}
