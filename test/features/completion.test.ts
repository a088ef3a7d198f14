// Completion, through the workspace: half-typed text with a mark in, labels out.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { markedWorkspace, type Marked } from '../support/marked-workspace.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const frontEnd = await diskGrammar('dist-test');
const bytes = `0x${Buffer.from(sampleAssembly()).toString('hex')}`;
const source = `using System.Collections;
using System.Data.SqlTypes;
using Microsoft.SqlServer.Server;
namespace Shop
{
    public class Prices
    {
        [SqlFunction]
        public static SqlMoney Net(SqlMoney gross, int places) { return gross; }
        [SqlProcedure]
        public static void Import() { }
        public static int Plain() { return 0; }
        public static int Twice() { return 0; }
        public static int Twice(int n) { return 0; }
        public int Own() { return 0; }
        static int Hidden() { return 0; }
        [SqlFunction(FillRowMethodName = "Fill", TableDefinition = "n int")]
        public static IEnumerable All() { return new int[0]; }
        public static void Fill(object row, out int n, out int m) { n = (int)row; m = 0; }
    }
    [SqlUserDefinedType(Format.Native)] public struct Point { public int X; }
    class Inner { public static int N() { return 0; } }
}
`;
const project = '<Project><ItemGroup><Compile Include="Prices.cs" /></ItemGroup></Project>';
const create = "CREATE ASSEMBLY Shop FROM 'Shop.dll' WITH PERMISSION_SET = SAFE;\nGO\n";
const others = { 'Prices.cs': source, 'Shop.csproj': project };

function marked(sql: string): Marked {
  return markedWorkspace({ 'a.sql': create + sql, ...others }, frontEnd);
}

/** With what each would make of the text: the first line that is another. */
function taken({ workspace, uri, offset }: Marked): readonly string[] {
  const text = workspace.textOf(uri);
  const lineAt = (whole: string, at: number): string =>
    whole.slice(whole.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0] ?? '';
  return workspace
    .completions(uri, offset)
    .map((one) =>
      lineAt(text.slice(0, one.replaced.start) + one.text + text.slice(one.replaced.end), one.replaced.start),
    );
}

const labels = ({ workspace, uri, offset }: Marked): readonly string[] =>
  workspace.completions(uri, offset).map(({ label }) => label);
const at = (sql: string): readonly string[] => labels(marked(sql));

const routine = 'CREATE FUNCTION f (@a money) RETURNS money AS EXTERNAL NAME ';

suite('EXTERNAL NAME', () => {
  test('assemblies, classes, methods', () => {
    assert.deepEqual(at(`${routine}|`), ['Shop']);
    assert.deepEqual(at(`${routine}S|`), ['Shop']);
    assert.deepEqual(at(`${routine}Shop.|`), ['Shop.Prices']);
    assert.deepEqual(at(`${routine}Shop.[Shop.Prices].|`), ['Net', 'Plain', 'All']);
  });

  test('half-typed in the middle of a script', () => {
    for (const tail of [
      '\nGO\nSELECT 1;',
      ';\nGRANT EXECUTE ON dbo.f TO app;',
      ' -- to do',
      '\n\nCREATE TYPE t FROM int;',
    ])
      assert.deepEqual(at(`${routine}Shop.[Shop.Prices].N|${tail}`), ['Net', 'Plain', 'All'], tail);
  });

  test('what is no routine of the kind is not there: overloads, what is hidden or not static, what fills rows', () => {
    assert.deepEqual(at('CREATE PROCEDURE p AS EXTERNAL NAME Shop.[Shop.Prices].|'), ['Import', 'Plain']);
    assert.deepEqual(at('CREATE TRIGGER t ON x FOR INSERT AS EXTERNAL NAME Shop.[Shop.Prices].|'), ['Import']);
    assert.deepEqual(at('CREATE TYPE dbo.Point EXTERNAL NAME Shop.|'), ['Shop.Point']);
    assert.deepEqual(at('CREATE TYPE dbo.Point EXTERNAL NAME Shop.[Shop.Point].|'), []);
    assert.deepEqual(at('CREATE AGGREGATE dbo.a (@a int) RETURNS int EXTERNAL NAME Shop.|'), []);
  });

  test('what is inserted is in delimiters where it must be, and takes the place of the word', () => {
    const line = (tail: string): readonly string[] => taken(marked(`CREATE FUNCTION f () RETURNS int AS\n${tail}`));
    assert.deepEqual(line('EXTERNAL NAME Shop.|'), ['EXTERNAL NAME Shop.[Shop.Prices]']);
    assert.deepEqual(line('EXTERNAL NAME Shop.[Sh|]'), ['EXTERNAL NAME Shop.[Shop.Prices]']);
    assert.deepEqual(line('EXTERNAL NAME Shop.[Sh|'), ['EXTERNAL NAME Shop.[Shop.Prices]']);
    assert.deepEqual(line('EXTERNAL NAME Shop."Sh|"'), ['EXTERNAL NAME Shop."Shop.Prices"']);
    assert.deepEqual(line('EXTERNAL NAME S|hop.[Shop.Prices].Net'), ['EXTERNAL NAME Shop.[Shop.Prices].Net']);
    assert.equal(line('EXTERNAL NAME Shop.[Shop.Prices].|')[2], 'EXTERNAL NAME Shop.[Shop.Prices].[All]');
  });

  test('a method is told with its signature', () => {
    const { workspace, uri, offset } = marked(`${routine}Shop.[Shop.Prices].|`);
    assert.deepEqual(
      workspace.completions(uri, offset).map(({ detail }) => detail),
      ['(SqlMoney gross, int32 places) SqlMoney', '() int32', '() IEnumerable'],
    );
  });

  test('of bytes', () => {
    const sql = `CREATE ASSEMBLY [Payroll.Calculation] FROM ${bytes};\nGO\n${routine}`;
    const inBytes = (tail: string): Marked => markedWorkspace({ 'a.sql': sql + tail });
    assert.deepEqual(labels(inBytes('[Payroll.Calculation].|')), ['Payroll.Salary']);
    assert.ok(labels(inBytes('[Payroll.Calculation].[Payroll.Salary].|')).includes('NetPay'));
    assert.deepEqual(labels(markedWorkspace({ 'a.sql': `CREATE ASSEMBLY a FROM ${bytes} WITH PERMISSION_SET = |` })), [
      'SAFE',
      'EXTERNAL_ACCESS',
      'UNSAFE',
    ]);
  });
});

suite('clauses', () => {
  test('permission sets', () => {
    assert.deepEqual(at("CREATE ASSEMBLY b FROM 'b.dll' WITH PERMISSION_SET = |"), [
      'SAFE',
      'EXTERNAL_ACCESS',
      'UNSAFE',
    ]);
    assert.deepEqual(taken(marked('ALTER ASSEMBLY Shop WITH PERMISSION_SET = S|AFE;')).slice(0, 1), [
      'ALTER ASSEMBLY Shop WITH PERMISSION_SET = SAFE;',
    ]);
  });

  test('permissions, of an assembly and of the server', () => {
    assert.ok(at('GRANT | ON ASSEMBLY::Shop TO app;').includes('VIEW DEFINITION'));
    assert.ok(at('DENY CONTROL, | ON ASSEMBLY::Shop TO app;').includes('ALTER'));
    assert.deepEqual(at('GRANT |'), ['EXTERNAL ACCESS ASSEMBLY', 'UNSAFE ASSEMBLY']);
    assert.deepEqual(at('GRANT | ON OBJECT::dbo.t TO app;'), []);
    assert.deepEqual(at('GRANT SELECT ON |'), []);
  });

  test('names of assemblies, keys and certificates', () => {
    assert.deepEqual(at('GRANT CONTROL ON ASSEMBLY::|'), ['Shop']);
    assert.deepEqual(at('DROP ASSEMBLY IF EXISTS |'), ['Shop']);
    assert.deepEqual(at('ALTER ASSEMBLY |'), ['Shop']);
    assert.deepEqual(at('CREATE ASYMMETRIC KEY k FROM ASSEMBLY |'), ['Shop']);
    const keys = "CREATE ASYMMETRIC KEY k FROM FILE = 'k.snk'; CREATE CERTIFICATE c FROM FILE = 'c.cer';\n";
    assert.deepEqual(at(`${keys}CREATE LOGIN l FROM ASYMMETRIC KEY |`), ['k']);
    assert.deepEqual(at(`${keys}CREATE LOGIN l FROM CERTIFICATE |`), ['c']);
    assert.deepEqual(at(`${keys}ADD SIGNATURE TO dbo.p BY CERTIFICATE |`), ['c']);
  });

  test('what keys, certificates and logins are made from', () => {
    assert.deepEqual(at('CREATE ASYMMETRIC KEY k FROM |'), ['ASSEMBLY', 'EXECUTABLE FILE =', 'FILE =', 'PROVIDER']);
    assert.deepEqual(at('CREATE CERTIFICATE c FROM |'), ['ASSEMBLY', 'BINARY =', 'EXECUTABLE FILE =', 'FILE =']);
    assert.deepEqual(at('CREATE LOGIN l FROM |'), ['ASYMMETRIC KEY', 'CERTIFICATE']);
  });

  test('options of the server, in quotes', () => {
    const all = [
      'clr enabled',
      'clr strict security',
      'cross db ownership chaining',
      'lightweight pooling',
      'show advanced options',
    ];
    assert.deepEqual(at("EXEC sp_configure '|"), all);
    assert.deepEqual(at("EXEC sys.sp_configure @configname = N'clr |', 1;"), all);
    assert.deepEqual(at('EXEC sp_configure |'), all);
    assert.deepEqual(taken(marked("EXEC sp_configure 'clr |', 1;")).slice(0, 1), [
      "EXEC sp_configure 'clr enabled', 1;",
    ]);
  });
});

suite('nothing', () => {
  for (const sql of [
    `-- ${routine}|`,
    `/* ${routine}|`,
    `/* ${routine}|*/`,
    `EXEC ('${routine}|`,
    "CREATE ASSEMBLY b FROM '|",
    'SELECT |',
    'SELECT a.|',
    '|',
    `${routine}Shop|.[Shop.Prices].Net.|`.replace('|', ''),
    `${routine}[Shop]|`,
    'SELECT 1 FROM t WHERE a = |',
    "EXEC sp_configure 'clr enabled'|",
    'SELECT 0x4D|',
  ])
    test(`in ${JSON.stringify(sql)}`, () => assert.deepEqual(at(sql), []));
});

suite('FillRowMethodName', () => {
  const inSource = (text: string): Marked => {
    const code = source.replace('FillRowMethodName = "Fill"', text);
    return markedWorkspace({ 'Prices.cs': code, 'Shop.csproj': project, 'a.sql': create }, frontEnd);
  };

  test('names methods that fill rows', () => {
    assert.deepEqual(labels(inSource('FillRowMethodName = "|"')), ['Fill']);
    assert.deepEqual(labels(inSource('FillRowMethodName = "Fi|ll"')), ['Fill']);
    assert.match(taken(inSource('FillRowMethodName = "Fi|x"'))[0] ?? '', /FillRowMethodName = "Fill", /);
  });

  test('while the attribute is no C# yet', () => {
    assert.deepEqual(labels(inSource('FillRowMethodName = "|')), ['Fill']);
  });

  test('all else in C# is other extensions’', () => {
    assert.deepEqual(labels(inSource('FillRowMethodName = |"Fill"')), []);
    assert.deepEqual(labels(inSource('Name = "|"')), []);
  });
});
