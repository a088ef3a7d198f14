// Milliseconds and throughput of each stage on inputs made here, beside what the machine can do at all.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../../server/analysis/code/body.js';
import { entryPointsOf } from '../../server/analysis/code/entry-points.js';
import type { CodeGraph, MethodNode } from '../../server/analysis/code/graph.js';
import { loadGrammar } from '../../server/analysis/csharp/grammar.js';
import { loadCSharp } from '../../server/analysis/features/csharp-front-end.js';
import { readCSharp } from '../../server/analysis/csharp/parse.js';
import { preprocess } from '../../server/analysis/csharp/preprocess.js';
import { speaksOfSqlServer } from '../../server/analysis/csharp/probe.js';
import type { AssemblyImage } from '../../server/analysis/metadata/assembly.js';
import { CodeMemory } from '../../server/analysis/project/code-memory.js';
import { identitiesOf } from '../../server/analysis/project/identities.js';
import { untrustedInputOf } from '../../server/analysis/project/untrusted-input.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { tokenize } from '../../server/analysis/tsql/lexer.js';
import { parseScript } from '../../server/analysis/tsql/parser.js';
import { allRules, defaultSettings, Workspace, type Settings } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const megabyte = 1_000_000;

const ordinary = `-- Orders of the day
INSERT INTO dbo.Orders (OrderId, Customer, Amount) SELECT s.OrderId, s.Customer, s.Amount FROM staging.Orders AS s WHERE s.Loaded = 0;
IF @@ROWCOUNT > 0 UPDATE staging.Orders SET Loaded = 1 WHERE Loaded = 0
GO
CREATE PROCEDURE dbo.OrdersOf @customer nvarchar(50) AS
BEGIN
  SELECT o.OrderId, CASE WHEN o.Amount > 100 THEN N'large' ELSE N'small' END AS Size FROM dbo.Orders AS o WHERE o.Customer = @customer;
END
GO
`;
const ordinaryText = ordinary.repeat(Math.ceil(megabyte / ordinary.length));
const image = sampleAssembly();
const padded = new Uint8Array(2_250_000);
padded.set(image);
const digits = Buffer.from(padded).toString('hex').toUpperCase();
const literalText = `${ordinaryText.slice(0, megabyte / 2)}\nGO\nCREATE ASSEMBLY [Payroll.Calculation] FROM 0x${digits} WITH PERMISSION_SET = SAFE;\n`;

function measure(name: string, bytes: number, work: () => void, runs = 15): void {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  const [cold = 0] = times;
  const warm = times.slice(1).sort((a, b) => a - b)[(runs - 1) >> 1] ?? cold;
  const speed = (ms: number): string => (bytes / ms / 1000).toFixed(0).padStart(7);
  console.log(
    `${name.padEnd(44)} ${cold.toFixed(1).padStart(8)} ${warm.toFixed(1).padStart(8)} ${speed(cold)} ${speed(warm)}`,
  );
}

console.log(`${'stage'.padEnd(44)} cold ms  warm ms   MB/s    MB/s (cold, warm median)`);
let sum = 0;
measure('floor: charCodeAt over 1 MB', ordinaryText.length, () => {
  for (let at = 0; at < ordinaryText.length; at++) sum += ordinaryText.charCodeAt(at);
});
measure('floor: Buffer.from hex, 4.5 M digits', digits.length, () => Buffer.from(digits, 'hex'));
measure('floor: SHA-512 of 2.25 MB', padded.length, () => createHash('sha512').update(padded).digest());
measure('tokens, ordinary 1 MB', ordinaryText.length, () => tokenize(ordinaryText));
measure('tokens, 5 MB with a 4.5 M digit literal', literalText.length, () => tokenize(literalText));
measure('tokens and parse, ordinary 1 MB', ordinaryText.length, () => parseScript(ordinaryText));
measure('tokens and parse, 5 MB with literal', literalText.length, () => parseScript(literalText));
measure(`metadata, the sample of ${image.length} bytes`, image.length, () => readAssembly(image, nodePlatform), 200);
measureAssembly('sample', image, 200);
// Real code of real size, where mono-devel is installed.
const real = '/usr/lib/mono/4.5/System.Data.dll';
if (existsSync(real)) measureAssembly('System.Data', renamed(readFileSync(real)), 15);

/** Under another name, since the framework's own assemblies are not reviewed. */
function renamed(bytes: Buffer): Uint8Array {
  for (let at = bytes.indexOf('System.Data\0'); at >= 0; at = bytes.indexOf('System.Data\0', at))
    bytes.write('Sxstem', at);
  return bytes;
}

/** Each stage goes on from what the one before it leaves. */
function measureAssembly(name: string, bytes: Uint8Array, runs: number): void {
  const read = (): AssemblyImage => readAssembly(bytes, nodePlatform).image ?? assert.fail(name);
  const stage = (title: string, work: (image: AssemblyImage) => void): void => {
    const images = Array.from({ length: runs }, read);
    measure(`${name}: ${title}`, bytes.length, () => work(images.pop() ?? read()), runs);
  };
  stage('headers, heaps, tables', () => read());
  stage('every member and signature', everyMember);
  stage('every body', (image) => image.code.types.forEach((type) => type.methods.forEach(({ body }) => body)));
  stage('bodies and call graph', (image) => image.code.graph);
  stage('bodies, graph, needs with proof', (image) =>
    new CodeMemory(() => nodePlatform.code()).requirements(image.code, []),
  );
  measure(`${name}: bytes to findings`, bytes.length, lintFile(bytes), runs);
}

const csharp = `using Microsoft.SqlServer.Server;
public partial class Orders
{
    [SqlFunction(DataAccess = DataAccessKind.Read, IsDeterministic = true)]
    public static SqlString CustomerOf(SqlInt32 order)
    {
        if (order.IsNull) return SqlString.Null; // nobody's
        using (var connection = new SqlConnection("context connection=true"))
        {
            connection.Open();
            var command = new SqlCommand("SELECT Customer FROM dbo.Orders WHERE OrderId = @id", connection);
            command.Parameters.AddWithValue("@id", order.Value + 1);
            foreach (var x in rows.Where(row => row.Amount > 100 && row.Name != null)) total += x.Amount * 2;
            return (string)command.ExecuteScalar() ?? "";
        }
    }
}
`;
/** Each with a class of its own name. */
const csharpOf = (length: number): string => {
  const usings = 'using System.Data.SqlClient;\nusing System.Data.SqlTypes;\nusing Microsoft.SqlServer.Server;\n';
  const classes = Array.from({ length: Math.ceil(length / csharp.length) }, (_, index) =>
    csharp.replace(/^using .*\n/, '').replace('Orders', `Orders${index}`),
  );
  return usings + classes.join('');
};
const csharpText = csharpOf(megabyte / 4);
const grammarFile = (name: string): Uint8Array => readFileSync(join('node_modules', name));
const languageFiles = {
  runtime: grammarFile('web-tree-sitter/web-tree-sitter.wasm'),
  language: grammarFile('tree-sitter-c-sharp/tree-sitter-c_sharp.wasm'),
  framework: readFileSync('data/framework-members.bin'),
  milliseconds: 60_000,
};
const grammar = await loadGrammar(languageFiles);
measure('C#: is it for SQL Server, 1 MB that is not', ordinaryText.length, () => speaksOfSqlServer(ordinaryText));
measure('C#: preprocessed, 250 KB', csharpText.length, () => preprocess(csharpText, []));
measure('floor: the grammar alone, 250 KB', csharpText.length, () => {
  grammar.parse(csharpText, { milliseconds: 60_000, bytes: 1 << 30 })?.delete();
});
measure('C#: text to nodes, 250 KB', csharpText.length, () => readCSharp(grammar, csharpText, [], 60_000));
const impersonates = 'using (SqlContext.WindowsIdentity?.Impersonate())';
const language = await loadCSharp(languageFiles);
measure('C#: text to findings, 250 KB', csharpText.length, () => lintSource(csharpText));
const shortText = csharpOf(20_000);
measure('C#: text to findings, 20 KB', shortText.length, () => lintSource(shortText));
for (const count of [1_250, 2_500, 5_000, 10_000]) measureFlow(`a method of ${count} statements`, longMethod(count));
for (const depth of [50, 100, 200]) measureFlow(`calls ${depth} deep`, deepCalls(depth));

/** What T-SQL gives, followed to its end, and under whose identity each call runs: time against size. */
function measureFlow(name: string, members: string): void {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  const usings = 'using System.Data.SqlClient;\nusing Microsoft.SqlServer.Server;\n';
  workspace.set('file:///a.cs', `${usings}public static class Generated\n{\n${members}\n}`);
  const project = workspace.project();
  const [assembly] = project.assemblies;
  const requirements = assembly && project.requirementsOf(assembly);
  const code = assembly?.code ?? assert.fail(name);
  if (requirements)
    measure(`untrusted input: ${name}`, members.length, () => {
      sum += untrustedInputOf(code, requirements).flows.length;
    });
  const { graph } = code;
  const entries = entryPointsOf(code, []);
  measure(`identities: ${name}`, members.length, () => {
    sum += identitiesOf(code, entries).at(...lastCallIn(graph)).isOwn ? 1 : 0;
  });
}

function lastCallIn({ nodes }: CodeGraph): readonly [MethodNode, Operation] {
  const node = [...nodes.values()].at(-1) ?? assert.fail('no method');
  const call = node.method.body?.blocks.flatMap(({ operations }) => operations).findLast(({ kind }) => kind === 'call');
  return [node, call ?? assert.fail('no call')];
}

function longMethod(statements: number): string {
  const each = ['sql += "x";', 'if (b == "k") sql = sql + b;', 'c = sql.Trim();', 'SqlContext.Pipe.Send(c);'];
  const lines = Array.from({ length: statements }, (_, index) => each[index % each.length]).join('\n');
  return `[SqlProcedure] public static void Run(string sql, string b) { var c = b; ${impersonates} {\n${lines}\n}\nnew SqlCommand(sql).ExecuteNonQuery(); }`;
}

function deepCalls(depth: number): string {
  const methods = Array.from(
    { length: depth },
    (_, index) => `static string M${index}(string a) { return M${index + 1}(a + "x") + "y"; }`,
  );
  return `[SqlProcedure] public static void Run(string a) { M0(a); }\n${methods.join('\n')}\nstatic string M${depth}(string a) { ${impersonates} new SqlCommand(a).ExecuteNonQuery(); return a; }`;
}

function lintSource(text: string): void {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set('file:///a.cs', text);
  sum += workspace.findings('file:///a.cs').length;
}

function everyMember({ code }: AssemblyImage): void {
  for (const { fields, methods, properties, attributes } of code.types)
    sum +=
      fields.length +
      properties.length +
      attributes.length +
      methods.reduce((all, { parameters }) => all + parameters.length, 0);
}

function lintFile(bytes: Uint8Array): () => void {
  return () => {
    const workspace = new Workspace(nodePlatform);
    workspace.set('file:///a.dll', bytes);
    workspace.findings('file:///a.dll');
  };
}

function lintAnew(text: string, settings: Settings = defaultSettings): () => void {
  return () => {
    const workspace = new Workspace(nodePlatform, settings);
    workspace.set('file:///a.sql', text);
    workspace.findings('file:///a.sql');
  };
}
measure('all findings, ordinary 1 MB', ordinaryText.length, lintAnew(ordinaryText));
measure('all findings, 5 MB with literal', literalText.length, lintAnew(literalText));
const edited = new Workspace(nodePlatform);
let edits = 0;
measure('edit, 5 MB with the literal unchanged', literalText.length, () => {
  edited.set('file:///a.sql', `${literalText}-- ${edits++}\n`);
  edited.findings('file:///a.sql');
});

const rules = allRules(nodePlatform);
const off = Object.fromEntries(rules.map(({ name }) => [name, 'off' as const]));
const workspace = new Workspace(nodePlatform);
workspace.set('file:///a.sql', literalText);
for (const rule of rules) {
  const { [rule.name]: _, ...others } = off;
  measure(
    `rule ${rule.name}`,
    literalText.length,
    () => {
      workspace.configure({ ...defaultSettings, rules: others });
      workspace.findings('file:///a.sql');
    },
    7,
  );
}
if (sum < 0) console.log(sum);
