// Where places lead, over an in-memory connection: between files, and into the document of an assembly.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { ClientCapabilities, Location, LocationLink, WorkspaceSymbol } from 'vscode-languageserver/node';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform-node.js';
import { Client, folder, pulling } from '../support/client.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const create = `CREATE ASSEMBLY Pay FROM 0x${Buffer.from(sampleAssembly()).toString('hex')};\n`;
const bind = 'CREATE FUNCTION f (@a money, @b int) RETURNS money AS EXTERNAL NAME Pay.[Payroll.Salary].NetPay;\n';
const linking: ClientCapabilities = {
  ...pulling,
  textDocument: { ...pulling.textDocument, definition: { linkSupport: true } },
  workspace: { ...pulling.workspace, textDocumentContent: {} },
};

const started: Client[] = [];

async function start(capabilities: ClientCapabilities): Promise<Client> {
  const workspace = new Workspace(nodePlatform);
  const files = { 'a.sql': create };
  const client = await Client.start({ workspace, capabilities, files });
  started.push(client);
  return client;
}

afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

const on = (text: string): { readonly line: number; readonly character: number } => ({
  line: 0,
  character: bind.indexOf(text),
});

test('a name leads to the statement of another file, and a method into the document of its assembly', async () => {
  const client = await start(linking);
  const uri = client.open('b.sql', bind);
  await client.pull(uri);
  const definition = (position: unknown): Promise<LocationLink[]> =>
    client.request('textDocument/definition', { textDocument: { uri }, position });
  const [statement] = await definition(on('Pay.'));
  assert.equal(statement?.targetUri, `${folder}/a.sql`);
  assert.deepEqual(statement.targetRange.start, { line: 0, character: 16 });
  const [method] = await definition(on('NetPay'));
  assert.match(method?.targetUri ?? '', /^sqlclr-assembly:\/Payroll\.Calculation\.il\?/);
  const { text } = await client.request<{ text: string }>('workspace/textDocumentContent', { uri: method?.targetUri });
  assert.match(text.split('\n')[method?.targetRange.start.line ?? 0] ?? '', /\.method .*NetPay\(/);
  assert.deepEqual(await definition(on('RETURNS')), []);
});

test('a client is given what it can take: places alone, and no document that it cannot show', async () => {
  const client = await start(pulling);
  const uri = client.open('b.sql', bind);
  await client.pull(uri);
  const definition = (position: unknown): Promise<Location[]> =>
    client.request('textDocument/definition', { textDocument: { uri }, position });
  assert.deepEqual(
    (await definition(on('Pay.'))).map((place) => place.uri),
    [`${folder}/a.sql`],
  );
  assert.deepEqual(await definition(on('NetPay')), []);
});

test('references are those of all files, with or without what makes the thing', async () => {
  const client = await start(linking);
  const uri = client.open('b.sql', bind);
  await client.pull(uri);
  const references = async (includeDeclaration: boolean): Promise<readonly string[]> => {
    const context = { includeDeclaration };
    const params = { textDocument: { uri }, position: on('Pay.'), context };
    const found = await client.request<Location[]>('textDocument/references', params);
    return found.map((place) => place.uri.slice(folder.length + 1));
  };
  assert.deepEqual(await references(true), ['a.sql', 'b.sql']);
  assert.deepEqual(await references(false), ['b.sql']);
  const symbols = await client.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'pay' });
  assert.deepEqual(
    symbols.map(({ name }) => name),
    ['Pay'],
  );
});
