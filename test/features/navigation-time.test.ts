// What is asked while somebody types or clicks is answered at once, in a script and a source of 100 KB.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';

// However busy the machine is, the source is read.
const frontEnd = await diskGrammar('dist-test', 60_000);
const source = 'file:///p/Shop.cs';
const script = 'file:///p/install.sql';
const routines = 500;

const numbers = Array.from({ length: routines }, (_, index) => index);
const code = `using System.IO;
using Microsoft.SqlServer.Server;
${numbers
  .map(
    (index) => `public class C${index}
{
    [SqlProcedure]
    public static void P${index}(string path)
    {
        if (path.Length > ${index}) SqlContext.Pipe.Send(File.ReadAllText(path));
        Q${index}(path);
    }
    static void Q${index}(string path) { SqlContext.Pipe.Send(path); }
}
`,
  )
  .join('')}`;
const sql = `CREATE ASSEMBLY Shop FROM 'Shop.dll';
GO
${numbers
  .map(
    (index) =>
      `CREATE PROCEDURE dbo.P${index}(@path nvarchar(260)) AS EXTERNAL NAME Shop.C${index}.P${index};\nGO\nGRANT EXECUTE ON dbo.P${index} TO app;\nGO\n-- ${'='.repeat(80)}\n`,
  )
  .join('')}`;

test('each request takes less than 20 ms where nothing else runs', () => {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(frontEnd);
  workspace.set('file:///p/Shop.csproj', '<Project><ItemGroup><Compile Include="Shop.cs" /></ItemGroup></Project>');
  workspace.set(source, code);
  workspace.set(script, sql);
  assert.ok(code.length > 100_000 && sql.length > 100_000);
  workspace.findings(script);
  const inScript = sql.lastIndexOf('Shop.C499.P499') + 'Shop.C499.P'.length;
  const inSource = code.lastIndexOf('void P499') + 'void P'.length;
  // Twice and a half of what is aimed at: other tests run beside this one.
  const limit = 50;
  const asked: Readonly<Record<string, () => unknown>> = {
    'definition in T-SQL': () => workspace.definitions(script, inScript),
    'definition of an assembly': () => workspace.definitions(script, inScript - 'C499.P'.length - 2),
    'implementation in T-SQL': () => workspace.implementations(script, sql.lastIndexOf('dbo.P499') + 5),
    'implementation in C#': () => workspace.implementations(source, inSource),
    'references in T-SQL': () => workspace.references(script, inScript),
    'references of an assembly': () => workspace.references(script, inScript - 'C499.P'.length - 2),
    'references in C#': () => workspace.references(source, inSource),
    highlights: () => workspace.highlights(script, inScript),
    'completion in T-SQL': () => workspace.completions(script, inScript),
    'symbols of the workspace': () => workspace.workspaceSymbols('p499'),
    'what can be renamed': () => workspace.renamable(source, inSource),
    'renaming in C#': () => workspace.rename(source, inSource, 'Other')?.edits,
    'renaming an assembly': () => workspace.rename(script, 'CREATE ASSEMBLY S'.length, 'Store')?.edits,
    'calls of a method': () => workspace.callNodes(source, inSource).map((node) => workspace.outgoingCalls(node)),
    'callers of a method': () => workspace.callNodes(source, inSource).map((node) => workspace.incomingCalls(node)),
  };
  for (const [name, work] of Object.entries(asked)) {
    const found = work();
    assert.ok(Array.isArray(found) ? found.length > 0 : found, name);
    const times = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    if (process.env['TIMES']) console.log(`${name}: ${Math.min(...times).toFixed(1)} ms`);
    assert.ok(Math.min(...times) < limit, `${name}: ${Math.min(...times).toFixed(1)} ms`);
  }
});
