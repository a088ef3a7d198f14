// Call hierarchy, through the workspace: a mark in, callers and what is called out.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CallsOf } from '../../server/analysis/features/call-hierarchy.js';
import type { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { markedWorkspace, placeText, uriOf, type Marked } from '../support/marked-workspace.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const frontEnd = await diskGrammar('dist-test');
const bytes = `0x${Buffer.from(sampleAssembly()).toString('hex')}`;

const library = `using System.IO;
namespace Lib
{
    public static class Disk
    {
        public static string Load(string path) { return File.ReadAllText(path); }
    }
}
`;
const source = `using System.Collections;
using Microsoft.SqlServer.Server;
public class Letters
{
    [SqlFunction]
    public static string Body(string path) { return Trimmed(Lib.Disk.Load(path)); }
    [SqlProcedure]
    public static void Both() { Trimmed("a"); Trimmed("b"); }
    static string Trimmed(string text) { return text.Trim(); }
    [SqlFunction(FillRowMethodName = "Fill", TableDefinition = "n int")]
    public static IEnumerable All() { return new int[0]; }
    public static void Fill(object row, out int n) { n = (int)row; }
}
`;
const script = `CREATE ASSEMBLY Lib FROM 'Lib.dll' WITH PERMISSION_SET = EXTERNAL_ACCESS;
CREATE ASSEMBLY Letters FROM 'Letters.dll' WITH PERMISSION_SET = EXTERNAL_ACCESS;
GO
CREATE FUNCTION dbo.Body(@path nvarchar(260)) RETURNS nvarchar(max) AS EXTERNAL NAME Letters.Letters.Body;
GO
CREATE FUNCTION dbo.[All]() RETURNS TABLE (n int) AS EXTERNAL NAME Letters.Letters.[All];
`;
const files = {
  'letters/Letters.cs': source,
  'letters/Letters.csproj':
    '<Project><ItemGroup><Compile Include="Letters.cs" /><ProjectReference Include="..\\lib\\Lib.csproj" /></ItemGroup></Project>',
  'lib/Disk.cs': library,
  'lib/Lib.csproj': '<Project><ItemGroup><Compile Include="Disk.cs" /></ItemGroup></Project>',
  'install.sql': script,
};

function at(name: keyof typeof files, text: string): Marked {
  const end = files[name].indexOf(text) + text.length;
  assert.ok(end >= text.length, text);
  return markedWorkspace({ ...files, [name]: `${files[name].slice(0, end)}|${files[name].slice(end)}` }, frontEnd);
}

/** `name (detail) < places`. */
function told(workspace: Workspace, calls: readonly CallsOf[]): readonly string[] {
  return calls.map(
    ({ item, places }) =>
      `${item.name} (${item.detail}) < ${places.map((place) => placeText(workspace, place)).join(' + ')}`,
  );
}

const incoming = ({ workspace, uri, offset }: Marked): readonly string[] =>
  workspace.callNodes(uri, offset).flatMap((node) => told(workspace, workspace.incomingCalls(node)));
const outgoing = ({ workspace, uri, offset }: Marked): readonly string[] =>
  workspace.callNodes(uri, offset).flatMap((node) => told(workspace, workspace.outgoingCalls(node)));

suite('incoming', () => {
  test('of a routine is the T-SQL object', () => {
    assert.deepEqual(incoming(at('letters/Letters.cs', 'string Bo')), ['dbo.Body (CLR function) < install.sql:4 Body']);
    assert.deepEqual(incoming(at('install.sql', 'Letters.Letters.Bo')), [
      'dbo.Body (CLR function) < install.sql:4 Body',
    ]);
  });

  test('of a method are its callers, each once', () => {
    assert.deepEqual(incoming(at('letters/Letters.cs', 'static string Trim')), [
      'Letters::Body (Letters) < letters/Letters.cs:6 Trimmed(Lib.Disk.Load(path))',
      'Letters::Both (Letters) < letters/Letters.cs:8 Trimmed("a") + letters/Letters.cs:8 Trimmed("b")',
    ]);
  });

  test('goes over assemblies', () => {
    assert.deepEqual(incoming(at('lib/Disk.cs', 'static string Lo')), [
      'Letters::Body (Letters) < letters/Letters.cs:6 Lib.Disk.Load(path)',
    ]);
  });

  test('of what fills rows is the function that names it', () => {
    assert.deepEqual(incoming(at('letters/Letters.cs', 'static void Fi')), [
      'Letters::All (Letters) < letters/Letters.cs:10 FillRowMethodName = "Fill"',
    ]);
  });
});

suite('commands on the context connection', () => {
  const between = {
    'a/Orders.csproj': '<Project><ItemGroup><Compile Include="Orders.cs" /></ItemGroup></Project>',
    'a/Orders.cs': `using System.Data.SqlClient;
using Microsoft.SqlServer.Server;
public static class Orders
{
    [SqlProcedure]
    public static void Close()
    {
        using (var connection = new SqlConnection("context connection=true"))
            new SqlCommand("EXEC dbo.Notify; DELETE dbo.Open_", connection).ExecuteNonQuery();
    }
}
`,
    'a/install.sql': `CREATE ASSEMBLY Orders FROM 'Orders.dll';
GO
CREATE PROCEDURE dbo.[Close] AS EXTERNAL NAME Orders.Orders.[Close];
GO
CREATE PROCEDURE dbo.Notify AS SELECT 1;
GO
CREATE PROCEDURE dbo.Nightly AS EXEC dbo.[Close];
`,
  };
  const markAt = (name: keyof typeof between, text: string): Marked => {
    const end = between[name].indexOf(text) + text.length;
    return markedWorkspace(
      { ...between, [name]: `${between[name].slice(0, end)}|${between[name].slice(end)}` },
      frontEnd,
    );
  };

  test('lead from code into T-SQL and back', () => {
    assert.deepEqual(outgoing(markAt('a/Orders.cs', 'void Clo')), [
      'dbo.Notify (T-SQL procedure) < a/Orders.cs:9 new SqlCommand("EXEC dbo.Notify; DELETE dbo.Open_", connection)',
    ]);
    assert.deepEqual(incoming(markAt('a/install.sql', 'PROCEDURE dbo.Not')), [
      'Orders::Close (Orders) < a/Orders.cs:9 new SqlCommand("EXEC dbo.Notify; DELETE dbo.Open_", connection)',
    ]);
  });

  test('so does EXEC of a body in T-SQL', () => {
    assert.deepEqual(incoming(markAt('a/install.sql', 'PROCEDURE dbo.[Clo')), [
      'dbo.Nightly (T-SQL procedure) < a/install.sql:7 dbo.[Close]',
    ]);
    assert.deepEqual(outgoing(markAt('a/install.sql', 'PROCEDURE dbo.Nig')), [
      'dbo.Close (CLR procedure) < a/install.sql:7 dbo.[Close]',
    ]);
  });
});

suite('outgoing', () => {
  test('of a T-SQL object is its method', () => {
    assert.deepEqual(outgoing(at('install.sql', 'FUNCTION dbo.Bo')), ['Letters::Body (Letters) < install.sql:4 Body']);
  });

  test('of a method are methods of its own assembly and of others', () => {
    assert.deepEqual(outgoing(at('letters/Letters.cs', 'string Bo')), [
      'Letters::Trimmed (Letters) < letters/Letters.cs:6 Trimmed(Lib.Disk.Load(path))',
      'Lib.Disk::Load (Lib) < letters/Letters.cs:6 Lib.Disk.Load(path)',
    ]);
    assert.deepEqual(outgoing(at('letters/Letters.cs', 'IEnumerable Al')), [
      'Letters::Fill (Letters) < letters/Letters.cs:10 FillRowMethodName = "Fill"',
    ]);
  });

  test('of the framework is what needs more than SAFE', () => {
    assert.deepEqual(outgoing(at('lib/Disk.cs', 'static string Lo')), [
      'System.IO.File::ReadAllText(String) (needs EXTERNAL_ACCESS) < lib/Disk.cs:6 File.ReadAllText(path)',
    ]);
    assert.deepEqual(outgoing(at('letters/Letters.cs', 'static string Trim')), []);
  });

  test('in bytes, from the script and from the document', () => {
    const sql = `CREATE ASSEMBLY Pay FROM ${bytes};\nGO\nCREATE FUNCTION f (@a money, @b int) RETURNS money AS EXTERNAL NAME Pay.[Payroll.Salary].Net|Pay;`;
    const mark = markedWorkspace({ 'a.sql': sql });
    const { workspace } = mark;
    assert.deepEqual(incoming(mark), ['f (CLR function) < a.sql:3 NetPay']);
    const types = workspace.project().assemblies[0]?.code?.types ?? [];
    const native = types.flatMap(({ methods }) => methods).find(({ name }) => name === 'GetTickCount');
    const document = workspace.assemblyDocument(uriOf('a.sql'), 0);
    const span = native && document?.placeOf(native);
    assert.ok(span);
    const nodes = workspace.callNodesInDocument(uriOf('a.sql'), 0, span.start);
    const calls = nodes.flatMap((node) => workspace.incomingCalls(node));
    assert.ok(calls.length > 0);
    for (const { item } of calls) assert.ok('member' in item.at, item.name);
  });
});

test('ordinary procedures have none', () => {
  assert.deepEqual(outgoing(markedWorkspace({ 'a.sql': 'CREATE PROCEDURE p| AS SELECT 1;' })), []);
});

test('an item, asked about again where it stands, is the same', () => {
  const { workspace, uri, offset } = at('install.sql', 'FUNCTION dbo.Bo');
  const [node] = workspace.callNodes(uri, offset);
  const item = node && workspace.callItem(node);
  assert.ok(item && 'span' in item.at);
  assert.deepEqual(workspace.callNodes(item.at.uri, item.at.span.start), [node]);
});
