// Images that no statement holds: found wherever they stand, however long they are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform-node.js';

function lengthsIn(text: string): readonly number[] {
  const workspace = new Workspace(nodePlatform);
  workspace.set('a.sql', text);
  return workspace.inspect('a.sql').map(({ byteLength }) => byteLength);
}

const head = `4D5A${'00'.repeat(40)}`;

test('an image in a comment, over lines, and in pieces', () => {
  assert.deepEqual(lengthsIn(`-- 0x${head}`), [42]);
  assert.deepEqual(lengthsIn(`/* 0x${head}\\\r\n0102\\\n03 */`), [45]);
  assert.deepEqual(lengthsIn(`/* 0x${head}\n + 0x0102 + 0x03 */`), [45]);
});

test('an image of many megabytes', () => {
  const digits = head + '00'.repeat(6_000_000);
  assert.deepEqual(lengthsIn(`/* 0x${digits} */`), [digits.length / 2]);
});
