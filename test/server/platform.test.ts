// Both hosts give the core the same bytes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserHashes } from '../../server/platform/browser.js';
import { nodePlatform } from '../../server/platform/node.js';

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index & 255);

test('hashes agree', () => {
  assert.deepEqual(browserHashes.sha1(bytes), nodePlatform.sha1(bytes));
  assert.deepEqual(browserHashes.sha512(bytes), nodePlatform.sha512(bytes));
  assert.equal(nodePlatform.sha512(bytes).length, 64);
});

for (const digits of ['', '4d5A', '4d5', '4d5g', '4dg5', 'g', '4D 5A', '0x4D', '00ffFF/:@G`g']) {
  test(`the bytes of ${JSON.stringify(digits)} agree`, () => {
    assert.deepEqual(browserHashes.bytesOfHex(digits), nodePlatform.bytesOfHex(digits));
  });
}

test('digits up to the first that is none', () => {
  assert.deepEqual([...nodePlatform.bytesOfHex('4d5a\\90')], [0x4d, 0x5a]);
});
