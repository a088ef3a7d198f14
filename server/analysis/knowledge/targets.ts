// The servers a script can be written for, and what of CLR integration each one has.
// Source: learn.microsoft.com "CLR strict security", "CREATE ASSEMBLY (Transact-SQL)", "CREATE CERTIFICATE (Transact-SQL)", "Assemblies (Database Engine)"; read 2026-11.

export type TargetName =
  | 'sql-server-2005'
  | 'sql-server-2008'
  | 'sql-server-2012'
  | 'sql-server-2014'
  | 'sql-server-2016'
  | 'sql-server-2017'
  | 'sql-server-2019'
  | 'sql-server-2022'
  | 'sql-server-2025'
  | 'sql-server-linux'
  | 'azure-sql-managed-instance'
  | 'azure-sql-database'
  | 'amazon-rds';

export interface Target {
  readonly name: TargetName;
  /** As a message names it. */
  readonly title: string;
  /** CLR integration for user assemblies at all. */
  readonly clr: boolean;
  /** What it answers to a user assembly where it takes none; left out where no number is documented. */
  readonly refusal?: number;
  /** `clr strict security` and trusted assemblies exist. */
  readonly strictSecurity: boolean;
  /** FillRow methods and iterators may read data ("Semantic (possibly breaking) change in SQLCLR TVFs", sqlskills.com, 2008). */
  readonly readsInFillRow?: true;
  /** CREATE CERTIFICATE knows no FROM BINARY. */
  readonly certificatesFromFilesOnly?: true;
  /** sp_addalias is there ("Discontinued Database Engine functionality in SQL Server 2012"). */
  readonly hasAliases?: true;
  /** It runs on Linux, and its paths are those of Linux. */
  readonly onLinux?: true;
  /** It keeps server options to itself (`server-options.ts`). */
  readonly keepsOptions?: true;
  /** FROM a file path works; else binary form only. */
  readonly fromFile: boolean;
  /** EXTERNAL_ACCESS and UNSAFE exist. */
  readonly aboveSafe: boolean;
  /** The metadata versions its CLR loads start with one of these. */
  readonly runtimes: readonly string[];
}

const beforeStrictSecurity = {
  clr: true,
  strictSecurity: false,
  fromFile: true,
  aboveSafe: true,
  runtimes: ['v2.', 'v4.'],
};
const withStrictSecurity = { ...beforeStrictSecurity, strictSecurity: true };

export const targets: readonly Target[] = [
  {
    name: 'sql-server-2005',
    title: 'SQL Server 2005',
    clr: true,
    hasAliases: true,
    readsInFillRow: true,
    certificatesFromFilesOnly: true,
    strictSecurity: false,
    fromFile: true,
    aboveSafe: true,
    runtimes: ['v2.'],
  },
  {
    name: 'sql-server-2008',
    title: 'SQL Server 2008',
    clr: true,
    hasAliases: true,
    certificatesFromFilesOnly: true,
    strictSecurity: false,
    fromFile: true,
    aboveSafe: true,
    runtimes: ['v2.'],
  },
  {
    name: 'sql-server-2012',
    title: 'SQL Server 2012',
    ...beforeStrictSecurity,
  },
  {
    name: 'sql-server-2014',
    title: 'SQL Server 2014',
    ...beforeStrictSecurity,
  },
  {
    name: 'sql-server-2016',
    title: 'SQL Server 2016',
    ...beforeStrictSecurity,
  },
  {
    name: 'sql-server-2017',
    title: 'SQL Server 2017',
    ...withStrictSecurity,
  },
  {
    name: 'sql-server-2019',
    title: 'SQL Server 2019',
    ...withStrictSecurity,
  },
  {
    name: 'sql-server-2022',
    title: 'SQL Server 2022',
    ...withStrictSecurity,
  },
  {
    name: 'sql-server-2025',
    title: 'SQL Server 2025',
    ...withStrictSecurity,
  },
  {
    name: 'sql-server-linux',
    title: 'SQL Server on Linux',
    clr: true,
    onLinux: true,
    strictSecurity: true,
    fromFile: true,
    aboveSafe: false,
    runtimes: ['v2.', 'v4.'],
  },
  {
    name: 'azure-sql-managed-instance',
    title: 'Azure SQL Managed Instance',
    clr: true,
    keepsOptions: true,
    strictSecurity: true,
    fromFile: false,
    aboveSafe: true,
    runtimes: ['v2.', 'v4.'],
  },
  {
    name: 'azure-sql-database',
    title: 'Azure SQL Database',
    clr: false,
    refusal: 10341,
    strictSecurity: false,
    fromFile: false,
    aboveSafe: false,
    runtimes: [],
  },
  {
    name: 'amazon-rds',
    title: 'Amazon RDS for SQL Server',
    clr: false,
    strictSecurity: false,
    fromFile: false,
    aboveSafe: false,
    runtimes: [],
  },
];

export function findTarget(name: string): Target | undefined {
  return targets.find((target) => target.name === name);
}
