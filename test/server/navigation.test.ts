// Where places lead, over an in-memory connection: between files, and into the document of an assembly.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  ClientCapabilities,
  CompletionItem,
  Location,
  LocationLink,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver/node';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
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

test('the call hierarchy goes from a script into the document of an assembly and on within it', async () => {
  const client = await start(linking);
  const uri = client.open('b.sql', bind);
  await client.pull(uri);
  const params = { textDocument: { uri }, position: on('f (') };
  const [object] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', params);
  assert.equal(object?.name, 'f');
  const outgoing = (item: unknown): Promise<CallHierarchyOutgoingCall[]> =>
    client.request('callHierarchy/outgoingCalls', { item });
  const [method] = await outgoing(object);
  assert.equal(method?.to.name, 'Payroll.Salary::NetPay');
  assert.match(method.to.uri, /^sqlclr-assembly:/);
  assert.deepEqual(method.fromRanges, [{ start: on('NetPay'), end: on(';') }]);
  const [from] = await client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item: method.to });
  assert.equal(from?.from.uri, uri);
  const within = { textDocument: { uri: method.to.uri }, position: method.to.selectionRange.start };
  const [same] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', within);
  assert.deepEqual(same, method.to);
});

test('renaming answers edits of all files, or says why there are none', async () => {
  const client = await start(linking);
  const uri = client.open('b.sql', bind);
  await client.pull(uri);
  const rename = (position: unknown): Promise<WorkspaceEdit> =>
    client.request('textDocument/rename', { textDocument: { uri }, position, newName: 'Wages' });
  const range = await client.request('textDocument/prepareRename', { textDocument: { uri }, position: on('Pay.') });
  assert.deepEqual(range, { range: { start: on('Pay.'), end: on('.[') }, placeholder: 'Pay' });
  const { documentChanges = [] } = await rename(on('Pay.'));
  const files = documentChanges.flatMap((change) => ('edits' in change ? change.textDocument.uri : []));
  assert.deepEqual(files, [`${folder}/a.sql`, uri]);
  await assert.rejects(rename(on('NetPay')), /There are no C# sources in the workspace/);
  assert.equal(await rename(on('RETURNS')), null);
});

test('completion replaces the word that is typed', async () => {
  const client = await start(linking);
  const uri = client.open('b.sql', 'DROP ASSEMBLY [Pa]');
  await client.pull(uri);
  const params = { textDocument: { uri }, position: { line: 0, character: 17 } };
  const [item] = await client.request<CompletionItem[]>('textDocument/completion', params);
  const range = { start: { line: 0, character: 14 }, end: { line: 0, character: 18 } };
  assert.deepEqual(item?.textEdit, { range, newText: '[Pay]' });
});
