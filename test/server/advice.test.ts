// What a client is told when somebody asks: explanations, and actions that are tried before they are applied.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { adviceRequest, subjectsRequest, type AdviceParams, type Subject } from '../../server/protocol.js';
import { Client, folder, pulling } from '../support/client.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const hex = Buffer.from(sampleAssembly()).toString('hex');
const install = `CREATE ASSEMBLY Sample FROM 0x${hex} WITH PERMISSION_SET = SAFE;
GO
CREATE PROCEDURE dbo.Run AS EXTERNAL NAME Sample.[A.B].C;
`;
const capabilities = {
  ...pulling,
  workspace: {
    ...pulling.workspace,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] },
  },
  textDocument: {
    ...pulling.textDocument,
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
};
const started: Client[] = [];

async function start(): Promise<{ readonly client: Client; readonly uri: string }> {
  const workspace = new Workspace(nodePlatform);
  const client = await Client.start({ capabilities, workspace, initializationOptions: { explains: true } });
  started.push(client);
  const uri = client.open('install.sql', install);
  await client.pull(uri);
  return { client, uri };
}

afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

const advice = (client: Client, params: AdviceParams): Promise<string | null> => client.request(adviceRequest, params);

test('rules and numbers to choose from, and each of them explained', async () => {
  const { client } = await start();
  const subjects = await client.request<Subject[]>(subjectsRequest, undefined);
  assert.ok(subjects.some(({ subject }) => subject === 'Msg 10343'));
  assert.match(String(await advice(client, { kind: 'subject', subject: 'Msg 10343' })), /^# Msg 10343, level/);
  assert.equal(await advice(client, { kind: 'subject', subject: 'no-such-rule' }), null);
});

test('a rule has its page, whose links lead to where the others are to be read', async () => {
  const { client } = await start();
  const text = String(await advice(client, { kind: 'subject', subject: 'external-connection' }));
  for (const title of ['# external-connection\n', '\n## How to fix\n', '\n## In this workspace\n'])
    assert.ok(text.includes(title), title);
  assert.doesNotMatch(text, /\]\([\w-]+\.md\)/);
});

test('a number says how to mend what raises it, as the rules do', async () => {
  const { client } = await start();
  assert.match(
    String(await advice(client, { kind: 'subject', subject: 'Msg 10343' })),
    /\n### \[untrusted-assembly\]\(https:.*\)\n\n\S/,
  );
});

test('a number leads to what raises it', async () => {
  const { client } = await start();
  const text = await advice(client, { kind: 'subject', subject: '10343' });
  assert.ok(String(text).includes(`- [install.sql:1](<${folder}/install.sql#L1>): `), String(text));
});

test('a routine, step by step, and another target', async () => {
  const { client, uri } = await start();
  const text = await advice(client, { kind: 'routine', uri, position: { line: 2, character: 20 } });
  assert.match(String(text), /^# dbo\\\.Run: what SQL Server does/);
  assert.equal(await advice(client, { kind: 'routine', uri, position: { line: 1, character: 0 } }), null);
  const other = await advice(client, { kind: 'target', target: 'azure-sql-database' });
  assert.match(String(other), /## What breaks/);
  assert.equal(await advice(client, { kind: 'target', target: 'elsewhere' }), null);
});

test('the trust script is written beside the script, and then the finding is gone', async () => {
  const { client, uri } = await start();
  const range = { start: { line: 0, character: 16 }, end: { line: 0, character: 22 } };
  const context = { diagnostics: [] };
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context,
  });
  const trust = actions.find(({ title }) => title.startsWith('Write trust.sql'));
  assert.ok(trust);
  assert.equal(trust.edit, undefined);
  assert.deepEqual(trust.command?.arguments, [`${folder}/trust.sql`]);
  const { edit } = await client.request<CodeAction>('codeAction/resolve', trust);
  const [create, fill] = edit?.documentChanges ?? [];
  assert.deepEqual(create, { kind: 'create', uri: `${folder}/trust.sql`, options: { overwrite: false } });
  const text = TextDocument.applyEdits(
    TextDocument.create('', 'sql', 1, ''),
    (fill as TextDocumentEdit).edits as never,
  );
  assert.match(text, /sp_add_trusted_assembly 0x[0-9A-F]{128}/);
  client.open('trust.sql', text);
  const left = await client.pull(uri);
  assert.deepEqual(
    left.map(({ code }) => code).filter((code) => /trust|unsigned/.test(String(code))),
    [],
  );
});

test('actions explain the rule and the routine', async () => {
  const { client, uri } = await start();
  const range = { start: { line: 0, character: 16 }, end: { line: 2, character: 22 } };
  const context = { diagnostics: [] };
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context,
  });
  const commands = actions.flatMap(({ command }) => command?.command ?? []);
  assert.ok(commands.includes('sqlclr.explain'));
  const at = { start: range.end, end: range.end };
  const there = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: at,
    context,
  });
  assert.ok(there.some(({ command }) => command?.command === 'sqlclr.explainRoutine'));
});

test('what a client sends back to be resolved may be anything', async () => {
  const { client, uri } = await start();
  for (const data of [undefined, 1, {}, { uri, rule: 1, start: 'x' }])
    assert.equal((await client.request<CodeAction>('codeAction/resolve', { title: 'x', data })).title, 'x');
  const gone = { title: 'gone', data: { uri, rule: 'untrusted-assembly', start: 9999 } };
  assert.equal((await client.request<CodeAction>('codeAction/resolve', gone)).edit, undefined);
});

test('the bytes of the file that a path names go into the script, and what they are is unchanged', async () => {
  const bytes = readFileSync('test/assemblies/Widths.dll');
  const files = {
    'bin/Widths.dll': bytes,
    'copy/WIDTHS.dll': bytes,
    'one/Shapes.dll': readFileSync('test/assemblies/Shapes.dll'),
    'two/Shapes.dll': bytes,
    'Sample.dll': sampleAssembly(),
  };
  const workspace = new Workspace(nodePlatform);
  const client = await Client.start({ capabilities, workspace, files });
  started.push(client);
  // No file of the name; two that are not the same; one that refers to an assembly, which SQL Server would look for beside the file.
  const others = ['Charts', 'Shapes', 'Sample'];
  const text = ['Widths', ...others]
    .map((name) => `CREATE ASSEMBLY ${name} FROM 'C:\\drop\\${name}.dll' WITH PERMISSION_SET = SAFE;\r\n`)
    .join('');
  const uri = client.open('install.sql', text);
  await client.pull(uri);
  const inlining = async (line: number): Promise<CodeAction | undefined> => {
    const start = { line, character: 30 };
    const params = { textDocument: { uri }, range: { start, end: start }, context: { diagnostics: [] } };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', params);
    return actions.find(({ title }) => title.startsWith('Put the bytes of '));
  };
  for (const [index, name] of others.entries()) {
    const action = await inlining(index + 1);
    assert.equal(action && (await client.request<CodeAction>('codeAction/resolve', action)).edit, undefined, name);
  }
  const action = await inlining(0);
  assert.ok(action);
  assert.equal(action.edit, undefined);
  const { edit } = await client.request<CodeAction>('codeAction/resolve', action);
  const [change] = edit?.documentChanges ?? [];
  const after = TextDocument.applyEdits(
    TextDocument.create('', 'sql', 1, text),
    (change as TextDocumentEdit).edits as never,
  );
  assert.match(after, /FROM 0x4D5A[0-9A-F]{996}\\\r\n/);
  const again = new Workspace(nodePlatform);
  again.set('file:///a.sql', after);
  const [literal] = again.project().scripts[0]?.literals ?? [];
  assert.equal(literal?.sha512, createHash('sha512').update(bytes).digest('hex').toUpperCase());
});
