// The script that makes assemblies trusted, linted together with what it is for: nothing of trust is left to find.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { trustScriptOf, trustText, type TrustWay } from '../../server/analysis/features/trust-script.js';
import { inspections, Workspace, type Settings } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { compiledDigits, compiledFiles } from '../support/compiled-samples.js';

const ofTrust =
  /^(?:untrusted-assembly|unsigned-assembly|trust-key-mismatch|insufficient-assembly-grant|incomplete-trust-chain)$/;
const signed = compiledFiles().filter((path) => /untrusted-assembly\/by-the-key.*Signed\.dll$/.test(path));
const [signedPath = ''] = signed;
const page = 'test/assemblies/rules/untrusted-assembly';

test('by hash, every assembly of the rules’ pages', () => {
  for (const path of compiledFiles()) {
    const { after, left, errors } = trusted([compiledDigits(path)], 'hash');
    assert.deepEqual([left, errors, after], [[], [], []], path);
  }
});

test('by key: its hash lets the assembly in until the key is known', () => {
  const { script, after, errors, left } = trusted([compiledDigits(signedPath)], 'key');
  assert.deepEqual([left, errors, after], [[], [], []]);
  assert.match(script, /CREATE ASYMMETRIC KEY \[SQLCLR [0-9a-f]{16}\] FROM ASSEMBLY/);
  assert.match(script, /GRANT UNSAFE ASSEMBLY TO \[SQLCLR [0-9a-f]{16} login\]/);
  assert.match(script, /sp_drop_trusted_assembly/);
  assert.doesNotMatch(script, /TRUSTWORTHY|strict security/i);
});

test('one key for all that are signed with it, taken from the smallest', () => {
  const other = `${page.replace('untrusted-assembly', 'trust-key-mismatch')}/the-key-that-signed-it-and-one-of-which-nothing-is-known/Again.dll`;
  const { script, after } = trusted([compiledDigits(signedPath), compiledDigits(other)], 'key');
  assert.deepEqual(after, []);
  assert.equal(script.match(/CREATE ASYMMETRIC KEY/g)?.length, 1);
});

test('without a strong name there is no key: what to do first is said', () => {
  const { script, left } = trusted([compiledDigits(`${page}/by-its-hash/Taxes.dll`)], 'key');
  assert.equal(script, '');
  assert.match(left.join(), /no strong name: sign it where it is built/);
});

test('by certificate, the one that signed it', () => {
  const digits = readFileSync('test/assemblies/Authenticode.dll').toString('hex').toUpperCase();
  const { script, after, errors, left } = trusted([digits], 'certificate');
  assert.deepEqual([left, errors, after], [[], [], []]);
  const certificate = readFileSync('test/assemblies/Authenticode.cer').toString('hex').toUpperCase();
  assert.ok(script.includes(`FROM BINARY = 0x${certificate};`));
});

test('run again, or taken back, it is T-SQL without an error', () => {
  const { rollback } = trusted([compiledDigits(signedPath)], 'key');
  assert.match(rollback, /DROP LOGIN .*\n[^]*DROP ASYMMETRIC KEY/);
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///rollback.sql', rollback);
  assert.deepEqual(inspections.syntax(workspace, 'file:///rollback.sql').errors, []);
});

suite('other servers', () => {
  const before: Settings = { target: 'sql-server-2016', rules: {} };

  test('without strict security a SAFE assembly needs nothing', () => {
    const { script, trusted: already } = trusted([compiledDigits(signedPath)], 'key', before);
    assert.equal(script, '');
    assert.deepEqual(already, ['A0']);
  });

  test('one that is raised later does, by the bytes that created it', () => {
    const workspace = new Workspace(nodePlatform, before);
    workspace.set(
      'file:///a.sql',
      `CREATE ASSEMBLY A FROM 0x${compiledDigits(signedPath)};\nGO\nALTER ASSEMBLY A WITH PERMISSION_SET = EXTERNAL_ACCESS;`,
    );
    const { script, left } = trustScriptOf(workspace.project(), 'best');
    assert.deepEqual(left, []);
    assert.match(script, /FROM ASSEMBLY \[key/);
    workspace.set('file:///trust.sql', script);
    assert.deepEqual(
      workspace.project().trusts.map(({ cause }) => cause),
      ['not asked', 'not asked', 'signature'],
    );
  });

  test('and there is no list of hashes', () => {
    const { left } = trusted([compiledDigits(signedPath)], 'hash', before, 'EXTERNAL_ACCESS');
    assert.match(left.join(), /keeps no list of trusted assemblies/);
  });

  test('the key of one that leaves SAFE needs EXTERNAL ACCESS ASSEMBLY', () => {
    const { script, after } = trusted([compiledDigits(signedPath)], 'key', before, 'EXTERNAL_ACCESS');
    assert.deepEqual(after, []);
    assert.match(script, /GRANT EXTERNAL ACCESS ASSEMBLY/);
    assert.doesNotMatch(script, /sp_add_trusted_assembly/);
  });
});

test('of each server what it has: no file, no hash, no assemblies at all', () => {
  const wayOf = (target: Settings['target'], from: string) => {
    const workspace = new Workspace(nodePlatform, { target, rules: {} });
    workspace.set('file:///a.sql', `CREATE ASSEMBLY a FROM ${from} WITH PERMISSION_SET = EXTERNAL_ACCESS;`);
    const { script, left } = trustScriptOf(workspace.project(), 'best');
    const [how = ''] = /OPENROWSET|sp_add_trusted_assembly|CREATE ASYMMETRIC KEY/.exec(script) ?? [];
    return [how, ...left.map(({ why }) => why)].filter((one) => one !== '').join('; ');
  };
  const unsigned = `0x${compiledDigits(`${page}/by-its-hash/Taxes.dll`)}`;
  assert.equal(wayOf('sql-server-2022', unsigned), 'sp_add_trusted_assembly');
  assert.equal(wayOf('azure-sql-managed-instance', unsigned), 'sp_add_trusted_assembly');
  assert.equal(wayOf('sql-server-linux', unsigned), 'sp_add_trusted_assembly');
  assert.match(
    wayOf('sql-server-2016', unsigned),
    /^it has no Authenticode signature: .*; it has no strong name: .*; SQL Server 2016 keeps no list/,
  );
  assert.equal(wayOf('amazon-rds', unsigned), 'Amazon RDS for SQL Server takes no user assemblies');
  assert.equal(wayOf('sql-server-2022', "'C:\\a.dll'"), 'OPENROWSET');
  assert.match(wayOf('azure-sql-managed-instance', "'C:\\a.dll'"), /reads no file: give the bytes/);
});

test('what another name has in master is left, and said', () => {
  const { script } = trusted([compiledDigits(signedPath)], 'key');
  const [, token = ''] = /\[SQLCLR ([0-9a-f]{16})\]/.exec(script) ?? [];
  const guard = `NOT EXISTS (SELECT 1 FROM sys.asymmetric_keys WHERE name = N'SQLCLR ${token}' OR thumbprint = 0x${token})`;
  assert.equal(script.split(guard).length - 1, 3, 'the hash, the assembly, the key');
  assert.match(script, /PRINT N'The asymmetric key is in master under another name/);
  const digits = readFileSync('test/assemblies/Authenticode.dll').toString('hex').toUpperCase();
  assert.match(trusted([digits], 'certificate').script, /OR thumbprint = HASHBYTES\('SHA1', 0x[0-9A-F]+\)\)/);
});

test('every statement can run twice: what makes something asks first whether it is there', () => {
  const file = new Workspace(nodePlatform);
  file.set('file:///a.sql', "CREATE ASSEMBLY a FROM 'C:\\a.dll';");
  const scripts = [
    ...(['key', 'hash', 'certificate'] as const).map((way) => trustScriptOf(file.project(), way)),
    ...(['key', 'hash'] as const).map((way) => trusted([compiledDigits(signedPath)], way)),
  ];
  const asks = {
    'CREATE ASSEMBLY': /NOT EXISTS \(SELECT 1 FROM sys\.assemblies/,
    'CREATE ASYMMETRIC KEY': /NOT EXISTS \(SELECT 1 FROM sys\.asymmetric_keys/,
    'CREATE CERTIFICATE': /NOT EXISTS \(SELECT 1 FROM sys\.certificates/,
    'CREATE LOGIN': /SUSER_ID\(.*\) IS NULL/,
    'GRANT ': /SUSER_ID\(.*\) IS NOT NULL/,
    'DROP ASSEMBLY': /EXISTS \(SELECT 1 FROM sys\.assemblies/,
    'DROP LOGIN': /SUSER_ID\(.*\) IS NOT NULL/,
    'DROP ASYMMETRIC KEY': /ASYMKEY_ID\(.*\) IS NOT NULL/,
    'DROP CERTIFICATE': /CERT_ID\(.*\) IS NOT NULL/,
    'EXEC sys.sp_add_trusted_assembly': /NOT EXISTS \(SELECT 1 FROM sys\.trusted_assemblies/,
    'EXEC sys.sp_drop_trusted_assembly': /EXISTS \(SELECT 1 FROM sys\.trusted_assemblies|WHILE @hash IS NOT NULL/,
  };
  const met = new Set<string>();
  for (const batch of scripts
    .flatMap(({ script, rollback }) => [script, rollback])
    .flatMap((one) => one.split('GO\n'))) {
    for (const [statement, asking] of Object.entries(asks)) {
      const at = batch.search(new RegExp(`^ +${statement}`, 'm'));
      if (at < 0) continue;
      assert.match(batch.slice(0, at), asking, batch);
      met.add(statement);
    }
    const [bare] = /^(?:CREATE|DROP|GRANT|EXEC)\b.*/m.exec(batch) ?? [];
    assert.equal(bare, undefined, 'nothing stands without a condition');
  }
  assert.deepEqual([...met].sort(), Object.keys(asks).sort());
});

test('one key and one list for all databases', () => {
  const workspace = new Workspace(nodePlatform);
  const create = `CREATE ASSEMBLY Signed FROM 0x${compiledDigits(signedPath)} WITH PERMISSION_SET = SAFE;\nGO\n`;
  workspace.set('file:///a.sql', `USE A;\nGO\n${create}USE B;\nGO\n${create}`);
  const { script } = trustScriptOf(workspace.project(), 'best');
  assert.equal(script.match(/CREATE ASYMMETRIC KEY/g)?.length, 1);
  assert.equal(script.match(/^USE /gm)?.length, 1);
  workspace.set('file:///trust.sql', script);
  assert.deepEqual(
    workspace.project().trusts.map(({ cause }) => cause),
    ['signature', 'signature', 'hash'],
  );
});

test('what a file was is taken back, and not what it is', () => {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.sql', "CREATE ASSEMBLY a FROM '$(Here)\\it''s.dll';");
  const written = trustScriptOf(workspace.project(), 'hash');
  assert.match(written.script, /sp_add_trusted_assembly @hash, N'a, \$\(Here\)\\it''s\.dll'/);
  assert.match(written.rollback, /WHERE \[description\] = N'a, \$\(Here\)\\it''s\.dll'/);
  assert.doesNotMatch(written.rollback, /OPENROWSET/);
  assert.match(trustText(written), /^-- Run by sqlcmd, or in SQLCMD mode: it has variables that are to be set\.$/m);
});

test('a key that Microsoft signs with is not trusted: the very bytes are', () => {
  // In the place of its public key the one that the standard gives (ECMA-335 II.6.2.1.3), with the length of it before.
  const digits = compiledDigits(signedPath).replace(
    /80A0(00240000048000.{306})/i,
    (_, key: string) => `10${'00'.repeat(8)}04${'00'.repeat(7)}${'00'.repeat(key.length / 2 + 1 - 16)}`,
  );
  const { script, after, left } = trusted([digits], 'best');
  assert.match(script, /-- Trusts the very bytes of A0: whoever signed it is Microsoft, and signs much else/);
  assert.doesNotMatch(script, /CREATE/);
  assert.deepEqual([after, left], [[], []]);
  assert.match(trusted([digits], 'best', { target: 'sql-server-2016', rules: {} }, 'UNSAFE').script, /ASYMMETRIC KEY/);
});

test('files of one name in two places are two', () => {
  const workspace = new Workspace(nodePlatform);
  workspace.set(
    'file:///a.sql',
    "CREATE ASSEMBLY a FROM 'C:\\1\\a.dll';\nDROP ASSEMBLY a;\nCREATE ASSEMBLY a FROM 'C:\\2\\a.dll';",
  );
  assert.equal(trustScriptOf(workspace.project(), 'hash').script.match(/OPENROWSET/g)?.length, 2);
});

test('names and paths are quoted', () => {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.sql', "CREATE ASSEMBLY [a]]'\nGO\nDROP TABLE x] FROM 'C:\\it''s.dll';");
  const { script } = trustScriptOf(workspace.project(), 'key');
  workspace.set('file:///trust.sql', script);
  assert.deepEqual(inspections.syntax(workspace, 'file:///trust.sql').errors, []);
  assert.match(script, /FROM EXECUTABLE FILE = N'C:\\it''s\.dll'/);
});

function trusted(digits: readonly string[], way: TrustWay, settings?: Settings, permissionSet = 'SAFE') {
  const workspace = new Workspace(nodePlatform, settings);
  const install = digits
    .map((one, index) => `CREATE ASSEMBLY A${index} FROM 0x${one} WITH PERMISSION_SET = ${permissionSet};\nGO\n`)
    .join('');
  workspace.set('file:///install.sql', install);
  const { script, rollback, left, trusted: already } = trustScriptOf(workspace.project(), way);
  workspace.set('file:///trust.sql', script);
  return {
    script,
    rollback,
    trusted: already,
    left: left.map(({ name, why }) => `${name}: ${why}`),
    errors: inspections.syntax(workspace, 'file:///trust.sql').errors,
    after: workspace
      .uris()
      .flatMap((uri) => workspace.findings(uri))
      .filter(({ rule }) => ofTrust.test(rule))
      .map(({ rule, message }) => `${rule}: ${message}`),
  };
}
