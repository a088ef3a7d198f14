// Fixes in C#: what a source becomes, and where there is none. `fixed` answers with the first fix of a rule, applied.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Workspace, type Settings, defaultSettings } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/grammar-node.js';
import { nodePlatform } from '../../server/platform-node.js';

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
  return fix.edits
    .toReversed()
    .reduce((all, { at, text: put }) => all.slice(0, at.start) + put + all.slice(at.end), text);
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
