// The entries as they ship: a process over each of its channels, and a worker that has only what a browser has.
import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { listFilesRequest, readFileRequest } from '../../server/protocol.js';

const folder = mkdtempSync(join(tmpdir(), 'hosts-'));
const trustworthy = 'ALTER DATABASE Payroll SET TRUSTWORTHY ON;';

before(async () => {
  const options = { bundle: true, target: 'es2022', outdir: folder, logLevel: 'warning' } as const;
  await build({
    ...options,
    entryPoints: ['server/node.ts'],
    platform: 'node',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
  await build({
    ...options,
    entryPoints: ['server/browser.ts'],
    platform: 'browser',
    format: 'iife',
    conditions: ['browser'],
    mainFields: ['browser', 'module', 'main'],
  });
});
after(() => rmSync(folder, { recursive: true }));

/** From the first message to the first answer about a document. */
async function speak(connection: MessageConnection, workspace: string): Promise<unknown> {
  connection.listen();
  const capabilities = { textDocument: { diagnostic: {} } };
  const workspaceFolders = [{ uri: workspace, name: 'workspace' }];
  await connection.sendRequest('initialize', { processId: null, rootUri: null, workspaceFolders, capabilities });
  await connection.sendNotification('initialized', {});
  const uri = `${workspace}/a.sql`;
  const textDocument = { uri, languageId: 'sql', version: 1, text: trustworthy };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  const params = { textDocument: { uri } };
  const { kind } = await connection.sendRequest<{ kind: string }>('textDocument/diagnostic', params);
  return kind;
}

suite('process', () => {
  const server = join(folder, 'node.cjs');

  test('over its parent’s channel, until it is told to go', async () => {
    const child = fork(server, ['--node-ipc']);
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    assert.equal(await speak(connection, 'file:///nowhere'), 'full');
    const exited = new Promise((resolve) => child.once('exit', resolve));
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await exited, 0);
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
  runInNewContext(readFileSync(join(folder, 'browser.js'), 'utf8'), browser);

  const connection = createMessageConnection(
    { listen: (callback) => ((port2.onmessage = ({ data }) => callback(data)), { dispose() {} }), ...silent() },
    { write: (message) => Promise.resolve(port2.postMessage(message)), end() {}, ...silent() },
  );
  port1.start();
  const asked: string[] = [];
  const workspace = 'vscode-vfs://github/owner/name';
  connection.onRequest(listFilesRequest, () => [`${workspace}/b.sql`, `${workspace}/bin/c.sql`, 'file:///etc/d.sql']);
  connection.onRequest(readFileRequest, ({ uri }: { uri: string }) => {
    asked.push(uri);
    return btoa('SELECT 1;');
  });
  assert.equal(await speak(connection, workspace), 'full');
  assert.deepEqual(asked, [`${workspace}/b.sql`]);
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
