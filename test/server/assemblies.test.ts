// Assemblies as documents, over an in-memory connection: their text, what leads where, and that they follow their scripts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, suite, test } from 'node:test';
import type {
  CodeLens,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  LocationLink,
} from 'vscode-languageserver/node';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { assembliesRequest, assemblyBytesRequest, readFileRequest, type AssemblyEntry } from '../../server/protocol.js';
import { Client, folder, pulling, type ClientOptions } from '../support/client.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const digits = Buffer.from(sampleAssembly()).toString('hex').toUpperCase();
const script = `-- one\nCREATE ASSEMBLY [Payroll.Calculation] FROM 0x${digits} WITH PERMISSION_SET = UNSAFE;\n`;
const calls = new Uint8Array(readFileSync('test/assemblies/Calls.dll'));

const started: Client[] = [];

async function start(options: ClientOptions = {}): Promise<Client> {
  const client = await Client.start({
    workspace: new Workspace(nodePlatform),
    initializationOptions: { showsAssemblies: true },
    ...options,
  });
  started.push(client);
  return client;
}

afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

async function entriesOf(client: Client, uri: string): Promise<readonly AssemblyEntry[]> {
  return client.request<readonly AssemblyEntry[]>(assembliesRequest, { uri });
}

async function documentOf(client: Client, uri: string): Promise<string> {
  const [entry] = await entriesOf(client, uri);
  assert.ok(entry);
  return entry.document;
}

async function textOf(client: Client, uri: string): Promise<string> {
  return (await client.request<{ text: string }>('workspace/textDocumentContent', { uri })).text;
}

suite('the way to an assembly', () => {
  test('a file’s assemblies are named with where they stand', async () => {
    const client = await start();
    const [entry, ...others] = await entriesOf(client, client.open('a.sql', script));
    assert.deepEqual(others, []);
    assert.equal(entry?.title, 'Payroll.Calculation');
    assert.equal(entry.description, 'CREATE ASSEMBLY Payroll.Calculation, 3.2.0.0, 6 KB');
    assert.equal(entry.range.start.line, 1);
    assert.match(entry.document, /^sqlclr-assembly:\/Payroll\.Calculation\.il\?/);
    assert.deepEqual(await entriesOf(client, client.open('b.sql', 'SELECT 1;')), []);
  });

  test('a lens stands above the statement, and a link in the hover on the bytes', async () => {
    const client = await start();
    assert.ok(client.initialized.capabilities.codeLensProvider);
    const uri = client.open('a.sql', script);
    const document = await documentOf(client, uri);
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    const lens = lenses.find(({ command }) => command?.title.startsWith('Show'));
    assert.equal(lens?.command?.title, 'Show assembly (Payroll.Calculation 3.2.0.0, 6 KB)');
    assert.equal(lens.range.start.line, 1);
    assert.deepEqual(lens.command.arguments, [document]);
    const position = { line: 1, character: script.indexOf('0x4D5A') };
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position });
    const { value } = hover.contents as { value: string };
    const given = /\[Show assembly\]\(command:sqlclr\.showAssembly\?([^()\s]+)\)$/.exec(value)?.[1];
    assert.deepEqual(JSON.parse(decodeURIComponent(given ?? '')), [document]);
  });

  test('a client without the command gets neither', async () => {
    const client = await start({ initializationOptions: {} });
    assert.equal(client.initialized.capabilities.codeLensProvider, undefined);
    const uri = client.open('a.sql', script);
    const position = { line: 1, character: script.indexOf('0x4D5A') };
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position });
    assert.doesNotMatch(JSON.stringify(hover), /command:/);
  });

  test('features are registered for such documents alone, and their text for their scheme', async () => {
    const dynamicRegistration = true;
    const feature = { dynamicRegistration };
    const textDocument = {
      diagnostic: {},
      documentSymbol: feature,
      foldingRange: feature,
      documentLink: feature,
      definition: feature,
    };
    const workspace = { ...pulling.workspace, textDocumentContent: { dynamicRegistration } };
    const client = await start({ capabilities: { textDocument, workspace } });
    assert.deepEqual(client.initialized.capabilities.workspace?.textDocumentContent, {
      schemes: ['sqlclr-assembly', 'sqlclr-package'],
    });
    await client.until(() => client.registered.length >= 4);
    assert.deepEqual(client.registered.map(({ method }) => method).sort(), [
      'textDocument/definition',
      'textDocument/documentLink',
      'textDocument/documentSymbol',
      'textDocument/foldingRange',
    ]);
    for (const { registerOptions } of client.registered)
      assert.deepEqual(registerOptions, { documentSelector: [{ scheme: 'sqlclr-assembly' }] });
  });
});

suite('the document', () => {
  test('has the text of the assembly, its outline and its foldings', async () => {
    const client = await start();
    const uri = await documentOf(client, client.open('a.sql', script));
    const lines = (await textOf(client, uri)).split('\n');
    assert.match(lines[0] ?? '', /^\/\/ SQLCLR assembly Payroll\.Calculation, /);
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    const types = symbols.find(({ name }) => name.startsWith('Types'))?.children ?? [];
    const salary = types.find(({ name }) => name === 'Payroll.Salary');
    assert.ok(salary);
    assert.ok(salary.children?.some(({ name, kind }) => name === 'NetPay' && kind === 6));
    assert.match(lines[salary.range.start.line] ?? '', /^\.class public abstract sealed Payroll\.Salary/);
    const foldings = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri } });
    assert.ok(foldings.some(({ startLine }) => startLine === salary.range.start.line));
  });

  test('leads from a call to the method, and from the overview into the script', async () => {
    const client = await start({
      capabilities: { ...pulling, textDocument: { ...pulling.textDocument, definition: { linkSupport: true } } },
    });
    const file = client.open('a.sql', script);
    const uri = await documentOf(client, file);
    const lines = (await textOf(client, uri)).split('\n');
    const line = lines.findIndex((text) => text.includes('call uint32 Payroll.Salary::GetTickCount'));
    const position = { line, character: (lines[line]?.indexOf('GetTickCount') ?? 0) + 2 };
    const definition = { textDocument: { uri }, position };
    const [link] = await client.request<LocationLink[]>('textDocument/definition', definition);
    assert.equal(link?.targetUri, uri);
    const declared = lines[link.targetSelectionRange.start.line];
    assert.match(declared ?? '', /^ {2}\.method static uint32 GetTickCount\(\)/);
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
    const targets = links.map(({ target }) => target ?? '');
    assert.ok(targets.some((target) => target.startsWith(`${file}#L2,`)));
    assert.ok(targets.some((target) => target.startsWith(`${uri}#L${link.targetSelectionRange.start.line + 1},`)));
  });

  test('is asked for again when its script changes, and only then', async () => {
    const client = await start();
    const file = client.open('a.sql', script);
    const uri = await documentOf(client, file);
    await textOf(client, uri);
    client.change(file, { text: `${script}-- another comment\n` });
    client.change(file, { text: script.replace('UNSAFE', 'SAFE') });
    await client.until(() => client.contentRefreshes.length > 0);
    assert.deepEqual(client.contentRefreshes, [uri]);
    assert.match(await textOf(client, uri), /permission set SAFE/);
  });

  test('is the same assembly, wherever in the script it stands now', async () => {
    const client = await start();
    const file = client.open('a.sql', script);
    const uri = await documentOf(client, file);
    client.change(file, { text: `CREATE ASSEMBLY c FROM 0x${Buffer.from(calls).toString('hex')};\nGO\n${script}` });
    assert.match(await textOf(client, uri), /^\/\/ SQLCLR assembly Payroll\.Calculation/);
    client.change(file, { text: 'SELECT 1;' });
    assert.match(await textOf(client, uri), /^\/\/ The assembly is not there any more/);
  });
});

suite('files', () => {
  test('an assembly file is shown', async () => {
    const client = await start({ files: { 'Calls.dll': calls } });
    await client.until(() => client.refreshes > 0);
    const uri = await documentOf(client, `${folder}/Calls.dll`);
    assert.match(await textOf(client, uri), /^\/\/ SQLCLR assembly Calls, /);
  });

  test('one that the analysis leaves out is read when it is asked for', async () => {
    const client = await start();
    const asked: string[] = [];
    client.connection.onRequest(readFileRequest, ({ uri }: { uri: string }) => {
      asked.push(uri);
      return Buffer.from(calls).toString('base64');
    });
    await client.until(() => client.refreshes > 0);
    const file = `${folder}/bin/Calls.dll`;
    const uri = await documentOf(client, file);
    assert.deepEqual(asked, []);
    assert.match(await textOf(client, uri), /^\/\/ SQLCLR assembly Calls, /);
    assert.deepEqual(asked, [file]);
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.ok(symbols.length > 0);
    assert.deepEqual(await client.pull(file), []);
  });

  test('one outside the workspace is not', async () => {
    const client = await start();
    client.connection.onRequest(readFileRequest, () => assert.fail('asked for'));
    await client.until(() => client.refreshes > 0);
    const uri = await documentOf(client, 'file://server/share/Calls.dll');
    assert.match(await textOf(client, uri), /not there any more/);
  });
});

suite('hostile', () => {
  for (const uri of [
    'sqlclr-assembly:',
    'sqlclr-assembly:/a.il?{',
    'sqlclr-assembly:/a.il?null',
    'sqlclr-assembly:/a.il?{"uri":1,"index":"x"}',
    'sqlclr-assembly:/a.il?{"uri":"%","index":-1}',
    'file:///workspace/a.sql',
  ]) {
    test(`${uri} shows nothing and ends nothing`, async () => {
      const client = await start();
      assert.match(await textOf(client, uri), /not there any more/);
      const textDocument = { uri };
      for (const method of ['documentSymbol', 'foldingRange', 'documentLink'])
        assert.deepEqual(await client.request(`textDocument/${method}`, { textDocument }), []);
      const position = { line: 0, character: 0 };
      assert.deepEqual(await client.request('textDocument/definition', { textDocument, position }), []);
    });
  }

  test('such a document is no script, whoever sends its text', async () => {
    const client = await start();
    const uri = 'sqlclr-assembly:/a.il?{}';
    const text = 'ALTER DATABASE a SET TRUSTWORTHY ON;';
    const textDocument = { uri, languageId: 'sqlclr-assembly', version: 1, text };
    await client.notify('textDocument/didOpen', { textDocument });
    assert.deepEqual(await client.pull(uri), []);
  });
});

test('the bytes of a document are those of the script, or of the file', async () => {
  const client = await start({ files: { 'Calls.dll': calls } });
  const uri = client.open('a.sql', script);
  await client.pull(uri);
  const bytesOf = (document: string): Promise<string | null> => client.request(assemblyBytesRequest, { document });
  const document = await documentOf(client, uri);
  assert.equal(await bytesOf(document), Buffer.from(sampleAssembly()).toString('base64'));
  assert.equal(await bytesOf(await documentOf(client, `${folder}/Calls.dll`)), Buffer.from(calls).toString('base64'));
  for (const other of ['', uri, 'sqlclr-assembly:/x.il?{}', document.replace('a.sql', 'b.sql')])
    assert.equal(await bytesOf(other), null, other);
});
