// T-SQL that code runs, where its text is a constant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../server/analysis/project/commands.js';
import type { ObjectName } from '../../server/analysis/tsql/nodes.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';

const language = await diskGrammar('dist-test');

test('commands with the procedures they call, and the tables; a name that is put together at run time is none', () => {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set(
    'file:///a.cs',
    `using System.Data.SqlClient;
using Microsoft.SqlServer.Server;
public static class Payroll
{
    private const string Close = "EXEC dbo.CloseMonth @month = 3";
    [SqlProcedure]
    public static void Run(string table)
    {
        var command = new SqlCommand(Close, new SqlConnection("context connection=true"));
        command.CommandText = "INSERT INTO dbo.Log VALUES (1); EXEC Payroll.dbo.NetPay;";
        command.CommandText = "SELECT * FROM " + table + ", dbo.Known WHERE Name = '" + table + "'";
    }
}
`,
  );
  const project = workspace.project();
  const [assembly] = project.assemblies;
  const requirements = assembly && project.requirementsOf(assembly);
  assert.ok(assembly?.code && requirements);
  const commands = commandsOf(assembly.code, requirements);
  const named = ({ parts }: ObjectName): string => parts.map((part) => part?.value).join('.');
  assert.deepEqual(
    commands.map(({ calls, data }) => [
      ...calls.map(named),
      ...data.map(({ permission, name }) => `${permission} ${named(name)}`),
    ]),
    [['dbo.CloseMonth'], ['Payroll.dbo.NetPay', 'INSERT dbo.Log'], ['SELECT dbo.Known']],
  );
});
