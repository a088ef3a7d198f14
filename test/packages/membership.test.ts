// Which project compiles which source: project files and URIs in, assemblies out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assembliesOf } from '../../server/analysis/packages/membership.js';
import { matches } from '../../server/analysis/packages/paths.js';
import { readProjectFile } from '../../server/analysis/packages/project-file.js';

const root = 'file:///repository/';

/** Assemblies as lines: `name: sources | missing`. */
function members(projects: Readonly<Record<string, string>>, sources: readonly string[]): readonly string[] {
  const files = Object.entries(projects).map(([path, body]) => readProjectFile(root + path, body));
  const assemblies = assembliesOf(
    files,
    sources.map((path) => root + path),
  );
  return assemblies.map(({ name, project, sources: uris, missing, isCertain }) => {
    const paths = uris.map((uri) => uri.slice(root.length)).join(' ');
    const gone = missing.length > 0 ? ` | ${missing.map(({ text }) => text).join(' ')}` : '';
    return `${name}${project ? '' : ' (loose)'}: ${paths}${gone}${isCertain ? '' : ' ?'}`;
  });
}

const listed = (...includes: readonly string[]): string =>
  `<Project><ItemGroup>${includes.map((include) => `<Compile ${include} />`).join('')}</ItemGroup></Project>`;
const sdk = (...compile: readonly string[]): string =>
  `<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>${compile.map((each) => `<Compile ${each} />`).join('')}</ItemGroup></Project>`;

test('what a project of the old style lists, as Windows writes paths', () => {
  assert.deepEqual(
    members(
      {
        'Db/Db.sqlproj': listed(
          'Include="CLR\\Pay.cs"',
          'Include=".\\Tax%20Rates.cs;Gone.cs"',
          'Include="..\\shared\\Money.cs"',
        ),
      },
      ['Db/clr/PAY.cs', 'Db/Tax%20Rates.cs', 'Db/Unlisted.cs', 'shared/Money.cs'],
    ),
    ['Db: Db/Tax%20Rates.cs Db/clr/PAY.cs shared/Money.cs | Gone.cs'],
  );
});

test('patterns, what they leave out, and what is removed again', () => {
  assert.deepEqual(
    members(
      {
        'Db/Db.csproj': listed(
          'Include="**\\*.cs" Exclude="**\\*.g.cs;Old\\**"',
          'Remove="Deep\\?.cs"',
          'Include="Old\\Kept.cs"',
          'Update="A.cs"',
        ),
      },
      ['Db/A.cs', 'Db/A.g.cs', 'Db/Old/B.cs', 'Db/Old/Kept.cs', 'Db/Deep/C.cs', 'Db/Deep/Long.cs', 'Db/Deep/er/D.cs'],
    ),
    ['Db: Db/A.cs Db/Deep/Long.cs Db/Deep/er/D.cs Db/Old/Kept.cs'],
  );
});

test('an SDK takes everything below, but not what is built, hidden, removed or another project’s', () => {
  assert.deepEqual(
    members(
      { 'App/App.csproj': sdk('Remove="Scratch\\**"', 'Include="..\\Link.cs"'), 'App/Inner/Inner.csproj': sdk() },
      [
        'App/A.cs',
        'App/bin/B.cs',
        'App/obj/Debug/C.cs',
        'App/Bins/D.cs',
        'App/.hidden/E.cs',
        'App/Scratch/F.cs',
        'App/Inner/G.cs',
        'Link.cs',
      ],
    ),
    ['App: App/A.cs App/Bins/D.cs Link.cs', 'Inner: App/Inner/G.cs'],
  );
});

test('a source that no project compiles is part of nothing; without a project, folders are', () => {
  assert.deepEqual(
    members({ 'Db/Db.sqlproj': '<Project Sdk="Microsoft.Build.Sql/2.0.0" />' }, [
      'Db/A.cs',
      'Db/x/B.cs',
      'clr/C.cs',
      'clr/D.cs',
      'clr/x/E.cs',
    ]),
    ['clr (loose): clr/C.cs clr/D.cs', 'x (loose): clr/x/E.cs'],
  );
});

test('nothing outside the workspace, nothing by drive, share or root', () => {
  assert.deepEqual(
    members(
      {
        'Db/Db.csproj': listed(
          'Include="C:\\repository\\Db\\A.cs"',
          'Include="\\\\server\\repository\\Db\\A.cs"',
          'Include="/repository/Db/A.cs"',
          'Include="..\\..\\..\\..\\repository\\Db\\A.cs"',
          'Include="B.cs;Old.vb"',
        ),
      },
      ['Db/A.cs', 'Db/B.cs'],
    ),
    [
      'Db: Db/B.cs | C:\\repository\\Db\\A.cs \\\\server\\repository\\Db\\A.cs /repository/Db/A.cs ..\\..\\..\\..\\repository\\Db\\A.cs',
    ],
  );
});

test('what a condition or an import decides is said to be uncertain', () => {
  assert.deepEqual(
    members({ 'Db/Db.csproj': listed('Include="A.cs"', `Include="B.cs" Condition="'$(Flavor)' == 'x'"`) }, [
      'Db/A.cs',
      'Db/B.cs',
    ]),
    ['Db: Db/A.cs Db/B.cs ?'],
  );
});

test('what may be removed is still there', () => {
  assert.deepEqual(
    members({ 'Db/Db.csproj': sdk(`Remove="B.cs" Condition="'$(OS)' == ''"`, 'Remove="C.cs;$(Where)/D.cs"') }, [
      'Db/A.cs',
      'Db/B.cs',
      'Db/C.cs',
      'Db/D.cs',
    ]),
    ['Db: Db/A.cs Db/B.cs Db/D.cs ?'],
  );
});

test('patterns match as they read, in bounded time', () => {
  const answers = [
    ['a/*.cs', 'a/b.cs', true],
    ['a/*.cs', 'a/b/c.cs', false],
    ['**/*.cs', 'c.cs', true],
    ['a/**/c.cs', 'a/c.cs', true],
    ['a/**/c.cs', 'a/x/y/c.cs', true],
    ['a/**', 'a/x/y', true],
    ['?.cs', 'ab.cs', false],
    ['*a*b*', 'xxaxxbxx', true],
  ] as const;
  for (const [pattern, key, expected] of answers) assert.equal(matches(pattern, key), expected, `${pattern} ${key}`);
  assert.equal(matches(`${'*a'.repeat(2_000)}b`, 'a'.repeat(5_000)), false);
  assert.equal(matches(`${'**/a/'.repeat(500)}b`, 'a/'.repeat(2_000)), false);
});

test('a pattern without wildcards matches itself alone', () => {
  const path = fc
    .array(fc.stringMatching(/^[a-c]{1,3}$/), { minLength: 1, maxLength: 4 })
    .map((names) => names.join('/'));
  fc.assert(fc.property(path, path, (a, b) => matches(a, b) === (a === b)));
});
