// Places on a server that hold secrets of the system, as code names them in strings.
// Sources: learn.microsoft.com "Registry Hives", "sys.sql_logins", "sys.credentials", "Security log"; MITRE ATT&CK T1003; read 2026-11.
import { frameworksOwn } from './sql-clients.js';

export interface SensitivePlace {
  readonly kind: 'registry' | 'file' | 'event log' | 'sql';
  /** All of them, on the string as it stands in the code; no pattern repeats a group. */
  readonly patterns: readonly RegExp[];
  /** A hive: a key of that name inside another key is another one. */
  readonly isHive?: boolean;
  readonly what: string;
}

export const sensitivePlaces: readonly SensitivePlace[] = [
  { kind: 'registry', patterns: [/^SAM(?:\\|$)/i], isHive: true, what: 'the account database in the registry' },
  {
    kind: 'registry',
    patterns: [/^SECURITY(?:\\|$)/i],
    isHive: true,
    what: 'the secrets of the system in the registry',
  },
  { kind: 'registry', patterns: [/\\Control\\Lsa(?:\\|$)/i], what: 'the settings of the security authority' },
  { kind: 'registry', patterns: [/\\Winlogon(?:\\|$)/i], what: 'the settings of the logon, which can hold a password' },
  { kind: 'file', patterns: [/\\config\\(?:SAM|SECURITY|SYSTEM)$/i], what: 'a hive of the registry as a file' },
  { kind: 'file', patterns: [/\\ntds\.dit$/i], what: 'the database of Active Directory' },
  { kind: 'event log', patterns: [/^Security$/i], what: 'the security log' },
  { kind: 'sql', patterns: [/\bpassword_hash\b/i, /\bsql_logins\b/i], what: 'password hashes of logins' },
  { kind: 'sql', patterns: [/\bLOGINPROPERTY\b/i, /\bPasswordHash\b/i], what: 'password hashes of logins' },
  { kind: 'sql', patterns: [/\bpassword\b/i, /\bsyslogins\b/i], what: 'password hashes of logins' },
  { kind: 'sql', patterns: [/\bsysxlogins\b/i], what: 'password hashes of logins' },
  {
    kind: 'sql',
    patterns: [/\bsys\s*\.\s*(?:syslnklgns|sysxlgns)\b/i],
    what: 'stored passwords of logins and linked servers',
  },
  {
    kind: 'sql',
    patterns: [/\bxp_(?:instance_)?reg(?:read|enumvalues|enumkeys)\b/i, /'(?:SAM|SECURITY)(?:\\|')/i],
    what: 'the account database or the secrets of the system in the registry',
  },
];

/** Members that take such a string, as which argument, and the kinds of place they lead to. */
export const placeOpeners: readonly (readonly [
  type: string,
  member: string,
  argument: number,
  kind: SensitivePlace['kind'],
])[] = [
  ['Microsoft.Win32.Registry', 'GetValue', 0, 'registry'],
  ['Microsoft.Win32.RegistryKey', 'OpenSubKey', 0, 'registry'],
  ['System.Data.Common.DbCommand', 'set_CommandText', 0, 'sql'],
  ['System.Data.IDbCommand', 'set_CommandText', 0, 'sql'],
  ['System.Data.SqlClient.SqlCommand', '.ctor', 0, 'sql'],
  ['System.Data.SqlClient.SqlCommand', 'set_CommandText', 0, 'sql'],
  ['System.Data.SqlClient.SqlDataAdapter', '.ctor', 0, 'sql'],
  ['System.Diagnostics.EventLog', '.ctor', 0, 'event log'],
  ['System.Diagnostics.EventLog', 'set_Log', 0, 'event log'],
  ['System.Diagnostics.Eventing.Reader.EventLogQuery', '.ctor', 0, 'event log'],
  ['System.Diagnostics.Eventing.Reader.EventLogReader', '.ctor', 0, 'event log'],
  ['System.IO.File', 'Copy', 0, 'file'],
  ['System.IO.File', 'Open', 0, 'file'],
  ['System.IO.File', 'OpenRead', 0, 'file'],
  ['System.IO.File', 'ReadAllBytes', 0, 'file'],
  ['System.IO.FileInfo', '.ctor', 0, 'file'],
  ['System.IO.FileStream', '.ctor', 0, 'file'],
];

export interface PlaceOpener {
  readonly argument: number;
  readonly kind: SensitivePlace['kind'];
}

export function findPlaceOpener(type: string, member: string): PlaceOpener | undefined {
  const row = placeOpeners.find(([owner, name]) => owner === frameworksOwn(type) && name === member);
  return row && { argument: row[2], kind: row[3] };
}

const machine = /^HKEY_LOCAL_MACHINE\\/i;

/** What a string leads to; `isRoot`: it is not looked for inside of another place. */
export function findSensitivePlace(
  kind: SensitivePlace['kind'],
  text: string,
  isRoot: boolean,
): SensitivePlace | undefined {
  const path = kind === 'registry' ? text.replace(machine, '') : text;
  return sensitivePlaces.find(
    (place) =>
      place.kind === kind && (isRoot || !place.isHive) && place.patterns.every((pattern) => pattern.test(path)),
  );
}
