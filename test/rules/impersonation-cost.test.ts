// Identities in code made to be large: the cost grows with the code, the answers stay, and what is not followed to its end is said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { sourceUri, unsafeWorkspace } from '../support/source-workspace.js';

/** What is measured is not what the parser may take. */
const language = await diskGrammar('dist-test', 60_000);
const begin = 'var identity = SqlContext.WindowsIdentity; if (identity == null) return; ';

/** What is said of impersonation, and the milliseconds of processor time it took. */
function findingsOf(members: string): { readonly messages: readonly string[]; readonly time: number } {
  const workspace = unsafeWorkspace(
    language,
    `using System.IO; using System.Security.Principal; using Microsoft.SqlServer.Server; public static class A { ${members} }`,
  );
  const start = process.cpuUsage();
  const messages = workspace
    .findings(sourceUri('a'))
    .filter(({ rule }) => rule.includes('impersonat'))
    .map(({ message }) => message);
  const { user, system } = process.cpuUsage(start);
  return { messages, time: (user + system) / 1_000 };
}

function statements(count: number): string {
  const all = Array.from({ length: count }, (_, index) =>
    index % 5 === 0
      ? `if (File.Exists(path + ${index})) { try { File.Delete(path); } finally { Directory.Exists(path); } }`
      : `text = path + ${index}; File.Exists(text);`,
  );
  return `[SqlProcedure] public static void Run(string path) { string text; ${begin}
    using (identity.Impersonate()) { ${all.join('\n')} SqlContext.Pipe.Send("done"); } SqlContext.Pipe.Send("done"); }`;
}

/** Methods that call one another, the first from SQL Server; the last sends. */
function chain(depth: number): string {
  const all = Array.from(
    { length: depth },
    (_, index) =>
      `private static void M${index}(WindowsIdentity identity) { if (identity != null) M${index + 1}(identity); }`,
  );
  return `[SqlProcedure] public static void Run() { ${begin} using (identity.Impersonate()) M0(identity); }
    ${all.join('\n')}
    private static void M${depth}(WindowsIdentity identity) { SqlContext.Pipe.Send(identity.Name); }`;
}

test('a method of ten thousand statements', (context) => {
  const [small, large] = [2_500, 10_000].map((count) => findingsOf(statements(count)));
  assert.ok(small && large);
  context.diagnostic(`${small.time.toFixed(0)} ms for 2,500 statements, ${large.time.toFixed(0)} ms for 10,000`);
  const expected = ['A::Run sends through SqlContext.Pipe while it impersonates'];
  assert.deepEqual([small.messages, large.messages], [expected, expected]);
  assert.ok(large.time / Math.max(small.time, 100) < 8, `${small.time}, ${large.time}`);
});

test('a chain of two hundred calls', (context) => {
  const [small, large] = [50, 200].map((depth) => findingsOf(chain(depth)));
  assert.ok(small && large);
  context.diagnostic(`${small.time.toFixed(0)} ms for 50 calls, ${large.time.toFixed(0)} ms for 200`);
  assert.deepEqual(
    [small.messages, large.messages],
    [50, 200].map((depth) => [`A::M${depth} sends through SqlContext.Pipe while A::Run impersonates`]),
  );
  assert.ok(large.time / Math.max(small.time, 50) < 8, `${small.time}, ${large.time}`);
});

const unknown = ['A::Run has too many ways through it, or variables, to tell whether it undoes its impersonation'];

test('where too many ways lead through a method, that is said', () => {
  const contexts = Array.from({ length: 30 }, (_, index) => index);
  const { messages } = findingsOf(`[SqlProcedure] public static void Run(string path) { ${begin}
    ${contexts.map((index) => `WindowsImpersonationContext c${index} = null; if (File.Exists(path + ${index})) c${index} = identity.Impersonate();`).join('\n')}
    ${contexts.map((index) => `if (c${index} != null) c${index}.Undo();`).join('\n')} }`);
  assert.deepEqual(
    messages.filter((message) => message.includes('too many ways')),
    unknown,
  );
});

/** A flag says whether to undo, and is set before many others. */
const flags = (count: number): readonly string[] => {
  const all = Array.from({ length: count }, (_, index) => index);
  return findingsOf(`[SqlProcedure] public static void Run(string path) { ${begin}
    var isAnother = false; WindowsImpersonationContext context = null;
    try {
      context = identity.Impersonate(); isAnother = true;
      ${all.map((index) => `var f${index} = false; f${index} = true; if (f${index}) File.Exists(path);`).join('\n')}
    } finally { if (isAnother) context.Undo(); } }`).messages;
};

test('where too much is to be remembered, that is said, and not that it is not undone', () => {
  assert.deepEqual([20, 50, 100].map(flags), [[], [], unknown]);
});

test('where too many impersonations are one inside of another, that is said', () => {
  const nested = (depth: number): readonly string[] =>
    findingsOf(
      `[SqlProcedure] public static void Run(string path) { ${begin} ${'using (identity.Impersonate()) '.repeat(depth)} File.Delete(path); }`,
    ).messages;
  assert.deepEqual([nested(4), nested(5)], [[], unknown]);
});
