// C# in the server: found as it is typed, over the project that compiles it and the script that creates its assembly.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import { Client, folder } from '../support/client.js';

const source = `using System.IO;
using Microsoft.SqlServer.Server;

public class Letters
{
    [SqlFunction]
    public static string Body(string path)
    {
        return File.ReadAllText(Path.GetFileName(path));
    }
}
`;
const project = '<Project><ItemGroup><Compile Include="Letters.cs" /></ItemGroup></Project>';
const script = `CREATE ASSEMBLY Letters FROM 'Letters.dll' WITH PERMISSION_SET = SAFE;
GO
CREATE FUNCTION dbo.Body(@path nvarchar(260)) RETURNS nvarchar(max) AS EXTERNAL NAME Letters.Letters.Body;
`;
const uri = `${folder}/Letters.cs`;
const started: Client[] = [];
let loads = 0;

async function start(files: Record<string, string>): Promise<Client> {
  loads = 0;
  const client = await Client.start({
    files,
    workspace: new Workspace(nodePlatform),
    language: () => {
      loads++;
      return diskGrammar('dist-test');
    },
  });
  started.push(client);
  await client.until(() => client.refreshes > 0);
  return client;
}

afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

const places = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ code, range, severity }) => `${range.start.line}:${range.start.character} ${code} ${severity}`);

async function until(client: Client, file: string, expected: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (places(await client.pull(file)).join() === expected.join()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.deepEqual(places(await client.pull(file)), expected);
}

test('a source is held against the permission set that a script declares', async () => {
  const client = await start({ 'Letters.cs': source, 'Letters.csproj': project, 'install.sql': script });
  await until(client, uri, ['8:15 insufficient-permission-set 1']);
  assert.equal(loads, 1);
  const [found] = await client.pull(uri);
  assert.match(String(found?.message), /File::ReadAllText\(String\), which needs EXTERNAL_ACCESS/);
});

test('what is typed is looked at, and a comment silences it', async () => {
  const client = await start({ 'Letters.cs': source, 'Letters.csproj': project, 'install.sql': script });
  client.open('Letters.cs', source);
  await until(client, uri, ['8:15 insufficient-permission-set 1']);
  const [diagnostic] = await client.pull(uri);
  assert.ok(diagnostic);
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: diagnostic.range,
    context: { diagnostics: [diagnostic] },
  });
  const allow = actions.find(({ title }) => title === 'Allow insufficient-permission-set on this line');
  assert.match(JSON.stringify(allow?.edit), /\/\/ sqlclr-disable-next-line insufficient-permission-set/);
  const silenced = source.replace(
    '        return',
    '        // sqlclr-disable-next-line insufficient-permission-set -- read under review\n        return',
  );
  client.change(uri, { text: silenced });
  await until(client, uri, []);
  client.change(uri, { text: source.replace('File.ReadAllText(Path.GetFileName(path))', 'Path.GetFileName(path)') });
  await until(client, uri, []);
});

test('a workspace whose C# has nothing to do with SQL Server loads nothing to read it', async () => {
  const client = await start({ 'Other.cs': 'class Other { void Run() { System.IO.File.Delete("x"); } }' });
  assert.deepEqual(await client.pull(`${folder}/Other.cs`), []);
  assert.equal(loads, 0);
});

test('hover on a call says what it needs, when that is checked, and how it is reached', async () => {
  const client = await start({ 'Letters.cs': source, 'Letters.csproj': project, 'install.sql': script });
  await until(client, uri, ['8:15 insufficient-permission-set 1']);
  const position = { line: 8, character: 22 };
  const request = { textDocument: { uri }, position };
  const hover = await client.request<{ contents: { value: string } }>('textDocument/hover', request);
  // The place that it leads to may be in a document of the editor's as well.
  client.open('Letters.cs', source);
  assert.deepEqual(await client.request('textDocument/hover', request), hover);
  assert.match(hover.contents.value, /`System\.IO\.File::ReadAllText\(String\)` · \*\*needs EXTERNAL_ACCESS\*\*/);
  assert.match(hover.contents.value, /FileIOPermission: demanded when it runs/);
  assert.match(hover.contents.value, /\[`Letters::Body`\]\(<file:\/\/\/workspace\/Letters\.cs#L7,26>\), a function/);
  assert.match(hover.contents.value, /declared SAFE/);
});

test('fixes in C#: one is preferred where it needs no look, and all of a rule come together', async () => {
  const fields = `using System.Text.RegularExpressions;
using Microsoft.SqlServer.Server;
public class Letters
{
    static int width = 2;
    static int height = 3;
    [SqlFunction] public static bool Is(string text, string pattern) { return Regex.IsMatch(text, pattern); }
}
`;
  const client = await start({ 'Letters.cs': fields });
  client.open('Letters.cs', fields);
  const found = ['4:15 mutable-static-field 3', '5:15 mutable-static-field 3', '6:78 regex-without-timeout 3'];
  await until(client, uri, found);
  const actionsAt = async (diagnostic: Diagnostic | undefined): Promise<CodeAction[]> => {
    assert.ok(diagnostic);
    const context = { diagnostics: [diagnostic] };
    return client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context,
    });
  };
  const [width, , match] = await client.pull(uri);
  const actions = await actionsAt(width);
  assert.equal(actions.find(({ isPreferred }) => isPreferred)?.title, 'Declare it readonly');
  const all = actions.find(({ title }) => title === 'Fix all of mutable-static-field in this file');
  assert.equal(JSON.stringify(all?.edit).match(/"readonly "/g)?.length, 2);
  const limits = await actionsAt(match);
  assert.match(limits[0]?.title ?? '', /^Give up after a second/);
  assert.ok(!limits.some(({ isPreferred }) => isPreferred));
});
