// What the documentation says of impersonation, fact by fact, and what holds this tool to it: the rules that find a routine which goes
// against it (and none where it does not), or the hover that says so; else why there is nothing to hold.
// Sources: learn.microsoft.com "Impersonation and CLR integration security", "Impersonation and credentials for connections",
// "SqlContext object", "CLR integration code access security", "Breaking changes to Database Engine features in SQL Server 2016",
// "Database Engine events and errors"; .NET Framework reference source, System.Data (sqlcontext.cs); read 2026-11.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findError } from '../../server/analysis/knowledge/errors.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { sourceUri, sourceWorkspace } from '../support/source-workspace.js';
import type { Workspace } from '../../server/analysis/workspace.js';

const language = await diskGrammar('dist-test');
const usings = `using System; using System.Collections; using System.Data.SqlClient; using System.Data.SqlTypes; using System.IO;
using System.Security.Principal; using System.Threading.Tasks; using Microsoft.SqlServer.Server;`;

interface Routine {
  /** The body of a procedure `Run(string path)`, or whole members. */
  readonly code: string;
  readonly set?: 'SAFE' | 'EXTERNAL_ACCESS' | 'UNSAFE';
  readonly create?: string;
}

type Check =
  /** Rules about impersonation that find something of each routine, and of none that follows the fact. */
  | { readonly finds: string; readonly wrong: readonly Routine[]; readonly right: readonly Routine[] }
  /** The hover at `|` says so. */
  | { readonly hover: string; readonly says: RegExp }
  | { readonly errors: readonly number[] }
  | { readonly none: string };

const asking = 'var identity = SqlContext.WindowsIdentity; if (identity == null) return;';
const bound = 'CREATE PROCEDURE dbo.Run @path nvarchar(260) AS EXTERNAL NAME a.A.Run;';
const executeAs = bound.replace(' AS EXTERNAL', " WITH EXECUTE AS 'Files' AS EXTERNAL");
const rows = 'public static void Fill(object row, out string name) { name = (string)row; }';
const open = 'using (var c = new SqlConnection("context connection=true")) c.Open();';

const facts: Readonly<Record<string, Check>> = {
  'nothing outside is reached as the caller by itself': {
    finds: 'service-account-access',
    wrong: [{ code: 'File.Delete(path);', create: bound }],
    right: [{ code: `${asking} using (identity.Impersonate()) File.Delete(path);`, create: bound }],
  },
  'Impersonate switches the thread, Undo gives it back': {
    finds: 'impersonation-not-undone',
    wrong: [{ code: `${asking} var context = identity.Impersonate(); File.Delete(path);` }],
    right: [
      {
        code: `${asking} var context = identity.Impersonate(); try { File.Delete(path); } finally { context.Undo(); }`,
      },
    ],
  },
  'SqlContext.WindowsIdentity is for EXTERNAL_ACCESS and UNSAFE': {
    finds: 'impersonation-in-safe-assembly',
    wrong: [{ code: asking, set: 'SAFE' }],
    right: [{ code: asking, set: 'EXTERNAL_ACCESS' }, { code: asking }],
  },
  'it is null for SQL Server logins': {
    finds: 'impersonation-null-identity',
    wrong: [{ code: 'using (SqlContext.WindowsIdentity.Impersonate()) File.Delete(path);' }],
    right: [{ code: `${asking} using (identity.Impersonate()) File.Delete(path);` }],
  },
  'no data access in process until Undo': {
    finds: 'data-access-while-impersonating',
    wrong: [{ code: `${asking} using (identity.Impersonate()) ${open}` }],
    right: [{ code: `${asking} using (identity.Impersonate()) File.Delete(path); ${open}` }],
  },
  // The exception filters of callers, which the page has an outer try for, are SQL Server's: nobody else calls a routine.
  'the context is kept, and undone in a finally block': {
    finds: 'impersonation-not-undone',
    wrong: [
      { code: `${asking} identity.Impersonate(); File.Delete(path);` },
      { code: `${asking} var context = identity.Impersonate(); File.Delete(path); context.Undo();` },
    ],
    right: [
      {
        code: `WindowsImpersonationContext context = null; try { try { ${asking} context = identity.Impersonate(); File.Delete(path); }
          finally { if (context != null) context.Undo(); } } catch { throw; }`,
      },
    ],
  },
  'a routine that returns without is aborted': { errors: [10312] },
  'data access in process is the caller’s, whatever code impersonates': {
    hover: 'using (var c = new Sql|Connection("context connection=true")) c.Open();',
    says: /the session, transaction and rights of whoever called the routine/,
  },
  'threads that code starts have no data access': {
    finds: 'impersonation-across-threads',
    wrong: [
      { code: `Task.Run(() => { ${open} }).Wait();` },
      { code: `Task.Run(() => { if (SqlContext.IsAvailable) { ${open} } }).Wait();` },
    ],
    right: [{ code: `Task.Run(() => File.Delete(path)).Wait(); ${open}` }],
  },
  'external access is denied in another context than the original caller’s': {
    finds: 'external-access-under-execute-as',
    wrong: [{ code: 'File.Delete(path);', create: executeAs }],
    right: [
      { code: 'File.Delete(path);', create: bound },
      { code: 'File.Delete(path);', create: executeAs.replace("'Files'", 'CALLER') },
    ],
  },
  // Who will call is nowhere written: said where the identity is asked for.
  'external access is denied to SQL Server logins': {
    hover: 'var i = SqlContext.Windows|Identity;',
    says: /for a SQL Server login, external access fails with a SecurityException/,
  },
  'no second machine takes the identity without Kerberos delegation': {
    hover: 'using (SqlContext.WindowsIdentity.Imper|sonate()) { }',
    says: /No other machine takes this identity without Kerberos delegation/,
  },
  'a function may be mapped to a proxy identity': {
    none: 'it is a setting of the server, which stands in no script and no code',
  },
  'EXTERNAL ACCESS ASSEMBLY is for logins that are trusted like the service account': {
    finds: 'assembly-permission-granted-broadly',
    wrong: [{ code: '', create: 'GRANT EXTERNAL ACCESS ASSEMBLY TO public;' }],
    right: [{ code: '', create: 'GRANT EXECUTE ON dbo.Run TO public;' }],
  },
  'outside of SQL Server SqlContext throws, and IsAvailable is false': {
    hover: 'var i = SqlContext.Is|Available;',
    says: /Where it is false, the other members of SqlContext throw InvalidOperationException, and no context connection opens/,
  },
  'IsAvailable is true on threads that code has started': {
    hover: 'var i = SqlContext.Is|Available;',
    says: /It is true on threads that the code has started too, where the others fail as well/,
  },
  'a function that impersonates and has a large parameter reads data': {
    finds: 'missing-data-access',
    wrong: [
      {
        code: '[SqlFunction] public static int F(SqlBytes b) { using (SqlContext.WindowsIdentity?.Impersonate()) return 1; }',
      },
    ],
    right: [
      {
        code: '[SqlFunction] public static int F(SqlInt32 b) { using (SqlContext.WindowsIdentity?.Impersonate()) return 1; }',
      },
      {
        code: '[SqlFunction(DataAccess = DataAccessKind.Read)] public static int F(SqlBytes b) { using (SqlContext.WindowsIdentity?.Impersonate()) return 1; }',
      },
    ],
  },
  'a table-valued function that impersonates reads data': {
    finds: 'missing-data-access',
    wrong: [
      {
        code: `[SqlFunction(FillRowMethodName = "Fill")] public static IEnumerable F() { using (SqlContext.WindowsIdentity?.Impersonate()) return new[] { "" }; } ${rows}`,
      },
    ],
    right: [
      {
        code: `[SqlFunction(FillRowMethodName = "Fill")] public static IEnumerable F() { return new[] { "" }; } ${rows}`,
      },
    ],
  },
  'FillRow does not impersonate': {
    finds: 'impersonation-across-yield',
    wrong: [
      {
        code: `[SqlFunction(FillRowMethodName = "Fill")] public static IEnumerable F() { return new[] { "" }; }
          public static void Fill(object row, out string name) { using (SqlContext.WindowsIdentity?.Impersonate()) name = File.ReadAllText((string)row); }`,
      },
    ],
    right: [
      {
        code: `[SqlFunction(FillRowMethodName = "Fill")] public static IEnumerable F() { return new[] { "" }; } ${rows}`,
      },
    ],
  },
  'the engine’s own failures to impersonate have numbers': { errors: [6546, 15160, 15162, 15164] },
};

for (const [fact, check] of Object.entries(facts)) {
  test(fact, () => {
    if ('none' in check) return assert.ok(check.none.length > 0);
    if ('errors' in check) {
      for (const number of check.errors) assert.ok(findError(number), `${number}`);
      return;
    }
    if ('hover' in check) {
      const at = textOf({ code: check.hover }).indexOf('|');
      const hover = workspaceOf({ code: check.hover.replace('|', '') }).hover(sourceUri('a'), at);
      assert.match(hover?.markdown ?? '', check.says);
      return;
    }
    for (const routine of check.wrong) assert.ok(rulesOf(routine).includes(check.finds), routine.code);
    for (const routine of check.right) assert.ok(!rulesOf(routine).includes(check.finds), routine.code);
  });
}

test('each fact has its check', () => assert.equal(Object.keys(facts).length, 20));

function rulesOf(routine: Routine): readonly string[] {
  const workspace = workspaceOf(routine);
  return workspace.uris().flatMap((uri) => workspace.findings(uri).map(({ rule }) => rule));
}

function workspaceOf(routine: Routine): Workspace {
  const { set = 'UNSAFE', create = '' } = routine;
  const text = `CREATE ASSEMBLY a FROM 'a.dll' WITH PERMISSION_SET = ${set};\nGO\n${create}`;
  const compiled = [{ name: 'a', source: textOf(routine), references: [] }];
  return sourceWorkspace(language, { files: [{ uri: 'file:///a/a.sql', text }] }, compiled);
}

function textOf({ code }: Routine): string {
  const members = code.startsWith('[') ? code : `[SqlProcedure] public static void Run(string path) { ${code} }`;
  return `${usings}\npublic static class A\n{\n    ${members}\n}\n`;
}
