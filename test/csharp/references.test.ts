// Names of C# that other assemblies of the workspace declare: sources of other projects, and bytes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspections, Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import { compiledSamplesOf, pagesWithSamples, type CompiledSample } from '../support/compiled-samples.js';

const language = await diskGrammar('dist-test');

const library = `using System;
using System.Collections.Generic;
namespace Payroll
{
    public abstract class Writer
    {
        public const string Extension = ".pay";
        public event EventHandler Written;
        protected abstract void Write(object value);
        protected void Note(string text) { }
        public virtual string Name { get { return ""; } protected set { } }
        internal void Hidden() { }
        public static void Save(string path, params object[] parts) { }
        public static void Save(int number, string text = "") { }
        public string this[int index] { get { return ""; } }
        public class Row<T> { public T Value; public List<T> All() { return null; } }
        public static T Made<T>(T of) { return of; }
        public static Writer operator +(Writer a, Writer b) { return a; }
    }
    public static class Words
    {
        public static string Shouted(this string text) { return text; }
    }
    public delegate int Counter(string text);
    public enum Level { Low = 1, High = 2 }
}
`;

const caller = `using System;
using Microsoft.SqlServer.Server;
using Payroll;
public class Mine : Writer
{
    protected override void Write(object value) { Note("a"); }
    public override string Name { get { return base.Name; } }
    [SqlProcedure]
    public static void Run()
    {
        var mine = new Mine();
        mine.Written += (sender, e) => { };
        Writer.Save("x" + Writer.Extension, 1, 2);
        Save(5);
        string first = mine[0].Shouted();
        var row = new Writer.Row<string>();
        row.Value = first;
        row.All().Clear();
        Writer.Made(row).All();
        var sum = mine + mine;
        Counter count = text => text.Length;
        count("a");
        if (Level.High > Level.Low) sum.Hidden();
    }
}
`;

const calls = [
  'Payroll.Counter::.ctor(Object,IntPtr)',
  'Payroll.Counter::Invoke(String)',
  'Payroll.Words::Shouted(String)',
  'Payroll.Writer+Row`1::.ctor()',
  'Payroll.Writer+Row`1::All()',
  'Payroll.Writer+Row`1::All()',
  'Payroll.Writer::.ctor()',
  'Payroll.Writer::Made(!!0)',
  'Payroll.Writer::Note(String)',
  'Payroll.Writer::Save(Int32,String)',
  'Payroll.Writer::Save(String,Object[])',
  'Payroll.Writer::add_Written(EventHandler)',
  'Payroll.Writer::get_Item(Int32)',
  'Payroll.Writer::get_Name()',
  'Payroll.Writer::op_Addition(Writer,Writer)',
];

test('types and members of another project', () => {
  const workspace = withProjects('<ProjectReference Include="..\\b\\B.csproj" />');
  assert.deepEqual(usesOf(workspace), calls);
  const [mine] = [...workspace.project().sourceCode.values()].filter(({ identity }) => identity.name === 'A');
  assert.deepEqual(
    mine?.references.map(({ name, version }) => `${name} ${version}`),
    ['B 0.0.0.0', 'System.Data 4.0.0.0', 'mscorlib 4.0.0.0'],
  );
});

test('by a path to what another project builds, or by its name alone', () => {
  assert.deepEqual(
    usesOf(withProjects('<Reference Include="B"><HintPath>..\\b\\bin\\Debug\\B.dll</HintPath></Reference>')),
    calls,
  );
  assert.deepEqual(usesOf(withProjects('<Reference Include="B, Version=0.0.0.0" />')), calls);
});

test('what no reference names stays unknown', () => {
  for (const none of ['', '<ProjectReference Include="..\\b\\B.csproj" Condition="\'$(Other)\' == \'1\'" />'])
    assert.deepEqual(usesOf(withProjects(none)), []);
  const only =
    '<ProjectReference Include="..\\b\\B.csproj"><ReferenceOutputAssembly>false</ReferenceOutputAssembly></ProjectReference>';
  assert.deepEqual(usesOf(withProjects(only)), []);
});

test('projects that refer to each other end', () => {
  const workspace = withProjects(
    '<ProjectReference Include="..\\b\\B.csproj" />',
    '<ProjectReference Include="..\\a\\A.csproj" />',
  );
  assert.deepEqual(usesOf(workspace), calls);
});

test('an edit in what is referred to is seen, and one elsewhere makes nothing anew', () => {
  const workspace = withProjects('<ProjectReference Include="..\\b\\B.csproj" />');
  const before = new Map([...workspace.project().sourceCode.values()].map((code) => [code.identity.name, code]));
  workspace.set('file:///a/A.cs', `${caller}// more`);
  const after = new Map([...workspace.project().sourceCode.values()].map((code) => [code.identity.name, code]));
  assert.equal(after.get('B'), before.get('B'));
  assert.notEqual(after.get('A'), before.get('A'));
  workspace.set('file:///b/B.cs', library.replace('Shouted', 'Whispered'));
  assert.ok(!usesOf(workspace).includes('Payroll.Words::Shouted(String)'));
});

test('what is referred to is the same as source and as bytes', () => {
  const samples = compiledSamplesOf(pagesWithSamples()).filter(({ references }) => references.length > 0);
  assert.ok(samples.length > 0);
  for (const sample of samples) assert.deepEqual(usesOfSample(sample, true), usesOfSample(sample, false), sample.path);
});

/** What it refers to is there as source, or as bytes. */
function usesOfSample({ source, references }: CompiledSample, asBytes: boolean): readonly string[] {
  const workspace = new Workspace(nodePlatform);
  const items = references
    .map(({ name }) =>
      asBytes
        ? `<Reference Include="${name}"><HintPath>..\\${name}.dll</HintPath></Reference>`
        : `<ProjectReference Include="..\\${name}\\${name}.csproj" />`,
    )
    .join('');
  workspace.useCSharp(language);
  workspace.set(
    'file:///a/a.csproj',
    `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><Configuration>Release</Configuration></PropertyGroup><ItemGroup>${items}</ItemGroup></Project>`,
  );
  for (const one of references) {
    workspace.set(`file:///${one.name}/${one.name}.csproj`, '<Project Sdk="Microsoft.NET.Sdk" />');
    if (asBytes) workspace.set(`file:///${one.name}.dll`, new Uint8Array(readFileSync(one.path)));
    else workspace.set(`file:///${one.name}/${one.name}.cs`, one.source);
  }
  // The name that a script creates is read whatever the source speaks of.
  workspace.set('file:///a/a.sql', "CREATE ASSEMBLY a FROM 'a.dll';");
  workspace.set('file:///a/a.cs', source);
  return inspections.api(workspace, 'file:///a/a.cs').map(({ method, member }) => `${method} -> ${member}`);
}

function withProjects(items: string, others = ''): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  workspace.set('file:///a/A.csproj', project('A', items));
  workspace.set('file:///a/A.cs', caller);
  workspace.set('file:///b/B.csproj', project('B', others));
  workspace.set('file:///b/B.cs', library);
  return workspace;
}

function project(name: string, items: string): string {
  return `<Project><ItemGroup><Compile Include="${name}.cs" />${items}</ItemGroup></Project>`;
}

/** Members of other assemblies than the framework's that the file of A uses. */
function usesOf(workspace: Workspace): readonly string[] {
  return inspections
    .api(workspace, 'file:///a/A.cs')
    .map(({ member }) => member)
    .filter((member) => member.startsWith('Payroll.'))
    .sort();
}
