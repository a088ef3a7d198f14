// sqlclr-lint.json in the server: found, followed, over the editor's settings, and told where it is wrong.
import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, Diagnostic, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { Client, folder, pulling, type ClientOptions } from '../support/client.js';

const trustworthy = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;\n';
const configuration = `${folder}/sqlclr-lint.json`;
const started: Client[] = [];

async function start(options: ClientOptions & { readonly files: Record<string, string> }): Promise<Client> {
  const client = await Client.start({
    workspace: new Workspace(nodePlatform),
    initializationOptions: { showsStatus: true },
    ...options,
  });
  started.push(client);
  await client.until(() => client.refreshes > 0);
  return client;
}

afterEach(async () => {
  for (const client of started.splice(0)) await client.stop();
});

/** Until the server has read it again. */
async function changed(client: Client, ...uris: readonly string[]): Promise<void> {
  const { refreshes } = client;
  const changes = uris.map((uri) => ({ uri, type: 2 }));
  await client.notify('workspace/didChangeWatchedFiles', { changes });
  await client.until(() => client.refreshes > refreshes);
}

const told = (diagnostics: readonly Diagnostic[] = []): readonly string[] =>
  diagnostics.map(({ code, severity, message }) => `${severity} ${code ?? message}`);
const places = (diagnostics: readonly Diagnostic[] = []): readonly string[] =>
  diagnostics.map(({ range: { start, end } }) => `${start.line}:${start.character}-${end.line}:${end.character}`);

suite('sqlclr-lint.json', () => {
  test('holds from the start, over the editor’s settings, which fill what it does not say', async () => {
    const client = await start({
      files: {
        'a.sql': `${trustworthy}EXEC sp_configure 'clr enabled', 1;\nRECONFIGURE;`,
        'sqlclr-lint.json': '{ "target": "sql-server-2016", "rules": { "trustworthy-*": "error" } } // ours',
      },
      settings: { target: 'sql-server-2019', rules: { 'trustworthy-database': 'off', 'clr-enabled': 'warning' } },
    });
    assert.deepEqual(told(await client.pull(`${folder}/a.sql`)), ['1 trustworthy-database', '2 clr-enabled']);
    const status = client.statuses.at(-1);
    assert.deepEqual([status?.target, status?.targetFrom], ['SQL Server 2016', configuration]);
  });

  test('is followed when it comes, changes and goes', async () => {
    const files: Record<string, string> = { 'a.sql': trustworthy };
    const client = await start({ files });
    const uri = `${folder}/a.sql`;
    const seen: (readonly string[])[] = [told(await client.pull(uri))];
    for (const text of ['{ "rules": { "*": "off" } }', '{ "rules": { "*": "upgrade" } }', undefined]) {
      if (text === undefined) delete files['sqlclr-lint.json'];
      else files['sqlclr-lint.json'] = text;
      await changed(client, configuration);
      seen.push(told(await client.pull(uri)));
    }
    assert.deepEqual(seen, [['2 trustworthy-database'], [], ['1 trustworthy-database'], ['2 trustworthy-database']]);
  });

  test('is told where it is wrong, and what it said before holds', async () => {
    const files: Record<string, string> = { 'a.sql': trustworthy, 'sqlclr-lint.json': '{ "rules": { "*": "hint" } }' };
    const client = await start({ files });
    files['sqlclr-lint.json'] = '\ufeff{\n  "rules": { "*": "loud" }\n}';
    await changed(client, configuration);
    assert.deepEqual(told(await client.pull(`${folder}/a.sql`)), ['4 trustworthy-database']);
    const [wrong] = client.published.get(configuration) ?? [];
    assert.deepEqual([wrong?.severity, wrong?.source], [1, 'sqlclr']);
    assert.deepEqual(places(client.published.get(configuration)), ['1:18-1:24']);
    assert.deepEqual(client.statuses.at(-1)?.problems, [
      { message: 'sqlclr-lint.json has a mistake', uri: configuration },
    ]);
    files['sqlclr-lint.json'] = '{ "rules": {} }';
    await changed(client, configuration);
    assert.deepEqual(client.published.get(configuration), []);
    assert.deepEqual(client.statuses.at(-1)?.problems, []);
  });

  test('what it extends is followed, whatever its name', async () => {
    const files: Record<string, string> = {
      'a.sql': trustworthy,
      'sqlclr-lint.json': '{ "extends": "./team[1].json" }',
      'team[1].json': '{ "rules": { "*": "off" } }',
    };
    const capabilities = {
      ...pulling,
      workspace: { ...pulling.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
    };
    const client = await start({ files, capabilities });
    const patterns = client.registered.flatMap(
      ({ registerOptions }) =>
        (registerOptions as { watchers?: { globPattern: string }[] } | undefined)?.watchers?.map(
          ({ globPattern }) => globPattern,
        ) ?? [],
    );
    assert.deepEqual(patterns.slice(-3), ['**/.gitignore', '**/sqlclr-lint.json', '**/team?1?.json']);
    assert.deepEqual(await client.pull(`${folder}/a.sql`), []);
    files['team[1].json'] = '{ "rules": { "*": "error" } }';
    await changed(client, `${folder}/team%5B1%5D.json`);
    assert.deepEqual(told(await client.pull(`${folder}/a.sql`)), ['1 trustworthy-database']);
  });

  test('files that it ignores are neither read nor reported, open or not', async () => {
    const files: Record<string, string> = {
      'old/a.sql': trustworthy,
      'new/b.sql': trustworthy,
      'sqlclr-lint.json': '{ "ignore": ["old/"] }',
    };
    const client = await start({ files });
    assert.equal(client.statuses.at(-1)?.scripts, 1);
    const uri = client.open('old/a.sql', trustworthy);
    assert.deepEqual(await client.pull(uri), []);
    files['sqlclr-lint.json'] = '{}';
    await changed(client, configuration);
    assert.equal((await client.pull(uri)).length, 1);
    files['sqlclr-lint.json'] = '{ "ignore": ["*.sql"] }';
    await changed(client, configuration);
    assert.deepEqual(await client.pull(uri), []);
  });

  test('a comment silences until the day it names', async () => {
    const until = (day: string): string => `-- sqlclr-disable-next-line until ${day}\n${trustworthy}`;
    const client = await start({ files: { 'a.sql': until('2020-01-01'), 'b.sql': until('9999-12-31') } });
    assert.deepEqual(told(await client.pull(`${folder}/a.sql`)), ['4 unused-suppression', '2 trustworthy-database']);
    assert.deepEqual(await client.pull(`${folder}/b.sql`), []);
  });

  test('a file that no comment may silence says so', async () => {
    const client = await start({
      files: { 'a.sql': `/* sqlclr-disable */\n${trustworthy}`, 'sqlclr-lint.json': '{ "extends": "audit" }' },
    });
    assert.deepEqual(told(await client.pull(`${folder}/a.sql`)), ['2 trustworthy-database']);
  });

  test('a script is decoded by the code page that it names', async () => {
    const text = "EXEC sp_add_trusted_assembly 0x00, N'ä'; ALTER DATABASE [Löhne] SET TRUSTWORTHY ON;";
    const bytes = Uint8Array.from([...text].map((letter) => ({ ä: 0x84, ö: 0x94 })[letter] ?? letter.charCodeAt(0)));
    const client = await Client.start({
      files: { 'a.sql': bytes, 'sqlclr-lint.json': '{ "codePage": "ibm866" }' },
      workspace: new Workspace(nodePlatform),
    });
    started.push(client);
    const messages = (await client.pull(`${folder}/a.sql`)).map(({ message }) => message).join();
    assert.match(messages, /LФhne/);
  });
});

suite('a rule is allowed in the workspace', () => {
  async function allowed(text: string, typed?: string): Promise<string> {
    const files: Record<string, string> = { 'a.sql': trustworthy, 'sqlclr-lint.json': text };
    const client = await start({ files, initializationOptions: { silencesRules: true, showsStatus: true } });
    const uri = client.open('a.sql', trustworthy);
    if (typed !== undefined) client.open('sqlclr-lint.json', typed);
    const [{ range } = { range: undefined }] = await client.pull(uri);
    const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', params);
    const action = actions.find(({ title }) => title === 'Allow trustworthy-database in this workspace');
    const [{ textDocument, edits }] = action?.edit?.documentChanges as [TextDocumentEdit];
    assert.deepEqual(textDocument, { uri: configuration, version: typed === undefined ? null : 1 });
    const document = TextDocument.create(configuration, 'jsonc', 1, typed ?? text);
    const after = TextDocument.applyEdits(document, edits as TextEdit[]);
    files['sqlclr-lint.json'] = after;
    await changed(client, configuration);
    assert.deepEqual(await client.pull(uri), []);
    return after;
  }

  test('by a line more in sqlclr-lint.json, laid out as it is', async () => {
    const after = await allowed('{\n    // ours\n    "rules": {\n        "*": "error"\n    }\n}\n');
    assert.equal(
      after,
      '{\n    // ours\n    "rules": {\n        "*": "error",\n        "trustworthy-database": "off"\n    }\n}\n',
    );
  });

  test('by its first rule', async () => {
    assert.equal(await allowed('{}'), '{\n  "rules": {\n    "trustworthy-database": "off"\n  }\n}');
  });

  test('as it is being typed', async () => {
    const after = await allowed('{ "rules": { "*": "hint" } }', '{ "rules": { "*": "error", "weak-tls": "off" } }');
    assert.deepEqual(JSON.parse(after), { rules: { '*': 'error', 'weak-tls': 'off', 'trustworthy-database': 'off' } });
  });
});

suite('several folders', () => {
  const other = 'file:///other';

  async function both(files: Record<string, string>, folderSettings: Client['folderSettings'] = {}): Promise<Client> {
    const client = await start({
      files,
      workspaceFolders: [folder, other],
      settings: { rules: { '*': 'downgrade' } },
      folderSettings,
    });
    return client;
  }

  test('each has its own sqlclr-lint.json, and one for the target decides: the first', async () => {
    const client = await both({
      'a.sql': trustworthy,
      [`${other}/b.sql`]: trustworthy,
      'sqlclr-lint.json': '{ "rules": { "*": "error" } }',
      [`${other}/sqlclr-lint.json`]: '{ "target": "sql-server-2017", "rules": { "*": "off" } }',
    });
    assert.deepEqual(told(await client.pull(`${folder}/a.sql`)), ['1 trustworthy-database']);
    assert.deepEqual(await client.pull(`${other}/b.sql`), []);
    assert.equal(client.statuses.at(-1)?.targetFrom, `${other}/sqlclr-lint.json`);
  });

  test('each has rules of its own in the editor, in place of the window’s', async () => {
    const client = await both(
      { 'a.sql': trustworthy, [`${other}/b.sql`]: trustworthy },
      { [folder]: { rules: { '*': 'downgrade' } }, [other]: { rules: { '*': 'error' } } },
    );
    const outside = client.open('../elsewhere.sql', trustworthy);
    const severities = [];
    for (const uri of [`${folder}/a.sql`, `${other}/b.sql`, outside])
      severities.push(...(await client.pull(uri)).map(({ severity }) => severity));
    assert.deepEqual(severities, [3, 1, 3]);
  });
});
