// What an assembly of sources is, and refers to, before it is compiled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import type { AssemblyCode, AssemblyIdentity } from '../../server/analysis/code/model.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';
import { compiledDigits, compiledSamplesOf, pagesWithSamples } from '../support/compiled-samples.js';

const language = await diskGrammar('dist-test');

const source = `using System.Reflection;
using Microsoft.SqlServer.Server;
public class P { [SqlProcedure] public static void Run() { } }
`;

test('version, culture and key of attributes', () => {
  const code = codeOf(
    `using System.Reflection;
[assembly: AssemblyVersion("1.2")]
[assembly: AssemblyCulture("de")]
[assembly: AssemblyKeyFile("key.snk")]
[assembly: AssemblyDelaySign(true)]
${source.replace('using System.Reflection;\n', '')}`,
  );
  assert.deepEqual(code.identity, { name: 'Payroll', version: '1.2.0.0', culture: 'de' });
  assert.equal(code.strongName, 'delay-signed');
});

test('a version that the compiler numbers, and no key', () => {
  const code = codeOf(
    source.replace('public class', '[assembly: AssemblyVersion("1.2.*"), AssemblyKeyFile("")]\npublic class'),
  );
  assert.equal(code.identity.version, '1.2.*');
  assert.equal(code.strongName, 'unsigned');
  assert.equal(codeOf(source).identity.version, '0.0.0.0');
});

test('what the project says of the key', () => {
  const signed = '<SignAssembly>true</SignAssembly><AssemblyOriginatorKeyFile>key.snk</AssemblyOriginatorKeyFile>';
  assert.equal(codeOf(source, signed).strongName, 'signed');
  assert.equal(codeOf(source, `${signed}<DelaySign>true</DelaySign>`).strongName, 'delay-signed');
  assert.equal(codeOf(source, `${signed}<PublicSign>true</PublicSign>`).strongName, 'public-signed');
  assert.equal(codeOf(source, '<SignAssembly>true</SignAssembly>').strongName, 'unsigned');
  assert.equal(codeOf(source, signed.replace('true', 'false')).strongName, 'unsigned');
});

test('the version that an SDK writes', () => {
  const sdk = (properties: string): string => codeOf(source, properties, ' Sdk="Microsoft.NET.Sdk"').identity.version;
  assert.equal(sdk('<TargetFramework>net48</TargetFramework>'), '1.0.0.0');
  assert.equal(sdk('<Version>2.1.3-beta</Version>'), '2.1.3.0');
  assert.equal(sdk('<Version>2.1</Version><AssemblyVersion>3.0.0.0</AssemblyVersion>'), '3.0.0.0');
  assert.equal(sdk('<Version>$(BuildNumber)</Version>'), '');
  assert.equal(sdk('<GenerateAssemblyInfo>false</GenerateAssemblyInfo>'), '0.0.0.0');
});

test('references are those of the assemblies that the code names', () => {
  const code = codeOf(
    source.replace(
      '{ }',
      '{ new System.Data.DataTable(); System.Xml.XmlReader r = null; var u = new System.Uri("a:b"); }',
    ),
  );
  assert.deepEqual(names(code), ['System', 'System.Data', 'System.Xml', 'mscorlib']);
  assert.deepEqual(code.references[0], {
    name: 'System',
    version: '4.0.0.0',
    culture: '',
    publicKeyToken: 'b77a5c561934e089',
  });
});

test('references of sources are those of what they compile to', () => {
  const samples = compiledSamplesOf(pagesWithSamples()).filter(
    ({ language: of, references }) => of === 'cs' && references.length === 0,
  );
  const different: string[] = [];
  for (const { path, source: text, name } of samples) {
    const workspace = new Workspace(nodePlatform);
    workspace.useCSharp(language);
    workspace.set('file:///a.dll', Uint8Array.from(Buffer.from(compiledDigits(path), 'hex')));
    workspace.set('file:///p/a.cs', text);
    const [compiled] = workspace.project().images;
    const [own] = workspace.project().sourceCode.values();
    if (!own || !compiled?.image) continue;
    const wanted = told(compiled.image.code.references);
    const found = told(own.references);
    if (JSON.stringify(wanted) !== JSON.stringify(found)) different.push(`${path} ${name}: ${found} for ${wanted}`);
  }
  assert.deepEqual(different, []);
});

function told(references: readonly AssemblyIdentity[]): readonly string[] {
  // System.Net.Http alone has been numbered anew.
  return references.map(({ name, publicKeyToken }) => `${name} ${publicKeyToken}`).sort();
}

function names({ references }: AssemblyCode): readonly string[] {
  return references.map(({ name }) => name);
}

function codeOf(text: string, properties = '', sdk = ''): AssemblyCode {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  const compile = sdk === '' ? '<ItemGroup><Compile Include="a.cs" /></ItemGroup>' : '';
  workspace.set(
    'file:///p/Payroll.csproj',
    `<Project${sdk}><PropertyGroup>${properties}</PropertyGroup>${compile}</Project>`,
  );
  workspace.set('file:///p/a.cs', text);
  const [code] = workspace.project().sourceCode.values();
  assert.ok(code);
  return code;
}
