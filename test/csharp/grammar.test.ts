// How hosts come by the grammar of C#, and when.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { GrammarOnDemand } from '../../server/platform/grammar.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';

const speaking = 'using Microsoft.SqlServer.Server;';

test('a workspace without C# for SQL Server never loads the grammar, and one with it once', async () => {
  let loaded = 0;
  const grammar = new GrammarOnDemand(
    () => {
      loaded++;
      return diskGrammar('dist-test');
    },
    (message) => assert.fail(message),
  );
  assert.equal(await grammar.for('class A { void F() {} }'), undefined);
  assert.equal(loaded, 0);
  const [one, two] = await Promise.all([grammar.for(speaking), grammar.for(`${speaking}\n`)]);
  assert.ok(one && one === two);
  assert.equal(loaded, 1);
});

test('a grammar that cannot be loaded is said once, and sources go unread', async () => {
  const said: string[] = [];
  const grammar = new GrammarOnDemand(
    () => diskGrammar('nowhere'),
    (message) => said.push(message),
  );
  assert.equal(await grammar.for(speaking), undefined);
  assert.equal(await grammar.for(speaking), undefined);
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /^C# is not read: .*nowhere/);
});

test('bundled for a process, the grammar comes from the disk', async () => {
  const { countTypes } = createRequire(import.meta.url)(resolve('dist-test/grammar-node.cjs'));
  assert.equal(await countTypes('dist-test', 'class A { } struct B { }'), 2);
});

test('bundled for a worker, which has only what a browser has, the grammar is fetched', async () => {
  const fetched: string[] = [];
  const browser: Record<string, unknown> = {
    WorkerGlobalScope: Object,
    WebAssembly,
    TextDecoder,
    TextEncoder,
    URL,
    console,
    location: { href: 'https://editor/worker.js' },
    importScripts: (url: string) => {
      fetched.push(url);
      runInContext(readFileSync(url.replace('https://editor/', 'dist-test/'), 'utf8'), browser);
    },
    fetch: async (url: string) => {
      fetched.push(url);
      const bytes = readFileSync(url.replace('https://editor/', 'dist-test/'));
      return { ok: true, arrayBuffer: async () => new Uint8Array(bytes).buffer };
    },
  };
  browser['self'] = browser;
  createContext(browser);
  runInContext(readFileSync('dist-test/grammar-browser.js', 'utf8'), browser);
  const { countTypes } = browser;
  assert.ok(typeof countTypes === 'function');
  assert.equal(await countTypes('https://editor/', 'class A { } struct B { }'), 2);
  assert.deepEqual(
    fetched.sort(),
    ['csharp.js', 'framework-members.bin', 'tree-sitter-c_sharp.wasm', 'web-tree-sitter.wasm'].map(
      (name) => `https://editor/${name}`,
    ),
  );
});
