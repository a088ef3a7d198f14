// C# while it is typed: what stands outside of the member that is edited keeps its findings.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { CompilationUnit, Member, NamespaceMember } from '../../server/analysis/csharp/nodes.js';
import type { Span } from '../../server/analysis/text/span.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/grammar-node.js';
import { nodePlatform } from '../../server/platform-node.js';
import { compiledSamplesOf } from '../support/compiled-samples.js';
import { randomOf } from '../support/mutations.js';

const language = await diskGrammar('dist-test');
const uri = 'file:///a/a.cs';
const editCount = 200;
/** What is typed at the start of a line; with `delete` and `cut`, what goes from there on instead. */
const typed = ['x.', 'if (', 'foo(', '"', 'var y = ', '}', '{', 'new ', 'try {', '(', 'foreach (var q in ', 'a +'];

test('an edit within a member leaves the findings of others as they were', (context) => {
  const pages = readdirSync('docs/rules').map((name) => `docs/rules/${name}`);
  const sources = compiledSamplesOf(pages)
    .filter(({ language, source }) => language === 'cs' && source.length > 600)
    .map(({ source }) => source)
    .filter((source) => findingsOf(source).length > 1);
  const random = randomOf(11);
  let findings = 0;
  const flickers: string[] = [];
  for (let edits = 0; edits < editCount;) {
    const source = sources[random(sources.length)] ?? '';
    const edit = anEdit(source, random);
    if (!edit) continue;
    edits++;
    const before = outside(findingsOf(source), edit.member, 0);
    const after = outside(findingsOf(edit.text), edit.member, edit.text.length - source.length);
    findings += before.length;
    const other = [...before.filter((one) => !after.includes(one)), ...after.filter((one) => !before.includes(one))];
    if (other.length > 0) flickers.push(`${edit.what}: ${other.join(', ')}`);
  }
  context.diagnostic(`${flickers.length} of ${editCount} edits change other members' findings, of ${findings}`);
  for (const flicker of flickers) context.diagnostic(flicker);
  assert.ok(findings > editCount);
  assert.ok(flickers.length <= editCount / 20);
});

interface HalfTyped {
  readonly text: string;
  readonly what: string;
  /** The body around the edit, in the text before it. */
  readonly member: Span;
}

function anEdit(source: string, random: (below: number) => number): HalfTyped | undefined {
  const bodies = bodiesOf(language.parse(source, []));
  const member = bodies[random(bodies.length)];
  if (!member) return undefined;
  const at = source.indexOf('\n', member.start + random(member.end - member.start)) + 1;
  if (at === 0 || at >= member.end) return undefined;
  const end = source.indexOf('\n', at);
  const text = typed[random(typed.length + 2)];
  if (text !== undefined) return { text: `${source.slice(0, at)}${text}\n${source.slice(at)}`, what: text, member };
  const from = at + random(Math.max(1, end - at));
  return { text: source.slice(0, from) + source.slice(Math.min(end, member.end - 1)), what: 'cut', member };
}

function bodiesOf({ members }: Pick<CompilationUnit, 'members'>): readonly Span[] {
  return members.flatMap((member: NamespaceMember | Member): readonly Span[] => {
    if ('members' in member) return bodiesOf(member as Pick<CompilationUnit, 'members'>);
    return 'body' in member && member.body ? [member.body.span] : [];
  });
}

function findingsOf(source: string): readonly { readonly rule: string; readonly start: number }[] {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set(uri, source);
  workspace.set('file:///a/a.sql', "CREATE ASSEMBLY a FROM 'a.dll' WITH PERMISSION_SET = SAFE;");
  workspace.set(
    'file:///a/a.csproj',
    '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup><AssemblyName>a</AssemblyName></PropertyGroup><ItemGroup><Compile Include="a.cs" /></ItemGroup></Project>',
  );
  return workspace.findings(uri).map(({ rule, span }) => ({ rule, start: span.start }));
}

/** Those outside of the member, each with where it was before `growth` characters were typed there. */
function outside(findings: ReturnType<typeof findingsOf>, member: Span, growth: number): readonly string[] {
  const end = member.end + growth;
  return findings
    .filter(({ start }) => start < member.start || start >= end)
    .map(({ rule, start }) => `${rule} at ${start < member.start ? start : start - growth}`);
}
