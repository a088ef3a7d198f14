// Packages among the files of a workspace: what is in them takes part, is shown, is followed, and is nobody's to write to.
import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';
import type { CodeAction, Diagnostic, Location, LocationLink } from 'vscode-languageserver/node';
import { Workspace } from '../../server/analysis/workspace.js';
import { canonicalUri, packagedUri } from '../../server/files.js';
import { nodePlatform } from '../../server/platform/node.js';
import { assembliesRequest, packagePartsRequest, type AssemblyEntry, type PackagePart } from '../../server/protocol.js';
import { Client, folder, pulling } from '../support/client.js';
import { dacpac } from '../support/packages.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const file = `${folder}/Payroll.dacpac`;
const shown = 'sqlclr-package://file/workspace/Payroll.dacpac/model.sql';
const trusted = 'PRINT 1;';
const trustworthy = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;';
const started: Client[] = [];

async function start(files: Record<string, string | Uint8Array>): Promise<Client> {
  const client = await Client.start({
    files,
    workspace: new Workspace(nodePlatform),
    capabilities: { ...pulling, workspace: { ...pulling.workspace, textDocumentContent: {} } },
    initializationOptions: { showsStatus: true },
  });
  started.push(client);
  await client.until(() => client.refreshes > 0 && client.statuses.length > 0);
  return client;
}

/** Until the server has read it again. */
async function changed(client: Client, uri: string): Promise<void> {
  const before = client.statuses.length;
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
  await client.until(() => client.statuses.length > before);
}

/** Of the whole workspace, by what a client is told of it. */
async function found(
  client: Client,
  previousResultIds: readonly { uri: string; value: string }[] = [],
): Promise<Record<string, readonly unknown[]>> {
  const { items } = await client.request<{ items: readonly { uri: string; items: readonly Diagnostic[] }[] }>(
    'workspace/diagnostic',
    { previousResultIds },
  );
  return Object.fromEntries(items.map(({ uri, items: own }) => [uri, own.map(({ code }) => code)]));
}

const textOf = async (client: Client, uri: string): Promise<string> =>
  (await client.request<{ text: string }>('workspace/textDocumentContent', { uri })).text;

afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

suite('a package of the workspace', () => {
  test('has its findings where a person can read them', async () => {
    const client = await start({ 'Payroll.dacpac': dacpac({ before: trustworthy }), 'a.sql': trusted });
    const before = 'sqlclr-package://file/workspace/Payroll.dacpac/predeploy.sql';
    assert.deepEqual(await found(client), { [before]: ['trustworthy-database'] });
    assert.equal(await textOf(client, before), trustworthy);
    assert.deepEqual(await client.request<readonly PackagePart[]>(packagePartsRequest, { uri: file }), [
      { title: 'model.sql', description: 'Payroll.dacpac', document: shown },
      { title: 'predeploy.sql', description: 'Payroll.dacpac', document: before },
    ]);
    assert.equal(client.statuses.at(-1)?.scripts, 3);
  });

  test('is one project with the scripts beside it', async () => {
    const script = 'CREATE FUNCTION dbo.g() RETURNS int AS EXTERNAL NAME [Pay].[Payroll.None].[Gone];\n';
    const client = await start({ 'Payroll.dacpac': dacpac({ assembly: sampleAssembly() }), 'a.sql': script });
    const codes = (await found(client))[`${folder}/a.sql`] ?? [];
    assert.ok(codes.includes('unresolved-class'), codes.join());
    const [entry] = await client.request<readonly AssemblyEntry[]>(assembliesRequest, { uri: file });
    assert.equal(entry?.title, 'Payroll.Calculation');
    const uri = client.open('a.sql', script);
    const leads = await client.request<readonly (Location | LocationLink)[]>('textDocument/definition', {
      textDocument: { uri },
      position: { line: 0, character: script.indexOf('[Pay]') + 2 },
    });
    assert.deepEqual(
      leads.map((lead) => ('uri' in lead ? lead.uri : lead.targetUri)),
      [shown],
    );
  });

  test('is followed: what the client has of it is read again, and goes with it', async () => {
    const files: Record<string, string | Uint8Array> = { 'Payroll.dacpac': dacpac({ after: trustworthy }) };
    const client = await start(files);
    const after = 'sqlclr-package://file/workspace/Payroll.dacpac/postdeploy.sql';
    await textOf(client, after);
    files['Payroll.dacpac'] = dacpac({ after: trusted });
    await changed(client, file);
    await client.until(() => client.contentRefreshes.length > 0);
    assert.deepEqual(client.contentRefreshes, [after]);
    assert.equal(await textOf(client, after), trusted);
    delete files['Payroll.dacpac'];
    await changed(client, file);
    // What a client still has of it is taken back under the name that it has it by.
    assert.deepEqual(await found(client, [{ uri: after, value: 'old' }]), { [after]: [] });
    assert.match(await textOf(client, after), /not there any more/);
    assert.deepEqual(await client.request(packagePartsRequest, {}), []);
    assert.equal(client.statuses.at(-1)?.scripts, 0);
  });

  test('is open like any script, and what it has holds again when it is closed', async () => {
    const client = await start({ 'Payroll.dacpac': dacpac({ before: trustworthy }) });
    const uri = 'sqlclr-package://file/workspace/Payroll.dacpac/predeploy.sql';
    const textDocument = { uri, languageId: 'sql', version: 1, text: trusted };
    await client.notify('textDocument/didOpen', { textDocument });
    assert.deepEqual(await client.pull(uri), []);
    client.close(uri);
    await client.until(() => client.statuses.length > 0);
    assert.equal((await client.pull(uri)).length, 1);
  });

  test('is nobody’s to write to: no fix, no comment, no other name', async () => {
    const before = 'CREATE LOGIN Clerk WITH PASSWORD = 0x0200AB HASHED;\nGRANT UNSAFE ASSEMBLY TO Clerk;\n';
    const script = 'DENY UNSAFE ASSEMBLY TO Clerk;\n';
    const client = await start({ 'Payroll.dacpac': dacpac({ before: trustworthy }), 'Own.dacpac': dacpac({ before }) });
    const uri = 'sqlclr-package://file/workspace/Payroll.dacpac/predeploy.sql';
    await client.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'sql', version: 1, text: trustworthy },
    });
    const [{ range } = { range: undefined }] = await client.pull(uri);
    const actions = await client.request<readonly CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    });
    assert.deepEqual(
      (actions ?? []).filter(({ edit, data }) => edit !== undefined || data !== undefined),
      [],
    );
    const own = client.open('a.sql', script);
    const renaming = client.request('textDocument/rename', {
      textDocument: { uri: own },
      position: { line: 0, character: script.indexOf('Clerk') },
      newName: 'Other',
    });
    await assert.rejects(renaming, /Own\.dacpac has the name as well/);
  });

  test('keeps out a fix that would write to it from elsewhere', async () => {
    const hex = Buffer.from(sampleAssembly()).toString('hex');
    const script = `CREATE ASSEMBLY Pay FROM 0x${hex};\n`;
    const bindings = `CREATE FUNCTION dbo.NetPay(@g money, @t int) RETURNS money AS EXTERNAL NAME Pay.[Payroll.Salary].NetPay;
GO
CREATE FUNCTION dbo.Html(@l nvarchar(4000)) RETURNS nvarchar(4000) AS EXTERNAL NAME Pay.[Payroll.Salary].Html;
`;
    const offered = async (files: Record<string, string | Uint8Array>): Promise<readonly string[]> => {
      const client = await start({ ...files, 'a.sql': script });
      const uri = client.open('a.sql', script);
      const actions = await client.request<readonly CodeAction[] | null>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
        context: { diagnostics: [] },
      });
      return (actions ?? []).map(({ title }) => title).filter((title) => title.startsWith('Create '));
    };
    assert.deepEqual(await offered({ 'b.sql': bindings }), [
      'Create Uptime for it (review it)',
      'Create Median for it (review it)',
    ]);
    assert.deepEqual(await offered({ 'b.dacpac': dacpac({ after: bindings }) }), []);
  });

  test('that is broken is told, and keeps nothing out', async () => {
    const files: Record<string, string | Uint8Array> = {
      'Payroll.dacpac': dacpac({}).slice(0, 200),
      'a.sql': trustworthy,
    };
    const client = await start(files);
    assert.deepEqual(await found(client), { [`${folder}/a.sql`]: ['trustworthy-database'] });
    assert.match(
      client.statuses.at(-1)?.problems[0]?.message ?? '',
      /Payroll\.dacpac cannot be read: it is no ZIP archive/,
    );
    files['Payroll.dacpac'] = dacpac({});
    await changed(client, file);
    assert.deepEqual(client.statuses.at(-1)?.problems, []);
  });

  for (const [uri, inside] of [
    ['file:///workspace/Payroll.dacpac/model.sql', shown],
    [
      'vscode-vfs://github/owner/a%20b.dacpac/model.sql',
      'sqlclr-package://vscode-vfs@github/owner/a%20b.dacpac/model.sql',
    ],
    ['file://server/share/a.bacpac/model.sql', 'sqlclr-package://file@server/share/a.bacpac/model.sql'],
    [
      'vscode-remote://ssh-remote%2Bhost/c%3A/a.dacpac/model.sql',
      'sqlclr-package://vscode-remote@ssh-remote%2Bhost/c%3A/a.dacpac/model.sql',
    ],
  ] as const)
    test(`${inside} is ${uri}`, () => {
      assert.equal(packagedUri(uri), inside);
      assert.equal(canonicalUri(inside), uri);
    });
});
