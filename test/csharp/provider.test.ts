// Microsoft.Data.SqlClient as a package alone: its types are those that the framework has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';

const language = await diskGrammar('dist-test');
const source = `using System.Data.SqlTypes;
using Microsoft.Data.SqlClient;
using Microsoft.SqlServer.Server;

public static class Audit
{
    [SqlProcedure]
    public static void Write(SqlString name)
    {
        using (var connection = new SqlConnection("context connection=true"))
        using (var command = connection.CreateCommand())
        {
            connection.Open();
            command.CommandText = "SELECT * FROM dbo.Logs WHERE Name = '" + name.Value + "'";
            using (SqlDataReader reader = command.ExecuteReader())
                while (reader.Read())
                    new SqlCommand("EXEC dbo." + reader.GetString(0), connection).ExecuteNonQuery();
        }
    }

    [SqlProcedure]
    public static void Send()
    {
        using (var connection = new SqlConnection("Server=audit;User Id=a;Password=Hunter2-Hunter2"))
            connection.Open();
    }
}
`;

const regular = [
  'context-connection-misuse: Audit::Write asks Microsoft.Data.SqlClient for the context connection, which it does not have',
  'credential-in-code: Audit::Send hands a connection string with a password that stands in the code to Microsoft.Data.SqlClient.SqlConnection::.ctor(String)',
  'external-connection: Audit::Send connects to server "audit"',
];
const all = [
  ...regular,
  'sql-injection: Audit::Write puts data read by System.Data.Common.DbDataReader::GetString into SQL text for Microsoft.Data.SqlClient.SqlCommand::.ctor',
  'sql-injection: Audit::Write puts parameter name of Audit::Write into SQL text for System.Data.Common.DbCommand::set_CommandText',
];

function found(items: string, files: Readonly<Record<string, string | Uint8Array>> = {}): readonly string[] {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set('file:///a/install.sql', "CREATE ASSEMBLY Audit FROM 'Audit.dll' WITH PERMISSION_SET = UNSAFE;");
  workspace.set(
    'file:///a/Audit.csproj',
    `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net48</TargetFramework></PropertyGroup><ItemGroup>${items}</ItemGroup></Project>`,
  );
  workspace.set('file:///a/Audit.cs', source);
  for (const [uri, content] of Object.entries(files)) workspace.set(uri, content as never);
  const rules = new Set(['context-connection-misuse', 'credential-in-code', 'external-connection', 'sql-injection']);
  return workspace
    .findings('file:///a/Audit.cs')
    .filter(({ rule }) => rules.has(rule))
    .map(({ rule, message }) => `${rule}: ${message}`)
    .sort();
}

test('of a project that refers to it', () => {
  assert.deepEqual(found('<PackageReference Include="Microsoft.Data.SqlClient" Version="5.2.0" />'), all);
  assert.deepEqual(found('<PackageReference Include="microsoft.data.sqlclient" />'), all);
  const hint = String.raw`<HintPath>..\packages\Microsoft.Data.SqlClient.5.2.0\lib\net462\Microsoft.Data.SqlClient.dll</HintPath>`;
  assert.deepEqual(found(`<Reference Include="Microsoft.Data.SqlClient, Version=5.0.0.0">${hint}</Reference>`), all);
});

test('without it, the names mean nothing', () => {
  assert.deepEqual(found(''), []);
  assert.deepEqual(found('<PackageReference Include="Dapper" />'), []);
  const sometimes = `<PackageReference Include="Microsoft.Data.SqlClient" Condition="'$(OS)' == 'x'" />`;
  assert.deepEqual(found(sometimes), []);
});

test('where the workspace has the assembly, that is what is asked', () => {
  const bytes = readFileSync(
    'test/assemblies/rules/context-connection-misuse/asked-of-the-other-provider/Microsoft.Data.SqlClient.dll',
  );
  const reference = '<Reference Include="Microsoft.Data.SqlClient" />';
  assert.deepEqual(found(reference, { 'file:///lib/Microsoft.Data.SqlClient.dll': bytes }), regular);
});
