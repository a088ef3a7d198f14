// What ordinary T-SQL names of code: managed functions in queries, members of user-defined types on variables, types and columns.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { markedWorkspace, placeText, type Marked } from '../support/marked-workspace.js';

const frontEnd = await diskGrammar('dist-test');

const source = `using System.Data.SqlTypes;
using Microsoft.SqlServer.Server;
[SqlUserDefinedType(Format.Native)]
public struct Point : INullable
{
    public int X;
    public int Y { get { return X; } }
    public bool IsNull { get { return X < 0; } }
    public static Point Null { get { return new Point(); } }
    public static Point Parse(SqlString text) { return new Point(); }
    public SqlInt32 Distance(Point other) { return X - other.X; }
}
public class Prices
{
    [SqlFunction]
    public static SqlMoney Net(SqlMoney gross) { return gross; }
}
`;
const files = {
  'Shop.cs': source,
  'Shop.csproj': '<Project><ItemGroup><Compile Include="Shop.cs" /></ItemGroup></Project>',
  'install.sql': `CREATE ASSEMBLY Shop FROM 'Shop.dll';
GO
CREATE TYPE dbo.Point EXTERNAL NAME Shop.Point;
GO
CREATE FUNCTION dbo.Net(@gross money) RETURNS money AS EXTERNAL NAME Shop.Prices.Net;
GO
CREATE TABLE dbo.Places (Id int, Place dbo.Point, Net AS dbo.Net(1));
`,
  'query.sql': `SELECT p.Place.X, p.Place.Y, Place.Distance(Place) FROM dbo.Places AS p WHERE dbo.Net(Id) > 1;
GO
DECLARE @p dbo.Point = dbo.Point::Parse(N'1');
SELECT @p.Distance(@p), [dbo].[Net](2), Net(3), u.Place.X FROM dbo.Unknown AS u;
GO
CREATE PROCEDURE dbo.Tell AS SELECT dbo.Net(4);
`,
};

/** With a mark in front of a text in one of the files. */
function at(name: keyof typeof files, text: string): Marked {
  const offset = files[name].indexOf(text);
  assert.ok(offset >= 0, text);
  return markedWorkspace(
    { ...files, [name]: `${files[name].slice(0, offset)}|${files[name].slice(offset)}` },
    frontEnd,
  );
}

const definitions = ({ workspace, uri, offset }: Marked): readonly string[] =>
  (workspace.definitions(uri, offset)?.to ?? []).map((place) => placeText(workspace, place));
const implementations = ({ workspace, uri, offset }: Marked): readonly string[] =>
  (workspace.implementations(uri, offset)?.to ?? []).map((place) => placeText(workspace, place));
const references = ({ workspace, uri, offset }: Marked): readonly string[] => {
  const found = workspace.references(uri, offset);
  return [...(found?.declarations ?? []), ...(found?.uses ?? [])].map((place) => placeText(workspace, place));
};
const hover = ({ workspace, uri, offset }: Marked): string | undefined => workspace.hover(uri, offset)?.markdown;

suite('members of user-defined types', () => {
  const distance = ['Shop.cs:11 Distance', 'query.sql:1 Distance', 'query.sql:4 Distance'];

  test('lead to the C#', () => {
    assert.deepEqual(definitions(at('query.sql', 'X, p.')), ['Shop.cs:6 X']);
    assert.deepEqual(definitions(at('query.sql', 'Y, Place')), ['Shop.cs:7 Y']);
    assert.deepEqual(definitions(at('query.sql', 'Distance(Place)')), ['Shop.cs:11 Distance']);
    assert.deepEqual(definitions(at('query.sql', 'Distance(@p)')), ['Shop.cs:11 Distance']);
    assert.deepEqual(definitions(at('query.sql', 'Parse')), ['Shop.cs:10 Parse']);
    assert.deepEqual(implementations(at('query.sql', 'Parse')), ['Shop.cs:10 Parse']);
  });

  test('of a table that nothing makes lead nowhere', () => {
    assert.deepEqual(definitions(at('query.sql', 'X FROM')), []);
    assert.equal(hover(at('query.sql', 'X FROM')), undefined);
  });

  test('have the same references from T-SQL and from C#', () => {
    assert.deepEqual(references(at('query.sql', 'Distance(@p)')), distance);
    assert.deepEqual(references(at('Shop.cs', 'Distance')), distance);
    assert.deepEqual(references(at('query.sql', 'X, p.')), ['Shop.cs:6 X', 'query.sql:1 X']);
  });

  test('say what they are', () => {
    assert.equal(
      hover(at('query.sql', 'Distance(Place)')),
      'public not static method `Point::Distance` with 1 parameter',
    );
    assert.equal(hover(at('query.sql', 'X, p.')), 'public field `Point::X`');
    assert.equal(hover(at('query.sql', 'Y, Place')), 'property `Point::Y`');
  });
});

suite('functions in queries', () => {
  test('lead to the statement that makes them, and to the C#', () => {
    assert.deepEqual(definitions(at('query.sql', '[dbo].[Net]')), ['install.sql:5 Net']);
    assert.deepEqual(implementations(at('query.sql', '[dbo].[Net]')), ['Shop.cs:16 Net']);
    assert.deepEqual(definitions(at('query.sql', 'Net(3)')), []);
  });

  test('are references of the function, and of the method', () => {
    const uses = ['install.sql:7 dbo.Net', 'query.sql:1 dbo.Net', 'query.sql:4 [dbo].[Net]', 'query.sql:6 dbo.Net'];
    assert.deepEqual(references(at('install.sql', 'Net(@gross')), ['install.sql:5 Net', ...uses]);
    assert.deepEqual(references(at('query.sql', 'dbo.Net(4)')), ['install.sql:5 Net', ...uses]);
    assert.deepEqual(references(at('Shop.cs', 'Net(SqlMoney')), ['Shop.cs:16 Net', 'install.sql:5 Net', ...uses]);
  });

  test('are calls of the procedure that asks', () => {
    const { workspace, uri, offset } = at('query.sql', 'dbo.Net(4)');
    const [node] = workspace.callNodes(uri, offset);
    assert.ok(node);
    assert.deepEqual(
      workspace.incomingCalls(node).map(({ item }) => item.name),
      ['dbo.Tell'],
    );
  });
});
