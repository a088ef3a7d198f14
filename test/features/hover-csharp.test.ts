// Hover and lenses in C#, through the workspace: a source with a mark, beside a project and scripts.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Lens } from '../../server/analysis/features/feature.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';

const frontEnd = await diskGrammar('dist-test');
const source = 'file:///p/Shop.cs';
const script = 'file:///p/install.sql';
const created = "CREATE ASSEMBLY Shop FROM 'Shop.dll' WITH PERMISSION_SET = SAFE;\nGO\n";
const usings = `using System;
using System.Collections;
using System.Data.SqlClient;
using System.Data.SqlTypes;
using System.IO;
using System.Security;
using System.Security.Principal;
using Microsoft.SqlServer.Server;
`;

function workspaceOf(text: string, sql: string, project = 'Shop.csproj'): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(frontEnd);
  workspace.set(`file:///p/${project}`, '<Project><ItemGroup><Compile Include="Shop.cs" /></ItemGroup></Project>');
  workspace.set(source, usings + text);
  workspace.set(script, sql);
  return workspace;
}

/** The hover at `|`, which is taken out. */
function hoverAt(marked: string, sql = created): { readonly on: string; readonly markdown: string } | undefined {
  const text = marked.replace('|', '');
  const hover = workspaceOf(text, sql).hover(source, usings.length + marked.indexOf('|'));
  return (
    hover && { on: (usings + text).slice(hover.span.start, hover.span.end), markdown: withoutLinks(hover.markdown) }
  );
}

/** Where places of the workspace are linked to is a test of its own. */
function withoutLinks(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\(<at:[^>]*>\)/g, '$1');
}

function markdownAt(marked: string, sql = created): string {
  return hoverAt(marked, sql)?.markdown ?? '';
}

/** Every line of them: what stands there, the title, and what a click leads to. */
function lensesOf(text: string, sql: string, project?: string): readonly string[] {
  const workspace = workspaceOf(text, sql, project);
  const textAt = ({ uri, span }: Lens['places'][number]): string =>
    workspace.textOf(uri).slice(span.start, span.end).split('\n', 1)[0] ?? '';
  return workspace
    .lenses(source)
    .map((lens) => [textAt({ uri: source, span: lens.span }), lens.title, ...lens.places.map(textAt)].join(' | '));
}

const orders = (attribute: string): string => `public static class Orders
{
    ${attribute}
    public static int Count()
    {
        using (var connection = new SqlConnection("context connection=true"))
        {
            connection.Open();
            return (int)new SqlCommand("SELECT COUNT(*) FROM dbo.Orders", connection).ExecuteScalar();
        }
    }
}`;

suite('attributes', () => {
  test('the attribute: what it says, what holds where something is left out, and what the code does', () => {
    const hover = hoverAt(orders('[Sql|Function(IsDeterministic = true)]'));
    assert.equal(hover?.on, 'SqlFunction(IsDeterministic = true)');
    for (const part of [
      '**SqlFunction** · `Orders::Count`',
      '- IsDeterministic: `true`',
      '- DataAccess is left out, so `None`: the context connection does not open',
      '⚠ Orders\\:\\:Count opens the context connection, and is not marked DataAccessKind\\.Read (Msg 6522)',
      'says IsDeterministic',
      '(https://learn.microsoft.com/dotnet/api/microsoft.sqlserver.server.sqlfunctionattribute)',
    ])
      assert.ok(hover.markdown.includes(part), `${part} in ${hover.markdown}`);
    assert.doesNotMatch(hover.markdown, /FillRowMethodName/);
  });

  test('a property: its value by name, and what is held against it alone', () => {
    const hover = hoverAt(orders('[SqlFunction(DataAccess = DataAccess|Kind.None, IsDeterministic = true)]'));
    assert.equal(hover?.on, 'DataAccess = DataAccessKind.None');
    assert.match(hover.markdown, /^\*\*DataAccess\*\* of SqlFunction: `DataAccessKind\.None`\n/);
    assert.match(hover.markdown, /⚠ .*not marked DataAccessKind/);
    assert.doesNotMatch(hover.markdown, /says IsDeterministic/);
    const right = markdownAt(orders('[SqlFunction(DataAccess| = DataAccessKind.Read)]'));
    assert.match(right, /`DataAccessKind\.Read`/);
    assert.doesNotMatch(right, /⚠/);
  });

  test('what is found where a routine leads to is told at its attribute', () => {
    const text = orders('[SqlFunction(Is|Deterministic = true, DataAccess = DataAccessKind.Read)]').replace(
      'connection.Open();',
      'Open(connection);',
    );
    const helper = 'static class Helper { internal static void Open(SqlConnection c) { c.Open(); } }';
    const markdown = markdownAt(`${text.replace('Open(connection)', 'Helper.Open(connection)')}\n${helper}`);
    assert.match(markdown, /⚠ Helper\\:\\:Open reads data .*Orders\\:\\:Count says IsDeterministic/);
  });

  test('a comment that allows a finding silences it here too', () => {
    const text = orders('[SqlFun|ction]').replace(
      '            connection.Open();',
      '            // sqlclr-disable-next-line missing-data-access -- to be deployed with the next version\n            connection.Open();',
    );
    assert.doesNotMatch(markdownAt(text), /⚠/);
  });

  test('only a table-valued function is told that it lacks FillRowMethodName', () => {
    const markdown = markdownAt('public class C { [SqlFun|ction] public static IEnumerable All() { return null; } }');
    assert.match(markdown, /FillRowMethodName is left out, so `null`: refused .* \(Msg 10306\)/);
  });

  test('what the constructor takes is a property, and decides what may be left out', () => {
    const type = (format: string): string =>
      `[Serializable][SqlUserDefinedType(${format})] public struct Point : INullable { public int X; public bool IsNull { get { return false; } } }`;
    assert.match(markdownAt(type('Format.Na|tive')), /^\*\*Format\*\* of SqlUserDefinedType: `Format\.Native`/);
    const native = markdownAt(type('Format.Native').replace('SqlUser', 'SqlUs|er'));
    assert.match(native, /- Format: `Format\.Native`/);
    assert.doesNotMatch(native, /MaxByteSize/);
    const own = markdownAt(type('Format.UserDefined').replace('SqlUser', 'SqlUs|er'));
    assert.match(own, /MaxByteSize is left out, so `0`: refused with Format\.UserDefined \(Msg 6244\)/);
    assert.match(markdownAt(type('Format.Native, IsFixed|Length = true')), /Not with MaxByteSize = -1 \(Msg 6247\)/);
  });

  for (const [on, marked] of [
    ['SqlProcedure', 'public class C { [SqlPro|cedure] public static void P() { } }'],
    ['SqlTrigger', 'public class C { [SqlTri|gger(Target = "t", Event = "FOR INSERT")] public static void P() { } }'],
    [
      'SqlMethod',
      'public class C { [SqlMe|thod(IsMutator = true)] public void P() { } [SqlProcedure] public static void Q() { } }',
    ],
    ['SqlUserDefinedAggregate', '[SqlUserDefined|Aggregate(Format.Native)] public struct Sum { }'],
    ['SqlFacet', 'public class C { [SqlProcedure] public static void P([SqlFa|cet(MaxSize = 10)] string s) { } }'],
    [
      'SqlFacet',
      'public class C { [SqlFunction] [return: SqlFa|cet(MaxSize = 10)] public static string P() { return ""; } }',
    ],
    [
      'AllowPartiallyTrustedCallers',
      '[assembly: AllowPar|tiallyTrustedCallers] public class C { [SqlProcedure] public static void P() { } }',
    ],
  ] as const)
    test(`${on} is known${marked.includes('return:') ? ' on a result' : ''}`, () => {
      assert.ok(markdownAt(marked).startsWith(`**${on}**`), markdownAt(marked));
    });

  test('an attribute of nobody’s business says nothing', () => {
    assert.equal(
      hoverAt('public class C { [Obs|olete] public static void P() { } [SqlProcedure] public static void Q() { } }'),
      undefined,
    );
  });

  test('text of the source is text', () => {
    const markdown = markdownAt(
      'public class C { [SqlProcedure(Na|me = "`](command:evil)<b>")] public static void P() { } }',
    );
    assert.match(markdown, /Name\*\* of SqlProcedure: `` "`\]\(command:evil\)<b>" ``/);
  });
});

const reader = `public static class Files
{
    [SqlProcedure]
    public static void Re|ad(string path) { SqlContext.Pipe.Send(Load(path)); }
    private static string Load(string path) { return File.ReadAllText(path); }
}`;
const bound = `${created}CREATE PROCEDURE sales.[Read](@path nvarchar(260)) WITH EXECUTE AS OWNER AS EXTERNAL NAME Shop.Files.[Read];\nGO\n`;

suite('routines', () => {
  test('what it needs and why, what binds it, as whom it runs', () => {
    const hover = hoverAt(reader, bound);
    assert.equal(hover?.on, 'Read');
    assert.equal(
      hover.markdown,
      [
        '`Files::Read`, a stored procedure, in assembly `Shop`',
        '',
        '⚠ **Needs EXTERNAL_ACCESS**, and is declared SAFE',
        '- Why: `Files::Read` → `Files::Load` → `System.IO.File::ReadAllText`: FileIOPermission, checked when it runs',
        '- Bound by procedure `sales.Read` (`install.sql`), **runs as OWNER** (EXECUTE AS): external access from it fails',
        '  - No script grants EXECUTE on it to anyone',
      ].join('\n'),
    );
  });

  test('what it runs, reads and writes on the context connection', () => {
    const orders = `public static class Orders
{
    [SqlProcedure]
    public static void Clo|se()
    {
        using (var connection = new SqlConnection("context connection=true"))
        {
            new SqlCommand("EXEC dbo.Notify; DELETE dbo.Done; DELETE dbo.Old", connection).ExecuteNonQuery();
            new SqlCommand("SELECT * FROM sys.tables, dbo.Orders", connection).ExecuteNonQuery();
        }
    }
}`;
    assert.match(
      markdownAt(orders),
      /- On the context connection: runs `dbo\.Notify`; deletes from `dbo\.Done`, `dbo\.Old`; reads `dbo\.Orders`$/m,
    );
  });

  test('who may call it: by name, by schema, by database, and who may not', () => {
    const others =
      'GRANT EXECUTE ON dbo.[Read] TO x;\nGRANT SELECT ON sales.[Read] TO y;\nGRANT EXECUTE ON SCHEMA::dbo TO z;\nGRANT ALL TO everything;\n';
    assert.match(markdownAt(reader, bound + others), /No script grants EXECUTE/);
    const all = `GRANT EXECUTE ON OBJECT::Sales.[read] TO app, public;\nGRANT EXECUTE TO dba;\nDENY EXEC ON SCHEMA::sales TO guest;\nREVOKE EXECUTE ON sales.[Read] FROM app;`;
    assert.match(
      markdownAt(reader, bound + all),
      /- Scripts grant EXECUTE to `app`; grant EXECUTE to `public`, that is everyone; grant EXECUTE to `dba`, on all of the database; deny EXEC to `guest`, on all of its schema; revoke EXECUTE from `app`$/,
    );
  });

  test('a table-valued function is read, a scalar one executed', () => {
    const text =
      'public class C { [SqlFunction(FillRowMethodName = "F")] public static IEnumerable A|ll() { return null; } public static void F(object o, out int i) { i = 0; } }';
    const sql = `${created}CREATE FUNCTION dbo.Everything() RETURNS TABLE (i int) AS EXTERNAL NAME Shop.C.[All];\nGO\n`;
    assert.match(markdownAt(text, `${sql}GRANT SELECT ON dbo.Everything TO app;`), /grant SELECT to `app`/);
    assert.match(markdownAt(text, `${sql}GRANT EXECUTE ON dbo.Everything TO app;`), /No script grants SELECT/);
  });

  test('where no script binds it, that is said, and who does', () => {
    assert.match(markdownAt(reader), /- No script binds it$/);
    const at = usings.length + reader.indexOf('|');
    const database = workspaceOf(reader.replace('|', ''), '', 'Shop.sqlproj').hover(source, at)?.markdown;
    assert.match(database ?? '', /No script binds it; deploying `Shop\.sqlproj` does, by its attribute/);
  });

  test('a routine that is harmless in an assembly that is not', () => {
    const text = reader.replace('|', '').replace(/}$/, '    [SqlProcedure] public static void Qui|et() { }\n}');
    assert.match(
      markdownAt(text),
      /\*\*Needs SAFE\*\*, as it is declared\n- The assembly as a whole needs EXTERNAL_ACCESS: /,
    );
  });

  test('what is not known is that of the routine, and not what others call', () => {
    const text =
      'public class C { [SqlProcedure] public static void Known() { } [SqlProcedure] public static void Open(string s) { new SqlConnection(s); } }';
    assert.match(markdownAt(text.replace('Open', 'Op|en')), /- Not known: .*SqlConnection.*may need EXTERNAL/);
    assert.doesNotMatch(markdownAt(text.replace('Known', 'Kno|wn')), /Not known/);
  });

  test('the class of a type and of an aggregate is what T-SQL binds', () => {
    const type =
      '[SqlUserDefinedType(Format.Native)] public struct Poi|nt { public int X; public static Point Parse(SqlString s) { return new Point(); } }';
    const sql = `${created}CREATE TYPE dbo.Point EXTERNAL NAME Shop.Point;\nGO\nGRANT REFERENCES ON TYPE::dbo.Point TO app;`;
    assert.match(markdownAt(type, sql), /^`Point`, a user-defined type, in assembly `Shop`/);
    assert.match(
      markdownAt(type, sql),
      /Bound by type `dbo\.Point` \(`install\.sql`\)\n {2}- Scripts grant REFERENCES to `app`/,
    );
    const sum = '[SqlUserDefinedAggregate(Format.Native)] public struct S|um { public void Init() { } }';
    assert.match(markdownAt(sum), /^`Sum`, an aggregate, .*No script binds it$/s);
  });

  test('sources beside the bytes of the same assembly are bound by its name', () => {
    const sql = bound.replace("'Shop.dll'", '0x4D5A');
    assert.match(markdownAt(reader, sql), /is declared SAFE.*Bound by procedure `sales\.Read`/s);
  });

  test('a method that SQL Server does not call says nothing', () => {
    assert.equal(hoverAt(reader.replace('|', '').replace('string Load', 'string Lo|ad')), undefined);
  });

  test('names of scripts are escaped', () => {
    const sql = bound.replace('sales.[Read]', 'sales.[`]](command:evil)]');
    assert.doesNotMatch(markdownAt(reader, sql).replace(/(`+).*?\1/gs, ''), /command:/);
  });
});

suite('what SQL Server gives to code', () => {
  const inside = (code: string): string =>
    `public static class C { [SqlProcedure] public static void P() { ${code} } }`;
  for (const [marked, on, part] of [
    [
      'var i = SqlContext.Windows|Identity;',
      'SqlContext.WindowsIdentity',
      'null where the client logged on with SQL Server',
    ],
    ['using (SqlContext.WindowsIdentity.Imper|sonate()) { }', 'SqlContext.WindowsIdentity.Impersonate()', '(Msg 6233)'],
    [
      'SqlContext.WindowsIdentity.Impersonate().Un|do();',
      'SqlContext.WindowsIdentity.Impersonate().Undo()',
      '(Msg 10312)',
    ],
    ['var i = WindowsIdentity.Get|Current();', 'WindowsIdentity.GetCurrent()', 'the service account'],
    ['SqlContext.Pi|pe.Send("");', 'SqlContext.Pipe', 'functions have not'],
    ['SqlContext.Pipe.Se|nd("");', 'SqlContext.Pipe.Send("")', '4000 characters'],
    [
      'var a = SqlContext.TriggerContext.Trigger|Action;',
      'SqlContext.TriggerContext.TriggerAction',
      'fired the trigger',
    ],
    ['if (SqlContext.Is|Available) { }', 'SqlContext.IsAvailable', 'InvalidOperationException'],
    [
      'var c = new SqlConnection("context conn|ection=true");',
      'new SqlConnection("context connection=true")',
      'rights of whoever called',
    ],
    [
      'var c = new SqlConnection(); c.ConnectionString = "context con|nection=yes";',
      'c.ConnectionString = "context connection=yes"',
      'rights of whoever called',
    ],
    ['var c = new SqlConnection("context connection=true"); c.Op|en();', 'c.Open()', '(Msg 6522)'],
    [
      'string s = "context con|nection=true"; new SqlConnection(s).Open();',
      's = "context connection=true"',
      'rights of whoever called',
    ],
  ] as const)
    test(`${on}`, () => {
      const hover = hoverAt(inside(marked));
      assert.equal(hover?.on, on);
      assert.ok(hover.markdown.includes(part), hover.markdown);
      assert.match(hover.markdown, /\n\n\[[\w. ]+\]\(https:\/\/learn\.microsoft\.com\/[\w./-]+\)(?: · |\n\n|$)/);
    });

  test('another connection is none of it', () => {
    const markdown = markdownAt(inside('var c = new SqlConnection("Server=.;Integrated Security=|true"); c.Open();'));
    assert.doesNotMatch(markdown, /context connection: /i);
    assert.match(markdown, /needs EXTERNAL_ACCESS/);
  });
});

suite('lenses', () => {
  test('above a class, above a routine, above the attributes of the assembly', () => {
    const text = `[assembly: AllowPartiallyTrustedCallers]\n${reader.replace('|', '')}\n${orders('[SqlFunction]')}`;
    assert.deepEqual(lensesOf(text, bound), [
      'AllowPartiallyTrustedCallers | needs EXTERNAL_ACCESS | File.ReadAllText(path)',
      'AllowPartiallyTrustedCallers | declared SAFE | PERMISSION_SET = SAFE',
      'Files | needs EXTERNAL_ACCESS | File.ReadAllText(path)',
      'Files | declared SAFE | PERMISSION_SET = SAFE',
      'Read | bound by sales.Read | sales.[Read]',
      'Orders | needs SAFE',
      'Orders | declared SAFE | PERMISSION_SET = SAFE',
      'Count | bound by no script',
    ]);
  });

  test('what CREATE ASSEMBLY looks at counts where it stands', () => {
    const text =
      'public class A { static int n; [SqlProcedure] public static void P() { } } public class B { [SqlProcedure] public static void P() { } }';
    assert.deepEqual(
      lensesOf(text, '').filter((line) => line.includes('needs')),
      ['A | needs UNSAFE | n', 'B | needs SAFE'],
    );
  });

  test('a type is bound as a whole, and a class without routines has none', () => {
    const text =
      '[SqlUserDefinedType(Format.Native)] public struct Point { public int X; public static Point Parse(SqlString s) { return new Point(); } } class Other { void M() { File.Delete("x"); } }';
    const sql = `${created}CREATE TYPE dbo.Point EXTERNAL NAME Shop.Point;`;
    assert.deepEqual(lensesOf(text, sql), [
      'Point | needs SAFE',
      'Point | declared SAFE | PERMISSION_SET = SAFE',
      'Point | bound by dbo.Point | dbo.Point',
    ]);
  });

  test('an object that is created and altered is one, in two places', () => {
    const altered = bound.replace(/.*GO\n(CREATE) /s, 'ALTER ');
    assert.equal(
      lensesOf(reader.replace('|', ''), bound + altered).at(-1),
      'Read | bound by sales.Read | sales.[Read] | sales.[Read]',
    );
    const other = altered.replace('ALTER', 'CREATE').replace('sales.[Read]', 'dbo.Other');
    assert.match(lensesOf(reader.replace('|', ''), bound + other).at(-1) ?? '', /bound by sales\.Read and 1 more/);
  });

  test('above CREATE ASSEMBLY what the sources need', () => {
    const [lens, ...others] = workspaceOf(reader.replace('|', ''), bound).lenses(script);
    assert.deepEqual(others, []);
    assert.equal(lens?.title, 'needs EXTERNAL_ACCESS');
    assert.deepEqual(
      lens.places.map(({ uri }) => uri),
      [source],
    );
    assert.deepEqual(
      workspaceOf(orders('[SqlFunction]'), "CREATE ASSEMBLY Other FROM 'Other.dll';").lenses(script),
      [],
    );
  });
});

test('a source of 100 KB is answered quickly', () => {
  const method = (index: number): string => `    [SqlProcedure]
    public static void P${index}(string path)
    {
        using (var connection = new SqlConnection("context connection=true"))
        {
            connection.Open();
            if (path.Length > ${index}) SqlContext.Pipe.Send(File.ReadAllText(path + ${index}));
        }
    }
`;
  const classes = Array.from(
    { length: 40 },
    (_, index) =>
      `public class C${index}\n{\n${Array.from({ length: 10 }, (_each, one) => method(index * 10 + one)).join('')}}\n`,
  ).join('');
  const workspace = workspaceOf(classes, bound);
  assert.ok(workspace.textOf(source).length > 100_000);
  const offsets = ['P399', 'SqlProcedure', 'connection.Open', 'File.ReadAll'].map((text) =>
    workspace.textOf(source).lastIndexOf(text),
  );
  workspace.findings(source);
  // In milliseconds: less than 20 on a machine that has nothing else to do.
  const limit = 50;
  const quickest = (work: () => unknown): number =>
    Math.min(
      ...Array.from({ length: 10 }, () => {
        const start = performance.now();
        work();
        return performance.now() - start;
      }),
    );
  for (const offset of offsets) {
    assert.ok(workspace.hover(source, offset + 1));
    assert.ok(quickest(() => workspace.hover(source, offset + 1)) < limit);
  }
  assert.equal(workspace.lenses(source).length, 40 * 12);
  assert.ok(quickest(() => workspace.lenses(source)) < limit);
});

test('a call that reaches outside says as whom the thread runs there', () => {
  const unsafe = "CREATE ASSEMBLY Shop FROM 'Shop.dll' WITH PERMISSION_SET = UNSAFE;\nGO\n";
  const at = (body: string): string | undefined =>
    /^- Here the thread runs as .*$/m.exec(
      markdownAt(
        `public static class Shop
{
    private static string Text(string path) { return File.Read|AllText(path); }
    private static void As(Action action)
    {
        var identity = SqlContext.WindowsIdentity;
        if (identity == null) throw new InvalidOperationException();
        using (identity.Impersonate()) action();
    }
    [SqlProcedure]
    public static void Run(string path, IntPtr token)
    {
        ${body}
    }
}`,
        unsafe,
      ),
    )?.[0];
  assert.equal(
    at('Text(path);'),
    "- Here the thread runs as SQL Server's own account, because no impersonation is in force",
  );
  assert.equal(
    at(
      'var identity = SqlContext.WindowsIdentity; if (identity == null) return; using (identity.Impersonate()) Text(path);',
    ),
    "- Here the thread runs as the caller's Windows account, because `Shop::Run` impersonates",
  );
  assert.equal(
    at('As(() => Text(path));'),
    "- Here the thread runs as the caller's Windows account, because `Shop::As` impersonates",
  );
  assert.equal(
    at('using (SqlContext.WindowsIdentity?.Impersonate()) Text(path);'),
    "- Here the thread runs as the caller's Windows account, because `Shop::Run` impersonates; on other ways it runs as SQL Server's own account",
  );
  assert.equal(
    at('using (WindowsIdentity.Impersonate(token)) Text(path);'),
    '- Here the thread runs as another Windows account, because `Shop::Run` impersonates',
  );
  assert.equal(
    at('using (SqlContext.WindowsIdentity.Impersonate()) { } Text(path);'),
    "- Here the thread runs as SQL Server's own account, because no impersonation is in force",
  );
});

test('under another identity that is said too where SQL Server is asked, and a thread started', () => {
  const at = (body: string): string | undefined =>
    /^- Here the thread runs as .*$/m.exec(
      markdownAt(
        `public static class Shop
{
    private static WindowsImpersonationContext Begin() { return SqlContext.WindowsIdentity?.Impersonate(); }
    [SqlProcedure]
    public static void Run(string path)
    {
        var identity = SqlContext.WindowsIdentity;
        if (identity == null) return;
        ${body}
    }
}`,
        "CREATE ASSEMBLY Shop FROM 'Shop.dll' WITH PERMISSION_SET = UNSAFE;\nGO\n",
      ),
    )?.[0];
  const caller = "- Here the thread runs as the caller's Windows account, because";
  for (const [body, said] of [
    ['using (identity.Impersonate()) SqlContext.Pipe.Se|nd(path);', `${caller} \`Shop::Run\` impersonates`],
    ['using (identity.Impersonate()) { } SqlContext.Pipe.Se|nd(path);', undefined],
    [
      'using (identity.Impersonate()) using (var c = new SqlConnection("context connection=true")) c.Op|en();',
      `${caller} \`Shop::Run\` impersonates`,
    ],
    ['using (Begin()) new System.Threading.Thread(() => { }).Sta|rt();', `${caller} \`Shop::Begin\` impersonates`],
    [
      'foreach (var name in new[] { "a" }) using (identity.Impersonate()) File.De|lete(path + name);',
      `${caller} \`Shop::Run\` impersonates`,
    ],
    [
      'var context = identity.Impersonate(); try { File.Move(path, "a"); } catch (IOException) { File.De|lete(path); } finally { context.Undo(); }',
      `${caller} \`Shop::Run\` impersonates`,
    ],
    [
      'var context = identity.Impersonate(); try { path = ""; } finally { context.Undo(); } File.De|lete(path);',
      "- Here the thread runs as SQL Server's own account, because no impersonation is in force",
    ],
    [
      'WindowsIdentity.RunImpersonated(identity.AccessToken, () => File.De|lete(path));',
      `${caller} \`Shop::Run\` impersonates`,
    ],
  ] as const)
    assert.equal(at(body), said, body);
});
