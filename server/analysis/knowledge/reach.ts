// What code that has a permission can reach, in words fit to be read in an editor.
// Source: learn.microsoft.com "CLR integration code access security", .NET Framework 4.8 API reference (System.Security.Permissions,
// HostProtectionResource); read 2026-11.

type Row = readonly [permission: string, what: string];

/** Beginnings of the clauses of a reason, as the table of API permissions writes them. */
const rows: readonly Row[] = [
  ['FileIOPermission', 'files'],
  ['IsolatedStorageFilePermission', 'files'],
  ['WebPermission', 'the network'],
  ['SocketPermission', 'the network'],
  ['DnsPermission', 'the network'],
  ['SmtpPermission', 'the network'],
  ['NetworkInformationPermission', 'the network'],
  ['SqlClientPermission', 'other databases'],
  ['OdbcPermission', 'other databases'],
  ['OleDbPermission', 'other databases'],
  ['OraclePermission', 'other databases'],
  ['DistributedTransactionPermission', 'other databases'],
  ['RegistryPermission', 'the registry'],
  ['EnvironmentPermission', 'environment variables'],
  ['EventLogPermission', 'event logs'],
  ['KeyContainerPermission', 'keys and certificates'],
  ['StorePermission', 'keys and certificates'],
  ['DataProtectionPermission', 'keys and certificates'],
  ['SecurityPermission(ControlPrincipal', 'the identity it runs under'],
  ['SecurityPermission(UnmanagedCode', 'native code'],
  ['ReflectionPermission', 'members that are not public'],
  ['HPA ExternalProcessMgmt', 'processes'],
  ['HPA SelfAffectingProcessMgmt', 'processes'],
  ['HPA ExternalThreading', 'threads'],
  ['HPA SelfAffectingThreading', 'threads'],
  ['HPA Synchronization', 'locks'],
  ['HPA SharedState', 'state of the whole process'],
  ['HPA UI', 'the desktop'],
];

/** What a reason of the table of API permissions lets reach, in its order; empty where it is none of these. */
export function reachOf(reason: string): readonly string[] {
  const clauses = reason.split(/;| \/ |, (?=[A-Z]\w*Permission)/).map((clause) => clause.trim());
  return [
    ...new Set(
      clauses.flatMap((clause) => rows.filter(([permission]) => clause.startsWith(permission)).map(([, what]) => what)),
    ),
  ];
}
