// Project files: text in, facts out, each with its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conditionHolds } from '../../server/analysis/packages/conditions.js';
import { placesOfTrue } from '../../server/analysis/packages/places-of-true.js';
import { readProjectFile, takesAllSources, type Said } from '../../server/analysis/packages/project-file.js';

const uri = 'file:///repository/Payroll/Payroll.sqlproj';

const ssdt = `\ufeff<?xml version="1.0" encoding="utf-8"?>
<Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003" ToolsVersion="4.0">
  <PropertyGroup>
    <Configuration Condition=" '$(Configuration)' == '' ">Debug</Configuration>
    <Platform Condition=" '$(Platform)' == '' ">AnyCPU</Platform>
    <DSP>Microsoft.Data.Tools.Schema.Sql.Sql150DatabaseSchemaProvider</DSP>
    <RootPath>
    </RootPath>
    <RootNamespace>Contoso</RootNamespace>
    <AssemblyName>$(RootNamespace).Payroll</AssemblyName>
    <TargetFrameworkVersion>v4.8</TargetFrameworkVersion>
    <Trustworthy> True </Trustworthy>
    <GenerateSqlClrDdl>False</GenerateSqlClrDdl>
    <SignAssembly>true</SignAssembly>
    <AssemblyOriginatorKeyFile>keys\\payroll.snk</AssemblyOriginatorKeyFile>
  </PropertyGroup>
  <PropertyGroup Condition=" '$(Configuration)|$(Platform)' == 'Release|AnyCPU' ">
    <PermissionSet>UNSAFE</PermissionSet>
    <DefineTrace>true</DefineTrace>
  </PropertyGroup>
  <PropertyGroup Condition=" '$(Configuration)|$(Platform)' == 'Debug|AnyCPU' ">
    <PermissionSet>EXTERNAL_ACCESS</PermissionSet>
    <DefineConstants>SQLCLR;LOCAL</DefineConstants>
    <DefineDebug>true</DefineDebug>
    <DefineTrace>true</DefineTrace>
  </PropertyGroup>
  <ItemGroup>
    <Compile Include="Pay &amp; Tax.cs" />
    <Compile Include="A.cs; B.cs" />
    <Build Include="Tables\\*.sql" Exclude="Tables\\Old.sql" />
    <PostDeploy Include="After.sql" />
    <Reference Include="Contoso.Tax, Version=1.0.0.0">
      <HintPath>..\\lib\\Contoso.Tax.dll</HintPath>
      <GenerateSqlClrDdl>True</GenerateSqlClrDdl>
      <IsModelAware>True</IsModelAware>
      <SqlOwnerName>dbo</SqlOwnerName>
    </Reference>
    <ArtifactReference Include="$(DacPacRootPath)\\master.dacpac;own.dacpac" />
    <ProjectReference Include="..\\Tax\\Tax.csproj"><Name>Tax</Name></ProjectReference>
  </ItemGroup>
</Project>
`;

/** The text a fact stands at, and what it says. */
function shown<T>(text: string, said: Said<T> | undefined): readonly unknown[] | undefined {
  return said && [said.value, text.slice(said.span.start, said.span.end)];
}

test('what SQL Server Data Tools write', () => {
  const project = readProjectFile(uri, ssdt);
  const { errors, kind, sdk, configuration, platform, assemblyName, constants } = project;
  assert.deepEqual(
    { errors, kind, sdk, configuration, platform, assemblyName, constants },
    {
      errors: [],
      kind: 'sqlproj',
      sdk: undefined,
      configuration: 'Debug',
      platform: 'AnyCPU',
      assemblyName: 'Contoso.Payroll',
      constants: ['SQLCLR', 'LOCAL', 'DEBUG', 'TRACE'],
    },
  );
  assert.deepEqual(shown(ssdt, project.permissionSet), ['EXTERNAL_ACCESS', 'EXTERNAL_ACCESS']);
  assert.deepEqual(shown(ssdt, project.trustworthy), [true, 'True']);
  assert.deepEqual(shown(ssdt, project.generatesDdl), [false, 'False']);
  assert.deepEqual(shown(ssdt, project.isSigned), [true, 'true']);
  assert.deepEqual(shown(ssdt, project.keyFile), ['keys\\payroll.snk', 'keys\\payroll.snk']);
  assert.deepEqual(shown(ssdt, project.targetFramework), ['v4.8', 'v4.8']);
  assert.equal(project.sqlServerVersion?.value, 'Sql150');
  assert.equal(project.owner, undefined);
  assert.equal(takesAllSources(project), false);
});

test('another configuration, and all of them', () => {
  const release = readProjectFile(uri, ssdt, { configuration: 'Release', platform: 'AnyCPU' });
  assert.equal(release.permissionSet?.value, 'UNSAFE');
  assert.deepEqual(release.constants, ['TRACE']);
  assert.deepEqual(
    readProjectFile(uri, ssdt).permissionSets.map((said) => said.value),
    ['UNSAFE', 'EXTERNAL_ACCESS'],
  );
});

test('items, with the place of each part', () => {
  const project = readProjectFile(uri, ssdt);
  assert.deepEqual(
    project.items.flatMap(({ kind, specs }) =>
      specs.map(({ text, span }) => [kind, text, ssdt.slice(span.start, span.end)]),
    ),
    [
      ['Compile', 'Pay & Tax.cs', 'Pay &amp; Tax.cs'],
      ['Compile', 'A.cs', 'A.cs'],
      ['Compile', 'B.cs', ' B.cs'],
      ['Build', 'Tables\\*.sql', 'Tables\\*.sql'],
      ['PostDeploy', 'After.sql', 'After.sql'],
      ['Reference', 'Contoso.Tax, Version=1.0.0.0', 'Contoso.Tax, Version=1.0.0.0'],
      ['ArtifactReference', 'own.dacpac', 'own.dacpac'],
      ['ProjectReference', '..\\Tax\\Tax.csproj', '..\\Tax\\Tax.csproj'],
    ],
  );
  const [reference] = project.references;
  assert.equal(reference?.name, 'Contoso.Tax');
  assert.deepEqual(shown(ssdt, reference?.hintPath), ['..\\lib\\Contoso.Tax.dll', '..\\lib\\Contoso.Tax.dll']);
  assert.deepEqual(shown(ssdt, reference?.owner), ['dbo', 'dbo']);
  assert.equal(reference?.isModelAware?.value, true);
  assert.equal(project.items.find(({ kind }) => kind === 'ArtifactReference')?.isCertain, false);
});

test('an SDK has defaults of its own, and of several frameworks SQL Server loads one', () => {
  const project = readProjectFile(
    'file:///repository/Tax%20Rates.csproj',
    `<Project Sdk="Microsoft.NET.Sdk/8.0.100">
  <PropertyGroup>
    <TargetFrameworks>net8.0;net48</TargetFrameworks>
    <DefineConstants>$(DefineConstants);SQLCLR</DefineConstants>
    <AllowUnsafeBlocks Condition="'$(TargetFramework)' == 'net8.0'">true</AllowUnsafeBlocks>
  </PropertyGroup>
</Project>`,
  );
  assert.equal(project.sdk, 'Microsoft.NET.Sdk');
  assert.equal(project.assemblyName, 'Tax Rates');
  assert.deepEqual(project.constants.slice(0, 5), ['TRACE', 'SQLCLR', 'DEBUG', 'NETFRAMEWORK', 'NET48']);
  assert.ok(project.constants.includes('NET472_OR_GREATER') && project.constants.includes('NET48_OR_GREATER'));
  const release = readProjectFile(
    'file:///a.csproj',
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net40</TargetFramework><DefineConstants>A</DefineConstants></PropertyGroup></Project>',
    { configuration: 'Release', platform: 'AnyCPU' },
  );
  assert.deepEqual(release.constants, [
    ...['A', 'RELEASE', 'NETFRAMEWORK', 'NET40', 'NET20_OR_GREATER', 'NET35_OR_GREATER', 'NET40_OR_GREATER'],
  ]);
  assert.equal(project.allowsUnsafe, undefined);
  assert.equal(takesAllSources(project), true);
  const database = readProjectFile(uri, '<Project><Sdk Name="Microsoft.Build.Sql" Version="2.0.0" /></Project>');
  assert.equal(database.sdk, 'Microsoft.Build.Sql');
  assert.equal(takesAllSources(database), false);
});

test('what the file does not decide is not known', () => {
  const project = readProjectFile(
    uri,
    `<Project>
  <PropertyGroup>
    <AssemblyName>$([System.IO.Path]::GetFileName('x'))</AssemblyName>
    <PermissionSet>SAFE</PermissionSet>
    <PermissionSet Condition="Exists('unsafe.txt')">UNSAFE</PermissionSet>
    <Trustworthy Condition="'$(FromSomewhere)' != ''">True</Trustworthy>
    <SignAssembly Condition="false">true</SignAssembly>
    <A>xxxxxxxxxxxxxxxxxxxxxxxx</A>
    ${'<A>$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)</A>'.repeat(40)}
    <Choose />
  </PropertyGroup>
  <Choose>
    <When Condition="'$(Unknown)' == '1'"><PropertyGroup><RootNamespace>One</RootNamespace></PropertyGroup></When>
    <Otherwise><PropertyGroup><RootNamespace>Two</RootNamespace></PropertyGroup></Otherwise>
  </Choose>
  <!-- a comment --><Target Name="x"><PropertyGroup><AssemblyOwner>dbo</AssemblyOwner></PropertyGroup></Target>
</Project>`,
  );
  const { assemblyName, permissionSet, trustworthy, isSigned, rootNamespace, owner } = project;
  assert.deepEqual(
    { assemblyName, permissionSet, trustworthy, isSigned, rootNamespace, owner },
    {
      assemblyName: undefined,
      permissionSet: undefined,
      trustworthy: undefined,
      isSigned: undefined,
      rootNamespace: undefined,
      owner: undefined,
    },
  );
  assert.equal(placesOfTrue(project, 'Trustworthy').length, 1);
  assert.deepEqual(
    project.comments.map(({ start, end }) => project.text.slice(start, end)),
    ['<!-- a comment -->'],
  );
  assert.deepEqual(placesOfTrue(project, 'SignAssembly'), []);
  assert.equal(project.properties.get('a')?.value, undefined);
});

test('conditions', () => {
  const values = new Map([
    ['configuration', 'Debug'],
    ['version', '11.0'],
    ['empty', ''],
  ]);
  const outcomes: readonly (readonly [string, boolean | undefined])[] = [
    [" '$(Configuration)' == 'debug' ", true],
    ["'$(Configuration)' != 'Debug'", false],
    ["'$(Nowhere)' == ''", undefined],
    ["'$(Empty)' == '' and $(Version) >= 11", true],
    ["'$(Nowhere)' == '' and '$(Empty)' != ''", false],
    ["'$(Nowhere)' == '' or '$(Empty)' == ''", true],
    ["!('$(Configuration)' == 'Release') And !false", true],
    ["('$(Version)' == '10.0' or '$(Version)' == '') and '$(Configuration)' == 'Debug'", false],
    ["Exists('a\\b', 'c') or true", true],
    ["Exists('a') and '$(Empty)' == ''", undefined],
    ['', true],
    ["'unclosed", undefined],
    ["'a' == ", undefined],
    ["'$(Configuration.TrimEnd('g'))' == 'Debu' or '$(Empty)' == ''", true],
    ["'$(Configuration.TrimEnd('g'))' == 'Debu'", undefined],
    ['0x10 == 16 and 0x0F < 16', true],
    ['$(Configuration', undefined],
    ['yes', true],
  ];
  assert.deepEqual(
    outcomes.map(([condition]) => [condition, conditionHolds(condition, values)]),
    outcomes,
  );
  assert.equal(conditionHolds('('.repeat(10_000), values), undefined);
});

test('broken, hostile and foreign files are read as far as they go', () => {
  const broken = readProjectFile(uri, '<Project><PropertyGroup><Trustworthy>True</Trustworthy><Broken');
  assert.ok(broken.errors.length > 0);
  assert.equal(broken.assemblyName, 'Payroll');
  assert.equal(broken.trustworthy?.value, true);
  const entities = `<!DOCTYPE Project [${[...'abcdefgh'].map((name, order, all) => `<!ENTITY ${name} "${`&${all[order - 1] ?? 'amp'};`.repeat(10)}">`).join('')}]><Project><PropertyGroup><AssemblyName>&h;</AssemblyName></PropertyGroup></Project>`;
  const bomb = readProjectFile(uri, entities);
  assert.equal(bomb.assemblyName, '&h;');
  assert.ok(bomb.errors.length > 0);
  assert.deepEqual(readProjectFile(uri, '<A>'.repeat(100_000)).items, []);
  assert.equal(readProjectFile(uri, ' '.repeat(5 << 20)).errors.length, 1);
  assert.deepEqual(readProjectFile(uri, '<Other/>').items, []);
});

test('any text is a project file, and every place lies in it', () => {
  const pieces = fc.constantFrom(
    ...['<Project>', '</Project>', '<PropertyGroup', '>', ' Condition="', "'", '"', '<Compile Include="a;b"/>'],
    ...[
      '<ItemGroup>',
      '</ItemGroup>',
      '$(A)',
      '<!--',
      '-->',
      '&amp;',
      '&x;',
      '<![CDATA[',
      ']]>',
      '\r\n',
      '\ud83d\ude00',
      '<Trustworthy>True</',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const { written, items, comments } = readProjectFile(uri, text);
      const spans = [
        ...comments,
        ...written.flatMap(({ span, element }) => [span, element]),
        ...items.flatMap(({ span, specs }) => [span, ...specs.map((spec) => spec.span)]),
      ];
      for (const { start, end } of spans) assert.ok(0 <= start && start <= end && end <= text.length);
    }),
    { numRuns: 2_000 },
  );
});
