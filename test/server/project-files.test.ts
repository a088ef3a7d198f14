// Project files and C# among the files of a workspace: read, watched, opened, and silenced in their own comments.
import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, Diagnostic, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { Client, folder } from '../support/client.js';

const uri = `${folder}/Db/Payroll.sqlproj`;
const project = `<?xml version="1.0"?>
<Project>
  <PropertyGroup>
    <Trustworthy>True</Trustworthy>
  </PropertyGroup>
  <ItemGroup>
    <Compile Include="Pay.cs" />
  </ItemGroup>
</Project>
`;
const started: Client[] = [];

async function start(
  files: Record<string, string>,
): Promise<{ readonly client: Client; readonly workspace: Workspace }> {
  const workspace = new Workspace(nodePlatform);
  const client = await Client.start({ files, workspace, initializationOptions: { showsStatus: true } });
  started.push(client);
  await client.until(() => client.refreshes > 0);
  return { client, workspace };
}

/** Until the server has read it again. */
async function changed(client: Client, file: string): Promise<void> {
  const before = client.refreshes;
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: file, type: 2 }] });
  await client.until(() => client.refreshes > before);
}

afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

const places = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ code, range }) => `${range.start.line}:${range.start.character} ${code}`);

test('a project file of the workspace has findings, on the disk and as it is typed', async () => {
  const files: Record<string, string> = { 'Db/Payroll.sqlproj': project };
  const { client } = await start(files);
  assert.deepEqual(places(await client.pull(uri)), ['3:17 trustworthy-database']);
  client.open('Db/Payroll.sqlproj', project.replace('<Project>', '\n<Project>'));
  assert.deepEqual(places(await client.pull(uri)), ['4:17 trustworthy-database']);
  client.close(uri);
  files['Db/Payroll.sqlproj'] = project.replace('True', 'False');
  await changed(client, uri);
  assert.deepEqual(await client.pull(uri), []);
});

test('what a project imports has its findings, and moves what the project says', async () => {
  const files: Record<string, string> = {
    'Directory.Build.props': project.replace(/<ItemGroup>[^]*<.ItemGroup>/, ''),
    'Db/Payroll.csproj': '<Project Sdk="Microsoft.NET.Sdk" />',
    'Db/Pay.cs': 'class Pay {}',
  };
  const props = `${folder}/Directory.Build.props`;
  const { client, workspace } = await start(files);
  assert.deepEqual(places(await client.pull(props)), ['3:17 trustworthy-database']);
  assert.deepEqual(places(await client.pull(`${folder}/Db/Payroll.csproj`)), []);
  const named = (): readonly string[] => workspace.project().sourceAssemblies.map(({ name }) => name);
  assert.deepEqual(named(), ['Payroll']);
  files['Directory.Build.props'] =
    '<Project><PropertyGroup><AssemblyName>Contoso</AssemblyName></PropertyGroup></Project>';
  await changed(client, props);
  assert.deepEqual(await client.pull(props), []);
  assert.deepEqual(named(), ['Contoso']);
  delete files['Directory.Build.props'];
  await changed(client, props);
  assert.deepEqual(named(), ['Payroll']);
});

test('sources are kept with their project, and come and go with their files', async () => {
  const files: Record<string, string> = {
    'Db/Payroll.sqlproj': project,
    'Db/Pay.cs': 'class Pay {}',
    'a.sql': 'PRINT 1',
  };
  const { client, workspace } = await start(files);
  await client.pull(uri);
  assert.deepEqual([...workspace.sources().values()], [{ uri: `${folder}/Db/Pay.cs`, text: 'class Pay {}' }]);
  const compiled = (): readonly (readonly string[])[] =>
    workspace.project().sourceAssemblies.map(({ sources }) => sources);
  assert.deepEqual(compiled(), [[`${folder}/Db/Pay.cs`]]);
  await client.until(() => client.statuses.length > 0);
  assert.equal(client.statuses.at(-1)?.scripts, 1);
  delete files['Db/Pay.cs'];
  await changed(client, `${folder}/Db/Pay.cs`);
  assert.deepEqual(compiled(), []);
});

test('an open C# document is what is being typed', async () => {
  const { client, workspace } = await start({ 'Db/Pay.cs': 'class Pay {}' });
  const source = client.open('Db/Pay.cs', 'class Paid {}');
  await client.pull(source);
  assert.equal(workspace.textOf(source), 'class Paid {}');
  client.close(source);
  await changed(client, source);
  assert.equal(workspace.textOf(source), 'class Pay {}');
});

test('a comment in XML allows the rule, on a line or in the file', async () => {
  for (const title of ['Allow trustworthy-database on this line', 'Allow trustworthy-database in this file']) {
    const { client } = await start({});
    client.open('Db/Payroll.sqlproj', project);
    const [{ range } = { range: undefined }] = await client.pull(uri);
    const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', params);
    const [edit] = (actions.find((each) => each.title === title)?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    const after = TextDocument.applyEdits(
      TextDocument.create(uri, 'xml', 1, project),
      (edit?.edits ?? []) as TextEdit[],
    );
    assert.match(after, /^<\?xml.*\n[^]*<!-- sqlclr-disable[-\w]* trustworthy-database -->\n/);
    client.change(uri, { text: after });
    assert.deepEqual(await client.pull(uri), [], title);
  }
});

test('the editor folds a project file as it would without us', async () => {
  const { client } = await start({ 'Db/Payroll.sqlproj': project });
  await client.pull(uri);
  assert.equal(await client.request('textDocument/foldingRange', { textDocument: { uri } }), null);
});

suite('between tags', () => {
  const text = '<?xml version="1.0"?>\n<!-- c -->\n<A\n x="1">\n<B>\nt</B>\n<C/>\n</A>\n';
  const lines = [...text.matchAll(/^/gm)].map(({ index }) => index);
  test('a line of its own stands where no tag, text or comment is cut', () => {
    assert.deepEqual(
      lines.map((offset) => nodePlatform.packages().isBetweenTags(text, offset)),
      [false, false, true, false, true, false, true, true, false],
    );
    assert.equal(nodePlatform.packages().startOfRoot(text), text.indexOf('<A'));
  });
});
