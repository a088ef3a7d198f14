// What published baselines ask of CLR integration, and what in a project is against it. Numbers are those that the sources print;
// which findings are against which number is our judgement.
// Sources: tenable.com "Audits" (CIS Microsoft SQL Server benchmarks, DISA STIGs, with their item pages); MicrosoftDocs/sql-docs
// "SQL vulnerability assessment rules"; microsoft/sql-server-samples "sql-assessment-api/ruleset.json"; read 2026-11.

export interface Baseline {
  readonly id: string;
  readonly by: 'CIS' | 'DISA STIG' | 'Vulnerability Assessment' | 'SQL Assessment API';
  readonly asks: string;
  /** Of the benchmark, or of the product it is for. */
  readonly editions: string;
  /** A finding of one of these is against it. */
  readonly rules: readonly string[];
  /** An assembly that scripts create is against it: each, or one above SAFE. */
  readonly assemblies?: 'any' | 'above SAFE';
}

const trustworthy = ['trustworthy-database', 'trustworthy-privileged-owner'];

export const baselines: readonly Baseline[] = [
  {
    id: 'CIS 2.2',
    by: 'CIS',
    asks: "'clr enabled' is 0; 1 where only SAFE assemblies exist",
    editions: '2008 R2 v1.7.0, 2012 v1.6.0, 2019 v1.2.0',
    rules: ['clr-enabled'],
  },
  {
    id: 'CIS 2.9',
    by: 'CIS',
    asks: 'TRUSTWORTHY is OFF in every database but msdb',
    editions: '2019 v1.3.0 and v1.4.0, 2022 v1.0.0',
    rules: trustworthy,
  },
  {
    id: 'CIS 2.17',
    by: 'CIS',
    asks: "'clr strict security' is 1",
    editions: '2019 v1.2.0 and v1.4.0, 2022 v1.1.0',
    rules: ['clr-strict-security-disabled'],
  },
  {
    id: 'CIS 2.18',
    by: 'CIS',
    asks: "'clr strict security' is 1",
    editions: '2017 v1.3.0',
    rules: ['clr-strict-security-disabled'],
  },
  {
    id: 'CIS 6.2',
    by: 'CIS',
    asks: 'user assemblies have the permission set SAFE',
    editions: '2014 v1.5.0, 2016 v1.3.0 and v1.4.0, 2017 v1.3.0',
    rules: ['raised-permission-set'],
    assemblies: 'above SAFE',
  },
  {
    id: 'SQL2-00-015610',
    by: 'DISA STIG',
    asks: 'TRUSTWORTHY is OFF in a database that sa or another administrator of the instance owns',
    editions: 'SQL Server 2012 database',
    rules: ['trustworthy-privileged-owner'],
  },
  {
    id: 'SQL2-00-015620',
    by: 'DISA STIG',
    asks: 'TRUSTWORTHY is OFF unless it is required and authorized',
    editions: 'SQL Server 2012 database',
    rules: trustworthy,
  },
  {
    id: 'SQL6-D0-007300',
    by: 'DISA STIG',
    asks: 'access to CLR code is disabled or restricted, unless it is required and approved',
    editions: 'SQL Server 2016 instance',
    rules: ['clr-enabled', 'routine-granted-to-public'],
    assemblies: 'any',
  },
  {
    id: 'SQLI-22-007300',
    by: 'DISA STIG',
    asks: 'access to CLR code is disabled or restricted, unless it is required and approved',
    editions: 'SQL Server 2022 instance (V-271301)',
    rules: ['clr-enabled', 'routine-granted-to-public'],
    assemblies: 'any',
  },
  {
    id: 'VA1068',
    by: 'Vulnerability Assessment',
    asks: 'server permissions are not granted directly to principals',
    editions: 'SQL Server 2012 and later',
    rules: ['assembly-permission-granted-broadly'],
  },
  {
    id: 'VA1102',
    by: 'Vulnerability Assessment',
    asks: 'TRUSTWORTHY is OFF in every database but msdb',
    editions: 'SQL Server 2012 and later, SQL Managed Instance',
    rules: trustworthy,
  },
  {
    id: 'VA1256',
    by: 'Vulnerability Assessment',
    asks: 'there are no user assemblies in the database',
    editions: 'SQL Server 2012 and later, SQL Managed Instance',
    rules: [],
    assemblies: 'any',
  },
  {
    id: 'ClrEnabled',
    by: 'SQL Assessment API',
    asks: "'clr enabled' has its default",
    editions: 'SQL Server 2012 and later, SQL Managed Instance',
    rules: ['clr-enabled'],
  },
  {
    id: 'TrustWorthy',
    by: 'SQL Assessment API',
    asks: 'TRUSTWORTHY is OFF in every database but master, msdb and tempdb',
    editions: 'SQL Server 2012 and later',
    rules: trustworthy,
  },
];

/** Of a finding of a rule. */
export function baselinesOf(rule: string): readonly Baseline[] {
  return baselines.filter((baseline) => rulesAgainst(baseline).includes(rule));
}

/** That an assembly is there at all is no finding. */
const aboveSafe = ['external-access-permission-set', 'unsafe-permission-set'];

/** The rules whose findings are against it, those about the assemblies that it would not have among them. */
export function rulesAgainst({ rules, assemblies }: Baseline): readonly string[] {
  return assemblies ? [...rules, ...aboveSafe] : rules;
}

/** Whose it is, its number and its editions. */
export function titleOf({ id, by, editions }: Baseline): string {
  return `${id.startsWith(by) ? '' : `${by} `}${id} (${editions})`;
}
