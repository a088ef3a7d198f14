// C# while it is typed: what stands outside of the member that is edited keeps its findings.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { CompilationUnit, Member, NamespaceMember } from '../../server/analysis/csharp/nodes.js';
import type { Finding } from '../../server/analysis/rules/rule.js';
import type { Span } from '../../server/analysis/text/span.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
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
  const known = new Map(sources.map((source) => [source, findingsOf(source)]));
  let findings = 0;
  const flickers: string[] = [];
  for (let edits = 0; edits < editCount;) {
    const source = sources[random(sources.length)] ?? '';
    const edit = anEdit(source, random);
    if (!edit) continue;
    // Where all of it is C#, it says what it says.
    if (language.read(edit.text, []).unit.errors.length === 0) continue;
    edits++;
    const growth = edit.text.length - source.length;
    const before = outside(known.get(source) ?? [], edit.member, 0);
    const after = outside(findingsOf(source, edit.text), edit.member, growth);
    // What depends on the body that is edited may change with it.
    const { start, end } = edit.body;
    const without = outside(
      findingsOf(`${source.slice(0, start)}{ }${source.slice(end)}`),
      edit.member,
      start + 3 - end,
    );
    const isOthers = (one: string): boolean => before.includes(one) === without.includes(one);
    const all = new Set([...before, ...after]);
    const changed = [...all].filter((one) => before.includes(one) !== after.includes(one) && isOthers(one));
    findings += before.filter(isOthers).length;
    if (changed.length > 0) flickers.push(`${edit.what}: ${changed.join(', ')}`);
  }
  context.diagnostic(`${flickers.length} of ${editCount} edits change other members' findings, of ${findings}`);
  for (const flicker of flickers) context.diagnostic(flicker);
  assert.ok(findings > editCount);
  assert.deepEqual(flickers, []);
});

interface HalfTyped {
  readonly text: string;
  readonly what: string;
  /** Around the edit, in the text before it. */
  readonly member: Span;
  readonly body: Span;
}

function anEdit(source: string, random: (below: number) => number): HalfTyped | undefined {
  const bodies = bodiesOf(language.read(source, []).unit);
  const around = bodies[random(bodies.length)];
  if (!around) return undefined;
  const { start, end: last } = around.body;
  const at = source.indexOf('\n', start + random(last - start)) + 1;
  if (at === 0 || at >= last) return undefined;
  const end = source.indexOf('\n', at);
  const text = typed[random(typed.length + 2)];
  if (text !== undefined) return { text: `${source.slice(0, at)}${text}\n${source.slice(at)}`, what: text, ...around };
  const from = at + random(Math.max(1, end - at));
  return { text: source.slice(0, from) + source.slice(Math.min(end, last - 1)), what: 'cut', ...around };
}

function bodiesOf({
  members,
}: Pick<CompilationUnit, 'members'>): readonly { readonly member: Span; readonly body: Span }[] {
  return members.flatMap((member: NamespaceMember | Member) => {
    if ('members' in member) return bodiesOf(member as Pick<CompilationUnit, 'members'>);
    return 'body' in member && member.body?.kind === 'block' ? [{ member: member.span, body: member.body.span }] : [];
  });
}

function findingsOf(...texts: readonly string[]): readonly { readonly rule: string; readonly start: number }[] {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set('file:///a/a.sql', "CREATE ASSEMBLY a FROM 'a.dll' WITH PERMISSION_SET = SAFE;");
  workspace.set(
    'file:///a/a.csproj',
    '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup><AssemblyName>a</AssemblyName></PropertyGroup><ItemGroup><Compile Include="a.cs" /></ItemGroup></Project>',
  );
  let findings: readonly Finding[] = [];
  for (const text of texts) {
    workspace.set(uri, text);
    findings = workspace.findings(uri);
  }
  return findings.map(({ rule, span }) => ({ rule, start: span.start }));
}

/** Those outside of the member, each with where it was before `growth` characters were typed there. */
function outside(findings: ReturnType<typeof findingsOf>, member: Span, growth: number): readonly string[] {
  const end = member.end + growth;
  return findings
    .filter(({ start }) => start < member.start || start >= end)
    .map(({ rule, start }) => `${rule} at ${start < member.start ? start : start - growth}`);
}
