// What project files import of the workspace: files in, what the project says out.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Importable, readBuildFile } from '../../server/analysis/packages/build-file.js';
import { assembliesOf } from '../../server/analysis/packages/membership.js';
import { evaluateProject, takesAllSources, type ProjectFile } from '../../server/analysis/packages/project-file.js';

const root = 'file:///repository/';

/** The project at the path, among files by theirs. */
function projectAmong(path: string, files: Readonly<Record<string, string>>): ProjectFile {
  const others = Object.entries(files).filter(([each]) => each !== path);
  return evaluateProject(
    readBuildFile(root + path, files[path] ?? ''),
    new Importable(others.map(([each, text]) => readBuildFile(root + each, text))),
  );
}

const properties = (body: string): string => `<Project><PropertyGroup>${body}</PropertyGroup></Project>`;
const importing = (...imports: readonly string[]): string =>
  `<Project>${imports.map((each) => `<Import ${each} />`).join('')}</Project>`;

function valueOf(project: ProjectFile, name: string): string | undefined {
  return project.properties.get(name.toLowerCase())?.value;
}

suite('Directory.Build', () => {
  const shared = {
    'Directory.Build.props': properties(
      '<AssemblyName>Contoso.$(MSBuildProjectName)</AssemblyName><X>props</X><Y>props</Y><PermissionSet>UNSAFE</PermissionSet>',
    ),
    'Directory.Build.targets': properties('<X>targets</X><Z>$(Y)</Z>'),
  };
  const body = '<PropertyGroup><Y>own $(X)</Y><X>own</X></PropertyGroup>';
  const cases: readonly [string, string, readonly (string | undefined)[]][] = [
    ['an SDK’s project', `<Project Sdk="Microsoft.NET.Sdk">${body}</Project>`, ['targets', 'own props', 'own props']],
    [
      'an SDK that is imported',
      `<Project><Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />${body}<Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" /></Project>`,
      ['targets', 'own props', 'own props'],
    ],
    [
      'the old style',
      '<Project><Import Project="$(MSBuildExtensionsPath)\\$(MSBuildToolsVersion)\\Microsoft.Common.props" Condition="Exists(\'$(MSBuildExtensionsPath)\\$(MSBuildToolsVersion)\\Microsoft.Common.props\')" />' +
        `${body}<Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" /></Project>`,
      ['targets', 'own props', 'own props'],
    ],
    [
      'the old style without Microsoft.Common.props: the targets import it',
      `<Project>${body}<Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" /></Project>`,
      ['targets', 'props', 'props'],
    ],
    [
      'SQL Server Data Tools',
      `<Project>${body}<Import Condition="'$(SQLDBExtensionsRefPath)' != ''" Project="$(SQLDBExtensionsRefPath)\\Microsoft.Data.Tools.Schema.SqlTasks.targets" /></Project>`,
      ['targets', 'props', 'props'],
    ],
    ['neither', `<Project>${body}</Project>`, ['own', undefined, undefined]],
  ];
  for (const [title, text, expected] of cases) {
    test(title, () => {
      const project = projectAmong('src/Db/Pay.csproj', { ...shared, 'src/Db/Pay.csproj': text });
      assert.deepEqual(
        ['X', 'Y', 'Z'].map((name) => valueOf(project, name)),
        expected,
      );
      assert.equal(project.assemblyName, title === 'neither' ? 'Pay' : 'Contoso.Pay');
    });
  }

  test('the nearest upward, which may import the next', () => {
    const files = {
      'Directory.Build.props': properties('<X>outer</X><Y>outer</Y>'),
      'src/directory.build.props': `<Project><Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" /><PropertyGroup><X>$(X) inner</X></PropertyGroup></Project>`,
      'other/Directory.Build.props': properties('<X>other</X>'),
      'src/Db/Pay.csproj': '<Project Sdk="Microsoft.NET.Sdk" />',
      'src/Db/Directory.Packages.props': properties('<X>packages</X>'),
    };
    const project = projectAmong('src/Db/Pay.csproj', files);
    assert.deepEqual([valueOf(project, 'X'), valueOf(project, 'Y')], ['outer inner', 'outer']);
    const alone = { ...files, 'src/directory.build.props': properties('<X>inner</X>') };
    assert.equal(valueOf(projectAmong('src/Db/Pay.csproj', alone), 'Y'), undefined);
  });

  test('a project turns Directory.Build.targets off', () => {
    const text = `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets><X>own</X></PropertyGroup></Project>`;
    assert.equal(valueOf(projectAmong('a/A.csproj', { ...shared, 'a/A.csproj': text }), 'X'), 'own');
  });

  test('the framework of SDKs is none of a project of the old style', () => {
    const files = {
      'Directory.Build.props': properties('<TargetFramework>net8.0</TargetFramework>'),
      'A.csproj':
        '<Project><PropertyGroup><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup><Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" /></Project>',
      'B.csproj': '<Project Sdk="Microsoft.NET.Sdk" />',
    };
    assert.equal(projectAmong('A.csproj', files).targetFramework?.value, 'v4.8');
    assert.equal(projectAmong('B.csproj', files).targetFramework?.value, 'net8.0');
  });

  test('what an SDK sets comes behind the props', () => {
    const files = {
      'Directory.Build.props': properties(
        '<TargetFrameworks>net8.0;net48</TargetFrameworks><DefineConstants>SHARED</DefineConstants><EnableDefaultCompileItems>false</EnableDefaultCompileItems>',
      ),
      'A.csproj': '<Project Sdk="Microsoft.NET.Sdk" />',
    };
    const project = projectAmong('A.csproj', files);
    assert.deepEqual(project.constants.slice(0, 5), ['SHARED', 'TRACE', 'DEBUG', 'NETFRAMEWORK', 'NET48']);
    assert.equal(takesAllSources(project), false);
  });
});

suite('imports', () => {
  test('relative to the file that imports, or by its folder', () => {
    const project = projectAmong('src/Db/Pay.sqlproj', {
      'src/Db/Pay.sqlproj': importing('Project="..\\Build\\Common.props"', 'Project="$(Keys)Keys.props"'),
      'src/Build/Common.props':
        '<Project><Import Project="Deep\\Inner.targets" /><Import Project="$(MSBuildThisFileDirectory)Deep\\Other.props" />' +
        '<PropertyGroup><Keys>$(MSBuildThisFileDirectory)..\\..\\Keys\\</Keys><File>$(MSBuildThisFile)</File></PropertyGroup></Project>',
      'src/Build/Deep/Inner.targets': properties('<Inner>$(MSBuildThisFileName)</Inner>'),
      'src/Build/Deep/Other.props': properties('<Other>$(MSBuildThisFileDirectory)</Other>'),
      'Keys/Keys.props': properties(
        '<AssemblyOriginatorKeyFile>$(Keys)pay.snk</AssemblyOriginatorKeyFile><SignAssembly>true</SignAssembly>',
      ),
    });
    assert.deepEqual(
      ['File', 'Inner', 'Other'].map((name) => valueOf(project, name)),
      ['Common.props', 'Inner', './../build/deep/'],
    );
    assert.equal(project.keyFile?.value, './../build/..\\..\\Keys\\pay.snk');
    assert.equal(project.isSigned?.value, true);
    assert.equal(project.isSigned?.uri, `${root}Keys/Keys.props`);
  });

  test('conditions decide, and one that is not known leaves open', () => {
    const files = {
      'a.props': properties('<A>1</A>'),
      'b.props': properties('<B>1</B>'),
      'c.props': properties('<C>1</C>'),
      'd.props': properties('<D>1</D>'),
    };
    const project = projectAmong('P.csproj', {
      ...files,
      'P.csproj':
        '<Project><Import Project="a.props" Condition="Exists(\'a.props\')" /><ImportGroup Condition="\'$(Configuration)\' == \'Release\'"><Import Project="b.props" /></ImportGroup>' +
        '<Import Project="c.props" Condition="Exists(\'gone.props\')" /><Import Project="d.props" Condition="\'$(A)\' == \'1\'" /></Project>',
    });
    assert.deepEqual(
      ['A', 'B', 'C', 'D'].map((name) => valueOf(project, name)),
      ['1', undefined, undefined, '1'],
    );
    assert.equal(project.properties.get('c')?.holds, undefined);
    assert.equal(project.properties.has('b'), false);
  });

  test('a permission set stands where it is written, in whatever configuration', () => {
    const files = {
      'P.sqlproj': `<Project><Import Project="release.props" Condition="'$(Configuration)' == 'Release'" /><ItemGroup><Compile Include="A.cs" /></ItemGroup></Project>`,
      'release.props': properties('<PermissionSet>UNSAFE</PermissionSet>'),
    };
    const [said] = projectAmong('P.sqlproj', files).permissionSets;
    assert.deepEqual(said, {
      assembly: 'P',
      value: 'UNSAFE',
      uri: `${root}release.props`,
      span: { start: 39, end: 45 },
    });
    assert.equal(projectAmong('P.sqlproj', files).permissionSet, undefined);
  });

  test('items of shared projects, with paths of either', () => {
    const project = projectAmong('Db/Db.csproj', {
      'Db/Db.csproj': '<Project><Import Project="..\\Shared\\Shared.projitems" Label="Shared" /></Project>',
      'Shared/Shared.projitems':
        '<Project><ItemGroup><Compile Include="$(MSBuildThisFileDirectory)Money.cs" /><Compile Include="Own.cs" /><Reference Include="Contoso.Tax"><HintPath>$(MSBuildThisFileDirectory)Tax.dll</HintPath></Reference></ItemGroup></Project>',
    });
    const sources = ['Db/Own.cs', 'Shared/Money.cs', 'Shared/Own.cs'].map((path) => root + path);
    const [assembly] = assembliesOf([project], sources);
    assert.deepEqual(
      assembly?.sources.map((uri) => uri.slice(root.length)),
      ['Db/Own.cs', 'Shared/Money.cs'],
    );
    assert.deepEqual(assembly?.isCertain, true);
    assert.equal(project.references[0]?.hintPath?.value, './../shared/Tax.dll');
  });

  test('what Directory.Build.props removes, the SDK has not yet taken; Directory.Build.targets removes', () => {
    const removing = '<Project><ItemGroup><Compile Remove="Old.cs" /></ItemGroup></Project>';
    const sources = [`${root}A.cs`, `${root}Old.cs`];
    const count = (name: string): number | undefined => {
      const project = projectAmong('P.csproj', { 'P.csproj': '<Project Sdk="Microsoft.NET.Sdk" />', [name]: removing });
      return assembliesOf([project], sources)[0]?.sources.length;
    };
    assert.equal(count('Directory.Build.props'), 2);
    assert.equal(count('Directory.Build.targets'), 1);
  });

  test('what is outside, unknown, in a circle or without end is not followed', () => {
    const endless = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [
        `${at}.props`,
        `<Project><Import Project="${at + 1}.props" /><Import Project="${at + 2}.props" Condition="false" /><PropertyGroup><Last>${at}</Last></PropertyGroup></Project>`,
      ]),
    );
    const project = projectAmong('P.csproj', {
      ...endless,
      'P.csproj': importing(
        'Project="P.csproj"',
        'Project="C:\\x.props"',
        'Project="\\\\server\\x.props"',
        'Project="..\\..\\x.props"',
        'Project="$(Unknown)a.props"',
        'Project="*.props"',
        'Project=""',
        'Sdk="x"',
        'Project="round.props"',
        'Project="0.props"',
      ),
      'a.props': properties('<A>1</A>'),
      'round.props':
        '<Project><PropertyGroup><R>$(R)1</R></PropertyGroup><Import Project="round.props" /><Import Project="back.props" /></Project>',
      'back.props': importing('Project="round.props"'),
    });
    assert.equal(project.properties.has('a'), false);
    assert.equal(project.written.filter(({ name }) => name === 'R').length, 1);
    assert.equal(valueOf(project, 'Last'), '0');
    assert.ok(project.written.length < 200);
  });

  test('each project imports anew, and all together only so much', () => {
    const big = properties(`<X>1</X>${' '.repeat(4_000_000)}`);
    const files = new Importable([readBuildFile(`${root}Directory.Build.props`, big)]);
    const started = process.cpuUsage();
    const projects = Array.from({ length: 2_000 }, (_, at) =>
      evaluateProject(readBuildFile(`${root}${at}/P.csproj`, '<Project Sdk="Microsoft.NET.Sdk" />'), files),
    );
    const { user } = process.cpuUsage(started);
    assert.equal(valueOf(projects[0] ?? projectAmong('', {}), 'X'), '1');
    assert.equal(projects.at(-1)?.properties.size, 0);
    assert.ok(user < 5_000_000, `${user} µs`);
  });
});
