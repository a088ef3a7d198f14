// The entries as they ship: a process over each of its channels, and a worker that has only what a browser has.
import assert from 'node:assert/strict';
import { execFileSync, fork, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { linksRequest, listFilesRequest, readFileRequest, type LinksPage } from '../../server/protocol.js';

const folder = mkdtempSync(join(tmpdir(), 'hosts-'));
/** Where the editor says that the build lies. */
const build = 'https://editor/dist/';
const trustworthy = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;';

before(() => {
  execFileSync(process.execPath, ['esbuild.mjs', '--production', `--outdir=${folder}`], { stdio: 'inherit' });
});
after(() => rmSync(folder, { recursive: true }));

/** From the first message to the first answer about a document. */
async function speak(connection: MessageConnection, workspace: string): Promise<unknown> {
  connection.listen();
  const capabilities = { textDocument: { diagnostic: {} } };
  const workspaceFolders = [{ uri: workspace, name: 'workspace' }];
  const initializationOptions = { buildFolder: build };
  const params = { processId: null, rootUri: null, workspaceFolders, capabilities, initializationOptions };
  await connection.sendRequest('initialize', params);
  await connection.sendNotification('initialized', {});
  const uri = `${workspace}/a.sql`;
  const textDocument = { uri, languageId: 'sql', version: 1, text: trustworthy };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  const pulled = { textDocument: { uri } };
  const { kind } = await connection.sendRequest<{ kind: string }>('textDocument/diagnostic', pulled);
  return kind;
}

/** What is found of values followed through an assembly. */
async function injections(connection: MessageConnection, workspace: string): Promise<readonly string[]> {
  const bytes = readFileSync(
    'test/assemblies/rules/sql-injection/quotes-doubled-and-none-around-it/Numbers.dll',
  ).toString('hex');
  const uri = `${workspace}/numbers.sql`;
  const text = `CREATE ASSEMBLY Numbers FROM 0x${bytes} WITH PERMISSION_SET = SAFE;`;
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'sql', version: 1, text },
  });
  const { items } = await connection.sendRequest<{ items: readonly { code: string }[] }>('textDocument/diagnostic', {
    textDocument: { uri },
  });
  return items.map(({ code }) => code).filter((code) => code.endsWith('-injection'));
}

async function linksOf(connection: MessageConnection): Promise<string> {
  return (await connection.sendRequest<LinksPage>(linksRequest, { nonce: '0'.repeat(32) })).html;
}

/** What every host loads when it is needed. */
const onDemand = [
  'core.js',
  'code.js',
  'csharp.js',
  'packages.js',
  'links.js',
  'advice.js',
  'configurations.js',
  'dacpac.js',
  'rule-pages.js',
];

/** What each host loads before it answers anything. */
const atStart = [
  // What is loaded on demand has come into it where this fails.
  { files: ['core.js'], limit: 280_000 },
  { files: ['cli.cjs'], limit: 120_000 },
  { files: ['cli-thread.cjs'], limit: 10_000 },
  { files: ['server/node.cjs', 'core.js'], limit: 600_000 },
  { files: ['server/browser.js', 'core.js'], limit: 600_000 },
  { files: ['cli.cjs', 'core.js'], limit: 600_000 },
  { files: ['client/node.cjs'], limit: 450_000 },
  { files: ['client/browser.js'], limit: 450_000 },
];
for (const { files, limit } of atStart) {
  test(`${files.join(' and ')} have at most ${limit / 1000} KB`, () => {
    const size = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    assert.ok(size <= limit, `${size} bytes`);
  });
}

test('the command line runs as npm installs it, by a link, in a folder with a space in its name, with its threads', (context) => {
  const installed = mkdtempSync(join(tmpdir(), 'with space '));
  context.after(() => rmSync(installed, { recursive: true }));
  cpSync(folder, join(installed, 'dist'), { recursive: true });
  writeFileSync(join(installed, 'large.sql'), `${'-- Much of it.\n'.repeat(80_000)}${trustworthy}\n`);
  chmodSync(join(installed, 'dist/cli.cjs'), 0o755);
  symlinkSync('dist/cli.cjs', join(installed, 'sqlclr-lint'));
  const told = (...args: readonly string[]): string =>
    execFileSync('./sqlclr-lint', ['large.sql', '--fail-on', 'never', ...args], { cwd: installed, encoding: 'utf8' });
  writeFileSync(join(installed, 'package.json'), '{}');
  const one = told();
  assert.match(one, /^large\.sql:80001:\d+ warning .*trustworthy-database/);
  assert.equal(told('--threads', '2'), one);
});

test('what a browser loads asks for nothing of Node.js', () => {
  for (const name of ['server/browser.js', 'client/browser.js', ...onDemand]) {
    const text = readFileSync(join(folder, name), 'utf8');
    const asked = [...text.matchAll(/\brequire\((["'`])([^"'`]*)\1\)/g)].map(([, , module]) => module);
    // A script for every host asks its neighbour where it is a module, and the client asks the editor.
    assert.deepEqual(
      asked.filter((module) => module !== 'vscode' && module !== './core.js'),
      [],
      name,
    );
  }
});

suite('process', () => {
  const server = join(folder, 'server/node.cjs');

  test('over its parent’s channel, until it is told to go', async () => {
    const child = fork(server, ['--node-ipc']);
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    assert.equal(await speak(connection, 'file:///nowhere'), 'full');
    const exited = new Promise((resolve) => child.once('exit', resolve));
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await exited, 0);
  });

  test('what looks into code is loaded when there is code, and the link graph when it is asked for', async () => {
    const child = fork(server, ['--node-ipc']);
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    await speak(connection, 'file:///nowhere');
    assert.deepEqual(await injections(connection, 'file:///nowhere'), ['sql-injection']);
    assert.match(await linksOf(connection), /numbers\.sql:1/);
    connection.dispose();
    child.kill();
  });

  test('over standard streams', async () => {
    const child = spawn(process.execPath, [server, '--stdio']);
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    assert.equal(await speak(connection, 'file:///nowhere'), 'full');
    const exited = new Promise((resolve) => child.once('exit', resolve));
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await exited, 0);
  });
});

test('a worker reads the workspace through the editor', async () => {
  const { port1, port2 } = new MessageChannel();
  const browser = {
    self: port1,
    TextDecoder,
    TextEncoder,
    URL,
    atob,
    btoa,
    console,
    performance,
    setTimeout,
    clearTimeout,
    queueMicrotask,
  };
  const scope = createContext(browser);
  Object.assign(port1, {
    importScripts: (url: string) => {
      runInContext(readFileSync(join(folder, url.replace(build, '')), 'utf8'), scope);
      // What a script leaves behind is a property of the worker itself.
      const left = runInContext("Object.entries(globalThis).filter(([name]) => name.startsWith('sqlclr'))", scope);
      Object.assign(port1, Object.fromEntries(left));
    },
  });
  runInContext(readFileSync(join(folder, 'server/browser.js'), 'utf8'), scope);

  const connection = createMessageConnection(
    { listen: (callback) => ((port2.onmessage = ({ data }) => callback(data)), { dispose() {} }), ...silent() },
    { write: (message) => Promise.resolve(port2.postMessage(message)), end() {}, ...silent() },
  );
  port1.start();
  const asked: string[] = [];
  const workspace = 'vscode-vfs://github/owner/name';
  connection.onRequest(listFilesRequest, () => [`${workspace}/b.sql`, `${workspace}/bin/c.sql`, 'file:///etc/d.sql']);
  // No UTF-8: the decoder's error is of another realm than the worker, and is not to keep the file from being read.
  const inCodePage = `-- \xe9\n${trustworthy}`;
  connection.onRequest(readFileRequest, ({ uri }: { uri: string }) => {
    asked.push(uri);
    return btoa(uri.endsWith('.json') ? '{ "rules": { "*": "default" } }' : inCodePage);
  });
  assert.equal(await speak(connection, workspace), 'full');
  const configuration = `${workspace}/sqlclr-lint.json`;
  // Looked for, then read by what was loaded for it.
  assert.deepEqual(asked, [configuration, configuration, `${workspace}/b.sql`]);
  const { items } = await connection.sendRequest<{ items: readonly { range: { start: unknown } }[] }>(
    'textDocument/diagnostic',
    { textDocument: { uri: `${workspace}/b.sql` } },
  );
  assert.deepEqual(
    items.map(({ range: { start } }) => start),
    [{ line: 1, character: trustworthy.indexOf('TRUSTWORTHY') }],
  );
  assert.deepEqual(await injections(connection, workspace), ['sql-injection']);
  assert.match(await linksOf(connection), /numbers\.sql:1/);
  connection.dispose();
  port1.close();
});

function silent(): { onError: () => Closed; onClose: () => Closed; onPartialMessage: () => Closed; dispose(): void } {
  const none = (): Closed => ({ dispose() {} });
  return { onError: none, onClose: none, onPartialMessage: none, dispose() {} };
}

interface Closed {
  dispose(): void;
}
