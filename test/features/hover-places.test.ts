// What hovers say at chosen places, of the seven topics: how each begins, and that every statement of a check is a row's.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { finishLinks } from '../../server/analysis/features/markdown.js';
import { references } from '../../server/analysis/knowledge/references.js';
import { outcomeOn, securityChecks } from '../../server/analysis/knowledge/security-checks.js';
import { targets } from '../../server/analysis/knowledge/targets.js';
import { allRules, defaultSettings, Workspace, type Settings } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';

const frontEnd = await diskGrammar('dist-test');
/** The sample, and what it has not. */
const files = ['docs/sample', 'test/features/hovers'].flatMap((folder) =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => /\.(?:sql|cs|csproj)$/.test(name))
    .map((name) => [`file:///${name.replaceAll('\\', '/')}`, readFileSync(`${folder}/${name}`, 'utf8')] as const),
);

function workspaceOf(settings: Settings = defaultSettings): Workspace {
  const workspace = new Workspace(nodePlatform, settings);
  workspace.useCSharp(frontEnd);
  for (const [uri, text] of files) workspace.set(uri, text);
  return workspace;
}

/** File, what is pointed at (`|` before the character), how the hover begins, the topic. */
const places: readonly (readonly [file: string, at: string, begins: string])[] = [
  // Code access security.
  ['02-assembly.sql', 'PERMISSION_SET = |UNSAFE', '**UNSAFE** – may do whatever the service account can'],
  ['02-assembly.sql', 'PERMISSION_SET = |SAFE', '**SAFE** – may compute'],
  ['02-assembly.sql', 'PERMISSION_SET = |EXTERNAL_ACCESS', '**EXTERNAL\\_ACCESS** – may also reach files'],
  ['05-hotfix.sql', 'PERMISSION_SET = |UNSAFE', '**UNSAFE** – may do whatever the service account can'],
  ['06-upgrade.sql', 'PERMISSION_SET = |SAFE', '**SAFE** – may compute'],
  ['src/Export.cs', 'File.Write|AllText', '`System.IO.File::WriteAllText(String,String)` · **needs EXTERNAL_ACCESS**'],
  ['src/Export.cs', 'void Write|Payslips', '`Payroll.Export::WritePayslips`, a stored procedure'],
  ['src/Shared.cs', 'File.Write|AllText', '`System.IO.File::WriteAllText(String,String)` · **needs EXTERNAL_ACCESS**'],
  ['src/Calculation.cs', 'uint Get|TickCount', '`Payroll.Salary::GetTickCount` calls `GetTickCount` in `kernel32.dll`'],
  ['src/Shared.cs', 'extern int Get|TickCount', '`Shared::GetTickCount` calls `GetTickCount` in `kernel32.dll`'],
  // Host protection.
  ['src/Shared.cs', 'Monitor.En|ter', '`System.Threading.Monitor::Enter(Object)` · **needs UNSAFE**'],
  ['src/Shared.cs', '[Thread|Static]', '`Shared::last` has the attribute'],
  ['src/Shared.cs', '~Sha|red', '`Shared::Finalize`, a finalizer'],
  // Links.
  ['03-routines.sql', 'EXTERNAL NAME [Payroll.|Export]', 'Binds the object to a method or class: a gated link.'],
  [
    '03-routines.sql',
    'EXTERNAL NAME [Payroll.|Calculation].[Median]',
    'Binds the object to a method or class: a gated link.',
  ],
  ['03-routines.sql', '[Payroll.|Salary].[Netpay]', 'class `Payroll.Salary`, public'],
  ['03-routines.sql', '[Write|Payslips];', 'public static method `Payroll.Export::WritePayslips`'],
  ['03-routines.sql', 'NAME [Payroll.|Calc].', 'Binds the object to a method or class: a gated link.'],
  ['04-grants.sql', 'GRANT EX|ECUTE ON OBJECT::dbo.NetPay', 'Whoever has it may run the routine'],
  ['04-grants.sql', 'GRANT EX|ECUTE ON OBJECT::dbo.WritePayslips', 'Whoever has it may run the routine'],
  ['04-grants.sql', 'GRANT EX|ECUTE ON ASSEMBLY', 'Lets objects be bound to the assembly.'],
  ['06-upgrade.sql', 'GRANT REFER|ENCES', 'Lets objects be bound to the assembly.'],
  ['06-upgrade.sql', 'DENY EX|ECUTE', 'Whoever has it may run the routine'],
  ['06-upgrade.sql', 'REVOKE EX|ECUTE', 'Whoever has it may run the routine'],
  // Impersonation.
  ['03-routines.sql', 'EXECUTE AS OW|NER', '**EXECUTE AS**: the routine runs with the rights of another principal'],
  [
    '06-upgrade.sql',
    'EXECUTE AS CAL|LER',
    '**EXECUTE AS CALLER**: the routine runs with the rights of whoever calls it',
  ],
  ['src/Shared.cs', 'SqlContext.Windows|Identity', '`Microsoft.SqlServer.Server.SqlContext::get_WindowsIdentity()`'],
  ['src/Shared.cs', 'Imper|sonate', '`System.Security.Principal.WindowsIdentity::Impersonate()`'],
  ['06-upgrade.sql', 'EXECUTE AS LO|GIN', 'What follows runs as this principal, until REVERT.'],
  // Partially trusted callers.
  ['src/Shared.cs', 'Allow|PartiallyTrustedCallers', '**AllowPartiallyTrustedCallers**'],
  // Application domains.
  ['02-assembly.sql', 'AUTHORIZATION d|bo', 'The owner of the assembly. Assemblies of one owner'],
  ['02-assembly.sql', 'AUTHORIZATION Payroll|Deploy', 'The owner of the assembly. Assemblies of one owner'],
  ['06-upgrade.sql', 'TO Payroll|Deploy;', 'The owner of the assembly. Assemblies of one owner'],
  ['src/Shared.cs', 'static int co|unt', '`Shared::count`, a static field that can change'],
  ['src/Shared.cs', 'object ga|te =', '`Shared::gate`, a readonly static field'],
  ['src/Calculation.cs', 'last|Rate', '`Payroll.Salary::lastRate`, a static field that can change'],
  // Managing assemblies.
  ['01-trust.sql', "'clr ena|bled'", '**clr enabled** – Whether SQL Server runs user assemblies at all'],
  ['01-trust.sql', "'clr str|ict security'", '**clr strict security** – Whether every assembly is trusted'],
  ['01-trust.sql', '0x3B3E|5EE1064A', 'Trusted hash of no bytes of this workspace'],
  ['01-trust.sql', 'ASYMMETRIC KEY Payroll|Key FROM', 'An asymmetric key trusts the assemblies'],
  ['01-trust.sql', 'LOGIN PayrollKey|Login', 'The login of a key or certificate.'],
  [
    '01-trust.sql',
    'GRANT UN|SAFE ASSEMBLY TO PayrollKeyLogin',
    'Who has it can load code that acts as the service account.',
  ],
  ['01-trust.sql', 'TRUST|WORTHY ON', '**TRUSTWORTHY** lets assemblies of this database'],
  ['02-assembly.sql', 'ASSEMBLY [Payroll.|Charts]', 'Assembly `Payroll.Charts` · SAFE'],
  ['02-assembly.sql', 'FROM 0x4D|5A', '**Payroll\\.Calculation** 3\\.2\\.0\\.0'],
  ['05-hotfix.sql', 'UNCHECKED D|ATA', '**UNCHECKED DATA**: computed columns'],
  ['06-upgrade.sql', 'VISIBILITY = O|FF', '**VISIBILITY = ON**: T-SQL can bind routines'],
  ['06-upgrade.sql', 'ASSEMBLY Old|.Tax', 'Takes along the assemblies that it references'],
  ['06-upgrade.sql', 'GRANT EXTERNAL ACC|ESS ASSEMBLY', 'Who has it can load code that acts as the service account.'],
  ['06-upgrade.sql', 'CERTIFICATE Payroll|Certificate FROM', 'A certificate trusts the assemblies that it signed'],
  ['06-upgrade.sql', 'LOGIN PayrollCertificate|Login', 'The login of a key or certificate.'],
  ['06-upgrade.sql', "FROM '\\\\bui|ld01", 'SQL Server reads this file when the script runs'],
  ['06-upgrade.sql', 'FROM 0x70|75', 'A file that is kept beside the assembly'],
  ['06-upgrade.sql', 'DROP FI|LE ALL', 'A file that is kept beside the assembly'],
  ['06-upgrade.sql', 'BY CERTIFICATE Payroll|Certificate', 'Signs an assembly that is in the database already'],
  ['06-upgrade.sql', 'TRUSTWOR|THY ON', '**TRUSTWORTHY** lets assemblies of this database'],
];

suite('places', () => {
  const workspace = workspaceOf();
  for (const [file, at, begins] of places)
    test(`${file}: ${at}`, () => {
      const uri = `file:///${file}`;
      const found = workspace.textOf(uri).indexOf(at.replace('|', ''));
      assert.ok(found >= 0, 'It is there');
      const { markdown } = workspace.hover(uri, found + at.indexOf('|')) ?? assert.fail('There is a hover');
      assert.ok(markdown.startsWith(begins), markdown.slice(0, 200));
      assert.doesNotMatch(finishLinks(markdown, (of) => of).replace(/`[^`]*`/g, ''), /<at:|undefined|\]\(command:/);
    });

  test('there are forty and more', () => {
    assert.ok(places.length >= 40);
    assert.equal(new Set(places.map(([file, at]) => `${file} ${at}`)).size, places.length);
  });
});

test('each check refers to known pages and rules, and says what comes of it on every target', () => {
  const names = new Set(allRules(nodePlatform).map(({ name }) => name));
  assert.equal(new Set(securityChecks.map(({ name }) => name)).size, securityChecks.length);
  for (const check of securityChecks) {
    assert.ok(
      references.some(({ title }) => title === check.page),
      check.page,
    );
    for (const rule of check.rules) assert.ok(names.has(rule), rule);
    for (const target of targets)
      for (const isStrict of [true, false]) assert.doesNotMatch(outcomeOn(check, target, isStrict), /\.$|^$/);
  }
});

test('the outcome is that of the chosen target', () => {
  const outcomeAt = (target: Settings['target']): string => {
    const workspace = workspaceOf({ ...defaultSettings, target });
    const uri = 'file:///01-trust.sql';
    const at = workspace.textOf(uri).indexOf('UNSAFE ASSEMBLY TO PayrollKeyLogin');
    return /^- On .*$/m.exec(workspace.hover(uri, at)?.markdown ?? '')?.[0] ?? '';
  };
  assert.match(
    outcomeAt('sql-server-2022'),
    /^- On SQL Server 2022, with clr strict security: UNSAFE ASSEMBLY alone counts/,
  );
  assert.match(outcomeAt('sql-server-2016'), /^- On SQL Server 2016: an EXTERNAL_ACCESS assembly needs/);
  assert.match(outcomeAt('azure-sql-database'), /^- On Azure SQL Database: there is no CLR integration .*Msg 10341/);
});

test('a way through code leads to its steps, and a name that looks like a link stays one', () => {
  const workspace = workspaceOf();
  const uri = 'file:///src/Shared.cs';
  const text = workspace.textOf(uri);
  const { markdown } = workspace.hover(uri, text.indexOf('File.WriteAllText') + 6) ?? assert.fail();
  const place = text.indexOf('Save(string');
  assert.ok(markdown.includes(`[\`Shared::Save\`](<at:${uri}#${place}>)`), markdown);
  assert.equal(
    finishLinks(`[x](<at:${uri}#7>) \`](<at:a b#1>)\``, (of, offset) => `${of}#L${offset}`),
    `[x](<${uri}#L7>) \`](<at:a b#1>)\``,
  );
});
