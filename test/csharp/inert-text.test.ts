// Code that stands in a comment, a string or a branch that is not compiled is no code: nothing is found in it.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import { Workspace } from '../../server/analysis/workspace.js';

const language = await diskGrammar('dist-test');

/** Members of a class that each have a finding in a SAFE assembly, and what it is. */
const culprits = [
  ['native-call', '[DllImport("kernel32.dll")] static extern bool Beep(uint frequency, uint duration);'],
  ['mutable-static-field', 'static int count;'],
  ['finalizer', '~Sample() { }'],
  ['unverifiable-code', 'static unsafe void Copy(int* from, int* to) { *to = *from; }'],
  ['host-protected-member', '[SqlProcedure] public static void Lock() { lock (typeof(Sample)) { } }'],
  ['process-start', '[SqlProcedure] public static void Start() { System.Diagnostics.Process.Start("cmd.exe"); }'],
  ['insufficient-permission-set', '[SqlProcedure] public static void Read() { System.IO.File.ReadAllText("a"); }'],
  ['swallowed-exception', '[SqlProcedure] public static void Try() { try { int.Parse("a"); } catch { } }'],
  [
    'credential-in-code',
    'static readonly SqlConnection there = new SqlConnection("Server=a;User ID=sa;Password=Pa55word");',
  ],
  ['pipe-in-function', '[SqlFunction] public static int Tell() { SqlContext.Pipe.Send("a"); return 0; }'],
] as const;

const doubled = (text: string): string => text.replaceAll('"', '""');
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
const braced = (text: string): string => text.replaceAll('{', '{{').replaceAll('}', '}}');
const field = (name: string, value: string): string => `const string ${name} = ${value};`;

const hidings: Readonly<Record<string, (member: string) => string>> = {
  'a comment': (member) => `// ${member}`,
  'a comment of several lines': (member) => `/* a\n ${member}\n */`,
  'a comment that looks like the end of a string': (member) => `/* " ${member} " */`,
  'a documentation comment': (member) =>
    `/// <summary>\n/// <code>${member}</code>\n/// </summary>\npublic void Told() { }`,
  'a documentation comment of several lines': (member) => `/** <code>\n ${member}\n </code> */\npublic void Told() { }`,
  'a string': (member) => field('Text', `"${escaped(member)}"`),
  'a string with an end of comment': (member) => field('Text', `"*/ ${escaped(member)} /*"`),
  'a verbatim string': (member) => field('Text', `@"}\n${doubled(member)}\n{"`),
  'a raw string': (member) => field('Text', `"""\n  }\n  ${member}\n  {\n  """`),
  'an interpolated string': (member) => `static readonly string text = $"${escaped(braced(member))}";`,
  'an interpolated verbatim string': (member) =>
    `static readonly string text = $@"\n${doubled(braced(member))}\n{1 + 1}";`,
  'an interpolated raw string': (member) => `static readonly string text = $$"""\n  ${member}\n  {{1 + 1}}\n  """;`,
  'a string in an interpolation': (member) => `static readonly string text = $"{1}{"${escaped(member)}"}";`,
  'the argument of an attribute': (member) =>
    `[System.ComponentModel.Description("${escaped(member)}")] public void Told() { }`,
  'a region’s name': (member) => `#region ${member}\n#endregion`,
  'a branch that is never compiled': (member) => `#if false\n${member}\n#endif`,
  'a branch for another symbol': (member) => `#if OTHER && !DEBUG\n${member}\n#endif`,
  'the other branch': (member) => `#if DEBUG\n#elif OTHER\n${member}\n#else\n${member}\n#endif`,
  'a branch in a branch': (member) => `#if OTHER\n#if DEBUG\n${member}\n#endif\n${member}\n#endif`,
  'a string over a directive': (member) => field('Text', `@"\n#if DEBUG\n${doubled(member)}\n#endif\n"`),
};

suite('what is no code', () => {
  test('the members have what is found of them', () => {
    for (const [rule, member] of culprits)
      assert.ok(found(member).includes(rule), `${member}: ${found(member).join()}`);
  });

  for (const [name, hide] of Object.entries(hidings))
    test(name, () => {
      for (const [, member] of culprits) assert.deepEqual(found(hide(member)), [], hide(member));
    });
});

test('the branch that the symbols of the project compile', () => {
  const member = `#if OTHER\n${culprits[1][1]}\n#elif !DEBUG\n${culprits[2][1]}\n#else\n${culprits[0][1]}\n#endif`;
  assert.deepEqual(found(member, 'OTHER'), ['mutable-static-field']);
  assert.deepEqual(found(member, 'OTHER;DEBUG'), ['mutable-static-field']);
  assert.deepEqual(found(member, 'TRACE'), ['finalizer']);
  assert.deepEqual(found(member, 'DEBUG'), ['native-call']);
  assert.deepEqual(found(member, 'DEBUG', '#define OTHER\n'), ['mutable-static-field']);
  assert.deepEqual(found(member, 'DEBUG', '#undef DEBUG\n'), ['finalizer']);
});

test('a file that two projects compile, each its branch', () => {
  const workspace = workspaceOf(`#if OTHER\n${culprits[1][1]}\n#endif`, { A: 'OTHER', B: 'DEBUG' });
  assert.deepEqual(rulesIn(workspace), ['mutable-static-field']);
  const [finding] = workspace.findings(uri).filter(({ rule }) => rule === 'mutable-static-field');
  assert.equal(finding?.message, 'Sample::count is static and not readonly');
});

const uri = 'file:///Sample.cs';

function found(members: string, symbols = 'DEBUG', before = ''): readonly string[] {
  return rulesIn(workspaceOf(members, { A: symbols }, before));
}

function rulesIn(workspace: Workspace): readonly string[] {
  return workspace.findings(uri).map(({ rule }) => rule);
}

function workspaceOf(members: string, projects: Readonly<Record<string, string>>, before = ''): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  for (const [name, symbols] of Object.entries(projects))
    workspace.set(
      `file:///${name}.sqlproj`,
      `<Project><PropertyGroup><PermissionSet>SAFE</PermissionSet><DefineConstants>${symbols}</DefineConstants></PropertyGroup><ItemGroup><Compile Include="Sample.cs" /></ItemGroup></Project>`,
    );
  workspace.set(
    uri,
    `${before}using System.Data.SqlClient;
using System.Runtime.InteropServices;
using Microsoft.SqlServer.Server;
public class Sample
{
    [SqlProcedure] public static void Nothing() { }
${members}
}
`,
  );
  return workspace;
}
