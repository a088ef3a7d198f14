// Renaming, through the workspace: a mark and a new name in, the texts as they are then out, or why they stay.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { markedWorkspace, uriOf, type Marked } from '../support/marked-workspace.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const frontEnd = await diskGrammar('dist-test');
const bytes = `0x${Buffer.from(sampleAssembly()).toString('hex')}`;

/** Every file that is another then, and what is said where nothing is done. */
function renamed(
  { workspace, uri, offset }: Marked,
  to: string,
): Readonly<Record<string, string>> | string | undefined {
  const result = workspace.rename(uri, offset, to);
  if (!result) return undefined;
  if (result.refused !== undefined) return result.refused;
  const texts = new Map<string, string>();
  for (const edit of result.edits.toSorted((a, b) => b.at.start - a.at.start)) {
    const text = texts.get(edit.uri) ?? workspace.textOf(edit.uri);
    texts.set(edit.uri, text.slice(0, edit.at.start) + edit.text + text.slice(edit.at.end));
  }
  return Object.fromEntries([...texts].map(([one, text]) => [one.slice(uriOf('').length), text]));
}

suite('names of scripts', () => {
  const inSql = (sql: string, to: string, other = ''): ReturnType<typeof renamed> =>
    renamed(markedWorkspace({ 'a.sql': sql, ...(other !== '' && { 'b.sql': other }) }), to);

  test('an assembly, in every script of its deployment, and where its name is looked up', () => {
    const sql = `IF EXISTS (SELECT * FROM sys.assemblies WHERE name = N'Shop') DROP ASSEMBLY Shop;
CREATE ASSEMBLY Sh|op FROM 'Shop.dll';
PRINT 'Shop';
`;
    const other = `CREATE PROCEDURE dbo.Shop AS EXTERNAL NAME [shop].[Shop].Run;
GO
EXEC dbo.Shop;
EXEC (N'GRANT CONTROL ON ASSEMBLY::Shop TO app');
`;
    assert.deepEqual(inSql(sql, 'Store', other), {
      'a.sql': sql.replace('|', '').replace("N'Shop'", "N'Store'").replaceAll('ASSEMBLY Shop', 'ASSEMBLY Store'),
      'b.sql': other.replace('[shop]', '[Store]').replace('::Shop', '::Store'),
    });
  });

  test('a name that is no regular identifier is written in delimiters', () => {
    assert.deepEqual(inSql("CREATE ASSEMBLY Sh|op FROM 'x.dll'; DROP ASSEMBLY [Shop];", 'a.b]'), {
      'a.sql': "CREATE ASSEMBLY [a.b]]] FROM 'x.dll'; DROP ASSEMBLY [a.b]]];",
    });
  });

  test('keys, certificates and logins', () => {
    assert.deepEqual(
      inSql("CREATE ASYMMETRIC KEY k FROM FILE = 'k.snk'; CREATE LOGIN k FROM ASYMMETRIC KEY |k;", 'q'),
      {
        'a.sql': "CREATE ASYMMETRIC KEY q FROM FILE = 'k.snk'; CREATE LOGIN k FROM ASYMMETRIC KEY q;",
      },
    );
    assert.deepEqual(inSql("CREATE CERTIFICATE |c FROM FILE = 'c.cer'; DROP CERTIFICATE c;", 'q'), {
      'a.sql': "CREATE CERTIFICATE q FROM FILE = 'c.cer'; DROP CERTIFICATE q;",
    });
    assert.deepEqual(inSql('CREATE LOGIN l FROM CERTIFICATE l; GRANT UNSAFE ASSEMBLY TO |l;', 'q'), {
      'a.sql': 'CREATE LOGIN q FROM CERTIFICATE l; GRANT UNSAFE ASSEMBLY TO q;',
    });
  });

  test('another deployment keeps its own', () => {
    const create = "CREATE ASSEMBLY Shop FROM 'Shop.dll';";
    const files = { 'one/a.sql': create.replace('Shop ', 'Sh|op '), 'two/a.sql': create };
    assert.deepEqual(renamed(markedWorkspace(files), 'Store'), { 'one/a.sql': create.replace('Shop ', 'Store ') });
  });

  for (const [why, sql, other] of [
    [/^No script of the workspace creates/, 'DROP ASSEMBLY Sh|op;', ''],
    [/^A script creates Store already/, "CREATE ASSEMBLY Sh|op FROM 'a'; CREATE ASSEMBLY store FROM 'b';", ''],
    [/line 1, puts the name together/, "CREATE ASSEMBLY [$(n)|] FROM 'a';", ''],
    [/a\.sql, line 2, has the name in a string/, "CREATE ASSEMBLY Sh|op FROM 'a';\nEXEC dbo.Log 'Shop';", ''],
    [/in a string/, "CREATE ASSEMBLY Sh|op FROM 'a';\nSET @s = @t + 'DROP ASSEMBLY Shop';", ''],
    [
      /in a string/,
      "CREATE ASSEMBLY Sh|op FROM 'a';\nEXEC ('IF EXISTS (SELECT 1 FROM sys.assemblies WHERE name = ''Shop'') DROP ASSEMBLY Shop');",
      '',
    ],
    [/without FOR LOGIN/, 'CREATE LOGIN l| FROM CERTIFICATE c; CREATE USER l;', ''],
  ] as const)
    test(`not where ${why.source}`, () => assert.match(String(inSql(sql, 'Store', other)), why));

  test('not to what is no name', () => {
    for (const to of ['', '  ', "a'b", '$(n)', 'a\nb', 'x'.repeat(129)])
      assert.match(String(inSql("CREATE ASSEMBLY Sh|op FROM 'a';", to)), /is no name/);
  });

  test('not where several scripts make it, or another assembly refers to it', () => {
    const create = "CREATE ASSEMBLY Shop FROM 'a';";
    const two = { 'one/a.sql': create, 'two/a.sql': create, 'c.sql': 'DROP ASSEMBLY Sh|op;' };
    assert.match(String(renamed(markedWorkspace(two), 'Store')), /^Several scripts create Shop/);
    const data = `CREATE ASSEMBLY [System.Dat|a] FROM 'a'; CREATE ASSEMBLY Pay FROM ${bytes};`;
    assert.match(String(inSql(data, 'Store')), /refers to System\.Data by its name \(Msg 6503\)/);
  });

  test('users, objects and ordinary names are not ours to rename', () => {
    assert.equal(inSql('CREATE USER u| WITHOUT LOGIN;', 'v'), undefined);
    assert.equal(inSql('EXEC p|;', 'q'), undefined);
    assert.equal(inSql('SELECT a| FROM b;', 'q'), undefined);
  });

  test('what is renamed is the name, without delimiters', () => {
    const { workspace, uri, offset } = markedWorkspace({ 'a.sql': "CREATE ASSEMBLY [Sh|op] FROM 'a';" });
    assert.deepEqual(workspace.renamable(uri, offset), { span: { start: 16, end: 22 }, name: 'Shop' });
    assert.equal(workspace.renamable(uri, 2), undefined);
  });
});

const source = `using System.Collections;
using System.Data.SqlTypes;
using Microsoft.SqlServer.Server;
namespace Shop
{
    /// Prices: see Net
    public class Prices
    {
        static Prices() { }
        [SqlFunction(Name = "Net")]
        public static SqlMoney Net(SqlMoney gross) { return gross; }
        [SqlFunction(FillRowMethodName = "Fill", TableDefinition = "n int")]
        public static IEnumerable All() { var text = $"Net {Net(1)}"; Prices.Net(Net(2)); return new int[0]; }
        public static void Fill(object row, out int n) { n = (int)row; }
        static SqlMoney Other() { return Shop.Prices.Net(3); }
    }
}
`;
const script = `CREATE ASSEMBLY Shop FROM 'Shop.dll';
GO
CREATE FUNCTION dbo.Net(@gross money) RETURNS money AS EXTERNAL NAME Shop.[Shop.Prices].Net;
GO
CREATE FUNCTION dbo.[All]() RETURNS TABLE (n int) AS EXTERNAL NAME [Shop].[Shop.Prices].[All];
`;
const project = '<Project><ItemGroup><Compile Include="*.cs" /></ItemGroup></Project>';
const files = { 'Prices.cs': source, 'install.sql': script, 'Shop.csproj': project };

function at(name: 'Prices.cs' | 'install.sql', text: string, among: Readonly<Record<string, string>> = files): Marked {
  const whole = among[name] ?? '';
  const end = whole.indexOf(text) + text.length;
  assert.ok(end >= text.length, text);
  return markedWorkspace({ ...among, [name]: `${whole.slice(0, end)}|${whole.slice(end)}` }, frontEnd);
}

suite('classes and methods', () => {
  const method = {
    'Prices.cs': source
      .replace('SqlMoney Net(SqlMoney', 'SqlMoney Clear(SqlMoney')
      .replace('{Net(1)}', '{Clear(1)}')
      .replace('Prices.Net(Net(2))', 'Prices.Clear(Clear(2))')
      .replace('Prices.Net(3)', 'Prices.Clear(3)'),
    'install.sql': script.replace('.Net;', '.Clear;'),
  };

  test('a method: its declaration, what calls it and what binds it; strings and comments stay', () => {
    assert.deepEqual(renamed(at('Prices.cs', 'SqlMoney Ne'), 'Clear'), method);
    assert.deepEqual(renamed(at('install.sql', '[Shop.Prices].N'), 'Clear'), method);
  });

  test('a method that fills rows, with the attribute', () => {
    const filled = { 'Prices.cs': source.replaceAll('Fill(', 'Row(').replace('"Fill"', '"Row"') };
    assert.deepEqual(renamed(at('Prices.cs', 'static void Fi'), 'Row'), filled);
    assert.deepEqual(renamed(at('Prices.cs', 'FillRowMethodName = "Fi'), 'Row'), filled);
  });

  test('a class: its constructors, what is called on it and what binds it', () => {
    const costs = {
      'Prices.cs': source
        .replace('class Prices', 'class Costs')
        .replace('static Prices()', 'static Costs()')
        .replace('Prices.Net(Net', 'Costs.Net(Net')
        .replace('Shop.Prices.Net', 'Shop.Costs.Net'),
      'install.sql': script.replaceAll('[Shop.Prices]', '[Shop.Costs]'),
    };
    assert.deepEqual(renamed(at('Prices.cs', 'class Pri'), 'Costs'), costs);
    assert.deepEqual(renamed(at('install.sql', '[Shop.Pri'), 'Costs'), costs);
  });

  test('what is offered is the name in C#', () => {
    const offered = ({ workspace, uri, offset }: Marked): string | undefined => workspace.renamable(uri, offset)?.name;
    assert.equal(offered(at('Prices.cs', 'class Pri')), 'Prices');
    assert.equal(offered(at('install.sql', '[Shop.Pri')), 'Prices');
    assert.equal(offered(at('Prices.cs', 'FillRowMethodName = "Fi')), 'Fill');
    assert.equal(offered(at('Prices.cs', 'SqlMoney Oth')), undefined);
  });

  test('what is compiled against it is renamed with it', () => {
    const among = {
      ...files,
      'user/Use.cs': 'public class Use { public static void M() { Shop.Prices.Net(4); } }',
      'user/User.csproj':
        '<Project><ItemGroup><Compile Include="Use.cs" /><ProjectReference Include="..\\Shop.csproj" /></ItemGroup></Project>',
    };
    const found = renamed(at('Prices.cs', 'SqlMoney Ne', among), 'Clear');
    assert.ok(typeof found === 'object');
    assert.match(found['Prices.cs'] ?? '', /SqlMoney Clear\(/);
  });

  const refused = (change: (text: string) => string, to = 'Clear', mark = 'SqlMoney Ne', sql = script): string =>
    String(renamed(at('Prices.cs', mark, { ...files, 'Prices.cs': change(source), 'install.sql': sql }), to));
  const more = (member: string) => (text: string) =>
    text.replace('static SqlMoney Other()', `${member}\n        static SqlMoney Other()`);

  test('not where a place of the name cannot be accounted for', () => {
    assert.match(refused(more('static string S = nameof(Net);')), /^Prices\.cs, line 15, has Net too/);
    assert.match(refused(more('#if OTHER\nstatic void M() { Net(1); }\n#endif')), /has Net too/);
    assert.match(refused(more('class Inner { public int Net; }')), /has Net too/);
    assert.match(refused(more('static System.Type T = typeof(Prices);'), 'Costs', 'class Pri'), /has Prices too/);
  });

  test('not where C# would not have it so', () => {
    assert.match(refused(more('static void Net(int n) { }')), /has several methods of that name/);
    assert.match(refused(more('static int Clear;')), /^Prices\.cs, line 15, has Clear already/);
    assert.match(
      refused((text) => text, 'gross'),
      /line 11, has gross already/,
    );
    for (const to of ['1a', 'a b', 'class', '', 'a.b'])
      assert.match(
        refused((text) => text, to),
        /is no name in C#/,
      );
  });

  test('not where a script has the bytes', () => {
    const own = script.replace("'Shop.dll'", bytes);
    assert.match(
      refused((text) => text, 'Clear', 'SqlMoney Ne', own),
      /^Shop is created from bytes that have Net/,
    );
  });

  test('a database project deploys its own assembly: no script creates it', () => {
    const among = { ...files, 'install.sql': script.slice(script.indexOf('CREATE FUNCTION')) };
    const found = renamed(at('Prices.cs', 'SqlMoney Ne', among), 'Clear');
    assert.ok(typeof found === 'object');
    assert.match(found['install.sql'] ?? '', /Shop\.\[Shop\.Prices\]\.Clear;/);
  });

  test('not in bytes, and C# that has nothing to do with T-SQL is other extensions’', () => {
    const sql = `CREATE ASSEMBLY Pay FROM ${bytes};\nGO\nCREATE FUNCTION f (@a money, @b int) RETURNS money AS EXTERNAL NAME Pay.[Payroll.Salary].Net|Pay;`;
    assert.match(
      String(renamed(markedWorkspace({ 'a.sql': sql }, frontEnd), 'x')),
      /sources of Payroll\.Calculation are not in the workspace/,
    );
    assert.match(String(renamed(markedWorkspace({ 'a.sql': sql }), 'x')), /no C# sources/);
    assert.equal(renamed(at('Prices.cs', 'SqlMoney Oth'), 'x'), undefined);
  });
});
