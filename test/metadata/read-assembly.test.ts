// The reader on a real assembly, and on what damage makes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inspectImage } from '../../server/analysis/metadata/inspect.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const bytes = sampleAssembly();

test('what the sample is made of', () => {
  const { image, errors } = readAssembly(bytes, nodePlatform);
  assert.deepEqual(errors, []);
  assert.ok(image);
  const { tables, module, ...rest } = inspectImage(image);
  assert.equal(tables['Module'], 1);
  assert.match(module.mvid, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  assert.equal(rest.runtime, 'v4.0.30319');
  assert.ok(
    rest.references.some(
      (reference) => reference.name === 'mscorlib' && reference.publicKeyToken === 'b77a5c561934e089',
    ),
  );
  assert.ok(
    rest.pinvokes.length > 0 &&
      rest.mutableStaticFields.length > 0 &&
      rest.finalizers.length > 0 &&
      rest.attributes.length > 0,
  );
});

test('cut at any length it is an error and nothing worse', () => {
  for (let length = 0; length < bytes.length; length += length < 1024 ? 1 : 7) {
    const { image, errors } = readAssembly(bytes.subarray(0, length), nodePlatform);
    assert.ok(image || errors.length > 0);
  }
});

test('with any byte flipped it is read or refused', () => {
  for (let at = 0; at < bytes.length; at++) {
    const damaged = bytes.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 0xff;
    readAssembly(damaged, nodePlatform);
  }
});

test('random bytes behind a right beginning are read or refused', () => {
  fc.assert(
    fc.property(fc.nat(bytes.length), fc.uint8Array({ maxLength: 64 }), (at, patch) => {
      const damaged = bytes.slice();
      damaged.set(patch.subarray(0, bytes.length - at), at);
      readAssembly(damaged, nodePlatform);
    }),
    { numRuns: 500 },
  );
});
