// What SQL Server would say of an assembly: who signed it, where what is signed is no sample that a compiler makes; what scripts
// turn on and off.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import type { TargetName } from '../../server/analysis/knowledge/targets.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sampleAssembly } from '../support/sample-assembly.js';
import { withAuthenticode } from '../support/authenticode.js';

const certificate = '3082010A0A0B0C0D';
const login = `CREATE LOGIN l FROM CERTIFICATE c; GRANT UNSAFE ASSEMBLY TO l;`;

test('a certificate that stands in the signature trusts the assembly', () => {
  assert.deepEqual(trustIn(`CREATE CERTIFICATE c FROM BINARY = 0x${certificate}; ${login}`), 'signature');
});

test('another certificate does not', () => {
  assert.deepEqual(trustIn(`CREATE CERTIFICATE c FROM BINARY = 0x3082010A0A0B0C0E; ${login}`), 'other signer');
});

test('digits that begin in the middle of a byte are no certificate', () => {
  assert.deepEqual(trustIn(`CREATE CERTIFICATE c FROM BINARY = 0x082010A0A0B0C0D0; ${login}`), 'other signer');
});

test('of a certificate in a file nothing is known', () => {
  assert.deepEqual(trustIn(`CREATE CERTIFICATE c FROM FILE = 'c.cer'; ${login}`), 'not known');
});

test('without the right, the chain is not whole', () => {
  assert.deepEqual(
    trustIn(`CREATE CERTIFICATE c FROM BINARY = 0x${certificate}; CREATE LOGIN l FROM CERTIFICATE c`),
    'chain',
  );
});

function trustIn(script: string): string | undefined {
  const bytes = withAuthenticode(sampleAssembly(), Buffer.from(`30201122${certificate}D00D`, 'hex'));
  const workspace = new Workspace(nodePlatform);
  workspace.set(
    'file:///install.sql',
    `${script}\nCREATE ASSEMBLY Signed FROM 0x${Buffer.from(bytes).toString('hex')} WITH PERMISSION_SET = SAFE;`,
  );
  const [trust, ...others] = workspace.project().trusts;
  assert.equal(others.length, 0);
  return trust?.cause;
}

suite('strict security and TRUSTWORTHY, in the order of a script', () => {
  const off = `EXEC sp_configure 'clr strict security', 0; RECONFIGURE;`;
  const on = `EXEC sp_configure 'clr strict security', 1; RECONFIGURE;`;
  const trustworthy = (state: string): string => `ALTER DATABASE Payroll SET TRUSTWORTHY ${state};`;
  const cases: readonly (readonly [what: string, before: string, behind: string, verdict: string])[] = [
    ['nothing', '', '', 'refused 10343 nothing'],
    ['off before it', off, '', 'loads not asked'],
    ['off behind it, which may have run before', '', off, 'unknown not known'],
    ['off, and on again before it', off + on, '', 'refused 10343 nothing'],
    ['off, and on again behind it', off, on, 'refused 10314 no longer'],
    ['off, and on again when it has been dropped', off, `DROP ASSEMBLY Signed; ${on}`, 'loads not asked'],
    ['off until its hash is trusted', off, `EXEC sys.sp_add_trusted_assembly 0x{hash}; ${on}`, 'loads hash'],
    ['off in a procedure', `GO\nCREATE PROCEDURE p AS ${off}\nGO`, '', 'unknown not known'],
    ['TRUSTWORTHY', trustworthy('ON'), '', 'loads trustworthy'],
    ['TRUSTWORTHY, and not any more', trustworthy('ON'), trustworthy('OFF'), 'refused 10314 no longer'],
    ['not TRUSTWORTHY', trustworthy('OFF'), '', 'refused 10343 nothing'],
    [
      'another database is not',
      `${trustworthy('ON')} ALTER DATABASE Other SET TRUSTWORTHY OFF;`,
      '',
      'loads trustworthy',
    ],
    [
      'TRUSTWORTHY until its hash is trusted',
      trustworthy('ON'),
      `EXEC sys.sp_add_trusted_assembly 0x{hash}; ${trustworthy('OFF')}`,
      'loads hash',
    ],
    ['msdb', 'USE msdb;', '', 'loads trustworthy'],
    [
      'msdb, not TRUSTWORTHY any more',
      'ALTER DATABASE msdb SET TRUSTWORTHY OFF; USE msdb;',
      '',
      'refused 10343 nothing',
    ],
    ['TRUSTWORTHY is another database', 'ALTER DATABASE Other SET TRUSTWORTHY ON;', '', 'refused 10343 nothing'],
  ];
  for (const [what, before, behind, verdict] of cases)
    test(what, () => {
      assert.equal(verdictOf(`USE Payroll;\n${before}`, behind), verdict);
    });

  const trustworthyOn = trustworthy('ON');

  test('of another script it is not known whether it has run, or for which database', () => {
    const others = (text: string): Readonly<Record<string, string>> => ({ 'file:///before.sql': text });
    assert.equal(verdictOf('', '', {}, others(off)), 'unknown not known');
    assert.equal(verdictOf(trustworthyOn, '', {}, others(off)), 'loads not asked');
    assert.equal(verdictOf(trustworthyOn, '', { set: 'UNSAFE' }, others(off)), 'loads trustworthy');
    assert.equal(verdictOf('', '', {}, others(trustworthy('ON'))), 'unknown trustworthy');
    assert.equal(verdictOf('USE Payroll;', '', {}, others(trustworthy('ON'))), 'loads trustworthy');
    assert.equal(verdictOf('', '', {}, { 'file:///other/before.sql': trustworthy('ON') }), 'refused 10343 nothing');
  });
});

suite('on other servers', () => {
  const before = { target: 'sql-server-2016' } as const;

  test('Msg 10343 speaks of an option that is not there', () => {
    assert.equal(verdictOf('', '', { ...before, set: 'EXTERNAL_ACCESS' }), 'refused 10327 nothing');
    assert.equal(verdictOf('', '', { ...before, set: 'UNSAFE' }), 'refused 10327 nothing');
    assert.equal(verdictOf('', '', { set: 'UNSAFE' }), 'refused 10327 nothing');
  });

  test('there is no list of trusted hashes', () => {
    const added = 'EXEC sys.sp_add_trusted_assembly 0x{hash};';
    assert.equal(verdictOf(added, '', { ...before, set: 'UNSAFE' }), 'refused 10327 nothing');
  });

  test('a SAFE assembly asks for trust when its set is raised', () => {
    const raised = 'ALTER ASSEMBLY Signed WITH PERMISSION_SET = EXTERNAL_ACCESS;';
    assert.equal(verdictOf('', raised, before, {}, 1), 'refused 10327 nothing');
    assert.equal(verdictOf('', raised, { ...before, set: 'EXTERNAL_ACCESS' }, {}, 1), '');
    assert.equal(verdictOf('', raised, {}, {}, 1), '');
    assert.equal(verdictOf('', 'ALTER ASSEMBLY Signed WITH VISIBILITY = OFF;', before, {}, 1), '');
  });

  test('what it asks for is not known without its permission set', () => {
    assert.equal(verdictOf('', '', { ...before, set: '$(Set)' }), 'unknown not known');
  });

  test('a key or certificate that cannot be made there trusts nothing', () => {
    const made = (source: string): string =>
      `CREATE CERTIFICATE c FROM ${source}; CREATE LOGIN l FROM CERTIFICATE c; GRANT UNSAFE ASSEMBLY TO l;`;
    const on = { target: 'azure-sql-managed-instance' } as const;
    assert.equal(verdictOf(made("FILE = 'c.cer'"), ''), 'refused 10343 unsigned');
    assert.equal(verdictOf(made("FILE = 'c.cer'"), '', on), 'refused 10343 nothing');
    assert.equal(verdictOf(made('BINARY = 0x3082'), '', on), 'refused 10343 unsigned');
  });

  test('where no file is read, nothing is known of what is in it', () => {
    const workspace = new Workspace(nodePlatform, { target: 'azure-sql-managed-instance', rules: {} });
    workspace.set('file:///a.sql', "CREATE ASSEMBLY A FROM 'C:\\a.dll' WITH PERMISSION_SET = SAFE;");
    const [trust] = workspace.project().trusts;
    assert.deepEqual([trust?.verdict, trust?.because], ['unknown', 'Azure SQL Managed Instance reads no file']);
  });
});

suite('ALTER ASSEMBLY FROM keeps the permission set', () => {
  const hex = Buffer.from(sampleAssembly()).toString('hex');
  const created = (set: string): string => `CREATE ASSEMBLY Signed FROM 0x4D5A WITH PERMISSION_SET = ${set};\n`;
  const altered = `ALTER ASSEMBLY Signed FROM 0x${hex};\n`;
  const raised = 'ALTER ASSEMBLY Signed WITH PERMISSION_SET = UNSAFE;\n';
  /** What is said of the statement that gives the bytes anew. */
  const said = (scripts: Readonly<Record<string, string>>): string => {
    const workspace = new Workspace(nodePlatform);
    for (const [name, text] of Object.entries(scripts)) workspace.set(`file:///${name}`, text);
    const trust = workspace.project().trusts.find(({ deposit }) => deposit.statement.kind === 'alterAssembly');
    return [trust?.verdict, trust?.error ?? 'without a number', trust?.deposit.permissionSet].join(' ');
  };
  const cases: readonly (readonly [what: string, scripts: Readonly<Record<string, string>>, says: string])[] = [
    ['that CREATE gave', { 'a.sql': created('SAFE') + altered }, 'refused 10343 SAFE'],
    ['UNSAFE', { 'a.sql': created('UNSAFE') + altered }, 'refused 10327 UNSAFE'],
    ['that an ALTER before it gave', { 'a.sql': created('SAFE') + raised + altered }, 'refused 10327 UNSAFE'],
    ['and none that is given behind it', { 'a.sql': created('SAFE') + altered + raised }, 'refused 10343 SAFE'],
    ['of another script', { 'a.sql': created('UNSAFE'), 'b.sql': altered }, 'refused 10327 UNSAFE'],
    ['where no script creates it', { 'a.sql': altered }, 'refused without a number '],
    ['named at run time', { 'a.sql': created('$(Set)') + altered }, 'refused without a number '],
    [
      'of scripts in no order',
      { 'a.sql': created('SAFE'), 'b.sql': altered, 'c.sql': raised },
      'refused without a number ',
    ],
    ['that it may have', { 'a.sql': `${created('SAFE')}IF 1 = 1 ${raised}${altered}` }, 'refused without a number '],
  ];
  for (const [what, scripts, says] of cases) test(what, () => assert.equal(said(scripts), says));

  test('what is found of it has no number either', () => {
    const workspace = new Workspace(nodePlatform);
    workspace.set('file:///a.sql', altered);
    const found = workspace.findings('file:///a.sql').find(({ rule }) => rule === 'untrusted-assembly');
    assert.deepEqual(found?.sqlErrors, []);
  });
});

suite('a key of the very file that an assembly is created from', () => {
  const made = (path: string): string =>
    `USE master; CREATE ASYMMETRIC KEY k FROM EXECUTABLE FILE = '${path}'; CREATE LOGIN l FROM ASYMMETRIC KEY k; GRANT UNSAFE ASSEMBLY TO l;
USE Payroll; CREATE ASSEMBLY Payroll FROM 'C:\\deploy\\Payroll.dll' WITH PERMISSION_SET = SAFE;`;
  const causeOf = (script: string): string | undefined => {
    const workspace = new Workspace(nodePlatform);
    workspace.set('file:///install.sql', script);
    return workspace.project().trusts[0]?.cause;
  };

  test('trusts it: SQL Server takes none from a file that is not signed', () => {
    assert.equal(causeOf(made('c:\\deploy\\payroll.DLL')), 'signature');
    assert.equal(causeOf(made('C:\\deploy\\Payroll.dll').replaceAll('ASYMMETRIC KEY', 'CERTIFICATE')), 'signature');
  });

  test('of another file it is not known', () => {
    assert.equal(causeOf(made('C:\\deploy\\Keys.dll')), 'not known');
  });
});

/** Of an assembly that nobody signed. */
function verdictOf(
  before: string,
  behind: string,
  { target = 'sql-server-2022', set = 'SAFE' }: { readonly target?: TargetName; readonly set?: string } = {},
  others: Readonly<Record<string, string>> = {},
  which = 0,
): string {
  const bytes = sampleAssembly();
  const hash = createHash('sha512').update(bytes).digest('hex');
  const create = `CREATE ASSEMBLY Signed FROM 0x${Buffer.from(bytes).toString('hex')} WITH PERMISSION_SET = ${set};`;
  const workspace = new Workspace(nodePlatform, { target, rules: {} });
  for (const [uri, text] of Object.entries(others)) workspace.set(uri, text);
  workspace.set('file:///install.sql', `${before}\n${create}\n${behind}`.replaceAll('{hash}', hash));
  const trust = workspace.project().trusts[which];
  return [trust?.verdict, trust?.error, trust?.cause].filter((one) => one !== undefined).join(' ');
}

test('many assemblies of one script take time that grows with the script alone', () => {
  const each = (index: number): string =>
    `EXEC sp_configure 'show advanced options', ${index % 2};\nCREATE ASSEMBLY A${index} FROM 0x4D5A WITH PERMISSION_SET = UNSAFE;\n`;
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///install.sql', Array.from({ length: 8_000 }, (_, index) => each(index)).join(''));
  const project = workspace.project();
  const start = process.cpuUsage();
  assert.equal(project.trusts.length, 8_000);
  assert.ok(process.cpuUsage(start).user < 2e6);
});
