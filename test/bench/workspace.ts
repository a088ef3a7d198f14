// Milliseconds of processor time from an edit to findings in a workspace of 2,000 scripts and 500 C# sources, in one a quarter as
// large, and in one four times as large: what an edit costs is to grow with what it touches. Behind it what it takes to look for
// news in all other files, as an editor has the server do after each edit.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCSharp } from '../../server/analysis/features/csharp-front-end.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const edits = 40;
const perAssembly = { sources: 10, bindings: 10, ordinary: 29 };

const grammarFile = (name: string): Uint8Array => readFileSync(join('node_modules', name));
const language = await loadCSharp({
  runtime: grammarFile('web-tree-sitter/web-tree-sitter.wasm'),
  language: grammarFile('tree-sitter-c-sharp/tree-sitter-c_sharp.wasm'),
  framework: readFileSync('data/framework-members.bin'),
  milliseconds: 60_000,
});

const projectFile = (name: string): string =>
  `<Project DefaultTargets="Build"><PropertyGroup><AssemblyName>${name}</AssemblyName></PropertyGroup><ItemGroup>${Array.from({ length: perAssembly.sources }, (_, index) => `<Compile Include="Orders${index}.cs" />`).join('')}</ItemGroup></Project>`;

const source = (name: string, index: number, type: string, note = ''): string => `using System.Data.SqlClient;
using System.Data.SqlTypes;
using Microsoft.SqlServer.Server;
namespace ${name}
{
    public static class Orders${index}
    {
        [SqlFunction(DataAccess = DataAccessKind.Read)]
        public static SqlString CustomerOf(${type} order)
        {
            using (var connection = new SqlConnection("context connection=true"))
            {
                connection.Open();
                var command = new SqlCommand("SELECT Customer FROM dbo.Orders WHERE OrderId = @id", connection);
                command.Parameters.AddWithValue("@id", order.Value + 1);
                return (string)command.ExecuteScalar() ?? "${note}";
            }
        }
    }
}
`;

const binding = (name: string, index: number, type: string, note = ''): string =>
  `CREATE FUNCTION dbo.CustomerOf_${name}_${index} (@order ${type}) RETURNS nvarchar(4000)\nAS EXTERNAL NAME [${name}].[${name}.Orders${index}].CustomerOf;\nGO\nGRANT EXECUTE ON dbo.CustomerOf_${name}_${index} TO public; -- ${note}\n`;

const assembly = (name: string, permissionSet: string): string =>
  `USE Shop;\nGO\nCREATE ASSEMBLY [${name}] FROM 'C:\\build\\${name}.dll' WITH PERMISSION_SET = ${permissionSet};\nGO\n`;

const ordinary = (name: string, index: number, note = ''): string =>
  `CREATE PROCEDURE dbo.Read_${name}_${index} @customer nvarchar(50) AS\nBEGIN\n  SELECT o.OrderId, dbo.CustomerOf_${name}_${index % perAssembly.bindings}(o.OrderId) AS Customer FROM dbo.Orders AS o WHERE o.Customer = @customer; -- ${note}\nEND\nGO\n`;

const nameOf = (index: number): string => `Shop${index}`;
const uriOf = (name: string, file: string): string => `file:///w/${name}/${file}`;

function workspaceOf(assemblies: number): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  for (let at = 0; at < assemblies; at++) {
    const name = nameOf(at);
    workspace.set(uriOf(name, `${name}.csproj`), projectFile(name));
    workspace.set(uriOf(name, 'assembly.sql'), assembly(name, 'SAFE'));
    for (let index = 0; index < perAssembly.sources; index++)
      workspace.set(uriOf(name, `Orders${index}.cs`), source(name, index, 'SqlInt32'));
    for (let index = 0; index < perAssembly.bindings; index++)
      workspace.set(uriOf(name, `bind${index}.sql`), binding(name, index, 'int'));
    for (let index = 0; index < perAssembly.ordinary; index++)
      workspace.set(uriOf(name, `ordinary${index}.sql`), ordinary(name, index));
  }
  return workspace;
}

/** What is edited, each time otherwise; where the finding stands that comes and goes, of a rule. */
interface Edit {
  readonly title: string;
  readonly uri: string;
  text(turn: number): string;
  readonly shown: string;
  readonly rule?: string;
}

const name = nameOf(7);
const kinds: readonly Edit[] = [
  {
    title: 'plain edit of a script',
    uri: uriOf(name, 'ordinary3.sql'),
    text: (turn) => ordinary(name, 3, `edit ${turn}`),
    shown: uriOf(name, 'ordinary3.sql'),
  },
  {
    title: 'plain edit of a script that binds',
    uri: uriOf(name, 'bind3.sql'),
    text: (turn) => binding(name, 3, 'int', `edit ${turn}`),
    shown: uriOf(name, 'bind3.sql'),
  },
  {
    title: 'plain edit of a source',
    uri: uriOf(name, 'Orders3.cs'),
    text: (turn) => source(name, 3, 'SqlInt32', `edit ${turn}`),
    shown: uriOf(name, 'Orders3.cs'),
  },
  {
    title: 'C# type, finding in a script',
    uri: uriOf(name, 'Orders4.cs'),
    text: (turn) => source(name, 4, turn % 2 === 0 ? 'SqlString' : 'SqlInt32'),
    shown: uriOf(name, 'bind4.sql'),
    rule: 'parameter-type-mismatch',
  },
  {
    title: 'PERMISSION_SET, finding in another script',
    uri: uriOf(name, 'assembly.sql'),
    text: (turn) => assembly(name, turn % 2 === 0 ? 'EXTERNAL_ACCESS' : 'SAFE'),
    shown: uriOf(name, 'bind5.sql'),
    rule: 'routine-granted-to-public',
  },
];

const workspaces = [12, 50, 200].map(workspaceOf);
const heads = workspaces.map((workspace) => `${workspace.uris().length} files: p50     p95     all`.padStart(36));
console.log(`\n${'edit to findings, milliseconds'.padEnd(44)}${heads.join('')}`);
for (const kind of kinds.filter(({ title }) => title.includes(process.argv[2] ?? ''))) {
  const figures = workspaces.map((workspace) => timesOf(workspace, kind).map((time) => time.toFixed(1).padStart(8)));
  console.log(`${kind.title.padEnd(44)}${figures.map((times) => times.join('').padStart(36)).join('')}`);
}

/** Half of the edits, and 95 of 100, take no longer than this; and half of the times it takes to ask for all files. */
function timesOf(workspace: Workspace, edit: Edit): readonly number[] {
  const before = workspace.textOf(edit.uri);
  const uris = workspace.uris();
  for (const uri of uris) workspace.findings(uri);
  const others: number[] = [];
  const times = Array.from({ length: edits }, (_, turn) => {
    const time = timeOf(workspace, edit, turn);
    others.push(processorTime(() => uris.forEach((uri) => workspace.findings(uri))));
    return time;
  });
  workspace.set(edit.uri, before);
  const [sorted, rest] = [times, others].map((some) => some.sort((a, b) => a - b));
  return [sorted?.[edits >> 1] ?? 0, sorted?.[Math.floor(edits * 0.95)] ?? 0, rest?.[edits >> 1] ?? 0];
}

function processorTime(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

function timeOf(workspace: Workspace, { uri, text, shown, rule }: Edit, turn: number): number {
  let found: ReturnType<Workspace['findings']> = [];
  const time = processorTime(() => {
    workspace.set(uri, text(turn));
    found = workspace.findings(shown);
  });
  if (rule !== undefined)
    assert.equal(
      found.some((one) => one.rule === rule),
      turn % 2 === 0,
      rule,
    );
  return time;
}
