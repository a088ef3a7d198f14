// Whatever becomes of an assembly's bytes, all of it is read or told to be bad, soon.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspectImage } from '../../server/analysis/metadata/inspect.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';
import { mutationsOf } from '../support/mutations.js';
import { readWhole } from '../support/read-whole.js';
import { sampleAssembly } from '../support/sample-assembly.js';

const folder = 'test/assemblies';
const samples: readonly (readonly [string, Uint8Array])[] = [
  ['docs/sample', sampleAssembly()],
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.dll'))
    .map((name) => [name, readFileSync(`${folder}/${name}`)] as const),
];

for (const [name, bytes] of samples) {
  test(`${name}, mutated`, () => {
    let read = 0;
    for (const mutated of mutationsOf(bytes, 1, 600)) {
      const start = performance.now();
      const { image, errors } = readAssembly(mutated, nodePlatform);
      assert.ok(image || errors.length > 0);
      if (image) {
        read++;
        inspectImage(image);
        readWhole(image);
      }
      assert.ok(performance.now() - start < 5000);
    }
    assert.ok(read > 100, 'most are still images');
  });
}
