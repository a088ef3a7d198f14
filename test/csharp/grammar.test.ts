// How hosts come by the grammar of C#, and when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrammarOnDemand } from '../../server/grammar.js';
import { diskGrammar } from '../../server/grammar-node.js';

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
  assert.match(said[0] ?? '', /^C# is not read: .*web-tree-sitter\.wasm/);
});
