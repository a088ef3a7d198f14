// Pages of Microsoft's that rule pages, hovers and explanations refer to, by title. A page that moves is changed here and, by its title,
// in docs/rules.
// Source: learn.microsoft.com, each by its own address; read 2026-11.

export interface Reference {
  readonly title: string;
  /** Behind https://learn.microsoft.com/. */
  readonly path: string;
}

export const references = [
  { title: 'ADD SIGNATURE', path: 'sql/t-sql/statements/add-signature-transact-sql' },
  { title: 'ALTER ASSEMBLY', path: 'sql/t-sql/statements/alter-assembly-transact-sql' },
  { title: 'ALTER AUTHORIZATION', path: 'sql/t-sql/statements/alter-authorization-transact-sql' },
  {
    title: 'Access the current transaction',
    path: 'sql/relational-databases/clr-integration-data-access-transactions/accessing-the-current-transaction',
  },
  { title: 'Allowing Partially Trusted Callers', path: 'previous-versions/sql/sql-server-2008/ms345097(v=sql.100)' },
  {
    title: 'Application Domains and CLR Integration Security',
    path: 'previous-versions/sql/sql-server-2008-r2/ms345100(v=sql.105)',
  },
  { title: 'Best practices for regular expressions in .NET', path: 'dotnet/standard/base-types/best-practices-regex' },
  {
    title: 'CA1031: Do not catch general exception types',
    path: 'dotnet/fundamentals/code-analysis/quality-rules/ca1031',
  },
  {
    title: 'CA3003: Review code for file path injection vulnerabilities',
    path: 'dotnet/fundamentals/code-analysis/quality-rules/ca3003',
  },
  {
    title: 'CA3004: Review code for information disclosure vulnerabilities',
    path: 'dotnet/fundamentals/code-analysis/quality-rules/ca3004',
  },
  {
    title: 'CA3005: Review code for LDAP injection vulnerabilities',
    path: 'dotnet/fundamentals/code-analysis/quality-rules/ca3005',
  },
  {
    title: 'CA3006: Review code for process command injection vulnerabilities',
    path: 'dotnet/fundamentals/code-analysis/quality-rules/ca3006',
  },
  {
    title: 'CA3008: Review code for XPath injection vulnerabilities',
    path: 'dotnet/fundamentals/code-analysis/quality-rules/ca3008',
  },
  {
    title: 'CA3012: Review code for regex injection vulnerabilities',
    path: 'dotnet/fundamentals/code-analysis/quality-rules/ca3012',
  },
  { title: 'CA3075: Insecure DTD processing', path: 'dotnet/fundamentals/code-analysis/quality-rules/ca3075' },
  {
    title: 'CA5351: Do not use broken cryptographic algorithms',
    path: 'dotnet/fundamentals/code-analysis/quality-rules/ca5351',
  },
  {
    title: 'CA5359: Do not disable certificate validation',
    path: 'dotnet/fundamentals/code-analysis/quality-rules/ca5359',
  },
  {
    title: 'CLR hosted environment',
    path: 'sql/relational-databases/clr-integration/clr-integration-architecture-clr-hosted-environment',
  },
  {
    title: 'CLR integration and transactions',
    path: 'sql/relational-databases/clr-integration-data-access-transactions/clr-integration-and-transactions',
  },
  {
    title: 'CLR integration code access security',
    path: 'sql/relational-databases/clr-integration/security/clr-integration-code-access-security',
  },
  { title: 'CLR integration overview', path: 'sql/relational-databases/clr-integration/clr-integration-overview' },
  {
    title: 'CLR integration programming model restrictions',
    path: 'sql/relational-databases/clr-integration/database-objects/clr-integration-programming-model-restrictions',
  },
  {
    title: 'CLR integration security',
    path: 'sql/relational-databases/clr-integration/security/clr-integration-security',
  },
  { title: 'CLR strict security', path: 'sql/database-engine/configure-windows/clr-strict-security' },
  { title: 'CREATE AGGREGATE', path: 'sql/t-sql/statements/create-aggregate-transact-sql' },
  { title: 'CREATE ASSEMBLY', path: 'sql/t-sql/statements/create-assembly-transact-sql' },
  { title: 'CREATE ASYMMETRIC KEY', path: 'sql/t-sql/statements/create-asymmetric-key-transact-sql' },
  { title: 'CREATE CERTIFICATE', path: 'sql/t-sql/statements/create-certificate-transact-sql' },
  { title: 'CREATE FUNCTION', path: 'sql/t-sql/statements/create-function-transact-sql' },
  { title: 'CREATE LOGIN', path: 'sql/t-sql/statements/create-login-transact-sql' },
  { title: 'CREATE PROCEDURE', path: 'sql/t-sql/statements/create-procedure-transact-sql' },
  { title: 'CREATE TRIGGER', path: 'sql/t-sql/statements/create-trigger-transact-sql' },
  { title: 'CREATE TYPE', path: 'sql/t-sql/statements/create-type-transact-sql' },
  { title: 'Connection string builders', path: 'dotnet/framework/data/adonet/connection-string-builders' },
  { title: 'Context connection', path: 'sql/relational-databases/clr-integration/data-access/context-connection' },
  { title: 'Create an assembly', path: 'sql/relational-databases/clr-integration/assemblies/creating-an-assembly' },
  {
    title: 'Custom attributes for CLR routines',
    path: 'sql/relational-databases/clr-integration/database-objects/clr-integration-custom-attributes-for-clr-routines',
  },
  { title: 'DROP ASSEMBLY', path: 'sql/t-sql/statements/drop-assembly-transact-sql' },
  {
    title: 'Deserialization risks in use of BinaryFormatter and related types',
    path: 'dotnet/standard/serialization/binaryformatter-security-guide',
  },
  { title: 'Designing assemblies', path: 'sql/relational-databases/clr-integration/assemblies-designing' },
  { title: 'EXECUTE AS clause', path: 'sql/t-sql/statements/execute-as-clause-transact-sql' },
  { title: 'Enable CLR integration', path: 'sql/relational-databases/clr-integration/clr-integration-enabling' },
  { title: 'GRANT assembly permissions', path: 'sql/t-sql/statements/grant-assembly-permissions-transact-sql' },
  {
    title: 'Host protection attributes and CLR integration programming',
    path: 'sql/relational-databases/clr-integration-security-host-protection-attributes/host-protection-attributes-and-clr-integration-programming',
  },
  {
    title: 'Impersonation and CLR Integration Security',
    path: 'previous-versions/sql/sql-server-2005/ms345105(v=sql.90)',
  },
  {
    title: 'Impersonation and credentials for connections',
    path: 'sql/relational-databases/clr-integration/data-access/impersonation-and-credentials-for-connections',
  },
  { title: 'Links in CLR Integration Security', path: 'previous-versions/sql/sql-server-2008-r2/ms345104(v=sql.105)' },
  {
    title: 'Map CLR parameter data',
    path: 'sql/relational-databases/clr-integration-database-objects-types-net-framework/mapping-clr-parameter-data',
  },
  { title: 'Memory protection constants', path: 'windows/win32/memory/memory-protection-constants' },
  {
    title: 'Protecting connection information',
    path: 'dotnet/framework/data/adonet/protecting-connection-information',
  },
  {
    title: 'Regular vs. context connections',
    path: 'sql/relational-databases/clr-integration/data-access/context-connections-vs-regular-connections',
  },
  {
    title: 'Restrictions on regular and context connections',
    path: 'sql/relational-databases/clr-integration/data-access/context-connections-and-regular-connections-restrictions',
  },
  { title: 'SQL database projects', path: 'sql/tools/sql-database-projects/sql-database-projects' },
  { title: 'SQL injection', path: 'sql/relational-databases/security/sql-injection' },
  {
    title: 'SqlPipe object',
    path: 'sql/relational-databases/clr-integration-data-access-in-process-ado-net/sqlpipe-object',
  },
  {
    title: 'Supported .NET Framework libraries',
    path: 'sql/relational-databases/clr-integration/database-objects/supported-net-framework-libraries',
  },
  { title: 'TRUSTWORTHY database property', path: 'sql/relational-databases/security/trustworthy-database-property' },
  {
    title: 'The context connection, and which provider has it',
    path: 'dotnet/framework/data/adonet/sql/the-context-connection',
  },
  {
    title: 'Transaction promotion',
    path: 'sql/relational-databases/clr-integration-data-access-transactions/transaction-promotion',
  },
  {
    title: 'Transport Layer Security (TLS) best practices with .NET Framework',
    path: 'dotnet/framework/network-programming/tls',
  },
  {
    title: 'Use System.Transactions',
    path: 'sql/relational-databases/clr-integration-data-access-transactions/using-system-transactions',
  },
  {
    title: 'clr enabled, server configuration option',
    path: 'sql/database-engine/configure-windows/clr-enabled-server-configuration-option',
  },
  { title: 'sp_configure', path: 'sql/relational-databases/system-stored-procedures/sp-configure-transact-sql' },
  {
    title: 'sys.sp_add_trusted_assembly',
    path: 'sql/relational-databases/system-stored-procedures/sys-sp-add-trusted-assembly-transact-sql',
  },
] as const satisfies readonly Reference[];

export type ReferenceTitle = (typeof references)[number]['title'];

/** As Markdown takes it in a link. */
export function addressOf(title: ReferenceTitle): string {
  const path: string = references.find((one) => one.title === title)?.path ?? '';
  return `https://learn.microsoft.com/${path.replaceAll('(', '%28').replaceAll(')', '%29')}`;
}
