// Mono's xbuild as the oracle of properties, conditions and patterns of project files. It takes a folder behind `**` for none,
// which MSBuild does not: no pattern here has one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { assembliesOf } from '../../server/analysis/packages/membership.js';
import { Importable, readBuildFile } from '../../server/analysis/packages/build-file.js';
import { evaluateProject, readProjectFile } from '../../server/analysis/packages/project-file.js';

const folder = mkdtempSync(join(tmpdir(), 'sqlclr-lint-xbuild-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The lines that a target of the project prints, without the tool's own. */
function printed(name: string, body: string, messages: readonly string[]): readonly string[] {
  const target = messages.map((message) => `<Message Importance="high" Text="= ${message} =" />`).join('');
  const text = `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">${body}<Target Name="Print">${target}</Target></Project>`;
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const { stdout, error } = spawnSync('xbuild', ['/nologo', '/t:Print', path], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error) throw new Error('npm run test:oracle needs xbuild: apt-get install mono-devel');
  const lines = [...stdout.matchAll(/^\s*= ?(.*?) ?=\s*$/gm)].map(([, line = '']) => line.trim());
  assert.ok(lines.length > 0, stdout);
  return lines;
}

const operand = fc.constantFrom(
  ...[
    "'$(One)'",
    "'$(Two)'",
    "'$(Empty)'",
    "''",
    "'1'",
    "'a'",
    "'A'",
    "'$(One)|$(Two)'",
    "'1|a'",
    "'true'",
    "'TRUE'",
    "'1.0'",
  ],
);
const number = fc.constantFrom('1', '2', '10', "'$(One)'", "'1.5'");
const atom = fc.oneof(
  fc.tuple(operand, fc.constantFrom('==', '!=', ' == ', ' != '), operand).map((parts) => parts.join('')),
  fc.tuple(number, fc.constantFrom(' < ', ' > ', ' <= ', ' >= '), number).map((parts) => parts.join('')),
  fc.constantFrom('true', 'false', "'$(Yes)'", '!false'),
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    atom,
    fc
      .tuple(tie('condition'), fc.constantFrom(' and ', ' or ', ' AND ', ' Or '), tie('condition'))
      .map(([a, word, b]) => `(${a})${word}(${b})`),
    tie('condition').map((inner) => `!(${inner})`),
  ),
}));

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

test('conditions hold where xbuild says so', () => {
  const conditions = fc.sample(condition, { numRuns: 400, seed: 11 });
  const body = `<PropertyGroup><One>1</One><Two>a</Two><Empty></Empty><Yes>True</Yes>${conditions
    .map((each, order) => `<P${order} Condition="${escaped(each)}">yes</P${order}>`)
    .join('')}</PropertyGroup>`;
  const theirs = printed(
    'conditions.proj',
    body,
    conditions.map((_, order) => `[$(P${order})]`),
  );
  const { properties } = readProjectFile('file:///a.csproj', `<Project>${body}</Project>`);
  const ours = conditions.map((_, order) => `[${properties.get(`p${order}`)?.value ?? ''}]`);
  assert.deepEqual(
    conditions.map((each, order) => `${each} ${ours[order]}`),
    conditions.map((each, order) => `${each} ${theirs[order]}`),
  );
});

test('properties are put together in the order of the file', () => {
  const body = `<PropertyGroup><A>1</A><B>$(A);$(A)2</B><A>$(A)3</A><A Condition="'$(A)' == '13'">$(A)4</A><C>%3B x%28</C></PropertyGroup>
    <Choose><When Condition="'$(A)' == '1'"><PropertyGroup><D>one</D></PropertyGroup></When>
    <When Condition="'$(A)' == '134'"><PropertyGroup><D>two</D></PropertyGroup></When>
    <Otherwise><PropertyGroup><D>three</D></PropertyGroup></Otherwise></Choose>
    <PropertyGroup Condition="'$(D)' == 'two'"><E>$(D)$(MSBuildProjectName)</E></PropertyGroup>`;
  const names = ['A', 'B', 'C', 'D', 'E'];
  const theirs = printed(
    'properties.proj',
    body,
    names.map((name) => `[$(${name})]`),
  );
  const { properties } = readProjectFile('file:///properties.proj', `<Project>${body}</Project>`);
  assert.deepEqual(
    names.map((name) => `[${properties.get(name.toLowerCase())?.value}]`),
    theirs,
  );
});

test('imports are taken where they stand, from the folder of the file that imports', () => {
  const files = {
    'imports/shared/a.props':
      '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><Import Project="deep\\b.props" /><Import Project="$(MSBuildThisFileDirectory)deep\\c.props" /><PropertyGroup><A>$(A)a$(MSBuildThisFile)</A></PropertyGroup><ItemGroup><Compile Include="x$(Late).cs" /></ItemGroup></Project>',
    'imports/shared/deep/b.props':
      '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup><A>$(A)b$(MSBuildThisFileName)</A></PropertyGroup></Project>',
    'imports/shared/deep/c.props':
      '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup><A>$(A)c</A></PropertyGroup></Project>',
    'imports/d.props':
      '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup><A>$(A)d</A></PropertyGroup></Project>',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const body = `<PropertyGroup><A>1</A></PropertyGroup><Import Project="shared\\a.props" Condition="Exists('shared\\a.props')" />
    <ImportGroup Condition="'$(A)' != '1'"><Import Project="d.props" /></ImportGroup>
    <Import Project="d.props" Condition="'$(A)' == '1'" /><PropertyGroup><A>$(A)2</A><Late>late</Late></PropertyGroup>`;
  const theirs = printed('imports/p.proj', body, ['[$(A)] [@(Compile)]']);
  const project = evaluateProject(
    readBuildFile(pathToFileURL(join(folder, 'imports/p.proj')).href, `<Project>${body}</Project>`),
    new Importable(
      Object.entries(files).map(([path, text]) => readBuildFile(pathToFileURL(join(folder, path)).href, text)),
    ),
  );
  const compiled = project.items.flatMap(({ specs }) => specs.map(({ text }) => text)).join(';');
  assert.deepEqual([`[${project.properties.get('a')?.value}] [${compiled}]`], theirs);
});

test('patterns take the files that xbuild takes', () => {
  const files = ['A.cs', 'B.g.cs', 'x/C.cs', 'x/y/D.cs', 'x/y/E.txt.cs', 'Old/F.cs', 'Old/deep/G.cs', 'x y/H.cs'];
  for (const file of files) {
    mkdirSync(join(folder, 'glob', dirname(file)), { recursive: true });
    writeFileSync(join(folder, 'glob', file), '');
  }
  const includes = [
    'Include="*.cs"',
    'Include="**\\*.cs"',
    'Include="x\\**\\*.cs" Exclude="x\\y\\D.cs"',
    'Include="**/?.cs" Exclude="Old/**"',
    'Include="x\\y\\*.cs;A.cs"',
    'Include="x%20y\\*.cs"',
    'Include="..\\glob\\x\\*.cs"',
    'Include="**\\*.cs" Exclude="**\\*.g.cs;Old\\**\\*.cs"',
  ];
  for (const [order, include] of includes.entries()) {
    const body = `<ItemGroup><Compile ${include} /></ItemGroup>`;
    const theirs = printed(`glob/${order}.proj`, body, ['%(Compile.FullPath)']);
    const project = readProjectFile(pathToFileURL(join(folder, 'glob/p.csproj')).href, `<Project>${body}</Project>`);
    const uris = files.map((file) => pathToFileURL(join(folder, 'glob', file)).href);
    const ours = assembliesOf([project], uris).find((assembly) => assembly.project)?.sources ?? [];
    assert.deepEqual([...ours].sort(), theirs.map((path) => pathToFileURL(path).href).sort(), include);
  }
});
