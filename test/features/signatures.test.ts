// Inlay hints and signature help, in T-SQL and in C#.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';

const language = await diskGrammar('dist-test');
const source = `using System; using System.Collections; using System.Data.SqlTypes; using System.IO; using Microsoft.SqlServer.Server;
public static class Letters
{
    [SqlFunction]
    public static SqlString Body(SqlString path, int? most) { return File.ReadAllText(path.Value); }
    [SqlProcedure]
    public static void Count(string text, out int count) { count = text.Length; }
    [SqlFunction(FillRowMethodName = "Fill")]
    public static IEnumerable Lines(string text) { return text.Split(','); }
    public static void Fill(object row, out SqlString line, out int length) { line = (string)row; length = 0; }
}
[Serializable, SqlUserDefinedAggregate(Format.Native)]
public struct Total { private int total; public void Init() { total = 0; } public void Accumulate(SqlInt32 value) { } public void Merge(Total other) { } public SqlInt32 Terminate() { return total; } }
`;
const script = `CREATE ASSEMBLY Letters FROM 'Letters.dll' WITH PERMISSION_SET = SAFE;
GO
CREATE FUNCTION dbo.Body(@path nvarchar(260), @most int) RETURNS nvarchar(max) AS EXTERNAL NAME Letters.Letters.Body;
GO
CREATE PROCEDURE dbo.CountLetters @text nvarchar(max), @count int OUTPUT AS EXTERNAL NAME Letters.Letters.[Count];
GO
CREATE FUNCTION dbo.Lines(@text nvarchar(max)) RETURNS TABLE (line nvarchar(max), length int) AS EXTERNAL NAME Letters.Letters.Lines;
GO
CREATE AGGREGATE dbo.Total(@value int) RETURNS int EXTERNAL NAME Letters.Total;
GO
`;
const [scriptUri, sourceUri] = ['file:///w/install.sql', 'file:///w/Letters.cs'];

function workspaceWith(text: string): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set(
    'file:///w/Letters.csproj',
    '<Project><ItemGroup><Compile Include="Letters.cs" /></ItemGroup></Project>',
  );
  workspace.set(sourceUri, source);
  workspace.set(scriptUri, text);
  return workspace;
}

/** The text with each hint where it stands. */
function hinted(uri: string): string {
  const workspace = workspaceWith(script);
  const text = workspace.textOf(uri);
  return workspace
    .inlayHints(uri, { start: 0, end: text.length })
    .toReversed()
    .reduce((all, { at, label }) => `${all.slice(0, at)}‹${label}›${all.slice(at)}`, text);
}

test('in a script the managed types stand behind those of T-SQL', () => {
  const lines = hinted(scriptUri)
    .split('\n')
    .filter((line) => line.includes('‹'));
  assert.deepEqual(lines, [
    'CREATE FUNCTION dbo.Body(@path nvarchar(260)‹SqlString›, @most int‹Nullable<Int32>›) RETURNS nvarchar(max)‹SqlString› AS EXTERNAL NAME Letters.Letters.Body;',
    'CREATE PROCEDURE dbo.CountLetters @text nvarchar(max)‹String›, @count int‹Int32› OUTPUT AS EXTERNAL NAME Letters.Letters.[Count];',
    'CREATE FUNCTION dbo.Lines(@text nvarchar(max)‹String›) RETURNS TABLE (line nvarchar(max)‹SqlString›, length int‹Int32›) AS EXTERNAL NAME Letters.Letters.Lines;',
    'CREATE AGGREGATE dbo.Total(@value int‹SqlInt32›) RETURNS int‹SqlInt32› EXTERNAL NAME Letters.Total;',
  ]);
});

test('in a source the parameters of the T-SQL object stand behind those of the method', () => {
  const hints = [...hinted(sourceUri).matchAll(/(?:\w+ )?\w+‹[^›]*›/g)].map(([hint]) => hint);
  assert.deepEqual(hints, [
    'SqlString path‹@path nvarchar(260)›',
    'most‹@most int›',
    'string text‹@text nvarchar(max)›',
    'int count‹@count int OUTPUT›',
    'string text‹@text nvarchar(max)›',
    'SqlInt32 value‹@value int›',
  ]);
});

test('only those that are asked for', () => {
  const workspace = workspaceWith(script);
  const start = script.indexOf('CREATE PROCEDURE');
  const hints = workspace.inlayHints(scriptUri, { start, end: script.indexOf('GO', start) });
  assert.deepEqual(
    hints.map(({ label, tooltip }) => `${label}: ${tooltip}`),
    ['String: Parameter text of Count', 'Int32: Parameter count of Count'],
  );
});

suite('signature help', () => {
  /** `|` is the caret. */
  function shown(text: string): string | undefined {
    const whole = script + text;
    const at = whole.indexOf('|');
    const signature = workspaceWith(whole.replace('|', '')).signature(scriptUri, at);
    return (
      signature &&
      `${signature.label} at ${signature.active === undefined ? 'none' : (signature.parameters[signature.active]?.label ?? '?')}`
    );
  }

  const body = 'dbo.Body(@path nvarchar(260), @most int) RETURNS nvarchar(max)';
  const count = 'dbo.CountLetters @text nvarchar(max), @count int OUTPUT';
  const cases: Readonly<Record<string, string | undefined>> = {
    'SELECT dbo.Body(|': `${body} at @path nvarchar(260)`,
    "SELECT dbo.Body('a', |": `${body} at @most int`,
    "SELECT [dbo].[Body](UPPER('a, b'), (1 + |": `${body} at @most int`,
    "SELECT dbo.Body('a', 1, |": `${body} at none`,
    'SELECT dbo.Body(1, 2)|': undefined,
    "SELECT dbo.Body('a|": undefined,
    'SELECT dbo.Body( -- a|': undefined,
    'SELECT * FROM dbo.Lines(|': 'dbo.Lines(@text nvarchar(max)) RETURNS TABLE at @text nvarchar(max)',
    'SELECT dbo.Total(|x) FROM t': 'dbo.Total(@value int) RETURNS int at @value int',
    'SELECT other.Body(|': undefined,
    'EXEC dbo.CountLetters |': `${count} at @text nvarchar(max)`,
    "EXEC @r = CountLetters N'a', @n |": `${count} at @count int OUTPUT`,
    'EXECUTE dbo.CountLetters @count = @n |': `${count} at @count int OUTPUT`,
    'EXECUTE dbo.CountLetters @other = @n |': `${count} at none`,
    "EXEC dbo.CountLetters 'a', @n SELECT |": undefined,
    'EXEC dbo.Body |': undefined,
    'EXEC dbo.CountLett|ers': undefined,
  };
  for (const [text, wanted] of Object.entries(cases)) test(text, () => assert.equal(shown(text), wanted));

  test('at EXTERNAL NAME it is the method', () => {
    const at = script.indexOf('Letters.Body') + 'Letters.B'.length;
    const signature = workspaceWith(script).signature(scriptUri, at);
    assert.equal(signature?.label, 'SqlString Body(SqlString path, Nullable<Int32> most)');
    assert.equal(workspaceWith(script).signature(scriptUri, at - 5), undefined);
  });

  test('it tells what the code needs, what is declared, and why', () => {
    const whole = `${script}SELECT dbo.Body(`;
    const text = workspaceWith(whole).signature(scriptUri, whole.length)?.documentation ?? '';
    assert.match(
      text,
      /^Runs `Letters::Body` of assembly `Letters`\n- ⚠ \*\*Needs EXTERNAL\\?_ACCESS\*\*, and is declared SAFE\n- \[`Letters::Body`\]\(<at:file:\/\/\/w\/Letters\.cs#\d+>\) → `System\.IO\.File::ReadAllText`/,
    );
  });
});
