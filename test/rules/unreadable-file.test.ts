// Sources that are not read are told where they stand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { sourceUri, unsafeWorkspace } from '../support/source-workspace.js';

const language = await diskGrammar('dist-test');
const source = 'using Microsoft.SqlServer.Server; public class A { [SqlProcedure] public static void B() { } }';

function findingsOf(text: string): readonly string[] {
  const found = unsafeWorkspace(language, text).findings(sourceUri('a'));
  return found.filter(({ rule }) => rule === 'unreadable-file').map(({ message }) => message);
}

test('a source is told that is too large, and one that is not is not', () => {
  assert.deepEqual(findingsOf(source), []);
  assert.deepEqual(findingsOf(`${source} // ${'x'.repeat(8 << 20)}`), ['The source is too large to be read']);
});
