// Fixes in C#: what a source becomes, and where there is none. `fixed` answers with the first fix of a rule, applied.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Workspace, type Settings, defaultSettings } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import { withEdits } from '../support/check-fix.js';

const language = await diskGrammar('dist-test');
const uri = 'file:///a.cs';

/** Undefined where the rule finds something and has no fix for it. */
function fixed(
  rule: string,
  text: string,
  others: Record<string, string> = {},
  settings: Partial<Settings> = {},
): string | undefined {
  const workspace = new Workspace(nodePlatform, { ...defaultSettings, ...settings });
  workspace.useCSharp(language);
  workspace.set(uri, text);
  for (const [name, content] of Object.entries(others)) workspace.set(`file:///${name}`, content);
  const found = workspace
    .uris()
    .flatMap((one) => workspace.findings(one))
    .filter((finding) => finding.rule === rule);
  assert.ok(found.length > 0, `${rule} finds nothing`);
  const [fix] = found.flatMap(({ fixes }) => fixes);
  if (!fix) return undefined;
  return withEdits(text, fix.edits);
}

/** In a class with a routine that is reached. */
const inClass = (...members: readonly string[]): string =>
  [
    'using Microsoft.SqlServer.Server;',
    'public class A {',
    ...members,
    '  [SqlProcedure] public static void Run() { }',
    '}',
  ].join('\n');

describe('readonly', () => {
  const mended = (members: string, others = {}): string | undefined =>
    fixed('mutable-static-field', inClass(members), others);

  test('stands before the type', () => {
    for (const [before, after] of [
      ['static int a = 1;', 'static readonly int a = 1;'],
      [
        '[System.Obsolete] internal static /* shared */ string[] a;',
        '[System.Obsolete] internal static /* shared */ readonly string[] a;',
      ],
      [
        'static\r\n    System.Collections.Generic.List<int>\r\n    a;',
        'static\r\n    readonly System.Collections.Generic.List<int>\r\n    a;',
      ],
      ['static int? a = 1;', 'static readonly int? a = 1;'],
      ['static int a = 1, b = 2;', 'static readonly int a = 1, b = 2;'],
      ['static string a; static A() { a = "x"; }', 'static readonly string a; static A() { a = "x"; }'],
    ] as const)
      assert.equal(mended(before), inClass(after));
  });

  test('is not for what is given a value later', () => {
    for (const member of [
      'static int a; static void Set() { a = 1; }',
      'static int a; static void Set() { A.a++; }',
      'static int a; static void Set() { Fill(out a); } static void Fill(out int b) { b = 1; }',
      'static int a; static void Set() { ref int b = ref a; b = 1; }',
      'static int a; static int Set => a = 1;',
      'static int a; static A() { System.Action set = () => a = 1; }',
      'static int a; class B { static B() { a = 1; } }',
      'static int a; static void Set() { int b; (a, b) = (1, 2); }',
      'static int a = 1, b; static void Set() { b = 1; }',
      'static int a; void Set() { Unknown.A.a = 1; }',
    ])
      assert.equal(mended(member), undefined, member);
  });

  test('is not for what it would change or hide, nor where C# has none', () => {
    for (const member of [
      'static volatile int a;',
      'static event System.Action a;',
      'struct S { int n; public override string ToString() { return (++n).ToString(); } } static S? a = new S();',
      'static int a { get; set; }',
      '[System.ThreadStatic] static int a;',
      'struct S { public int X; } static S a;',
      'static Unknown a;',
      'static int[] a = new int[2]; static void Set() { a[0] = 1; }',
    ])
      assert.equal(mended(member), undefined, member);
  });

  test('is not where not all is read', () => {
    assert.equal(mended('static int a;\n#if LATER\n void Set() { a = 1; }\n#endif\n'), undefined);
    assert.equal(mended('static\n#if DEBUG\n internal\n#endif\n int a;'), undefined);
    assert.equal(mended('static int a;', { 'b.cs': 'class B { void Set() { A.a = ; } ' }), undefined);
  });
});

describe('attributes', () => {
  const reading = (attribute: string, usings = 'using Microsoft.SqlServer.Server;'): string =>
    `${usings}
public class A {
  ${attribute}
  public static int Count() { var c = new System.Data.SqlClient.SqlConnection("context connection=true"); c.Open(); return 1; }
}`;

  test('are given a property, with a list or into it', () => {
    for (const [before, after] of [
      ['[SqlFunction]', '[SqlFunction(DataAccess = DataAccessKind.Read)]'],
      ['[SqlFunction()]', '[SqlFunction(DataAccess = DataAccessKind.Read)]'],
      ['[SqlFunction( )]', '[SqlFunction(DataAccess = DataAccessKind.Read )]'],
      [
        '[SqlFunctionAttribute /* f */ (Name = "a")]',
        '[SqlFunctionAttribute /* f */ (Name = "a", DataAccess = DataAccessKind.Read)]',
      ],
      [
        '[SqlFunction(DataAccess = DataAccessKind.None, Name="a")]',
        '[SqlFunction(DataAccess = DataAccessKind.Read, Name="a")]',
      ],
      ['[System.Obsolete, SqlFunction]', '[System.Obsolete, SqlFunction(DataAccess = DataAccessKind.Read)]'],
      [
        '[SqlFunction(\r\n    Name = "a" // the name\r\n  )]',
        '[SqlFunction(\r\n    Name = "a", DataAccess = DataAccessKind.Read // the name\r\n  )]',
      ],
    ] as const)
      assert.equal(fixed('missing-data-access', reading(before)), reading(after));
  });

  test('name types as they can be named there', () => {
    const full = 'Microsoft.SqlServer.Server';
    for (const [usings, attribute, access] of [
      ['', `${full}.SqlFunction`, `${full}.DataAccessKind.Read`],
      [`using S = ${full};`, 'S.SqlFunction', `${full}.DataAccessKind.Read`],
      [`using F = ${full}.SqlFunctionAttribute;`, 'F', `${full}.DataAccessKind.Read`],
      [`using ${full}; class DataAccessKind { }`, 'SqlFunction', `${full}.DataAccessKind.Read`],
    ] as const)
      assert.equal(
        fixed('missing-data-access', reading(`[${attribute}]`, usings)),
        reading(`[${attribute}(DataAccess = ${access})]`, usings),
      );
  });

  test('are left alone with a directive in them', () => {
    assert.equal(fixed('missing-data-access', reading('[SqlFunction(\n#if DEBUG\n Name = "a"\n#endif\n)]')), undefined);
  });

  test('lose a property, and the list with the last', () => {
    const pure = (attribute: string): string => inClass(`  ${attribute} public static int One() { return 1; }`);
    for (const [before, after] of [
      ['[SqlFunction(DataAccess = DataAccessKind.Read)]', '[SqlFunction]'],
      [
        '[SqlFunction (DataAccess = DataAccessKind.Read, SystemDataAccess = SystemDataAccessKind.Read)]',
        '[SqlFunction]',
      ],
      ['[SqlFunction(DataAccess = DataAccessKind.Read, Name = "a")]', '[SqlFunction(Name = "a")]'],
      ['[SqlFunction(Name = "a", DataAccess = DataAccessKind.Read)]', '[SqlFunction(Name = "a")]'],
      [
        '[SqlFunction(SystemDataAccess = SystemDataAccessKind.Read, Name = "a",\n DataAccess = DataAccessKind.Read, IsPrecise = true)]',
        '[SqlFunction(Name = "a", IsPrecise = true)]',
      ],
      ['[SqlFunction(DataAccess = DataAccessKind.Read /* why */)]', undefined],
    ] as const)
      assert.equal(fixed('unneeded-data-access', pure(before)), after && pure(after));
  });
});

describe('modifiers of what scripts bind', () => {
  const script = "CREATE ASSEMBLY A FROM 'a.dll';\nGO\nCREATE PROCEDURE P AS EXTERNAL NAME A.";
  const project =
    '<Project><PropertyGroup><AssemblyName>A</AssemblyName></PropertyGroup><ItemGroup><Compile Include="a.cs" /></ItemGroup></Project>';
  const mended = (text: string, name = 'A.Run'): string | undefined =>
    fixed('routine-not-public-static', text, { 'a.csproj': project, 'a.sql': `${script}${name};` });

  test('are added, and those of another access replaced', () => {
    for (const [before, after] of [
      ['public class A { static void Run() { } }', 'public class A { public static void Run() { } }'],
      ['public class A { public void Run() { } }', 'public class A { public static void Run() { } }'],
      ['public class A { void Run() { } }', 'public class A { public static void Run() { } }'],
      [
        'public class A {\r\n  // internal\r\n  [System.Obsolete] /* a */ protected /* b */ internal unsafe static void Run() { } }',
        'public class A {\r\n  // internal\r\n  [System.Obsolete] /* a */ public /* b */ unsafe static void Run() { } }',
      ],
      ['class A { static void Run() { } }', 'public class A { public static void Run() { } }'],
      [
        'internal sealed partial class A { public static void Run() { } }',
        'public sealed partial class A { public static void Run() { } }',
      ],
      [
        'public class A { private static A Run() { return null; } }',
        'public class A { public static A Run() { return null; } }',
      ],
    ] as const)
      assert.equal(mended(before), after);
  });

  test('are not added where the object is needed, or C# does not take them', () => {
    for (const text of [
      'public class A { int a; public void Run() { a = 1; } }',
      'public class A { int a; public void Run() { System.Action b = () => a = 1; b(); } }',
      'public class A { public void Run() { base.ToString(); } }',
      'public class A { public virtual void Run() { } }',
      'public class A : System.IDisposable { public void Dispose() { Run(); } public void Run() { } }',
      'public class A { public void Run() { Unknown.Go(); this.Other(); } }',
      'class B { } public class A { static B Run() { return null; } }',
      'class B { } public class A { static void Run(B[] b) { } }',
      'class B { } class A { public static void Run() { } public B Other; }',
      'internal partial class A { public static void Run() { } } partial class A { }',
      'public class A {\n#if DEBUG\n  internal\n#endif\n  static void Run() { } }',
    ])
      assert.equal(mended(text), undefined, text);
  });
});

describe('calls', () => {
  const usings = 'using Microsoft.SqlServer.Server;\nusing System.Text.RegularExpressions;\n';
  const matching = (call: string, more = ''): string =>
    `${usings}${more}public class A { [SqlFunction] public static bool Is(string a, string p) { return ${call}; } }`;
  const limited = (call: string, more?: string, others = {}, settings = {}): string | undefined =>
    fixed('regex-without-timeout', matching(call, more), others, settings);

  test('are given a limit', () => {
    for (const [before, after, more] of [
      ['Regex.IsMatch(a, p)', 'Regex.IsMatch(a, p, RegexOptions.None, System.TimeSpan.FromSeconds(1))', ''],
      ['Regex.IsMatch(a, p)', 'Regex.IsMatch(a, p, RegexOptions.None, TimeSpan.FromSeconds(1))', 'using System;\n'],
      [
        'new Regex(p, RegexOptions.Singleline).IsMatch(a)',
        'new Regex(p, RegexOptions.Singleline, System.TimeSpan.FromSeconds(1)).IsMatch(a)',
        '',
      ],
      [
        'Regex.Replace(a, p, m => "") == ""',
        'Regex.Replace(a, p, m => "", RegexOptions.None, System.TimeSpan.FromSeconds(1)) == ""',
        '',
      ],
    ] as const)
      assert.equal(limited(before, more), matching(after, more));
  });

  test('are left alone where there is no such overload, or its arguments have names', () => {
    const project = (version: string) => ({
      'a.csproj': `<Project><PropertyGroup><TargetFrameworkVersion>${version}</TargetFrameworkVersion></PropertyGroup><ItemGroup><Compile Include="a.cs" /></ItemGroup></Project>`,
    });
    assert.equal(limited('Regex.IsMatch(a, p)', '', project('v4.0')), undefined);
    assert.notEqual(limited('Regex.IsMatch(a, p)', '', project('v4.5')), undefined);
    assert.equal(limited('Regex.IsMatch(a, p)', '', {}, { target: 'sql-server-2008' }), undefined);
    assert.equal(limited('Regex.IsMatch(pattern: p, input: a)'), undefined);
  });

  test('lose keywords of a connection string that is written there', () => {
    const opening = (text: string): string =>
      inClass(
        `[SqlProcedure] public static void Go() { using (var c = new System.Data.SqlClient.SqlConnection(${text})) c.Open(); }`,
      );
    for (const [before, after] of [
      ['"context connection=true;Pooling=false"', '"context connection=true"'],
      ['@"Pooling = false; Context Connection=true;"', '@" Context Connection=true;"'],
      ['"context connection=true;" + "Pooling=false"', undefined],
    ] as const)
      assert.equal(fixed('context-connection-misuse', opening(before)), after && opening(after));
  });

  test('allow better protocols', () => {
    const allowing = (text: string): string =>
      inClass(`[SqlProcedure] public static void Go() { System.Net.ServicePointManager.SecurityProtocol ${text}; }`);
    const type = 'System.Net.SecurityProtocolType';
    for (const [before, after] of [
      [`= ${type}.Tls`, `= ${type}.Tls12`],
      [`|= ${type}.Ssl3 | ${type}.Tls12`, `|= ${type}.Tls12`],
      [`= (${type}.Tls | ${type}.Tls11) | ${type}.Tls13`, `= ${type}.Tls12 | ${type}.Tls13`],
      [`= (${type})192`, undefined],
      [`= ${type}.Tls /* old */ | ${type}.Tls11`, undefined],
    ] as const)
      assert.equal(fixed('weak-tls', allowing(before)), after && allowing(after));
  });
});

describe('statements', () => {
  const accepting = (body: string): string => inClass(`[SqlProcedure] public static void Go(bool b)\r\n{\r\n${body}}`);
  const callback = 'System.Net.ServicePointManager.ServerCertificateValidationCallback';

  test('go with their lines', () => {
    for (const [before, after] of [
      [`  ${callback} = (a, b, c, d) => true;\r\n  Run();\r\n`, '  Run();\r\n'],
      [`  ${callback} +=\r\n    delegate { return true; };\r\n`, ''],
      [`  ${callback} = (a, b, c, d) => true; Run(); // both\r\n`, '  Run(); // both\r\n'],
      [`  if (b) ${callback} = (a, b, c, d) => true;\r\n`, undefined],
      [`  var x = ${callback} = (a, b, c, d) => true;\r\n`, undefined],
      [`  ${callback} = (a, b, c, d) => true /* for now */;\r\n`, undefined],
    ] as const)
      assert.equal(fixed('tls-validation-disabled', accepting(before)), after === undefined ? after : accepting(after));
  });

  test('let an exception go on', () => {
    const trying = (handler: string): string =>
      inClass(
        `[SqlProcedure] public static int Go(string t)\n{\n\ttry\n\t{\n\t\treturn int.Parse(t);\n\t}\n\t${handler}\n\treturn 0;\n}`,
      );
    for (const [before, after] of [
      ['catch { }', 'catch { throw; }'],
      ['catch {}', 'catch { throw; }'],
      ['catch (System.Exception e)\n\t{\n\t}', 'catch (System.Exception e)\n\t{\n\t\tthrow;\n\t}'],
      ['catch\r\n\t{\r\n\r\n\t}', 'catch\r\n\t{\r\n\t\tthrow;\r\n\t}'],
      ['catch (System.FormatException) { } catch { }', 'catch (System.FormatException) { } catch { throw; }'],
      ['catch { /* no number */ }', undefined],
      ['catch { ; }', undefined],
    ] as const)
      assert.equal(fixed('swallowed-exception', trying(before)), after && trying(after), before);
  });

  test('throw before a variable is used that may be null', () => {
    const using = (body: string): string =>
      inClass(
        `[SqlProcedure] public static void Go(bool b)\n{\n  var i = SqlContext.WindowsIdentity;\n${body}\n}\nstatic void Use(string t) { }`,
      );
    const guard = 'if (i == null) throw new System.InvalidOperationException("The caller has no Windows identity.");';
    for (const [before, after] of [
      ['  Use(i.Name);', `  ${guard}\n  Use(i.Name);`],
      ['\tvar name = i.Name;', `\t${guard}\n\tvar name = i.Name;`],
      ['  using (i.Impersonate()) { }', `  ${guard}\n  using (i.Impersonate()) { }`],
      ['  if (b) { Use("x");\n    Use(i.Name); }', `  if (b) { Use("x");\n    ${guard}\n    Use(i.Name); }`],
      ['  if (b) Use(i.Name);', undefined],
      ['  var t = b ? i.Name : "";', undefined],
      ['  Use(SqlContext.WindowsIdentity.Name);', undefined],
    ] as const)
      assert.equal(fixed('impersonation-null-identity', using(before)), after && using(after), before);
  });

  test('give a value to a command as a parameter', () => {
    const running = (body: string): string =>
      inClass(`[SqlProcedure] public static void Go(string name, System.Data.SqlTypes.SqlString other)\n{\n${body}\n}`);
    const made = 'new System.Data.SqlClient.SqlCommand';
    const add = (name: string, value = name): string => `c.Parameters.AddWithValue("@${name}", ${value});`;
    for (const [before, after] of [
      [
        `  var c = ${made}("SELECT 1 WHERE a = '" + name + "' AND b = N'" + other.Value + "'");\n  c.ExecuteNonQuery();`,
        `  var c = ${made}("SELECT 1 WHERE a = @name AND b = @other");\n  ${add('name')}\n  ${add('other', 'other.Value')}\n  c.ExecuteNonQuery();`,
      ],
      [
        `\tusing (var c = ${made}(@"DELETE t WHERE a = '" + name + @"'"))\n\t{\n\t\tc.ExecuteNonQuery();\n\t}`,
        `\tusing (var c = ${made}(@"DELETE t WHERE a = @name"))\n\t{\n\t\t${add('name')}\n\t\tc.ExecuteNonQuery();\n\t}`,
      ],
      [`  var c = ${made}("DELETE t WHERE a LIKE '%" + name + "%'");\n  c.ExecuteNonQuery();`, undefined],
      [`  var c = ${made}("DELETE " + name);\n  c.ExecuteNonQuery();`, undefined],
      [`  var c = ${made}("DELETE t WHERE a = '" + name + "''x'");\n  c.ExecuteNonQuery();`, undefined],
      [`  var c = ${made}("DELETE t WHERE a = @name OR a = '" + name + "'");\n  c.ExecuteNonQuery();`, undefined],
      [`  ${made}("DELETE t WHERE a = '" + name + "'").ExecuteNonQuery();`, undefined],
    ] as const)
      assert.equal(fixed('sql-injection', running(before)), after && running(after), before);
  });

  test('attributes without effect go with their line, or out of their list', () => {
    const threaded = (attributes: string): string => inClass(`  ${attributes} static void Go() { }`);
    for (const [before, after] of [
      ['[System.STAThread]', ''],
      ['[System.Obsolete, System.STAThread] ', '[System.Obsolete] '],
      ['[System.MTAThread(), System.Obsolete] ', '[System.Obsolete] '],
    ] as const)
      assert.equal(fixed('refused-attribute', threaded(before)), threaded(after).replace(/^ {3}static/m, '  static'));
    assert.equal(
      fixed('refused-attribute', inClass('  [System.STAThread]\n  static void Go() { }')),
      inClass('  static void Go() { }'),
    );
  });
});

describe('Undo whichever way the block is left', () => {
  const before = 'var identity = SqlContext.WindowsIdentity; if (identity == null) return;';
  const inRoutine = (...lines: readonly string[]): string =>
    [
      'using System.IO;',
      'using System.Security.Principal;',
      'using Microsoft.SqlServer.Server;',
      'public static class A {',
      '    [SqlProcedure]',
      '    public static void Run(string path)',
      '    {',
      ...[before, ...lines].map((line) => `        ${line}`),
      '    }',
      '}',
    ].join('\n');
  const mended = (...lines: readonly string[]): string | undefined =>
    fixed('impersonation-not-undone', inRoutine(...lines));

  test('is a finally around what comes after', () => {
    assert.equal(
      mended('var context = identity.Impersonate();', 'File.Delete(path);', 'context.Undo();'),
      inRoutine(
        'var context = identity.Impersonate();',
        'try',
        '{',
        '    File.Delete(path);',
        '}',
        'finally',
        '{',
        '    context.Undo();',
        '}',
      ),
    );
    // What is declared in between is used behind Undo: that stays, and all of it comes into the try.
    assert.equal(
      mended(
        'WindowsImpersonationContext context;',
        'context = identity.Impersonate();',
        'var text = File.ReadAllText(path); // all of it',
        '',
        'context.Undo();',
        'SqlContext.Pipe.Send(text);',
      ),
      inRoutine(
        'WindowsImpersonationContext context;',
        'context = identity.Impersonate();',
        'try',
        '{',
        '    var text = File.ReadAllText(path); // all of it',
        '',
        '    context.Undo();',
        '    SqlContext.Pipe.Send(text);',
        '}',
        'finally',
        '{',
        '    context.Undo();',
        '}',
      ),
    );
  });

  test('is a using where nothing was kept', () => {
    assert.equal(
      mended('identity.Impersonate();', 'if (File.Exists(path))', '    File.Delete(path);'),
      inRoutine('using (identity.Impersonate())', '{', '    if (File.Exists(path))', '        File.Delete(path);', '}'),
    );
  });

  test('is not written where it may be another, in one line, or around what must not be indented', () => {
    for (const lines of [
      ['var context = identity.Impersonate();', 'context = null;', 'File.Delete(path);'],
      ['var context = identity.Impersonate(); File.Delete(path);'],
      ['System.IDisposable context = identity.Impersonate();', 'File.Delete(path);'],
      ['var context = identity.Impersonate();', 'File.Delete(@"a', 'b");'],
      [
        'WindowsImpersonationContext context = null;',
        'if (path != null) context = identity.Impersonate();',
        'File.Delete(path);',
      ],
      ['var context = identity.Impersonate();', 'again: File.Delete(path);', 'if (File.Exists(path)) goto again;'],
    ])
      assert.equal(mended(...lines), undefined, lines.join(' '));
  });
});
