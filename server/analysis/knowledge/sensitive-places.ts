// Places on a server that hold secrets of the system, as code names them in strings.
// Sources: learn.microsoft.com "Registry Hives", "sys.sql_logins", "sys.credentials", "Security log"; MITRE ATT&CK T1003; read 2026-11.

export interface SensitivePlace {
  readonly kind: 'registry' | 'file' | 'event log' | 'sql';
  /** On the string as it stands in the code; no pattern repeats a group. */
  readonly pattern: RegExp;
  readonly what: string;
}

export const sensitivePlaces: readonly SensitivePlace[] = [
  { kind: 'registry', pattern: /^(?:HKEY_LOCAL_MACHINE\\)?SAM(?:\\|$)/i, what: 'the account database in the registry' },
  {
    kind: 'registry',
    pattern: /^(?:HKEY_LOCAL_MACHINE\\)?SECURITY(?:\\|$)/i,
    what: 'the secrets of the system in the registry',
  },
  { kind: 'registry', pattern: /\\Control\\Lsa(?:\\|$)/i, what: 'the settings of the security authority' },
  { kind: 'registry', pattern: /\\Winlogon(?:\\|$)/i, what: 'the settings of the logon, which can hold a password' },
  { kind: 'file', pattern: /\\config\\(?:SAM|SECURITY|SYSTEM)$/i, what: 'a hive of the registry as a file' },
  { kind: 'file', pattern: /\\ntds\.dit$/i, what: 'the database of Active Directory' },
  { kind: 'event log', pattern: /^Security$/i, what: 'the security log' },
  { kind: 'sql', pattern: /\bpassword_hash\b/i, what: 'password hashes of logins' },
  { kind: 'sql', pattern: /\bsysxlogins\b/i, what: 'password hashes of logins' },
  {
    kind: 'sql',
    pattern: /\bsys\s*\.\s*(?:syslnklgns|sysxlgns)\b/i,
    what: 'stored passwords of logins and linked servers',
  },
  { kind: 'sql', pattern: /\bxp_(?:instance_)?reg(?:read|write|enumvalues)\b/i, what: 'the registry, through T-SQL' },
];

/** Members that take such a string: the kinds of place they lead to. */
const openers: readonly (readonly [type: string, member: string, kind: SensitivePlace['kind']])[] = [
  ['Microsoft.Win32.RegistryKey', 'OpenSubKey', 'registry'],
  ['Microsoft.Win32.Registry', 'GetValue', 'registry'],
  ['System.Diagnostics.EventLog', '.ctor', 'event log'],
  ['System.Diagnostics.EventLog', 'set_Log', 'event log'],
  ['System.Data.SqlClient.SqlCommand', '.ctor', 'sql'],
  ['System.Data.Common.DbCommand', 'set_CommandText', 'sql'],
  ['System.Data.IDbCommand', 'set_CommandText', 'sql'],
  ['System.Data.SqlClient.SqlDataAdapter', '.ctor', 'sql'],
];

const files: ReadonlySet<string> = new Set([
  'System.IO.File',
  'System.IO.FileInfo',
  'System.IO.FileStream',
  'System.IO.StreamReader',
]);

/** What a string leads to when it is handed to a member. */
export function findSensitivePlace(type: string, member: string, text: string): SensitivePlace | undefined {
  const kind = files.has(type) ? 'file' : openers.find((row) => row[0] === type && row[1] === member)?.[2];
  return kind && sensitivePlaces.find((place) => place.kind === kind && place.pattern.test(text));
}
