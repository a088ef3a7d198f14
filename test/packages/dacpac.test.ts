// Packages of data-tier applications: what the model says, as T-SQL, and what is found in it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import { readDacpac } from '../../server/analysis/packages/dacpac.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { withAuthenticode } from '../support/authenticode.js';
import { Folder } from '../support/command-line.js';
import { dacpac, model, packed } from '../support/packages.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const scriptOf = (elements: string): string =>
  readDacpac(packed({ 'model.xml': model(elements) })).scripts[0]?.text ?? '';

const references = (name: string, to: string): string =>
  `<Relationship Name="${name}"><Entry><References Name="${to}" /></Entry></Relationship>`;
const type = (relationship: string, name: string, properties = ''): string =>
  `<Relationship Name="${relationship}"><Entry><Element Type="SqlTypeSpecifier">${properties}${references('Type', name)}</Element></Entry></Relationship>`;
const property = (name: string, value: string): string => `<Property Name="${name}" Value="${value}" />`;
const source = (bytes: string): string => `<Property Name="Source"><Value><![CDATA[${bytes}]]></Value></Property>`;
const assembly = (properties = ''): string => `<Element Type="SqlAssembly" Name="[Pay]]roll]">${properties}
  <Relationship Name="AssemblySources"><Entry><Element Type="SqlAssemblySource">${source('0x4D5A')}</Element></Entry></Relationship>
  ${references('Authorizer', '[dbo]')}</Element>`;

suite('the model as a script', () => {
  test('an assembly with its permission set, its visibility and its files', () => {
    assert.equal(
      scriptOf(
        `<Element Type="SqlAssemblyFile" Name="[Pay]]roll].[it's.pdb]">${source('0x00')}${references('Assembly', '[Pay]]roll]')}</Element>` +
          assembly(property('PermissionSet', '3') + property('IsVisible', 'False')),
      ),
      `CREATE ASSEMBLY [Pay]]roll] AUTHORIZATION [dbo]
FROM 0x4D5A
WITH PERMISSION_SET = UNSAFE;
GO

ALTER ASSEMBLY [Pay]]roll] WITH VISIBILITY = OFF;
GO

ALTER ASSEMBLY [Pay]]roll] ADD FILE FROM 0x00 AS N'it''s.pdb';
GO
`,
    );
    assert.match(scriptOf(assembly()), /WITH PERMISSION_SET = SAFE;/);
    assert.match(scriptOf(assembly(property('PermissionSet', '2'))), /WITH PERMISSION_SET = EXTERNAL_ACCESS;/);
    assert.doesNotMatch(scriptOf(assembly(property('PermissionSet', '9'))), /PERMISSION_SET/);
  });

  test('what is bound to it, parameters, results and columns', () => {
    const method = property('MethodName', 'Net') + property('ClassName', 'Pay.Rolls') + references('Assembly', '[Pay]');
    const parameters = `<Relationship Name="Parameters"><Entry><Element Type="SqlSubroutineParameter" Name="[dbo].[x].[@a]">
      ${property('IsOutput', 'True')}<Property Name="DefaultExpressionScript"><Value><![CDATA[N'']]></Value></Property>${type('Type', '[nvarchar]', property('IsMax', 'True'))}</Element></Entry>
      <Entry><Element Type="SqlSubroutineParameter" Name="[dbo].[x].[@b]">${type('Type', '[decimal]', property('Scale', '2') + property('Precision', '18'))}</Element></Entry></Relationship>`;
    const columns = `<Relationship Name="Columns"><Entry><Element Type="SqlSimpleColumn" Name="[dbo].[t].[Id]">${type('TypeSpecifier', '[int]')}</Element></Entry></Relationship>`;
    const body = `<Relationship Name="FunctionBody"><Entry><Element Type="SqlClrFunctionImplementation">${method}</Element></Entry></Relationship>`;
    assert.equal(
      scriptOf(`
<Element Type="SqlDmlTrigger" Name="[dbo].[g]">${method}${property('IsInsertTrigger', 'True')}${property('IsDeleteTrigger', 'True')}${references('Parent', '[dbo].[T]')}</Element>
<Element Type="SqlProcedure" Name="[dbo].[x]">${method}${parameters}</Element>
<Element Type="SqlScalarFunction" Name="[dbo].[f]">${body}${type('Type', '[money]')}</Element>
<Element Type="SqlMultiStatementTableValuedFunction" Name="[dbo].[t]">${body}${columns}</Element>
<Element Type="SqlUserDefinedType" Name="[dbo].[u]">${property('ClassName', 'Point')}${references('Assembly', '[Pay]')}</Element>`),
      `CREATE TYPE [dbo].[u] EXTERNAL NAME [Pay].[Point];
GO

CREATE PROCEDURE [dbo].[x]
  @a [nvarchar] (max) = N'' OUTPUT,
  @b [decimal] (18, 2)
AS EXTERNAL NAME [Pay].[Pay.Rolls].[Net];
GO

CREATE FUNCTION [dbo].[f] () RETURNS [money]
AS EXTERNAL NAME [Pay].[Pay.Rolls].[Net];
GO

CREATE FUNCTION [dbo].[t] () RETURNS TABLE ([Id] [int])
AS EXTERNAL NAME [Pay].[Pay.Rolls].[Net];
GO

CREATE TRIGGER [dbo].[g] ON [dbo].[T]
AFTER INSERT, DELETE
AS EXTERNAL NAME [Pay].[Pay.Rolls].[Net];
GO
`,
    );
  });

  test('a module as it was written, database options, principals', () => {
    assert.equal(
      scriptOf(`
<Element Type="SqlProcedure" Name="[dbo].[p]"><Property Name="BodyScript"><Value><![CDATA[
SELECT 1 WHERE 1 < 2;]]></Value></Property>
  <Annotation Type="SysCommentsObjectAnnotation"><Property Name="HeaderContents" Value="CREATE PROCEDURE dbo.p&#xD;&#xA;AS" /></Annotation></Element>
<Element Type="SqlUser" Name="[u]">${property('IsWithoutLogin', 'True')}</Element>
<Element Type="SqlSchema" Name="[s]">${references('Authorizer', '[u]')}</Element>
<Element Type="SqlTable" Name="[dbo].[T]" />
<Element Type="SqlDatabaseOptions">${property('IsTrustworthyOn', 'True')}${property('IsDbChainingOn', 'False')}</Element>`),
      `ALTER DATABASE CURRENT SET TRUSTWORTHY ON;
GO

CREATE USER [u] WITHOUT LOGIN;
GO

CREATE SCHEMA [s] AUTHORIZATION [u];
GO

CREATE PROCEDURE dbo.p\r
AS
SELECT 1 WHERE 1 < 2;
GO
`,
    );
  });
});

/** An archive whose directory says otherwise than what it holds. */
function lying(archive: Uint8Array, { originalSize, times }: { originalSize: number; times: number }): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.length - 22;
  const start = view.getUint32(end + 16, true);
  view.setUint32(start + 24, originalSize, true);
  view.setUint16(end + 10, times, true);
  const entry = archive.slice(start, end);
  const whole = new Uint8Array(start + entry.length * times + 22);
  whole.set(archive.subarray(0, start));
  for (let index = 0; index < times; index++) whole.set(entry, start + index * entry.length);
  whole.set(archive.subarray(end), start + entry.length * times);
  return whole;
}

suite('any bytes', () => {
  test('a part is unpacked once and to its bound, whatever the directory says of it', () => {
    const bomb = packed({ 'model.xml': new Uint8Array(160 << 20) });
    const begin = process.cpuUsage();
    const { errors } = readDacpac(lying(bomb, { originalSize: 10, times: 60_000 }));
    assert.deepEqual(errors, ['model.xml is larger than 64 MiB']);
    const whole = readDacpac(lying(packed({ 'model.xml': model('') }), { originalSize: 1, times: 60_000 }));
    assert.deepEqual(whole.errors, []);
    assert.ok(process.cpuUsage(begin).user < 10e6);
  });

  const faults: readonly (readonly [bytes: Uint8Array, says: RegExp | undefined])[] = [
    [new Uint8Array(), /no ZIP archive/],
    [new TextEncoder().encode('PK and nothing behind it'), /no ZIP archive/],
    [packed({ 'model.xml': model('') }).slice(0, 200), /no ZIP archive/],
    [packed({ 'other.xml': 'x' }), /holds no model\.xml/],
    [packed({ 'model.xml': '<Model' }), /is no XML/],
    [packed({ 'model.xml': 'no XML' }), /is no XML/],
    [packed({ 'model.xml': new Uint8Array((64 << 20) + 1) }), /larger than 64 MiB/],
    [packed({ 'model.xml': model('') }), undefined],
  ];
  for (const [index, [bytes, says]] of faults.entries()) {
    test(`${index}: ${says?.source ?? 'nothing to say'}`, () => {
      const { errors } = readDacpac(bytes);
      assert.equal(errors.length, says ? 1 : 0, errors.join('\n'));
      if (says) assert.match(errors[0] ?? '', says);
    });
  }

  test('a byte changed anywhere ends in scripts or in an error', () => {
    const whole = packed({ 'predeploy.sql': 'SELECT 1;', 'model.xml': model(assembly()) });
    for (let at = 0; at < whole.length; at++) {
      const broken = whole.slice();
      broken[at] = (broken[at] ?? 0) ^ 0x55;
      const { scripts, errors } = readDacpac(broken);
      assert.ok(scripts.length + errors.length > 0);
    }
  });
});

test('the command line reads packages in folders and by name', (t) => {
  const options = `<Element Type="SqlDatabaseOptions">${property('IsTrustworthyOn', 'True')}</Element>`;
  const folder = new Folder(t, {
    'out/a.dacpac': packed({
      'model.xml': model(options + assembly()),
      'postdeploy.sql': Buffer.from("\ufeffEXEC sp_configure 'clr enabled', 1;", 'utf16le'),
    }),
    'b.dacpac': 'PK',
  });
  const found = [
    'out/a.dacpac/model.sql:1:28 trustworthy-database',
    'out/a.dacpac/model.sql:4:17 untrusted-assembly',
    'out/a.dacpac/model.sql:5:6 invalid-assembly-image',
    'out/a.dacpac/postdeploy.sql:1:1 clr-enabled',
    'out/a.dacpac/postdeploy.sql:1:1 configuration-not-installed',
  ];
  assert.deepEqual(folder.places('out'), found);
  assert.deepEqual(folder.places('out/a.dacpac'), found);
  assert.deepEqual(folder.run('out', '--fix').err, 'sqlclr-lint: 0 fixes applied\n');
  assert.doesNotMatch(folder.run('out', '--format', 'sarif').out, /"fixes"/);
  const { code, err } = folder.run('.');
  assert.equal(code, 2);
  assert.match(err, /cannot read .*b\.dacpac: it is no ZIP archive/);
  assert.deepEqual(JSON.parse(folder.run('inspect', 'out/a.dacpac').out).length, 1);
});

suite('scripts run in the order in which deploying runs them', () => {
  const hash = createHash('sha512').update(sampleAssembly()).digest('hex');
  const add = `EXEC sys.sp_add_trusted_assembly 0x${hash}, N'Pay';`;
  const drop = `EXEC sys.sp_drop_trusted_assembly 0x${hash};`;

  function workspaceOf(parts: Parameters<typeof dacpac>[0], at = 'file:///Payroll.dacpac'): Workspace {
    const workspace = new Workspace(nodePlatform);
    const { scripts } = readDacpac(dacpac({ assembly: sampleAssembly(), ...parts }));
    for (const { name, text } of scripts) workspace.set(`${at}/${name}`, text);
    return workspace;
  }
  const causes = (workspace: Workspace): readonly string[] => workspace.project().trusts.map(({ cause }) => cause);

  test('before, the model, after; packages among other scripts by name', () => {
    const workspace = workspaceOf({ before: add, after: drop });
    workspace.set('file:///Payroll.sql', 'PRINT 1;');
    workspace.set('file:///A/predeploy.sql', 'PRINT 1;');
    workspace.set('file:///A/model.sql', 'PRINT 1;');
    assert.deepEqual(
      workspace.project().scripts.map(({ uri }) => uri.slice('file:///'.length)),
      [
        'A/model.sql',
        'A/predeploy.sql',
        'Payroll.dacpac/predeploy.sql',
        'Payroll.dacpac/model.sql',
        'Payroll.dacpac/postdeploy.sql',
        'Payroll.sql',
      ],
    );
  });

  test('a hash is trusted in time before the model, and too late after it', () => {
    assert.deepEqual(causes(workspaceOf({ before: add })), ['hash']);
    assert.deepEqual(causes(workspaceOf({ after: add })), ['hash too late']);
    assert.deepEqual(causes(workspaceOf({ before: add, after: drop })), ['no longer']);
    assert.deepEqual(causes(workspaceOf({ after: add }, 'file:///Payroll')), ['hash'], 'a folder has no order');
  });

  test('strict security counts as it is where the model runs', () => {
    const turn = (value: number): string => `EXEC sp_configure 'clr strict security', ${value}; RECONFIGURE;`;
    const verdicts = (before: string, after: string, at?: string): readonly string[] =>
      workspaceOf({ before, after }, at)
        .project()
        .trusts.map(({ verdict, cause }) => `${verdict}, ${cause}`);
    assert.deepEqual(verdicts(turn(0), ''), ['loads, not asked']);
    assert.deepEqual(verdicts(turn(0) + turn(1), ''), ['refused, nothing']);
    assert.deepEqual(verdicts(turn(0), turn(1)), ['refused, no longer']);
    assert.deepEqual(verdicts(turn(0), add + turn(1)), ['loads, hash']);
    assert.deepEqual(verdicts('', turn(0)), ['unknown, not known'], 'it may have been published before');
    assert.deepEqual(verdicts(`GO\nCREATE PROCEDURE p AS ${turn(0)}`, ''), ['unknown, not known']);
    assert.deepEqual(verdicts(turn(0), turn(1), 'file:///Payroll'), ['unknown, not known'], 'a folder has no order');
    const beside = workspaceOf({});
    beside.set('file:///Other.dacpac/predeploy.sql', turn(0));
    assert.deepEqual(causes(beside), ['not known'], 'another package');
  });

  test('TRUSTWORTHY counts as the package leaves it', () => {
    const turn = (state: string, database = 'CURRENT'): string =>
      `ALTER DATABASE ${database} SET TRUSTWORTHY ${state};`;
    assert.deepEqual(causes(workspaceOf({ before: turn('ON') })), ['trustworthy']);
    assert.deepEqual(causes(workspaceOf({ before: turn('ON'), after: turn('OFF') })), ['no longer']);
    assert.deepEqual(causes(workspaceOf({ before: turn('ON') + turn('OFF') })), ['nothing']);
    assert.deepEqual(causes(workspaceOf({ before: turn('ON'), after: add + turn('OFF') })), ['hash']);
    const named = { before: turn('ON', '[$(DatabaseName)]'), after: `USE master; ${turn('OFF', '[$(DatabaseName)]')}` };
    assert.deepEqual(causes(workspaceOf(named)), ['no longer'], 'the variable is the database of the package');
    assert.deepEqual(causes(workspaceOf({ before: turn('ON'), after: turn('OFF', 'Other') })), ['trustworthy']);
    assert.deepEqual(causes(workspaceOf({ before: turn('ON'), after: turn('OFF') }, 'file:///Payroll')), [
      'trustworthy',
    ]);
  });

  test('the right of whoever signed it is given in time before the model, and too late after it', () => {
    const certificate = '3082010A0A0B0C0D';
    const assembly = withAuthenticode(sampleAssembly(), Buffer.from(`30201122${certificate}D00D`, 'hex'));
    const login = `CREATE CERTIFICATE c FROM BINARY = 0x${certificate}; CREATE LOGIN l FROM CERTIFICATE c;`;
    const grant = 'GRANT UNSAFE ASSEMBLY TO l;';
    assert.deepEqual(causes(workspaceOf({ assembly, before: login + grant })), ['signature']);
    assert.deepEqual(causes(workspaceOf({ assembly, before: login, after: grant })), ['chain']);
  });

  test('the last ALTER ASSEMBLY is that of the script after it', () => {
    const set = (name: string): string => `ALTER ASSEMBLY Pay WITH PERMISSION_SET = ${name};`;
    const [assembly] = workspaceOf({ before: set('SAFE'), after: set('UNSAFE') }).project().assemblies;
    assert.equal(assembly?.permissionSet, 'UNSAFE');
  });
});

interface Log {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly ruleId: string;
        readonly fixes?: readonly { readonly description: { readonly text: string } }[];
      }[];
    },
  ];
}

test('what would write to a package from elsewhere is not applied, and not told', (t) => {
  const script = `CREATE ASSEMBLY Pay FROM 0x${Buffer.from(sampleAssembly()).toString('hex')} WITH PERMISSION_SET = SAFE;\n`;
  const bindings = `CREATE FUNCTION dbo.NetPay(@g money, @t int) RETURNS money AS EXTERNAL NAME Pay.[Payroll.Salary].NetPay;
GO
CREATE FUNCTION dbo.Html(@l nvarchar(4000)) RETURNS nvarchar(4000) AS EXTERNAL NAME Pay.[Payroll.Salary].Html;
`;
  const loose = new Folder(t, { 'a.sql': script, 'b.sql': bindings });
  const shipped = new Folder(t, { 'a.sql': script, 'b.dacpac': dacpac({ after: bindings }) });
  const fixesOf = (folder: Folder): readonly unknown[] => {
    const log: Log = JSON.parse(folder.run('.', '--format', 'sarif').out);
    const found = log.runs[0].results.filter(({ ruleId }) => ruleId === 'unbound-routine');
    return found.map(({ fixes = [] }) => fixes.map(({ description }) => description.text));
  };
  assert.deepEqual(fixesOf(loose), [['Create Uptime for it'], ['Create Median for it']]);
  assert.deepEqual(fixesOf(shipped), [[], []]);
  const before = shipped.bytes('b.dacpac');
  shipped.run('.', '--fix');
  assert.ok(shipped.bytes('b.dacpac').equals(before));
  assert.equal(shipped.text('a.sql'), script);
});
