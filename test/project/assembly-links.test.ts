// Which assembly another means, and what follows from it: two assemblies of a page's sample, put together in several ways.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';

const folder = 'test/assemblies/rules/insufficient-permission-set/another-assembly-that-reads-a-file-for-it';
const hexOf = (name: string): string => `0x${readFileSync(`${folder}/${name}.dll`).toString('hex')}`;
const mail = `CREATE ASSEMBLY Mail AUTHORIZATION dbo FROM ${hexOf('Mail')} WITH PERMISSION_SET = SAFE;\n`;
const files = `CREATE ASSEMBLY Files AUTHORIZATION dbo FROM ${hexOf('Files')} WITH PERMISSION_SET = UNSAFE;\n`;
const bound = 'GO\nCREATE PROCEDURE dbo.SendMail @path nvarchar(260) AS EXTERNAL NAME Mail.Mail.Send;\n';
const rule = 'insufficient-permission-set';

test('the proof goes on in the other assembly, where that stands', () => {
  const workspace = withScripts({ 'a/1.sql': files, 'a/2.sql': mail + bound });
  const [found] = findingsIn(workspace, 'file:///a/2.sql');
  assert.deepEqual(
    found?.related.map(({ uri, message }) => `${uri.slice('file:///'.length)}: ${message}`),
    [
      'a/2.sql: Mail::Send is a stored procedure',
      'a/2.sql: Mail::Send calls Contoso.Files::Read',
      'a/1.sql: Contoso.Files::Read calls Contoso.Files::Text',
      'a/1.sql: Contoso.Files::Text calls System.IO.File::ReadAllText(String): FileIOPermission',
      'a/2.sql: Mail is declared SAFE',
    ],
  );
  const span = found?.related[2]?.span;
  assert.equal(workspace.textOf('file:///a/1.sql').slice(span?.start, (span?.start ?? 0) + 6), '0x4d5a');
});

test('of several deployments the nearest is meant, and none where none is nearer', () => {
  assert.equal(count(withScripts({ 'a/1.sql': mail + bound, 'a/2.sql': files, 'b/2.sql': files }), 'a/1.sql'), 2);
  assert.equal(count(withScripts({ 'a/1.sql': mail + bound, 'b/2.sql': files }), 'a/1.sql'), 2);
  assert.equal(count(withScripts({ 'a/1.sql': mail + bound, 'b/2.sql': files, 'c/2.sql': files }), 'a/1.sql'), 0);
});

test('an assembly refers to none of another owner or database', () => {
  const others = files.replace('dbo', 'Reporting');
  assert.equal(count(withScripts({ 'a.sql': others + mail + bound }), 'a.sql'), 0);
  assert.equal(count(withScripts({ 'a.sql': `USE Other;\n${files}USE Sales;\n${mail}${bound}` }), 'a.sql'), 0);
  assert.equal(count(withScripts({ 'a.sql': `USE Sales;\n${files}${mail}${bound}` }), 'a.sql'), 2);
});

test('beside a file lie the files it refers to', () => {
  const workspace = withScripts({
    'a.sql': `CREATE ASSEMBLY Mail FROM 'C:\\bin\\Mail.dll' WITH PERMISSION_SET = SAFE;\n${bound}`,
  });
  for (const name of ['Mail', 'Files']) workspace.set(`file:///lib/${name}.dll`, readFileSync(`${folder}/${name}.dll`));
  assert.deepEqual(
    findingsIn(workspace, 'file:///lib/Mail.dll').map(({ related }) => related[2]?.uri),
    ['file:///lib/Files.dll'],
  );
  workspace.remove('file:///lib/Files.dll');
  assert.equal(findingsIn(workspace, 'file:///lib/Mail.dll').length, 0);
});

test('what is looked into is no open question', () => {
  const open = (workspace: Workspace): readonly string[] => {
    const project = workspace.project();
    const [deployed] = project.assemblies.filter(({ name }) => name === 'Mail');
    return (deployed && project.requirementsOf(deployed)?.assumptions.map(({ text }) => text)) ?? [];
  };
  assert.deepEqual(open(withScripts({ 'a.sql': files + mail + bound })), []);
  assert.deepEqual(open(withScripts({ 'a.sql': mail + bound })), [
    'What Contoso.Files::Read(String) of Files does is not looked into',
  ]);
});

test('sources lead into bytes, and bytes into sources', async () => {
  const language = await diskGrammar('dist-test');
  const page = readFileSync('docs/rules/insufficient-permission-set.md', 'utf8');
  const [, section = ''] = page.split('## Another assembly that reads a file for it\n');
  const sourceOf = (name: string): string =>
    new RegExp(`^\`\`\`cs ${name}\\.cs\\n([^]*?)^\`\`\``, 'm').exec(section)?.[1] ?? '';
  const workspace = withScripts({
    'a.sql': files + `CREATE ASSEMBLY Mail FROM 'Mail.dll' WITH PERMISSION_SET = SAFE;\n${bound}`,
  });
  workspace.useCSharp(language);
  workspace.set(
    'file:///Mail/Mail.csproj',
    '<Project><ItemGroup><Compile Include="Mail.cs" /><Reference Include="Files"><HintPath>..\\lib\\Files.dll</HintPath></Reference></ItemGroup></Project>',
  );
  workspace.set('file:///Mail/Mail.cs', sourceOf('Mail'));
  workspace.set('file:///lib/Files.dll', readFileSync(`${folder}/Files.dll`));
  assert.deepEqual(
    findingsIn(workspace, 'file:///Mail/Mail.cs').map(({ related }) => related[2]?.uri),
    ['file:///a.sql'],
  );
  const other = withScripts({
    'a.sql': `CREATE ASSEMBLY Files FROM 'Files.dll' WITH PERMISSION_SET = UNSAFE;\n${mail}${bound}`,
  });
  other.useCSharp(language);
  other.set('file:///Files/Files.csproj', '<Project><ItemGroup><Compile Include="Files.cs" /></ItemGroup></Project>');
  other.set('file:///Files/Files.cs', sourceOf('Files'));
  assert.deepEqual(
    findingsIn(other, 'file:///a.sql')
      .map(({ related }) => related.at(-2)?.uri)
      .slice(0, 1),
    ['file:///Files/Files.cs'],
  );
});

function withScripts(scripts: Readonly<Record<string, string>>): Workspace {
  const workspace = new Workspace(nodePlatform);
  for (const [path, text] of Object.entries(scripts)) workspace.set(`file:///${path}`, text);
  return workspace;
}

function findingsIn(workspace: Workspace, uri: string): ReturnType<Workspace['findings']> {
  return workspace.findings(uri).filter((finding) => finding.rule === rule);
}

function count(workspace: Workspace, path: string): number {
  return findingsIn(workspace, `file:///${path}`).length;
}
