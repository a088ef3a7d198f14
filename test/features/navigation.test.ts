// Definitions, implementations, references, highlights and symbols, through the workspace: files with a mark in, places out.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { markedWorkspace, placeText, uriOf, type Marked } from '../support/marked-workspace.js';
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
        public static SqlMoney Net(SqlMoney gross) { return Rounded(gross); }
        [SqlFunction(FillRowMethodName = "Fill", TableDefinition = "n int")]
        public static IEnumerable All() { return new int[0]; }
        public static void Fill(object row, out int n) { n = (int)row; }
        static SqlMoney Rounded(SqlMoney m) { return m; }
    }
}
`;
const install = `CREATE ASSEMBLY Shop FROM 'Shop.dll' WITH PERMISSION_SET = SAFE;
GO
CREATE FUNCTION dbo.Net(@gross money) RETURNS money AS EXTERNAL NAME Shop.[Shop.Prices].Net;
GO
CREATE FUNCTION dbo.[All]() RETURNS TABLE (n int) AS EXTERNAL NAME [Shop].[Shop.Prices].[All];
GO
GRANT EXECUTE ON dbo.Net TO app;
GRANT REFERENCES ON ASSEMBLY::shop TO app;
EXEC dbo.Net 1;
EXEC dbo.Other 1;
`;
const project = '<Project><ItemGroup><Compile Include="Prices.cs" /></ItemGroup></Project>';
const files = { 'Prices.cs': source, 'install.sql': install, 'Shop.csproj': project };

/** The files, with a mark behind the first of a text in one of them. */
function at(name: keyof typeof files, text: string, among: Readonly<Record<string, string>> = files): Marked {
  const whole = among[name] ?? '';
  const offset = whole.indexOf(text);
  assert.ok(offset >= 0, text);
  const end = offset + text.length;
  return markedWorkspace({ ...among, [name]: `${whole.slice(0, end)}|${whole.slice(end)}` }, frontEnd);
}

const definitions = ({ workspace, uri, offset }: Marked): readonly string[] =>
  (workspace.definitions(uri, offset)?.to ?? []).map((place) => placeText(workspace, place));
const implementations = ({ workspace, uri, offset }: Marked): readonly string[] =>
  (workspace.implementations(uri, offset)?.to ?? []).map((place) => placeText(workspace, place));
const references = ({ workspace, uri, offset }: Marked): readonly string[] => {
  const found = workspace.references(uri, offset);
  return [...(found?.declarations ?? []), ...(found?.uses ?? [])].map((place) => placeText(workspace, place));
};

suite('definitions', () => {
  test('EXTERNAL NAME leads to the statement, the class and the method', () => {
    assert.deepEqual(definitions(at('install.sql', 'EXTERNAL NAME Sh')), ['install.sql:1 Shop']);
    assert.deepEqual(definitions(at('install.sql', '[Shop.Pri')), ['Prices.cs:6 Prices']);
    assert.deepEqual(definitions(at('install.sql', '[Shop.Prices].N')), ['Prices.cs:9 Net']);
    assert.deepEqual(definitions(at('install.sql', '[Shop.Prices].[A')), ['Prices.cs:11 All']);
  });

  test('what the text leads from is the name', () => {
    const { workspace, uri, offset } = at('install.sql', '[Shop.Pri');
    const span = workspace.definitions(uri, offset)?.span;
    assert.equal(span && workspace.textOf(uri).slice(span.start, span.end), '[Shop.Prices]');
  });

  test('without sources it leads into the bytes', () => {
    const sql = `CREATE ASSEMBLY [Payroll.Calculation] FROM ${bytes};\nGO\nCREATE FUNCTION f (@a money, @b int) RETURNS money AS EXTERNAL NAME [Payroll.Calculation].`;
    const place = (tail: string): readonly string[] => definitions(markedWorkspace({ 'install.sql': sql + tail }));
    assert.deepEqual(place('[Payroll.Sal|ary].NetPay;'), ['install.sql#0 Payroll.Salary']);
    assert.deepEqual(place('[Payroll.Salary].Net|Pay;'), ['install.sql#0 NetPay']);
    const { workspace } = markedWorkspace({ 'install.sql': `|${sql}[Payroll.Salary].NetPay;` });
    const type = workspace.project().assemblies[0]?.code?.types.find(({ name }) => name === 'Payroll.Salary');
    const document = workspace.assemblyDocument(uriOf('install.sql'), 0);
    const span = type && document?.placeOf(type);
    assert.equal(span && document?.text.slice(span.start, span.end), 'Payroll.Salary');
  });

  test('sources beside the bytes come before them', () => {
    const sql = `CREATE ASSEMBLY Payroll FROM ${bytes};\nGO\nCREATE FUNCTION f (@a money, @b int) RETURNS money AS EXTERNAL NAME Payroll.[Payroll.Salary].Net|Pay;`;
    const code = `using Microsoft.SqlServer.Server;\nnamespace Payroll { public class Salary { [SqlFunction] public static int NetPay(int a, int b) { return a; } } }`;
    const project =
      '<Project><PropertyGroup><AssemblyName>Payroll.Calculation</AssemblyName></PropertyGroup><ItemGroup><Compile Include="Salary.cs" /></ItemGroup></Project>';
    const among = { 'install.sql': sql, 'Salary.cs': code, 'Payroll.csproj': project };
    assert.deepEqual(definitions(markedWorkspace(among, frontEnd)), ['Salary.cs:2 NetPay']);
  });

  test('uses of an assembly lead to the statement that makes it, of another script too', () => {
    const create = 'CREATE ASSEMBLY [Shop] FROM 0x4D5A;';
    for (const use of [
      'ALTER ASSEMBLY sh|op WITH VISIBILITY = ON;',
      'DROP ASSEMBLY IF EXISTS other, Sh|op;',
      'GRANT CONTROL ON ASSEMBLY::Sh|op TO app;',
      'DENY CONTROL ON ASSEMBLY::Sh|op TO app;',
      'REVOKE CONTROL ON ASSEMBLY::[Sh|op] TO app;',
      'ALTER AUTHORIZATION ON ASSEMBLY::Sh|op TO dbo;',
      'CREATE ASYMMETRIC KEY k FROM ASSEMBLY Sh|op;',
      'ADD SIGNATURE TO ASSEMBLY::Sh|op BY CERTIFICATE c;',
      "EXEC (N'ALTER ASSEMBLY Sh|op WITH VISIBILITY = ON');",
    ])
      assert.deepEqual(definitions(markedWorkspace({ 'a.sql': create, 'b.sql': use })), ['a.sql:1 [Shop]'], use);
  });

  test('keys, certificates, logins and users lead to the statements that make them', () => {
    const all = `CREATE ASYMMETRIC KEY k FROM FILE = 'k.snk';
CREATE CERTIFICATE c FROM FILE = 'c.cer';
CREATE LOGIN l FROM ASYMMETRIC KEY k;
CREATE LOGIN m FROM CERTIFICATE c;
CREATE USER u FOR LOGIN l;
`;
    for (const [use, to] of [
      ['CREATE LOGIN x FROM ASYMMETRIC KEY k|;', 'a.sql:1 k'],
      ['CREATE LOGIN x FROM CERTIFICATE c|;', 'a.sql:2 c'],
      ['DROP CERTIFICATE c|;', 'a.sql:2 c'],
      ['GRANT UNSAFE ASSEMBLY TO l|;', 'a.sql:3 l'],
      ['DROP LOGIN m|;', 'a.sql:4 m'],
      ['CREATE USER x FROM LOGIN m|;', 'a.sql:4 m'],
      ['GRANT EXECUTE ON ASSEMBLY::a TO u|;', 'a.sql:5 u'],
      ['ALTER AUTHORIZATION ON ASSEMBLY::a TO u|;', 'a.sql:5 u'],
      ["CREATE ASSEMBLY a AUTHORIZATION u| FROM 'a.dll';", 'a.sql:5 u'],
      ['ADD SIGNATURE TO dbo.p BY CERTIFICATE c|;', 'a.sql:2 c'],
    ] as const)
      assert.deepEqual(definitions(markedWorkspace({ 'b.sql': use, 'a.sql': all })), [to], use);
  });

  test('a login is no user', () => {
    const sql = "CREATE LOGIN x WITH PASSWORD = 'p'; CREATE USER y FOR LOGIN x; GRANT EXECUTE ON ASSEMBLY::a TO x|;";
    assert.deepEqual(definitions(markedWorkspace({ 'a.sql': sql })), []);
  });

  test('of two deployments the nearer one is meant, and of none that is nearer all', () => {
    const create = "CREATE ASSEMBLY Shop FROM 'Shop.dll';";
    const drop = 'DROP ASSEMBLY Sh|op;';
    const two = { 'one/create.sql': create, 'two/create.sql': create };
    assert.deepEqual(definitions(markedWorkspace({ ...two, 'two/drop.sql': drop })), ['two/create.sql:1 Shop']);
    assert.deepEqual(definitions(markedWorkspace({ ...two, 'drop.sql': drop })), [
      'one/create.sql:1 Shop',
      'two/create.sql:1 Shop',
    ]);
  });

  test('what is made again, or in two databases, is what is there when the statement runs', () => {
    const create = "CREATE ASSEMBLY Shop FROM 'Shop.dll';\n";
    const again = `DROP ASSEMBLY IF EXISTS Shop;\n${create}ALTER ASSEMBLY Sh|op WITH VISIBILITY = OFF;\nDROP ASSEMBLY Shop;\n${create}`;
    assert.deepEqual(definitions(markedWorkspace({ 'a.sql': again })), ['a.sql:2 Shop']);
    const both = `USE A;\n${create}USE B;\n${create}USE A;\nDROP ASSEMBLY Sh|op;`;
    assert.deepEqual(definitions(markedWorkspace({ 'a.sql': both })), ['a.sql:2 Shop']);
    assert.deepEqual(references(markedWorkspace({ 'a.sql': both })), ['a.sql:2 Shop', 'a.sql:6 Shop']);
  });

  test('FillRowMethodName leads to the method', () => {
    assert.deepEqual(definitions(at('Prices.cs', 'FillRowMethodName = "Fi')), ['Prices.cs:12 Fill']);
  });

  test('what is nobody’s business of ours leads nowhere', () => {
    for (const text of ['SqlMoney Net(SqlMo', 'return Roun', 'static SqlMoney Rou', 'using System.Coll'])
      assert.deepEqual(definitions(at('Prices.cs', text)), [], text);
    assert.deepEqual(definitions(at('install.sql', 'EXEC dbo.Oth')), []);
    assert.deepEqual(definitions(at('install.sql', 'RETURNS mon')), []);
    assert.deepEqual(definitions(markedWorkspace({ 'a.sql': 'CREATE PROCEDURE p AS SELECT 1;\nGO\nEXEC p|;' })), []);
    assert.deepEqual(definitions(markedWorkspace({ 'a.sql': 'CREATE PROCEDURE p AS EXTERNAL NAME a.b.c|' })), []);
    assert.deepEqual(definitions(markedWorkspace({ 'a.sql': 'DROP ASSEMBLY |' })), []);
  });

  test('a call of a bound procedure leads to the statement that makes it', () => {
    assert.deepEqual(definitions(at('install.sql', 'EXEC dbo.N')), ['install.sql:3 Net']);
  });
});

suite('implementations', () => {
  test('of a T-SQL object is its method', () => {
    assert.deepEqual(implementations(at('install.sql', 'FUNCTION dbo.N')), ['Prices.cs:9 Net']);
    assert.deepEqual(implementations(at('install.sql', 'ON dbo.N')), ['Prices.cs:9 Net']);
    assert.deepEqual(implementations(at('install.sql', '[Shop.Prices].N')), ['Prices.cs:9 Net']);
  });

  test('of a method and a class are T-SQL objects', () => {
    assert.deepEqual(implementations(at('Prices.cs', 'SqlMoney Ne')), ['install.sql:3 dbo.Net']);
    assert.deepEqual(implementations(at('Prices.cs', 'class Pri')), [
      'install.sql:3 dbo.Net',
      'install.sql:5 dbo.[All]',
    ]);
    assert.deepEqual(implementations(at('Prices.cs', 'static SqlMoney Rou')), []);
  });

  test('of a type is its class', () => {
    const sql = "CREATE ASSEMBLY Geo FROM 'Geo.dll';\nGO\nCREATE TYPE dbo.Po|int EXTERNAL NAME Geo.Point;";
    const code =
      'using Microsoft.SqlServer.Server;\n[SqlUserDefinedType(Format.Native)] public struct Point { public int X; }';
    const project = '<Project><ItemGroup><Compile Include="Point.cs" /></ItemGroup></Project>';
    const among = { 'a.sql': sql, 'Point.cs': code, 'Geo.csproj': project };
    assert.deepEqual(implementations(markedWorkspace(among, frontEnd)), ['Point.cs:2 Point']);
  });
});

suite('references', () => {
  test('of an assembly are all of its statements', () => {
    const all = ['install.sql:1 Shop', 'install.sql:3 Shop', 'install.sql:5 [Shop]', 'install.sql:8 shop'];
    assert.deepEqual(references(at('install.sql', 'CREATE ASSEMBLY Sh')), all);
    assert.deepEqual(references(at('install.sql', 'ASSEMBLY::sh')), all);
  });

  test('of a method are what binds it, and uses of the object', () => {
    const all = ['Prices.cs:9 Net', 'install.sql:3 Net', 'install.sql:7 Net', 'install.sql:9 Net'];
    assert.deepEqual(references(at('Prices.cs', 'SqlMoney Ne')), all);
    assert.deepEqual(references(at('install.sql', '[Shop.Prices].N')), all);
  });

  test('of a class are what binds its methods', () => {
    const all = ['Prices.cs:6 Prices', 'install.sql:3 [Shop.Prices]', 'install.sql:5 [Shop.Prices]'];
    assert.deepEqual(references(at('Prices.cs', 'class Pri')), all);
    assert.deepEqual(references(at('install.sql', '[Shop.Pri')), all);
  });

  test('of a method that fills rows are the attributes that name it', () => {
    assert.deepEqual(references(at('Prices.cs', 'static void Fi')), [
      'Prices.cs:12 Fill',
      'Prices.cs:10 FillRowMethodName = "Fill"',
    ]);
  });

  test('of a key, a certificate and a login', () => {
    const sql = `CREATE ASYMMETRIC KEY k| FROM FILE = 'k.snk';
CREATE LOGIN l FROM ASYMMETRIC KEY K;
GRANT UNSAFE ASSEMBLY TO l;
DROP LOGIN l;
CREATE CERTIFICATE k FROM FILE = 'c.cer';
`;
    assert.deepEqual(references(markedWorkspace({ 'a.sql': sql })), ['a.sql:1 k', 'a.sql:2 K']);
    const ofLogin = sql.replace('|', '').replace('TO l', 'TO l|');
    assert.deepEqual(references(markedWorkspace({ 'a.sql': ofLogin })), ['a.sql:2 l', 'a.sql:3 l', 'a.sql:4 l']);
  });

  test('of what is nobody’s business of ours there are none', () => {
    assert.deepEqual(references(at('Prices.cs', 'static SqlMoney Rou')), []);
    assert.deepEqual(references(at('install.sql', 'EXEC dbo.Oth')), []);
  });

  test('in one file they are highlighted', () => {
    const { workspace, uri, offset } = at('install.sql', '[Shop.Pri');
    assert.deepEqual(
      workspace.highlights(uri, offset).map((place) => placeText(workspace, place)),
      ['install.sql:3 [Shop.Prices]', 'install.sql:5 [Shop.Prices]'],
    );
  });
});

suite('symbols of the workspace', () => {
  const symbols = (query: string): readonly string[] => {
    const { workspace } = at('install.sql', 'EXEC');
    return workspace
      .workspaceSymbols(query)
      .map(
        ({ kind, name, detail, uri, nameSpan }) =>
          `${kind} ${name} (${detail}) ${placeText(workspace, { uri, span: nameSpan })}`,
      );
  };

  test('are assemblies, objects and routines, by the letters of the query in order', () => {
    assert.deepEqual(symbols('SHOP'), [
      'assembly Shop (SAFE) install.sql:1 Shop',
      'method Shop.Prices::Net (Shop) Prices.cs:9 Net',
      'method Shop.Prices::All (Shop) Prices.cs:11 All',
    ]);
    assert.deepEqual(symbols('dnet'), ['function dbo.Net (Shop.Shop.Prices.Net) install.sql:3 dbo.Net']);
    assert.deepEqual(symbols('ten'), []);
  });
});
