// The certificate of an Authenticode signature, as osslsigncode made it: test/assemblies/Authenticode.dll and .cer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { signerCertificateOf } from '../../server/analysis/metadata/signed-data.js';
import { nodePlatform } from '../../server/platform/node.js';

const { image } = readAssembly(readFileSync('test/assemblies/Authenticode.dll'), nodePlatform);
const signature = image?.authenticode;
assert.ok(signature);

test('who signed it', () => {
  assert.deepEqual(Buffer.from(signerCertificateOf(signature) ?? []), readFileSync('test/assemblies/Authenticode.cer'));
});

test('any bytes are no reason to fail', () => {
  for (let length = 0; length < signature.length; length++) signerCertificateOf(signature.subarray(0, length));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      signerCertificateOf(bytes);
    }),
  );
  fc.assert(
    fc.property(fc.nat(signature.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
      const damaged = Uint8Array.from(signature);
      damaged[at] = value;
      const found = signerCertificateOf(damaged);
      assert.ok(found === undefined || found.length <= damaged.length);
    }),
  );
});
