// A list pattern is not read: whether it fits is not known, either way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/grammar-node.js';
import { nodePlatform } from '../../server/platform-node.js';

const language = await diskGrammar('dist-test');

function severities(body: string): readonly string[] {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set(
    'file:///a.cs',
    `using System.Data.SqlClient; using Microsoft.SqlServer.Server;
public class A {
  [SqlFunction] public static int F(int[] x) {  ${body} return 0; }
  static void Open() { var c = new SqlConnection("context connection=true"); c.Open(); }
}`,
  );
  workspace.set(
    'file:///a.csproj',
    '<Project><PropertyGroup><AssemblyName>A</AssemblyName></PropertyGroup><ItemGroup><Compile Include="a.cs" /></ItemGroup></Project>',
  );
  workspace.set(
    'file:///a.sql',
    "CREATE ASSEMBLY A FROM 'a.dll';\nGO\nCREATE FUNCTION F(@x int) RETURNS int AS EXTERNAL NAME A.A.F;",
  );
  const found = workspace.findings('file:///a.cs').filter(({ rule }) => rule === 'missing-data-access');
  return found.map(({ severity }) => severity);
}

test('what stands behind one may happen', () => {
  assert.deepEqual(severities('Open();'), ['error']);
  assert.deepEqual(severities('if (x is [1, ..]) Open();'), ['warning']);
  assert.deepEqual(severities('if (x is not [_, ..]) Open();'), ['warning']);
  assert.deepEqual(severities('switch (x) { case []: return 1; default: Open(); break; }'), ['warning']);
  assert.deepEqual(severities('if (x is [1, ..]) return 1; Open();'), ['warning']);
});
