// Whether the server finds the same in a process and in a worker, over whole folders: `npm run compare -- FOLDER…` after a build.
// Diagnostics of every file, and hovers over all of each script and source in steps; what differs is printed, and the code is 1.
import { fork } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';

/** In UTF-16 units between two hovers, and how many of them a file has at most. */
const step = 61;
const most = 400;
const build = 'https://editor/dist/';
const parts = ['predeploy.sql', 'model.sql', 'postdeploy.sql'];
const isPackage = (uri) => /\.(?:dacpac|bacpac)$/i.test(uri);
/** As a client knows what is in a package. */
const packagedUri = (uri) => uri.replace(/^file:\/\//, 'sqlclr-package://file');

let differences = 0;
for (const folder of process.argv.slice(2)) {
  const root = pathToFileURL(resolve(folder)).href;
  const [own, other] = [await answersOf(inProcess(), root), await answersOf(inWorker(root), root)];
  const differing = [...new Set([...own.keys(), ...other.keys()])].filter((key) => own.get(key) !== other.get(key));
  const count = (kind) => [...own.keys()].filter((key) => key.startsWith(kind)).length;
  const found = [...own].reduce(
    (sum, [key, value]) => sum + (key.startsWith('diagnostics') ? JSON.parse(value).length : 0),
    0,
  );
  console.log(
    `${folder}: ${found} findings in ${count('diagnostics')} files, ${count('hover')} hovers, ${differing.length} differ`,
  );
  for (const key of differing.slice(0, 5))
    console.log(`  ${key}\n    process ${own.get(key)}\n    worker  ${other.get(key)}`);
  differences += differing.length;
}
process.exit(differences > 0 ? 1 : 0);

/** By what was asked. */
async function answersOf({ connection, stop }, root) {
  for (const method of ['workspace/diagnostic/refresh', 'client/registerCapability', 'workspace/codeLens/refresh'])
    connection.onRequest(method, () => null);
  connection.listen();
  const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
  let refreshed = Date.now();
  connection.onRequest('workspace/diagnostic/refresh', () => ((refreshed = Date.now()), null));
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'compared' }],
    capabilities,
    initializationOptions: { buildFolder: build },
  });
  await connection.sendNotification('initialized', {});
  const first = `${root}/nothing.sql`;
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: first, languageId: 'sql', version: 1, text: '' },
  });
  await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: first } });
  // C# is read when what reads it is there, which is told by another refresh.
  while (Date.now() - refreshed < 3_000) await new Promise((resolve) => setTimeout(resolve, 200));
  const answers = new Map();
  for (const uri of textsOf(root)) {
    const { items } = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    answers.set(`diagnostics ${uri}`, JSON.stringify(items));
    if (!/\.(?:sql|cs)$/i.test(uri) || !uri.startsWith('file:')) continue;
    const lines = readFileSync(fileURLToPath(uri), 'utf8').split('\n');
    let hovers = 0;
    for (let line = 0; line < lines.length && hovers < most; line++)
      for (
        let character = line % 7;
        character < Math.min(lines[line].length, 2_000) && hovers < most;
        character += step, hovers++
      ) {
        const hover = await connection.sendRequest('textDocument/hover', {
          textDocument: { uri },
          position: { line, character },
        });
        if (hover) answers.set(`hover ${uri} ${line}:${character}`, JSON.stringify(hover));
      }
  }
  stop();
  return answers;
}

function textsOf(root) {
  return filesOf(root)
    .filter((uri) => !/\.(?:dll|exe|gitignore)$/i.test(uri))
    .flatMap((uri) => (isPackage(uri) ? parts.map((part) => packagedUri(`${uri}/${part}`)) : [uri]))
    .sort();
}

/** As a client lists them: the server leaves out what it does not look into. */
function filesOf(root) {
  const folder = fileURLToPath(root);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) =>
      /\.(?:sql|cs|dll|exe|sqlproj|csproj|props|targets|projitems|dacpac|bacpac|gitignore)$/i.test(name),
    )
    .filter((name) => !name.split('/').some((part) => ['.git', 'bin', 'obj', 'node_modules', '.vs'].includes(part)))
    .flatMap((name) => (statSync(join(folder, name)).isFile() ? [pathToFileURL(join(folder, name)).href] : []));
}

function inProcess() {
  const child = fork('dist/server/node.cjs', ['--node-ipc']);
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  return { connection, stop: () => child.kill() };
}

/** The bundle of the browser, with what a worker has and nothing of a process. */
function inWorker(root) {
  const { port1, port2 } = new MessageChannel();
  const bytesOf = (url) => readFileSync(join('dist', String(url).replace(build, '')));
  const fetch = async (url) => {
    const bytes = bytesOf(url);
    return { ok: true, arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) };
  };
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
    fetch,
  };
  const scope = createContext({ ...browser, WebAssembly });
  Object.assign(port1, {
    fetch,
    importScripts: (url) => {
      runInContext(bytesOf(url).toString('utf8'), scope);
      Object.assign(
        port1,
        Object.fromEntries(
          runInContext("Object.entries(globalThis).filter(([name]) => name.startsWith('sqlclr'))", scope),
        ),
      );
    },
  });
  runInContext(bytesOf('server/browser.js').toString('utf8'), scope);
  const none = () => ({ dispose() {} });
  const silent = { onError: none, onClose: none, onPartialMessage: none, dispose() {} };
  const connection = createMessageConnection(
    { listen: (callback) => ((port2.onmessage = ({ data }) => callback(data)), none()), ...silent },
    { write: async (message) => port2.postMessage(message), end() {}, ...silent },
  );
  port1.start();
  connection.onRequest('sqlclr/listFiles', ({ extensions, limit }) =>
    filesOf(root)
      .filter((uri) => extensions.includes(uri.slice(uri.lastIndexOf('.') + 1).toLowerCase()))
      .slice(0, limit),
  );
  connection.onRequest('sqlclr/readFile', ({ uri }) => readFileSync(fileURLToPath(uri)).toString('base64'));
  return { connection, stop: () => (connection.dispose(), port1.close()) };
}
