// Milliseconds from a keystroke to its diagnostics, over a real process and its channel: `npm run bench:editor` after a build.
import { fork } from 'node:child_process';
import { cpus } from 'node:os';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';

const sizes = [20, 100, 1_000, 5_000];
const edits = 200;

function scriptOf(kilobytes) {
  const ordinary = "INSERT INTO dbo.Employee (Id, Name, Salary) VALUES (17, N'O''Brien', 1234.56); -- a row\nGO\n";
  const interesting = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;\nGO\n';
  const large = kilobytes >= 5_000;
  const literal = large
    ? `CREATE ASSEMBLY Payroll FROM 0x4D5A${'90'.repeat(2_250_000)}\nWITH PERMISSION_SET = UNSAFE;\nGO\n`
    : '';
  const rest = kilobytes * 1000 - literal.length - interesting.length;
  return interesting + literal + ordinary.repeat(Math.ceil(rest / ordinary.length));
}

function sourceOf(kilobytes) {
  const members = (index) => `public static class Orders${index}
{
    [SqlFunction]
    public static SqlString CustomerOf(SqlInt32 order)
    {
        using (var connection = new SqlConnection("context connection=true"))
        {
            connection.Open();
            var command = new SqlCommand("SELECT Customer FROM dbo.Orders WHERE OrderId = @id", connection);
            command.Parameters.AddWithValue("@id", order.Value + 1);
            return (string)command.ExecuteScalar() ?? "";
        }
    }
}
`;
  const usings = 'using System.Data.SqlClient;\nusing System.Data.SqlTypes;\nusing Microsoft.SqlServer.Server;\n';
  const count = Math.ceil((kilobytes * 1000) / members(0).length);
  return usings + Array.from({ length: count }, (_, index) => members(index)).join('');
}

function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(2);
}

async function start() {
  const began = performance.now();
  const child = fork('dist/server/node.cjs', ['--node-ipc']);
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  const capabilities = { textDocument: { diagnostic: {} } };
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities });
  console.log(`spawn to initialize ${(performance.now() - began).toFixed(0)} ms`);
  await connection.sendNotification('initialized', {});
  return { child, connection };
}

/** What reads C# is loaded when it is first needed: until then there is nothing to tell. */
async function diagnosed(connection, uri) {
  for (;;) {
    const { items } = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    if (items.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Types `typed` over and over at the start of a line. */
async function measure(connection, what, textDocument, line, typed) {
  const { uri } = textDocument;
  const opened = performance.now();
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  await diagnosed(connection, uri);
  const open = (performance.now() - opened).toFixed(1);
  const times = [];
  for (let version = 2; version < edits + 2; version++) {
    const character = (version - 2) % typed.length;
    const at = { line, character };
    const began = performance.now();
    void connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end: at }, text: typed.slice(character, character + 1) }],
    });
    await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    times.push(performance.now() - began);
  }
  console.log(`${what}: open ${open} ms, edit p50 ${percentile(times, 0.5)} p95 ${percentile(times, 0.95)} ms`);
  await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
}

console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0].model}`);
const { child, connection } = await start();
for (const kilobytes of sizes) {
  const document = { uri: `file:///bench/${kilobytes}.sql`, languageId: 'sql', version: 1, text: scriptOf(kilobytes) };
  await measure(connection, `${kilobytes} KB of T-SQL`, document, document.text.split('\n').length - 2, 'x');
}
for (const kilobytes of [20, 100]) {
  const uri = `file:///bench/${kilobytes}.cs`;
  const document = { uri, languageId: 'csharp', version: 1, text: sourceOf(kilobytes) };
  const lines = document.text.split('\n');
  const middle = lines.length >> 1;
  const statement = 'var customer = command.ExecuteScalar();\n';
  const inMethod = lines.indexOf('            connection.Open();', middle);
  await measure(connection, `${kilobytes} KB of C#, in a method`, document, inMethod, statement);
  const between = lines.indexOf('{', middle) + 1;
  const again = { ...document, uri: uri.replace('.cs', 'b.cs') };
  await measure(connection, `${kilobytes} KB of C#, between members`, again, between, 'public static int Number;\n');
}
child.kill();
