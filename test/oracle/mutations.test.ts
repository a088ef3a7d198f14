// Assemblies of mono, larger than those beside the tests, with bytes changed: all is read or told to be bad, soon.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';
import { mutationsOf } from '../support/mutations.js';
import { readWhole } from '../support/read-whole.js';

for (const name of ['System.Data', 'System.Transactions', 'System.Xml.Linq', 'Mono.Security', 'System.Core'])
  test(`${name}, mutated`, () => {
    const bytes = readFileSync(`/usr/lib/mono/4.5/${name}.dll`);
    for (const mutated of mutationsOf(bytes, 1, bytes.length > 1_000_000 ? 25 : 100)) {
      const start = performance.now();
      const { image, errors } = readAssembly(mutated, nodePlatform);
      assert.ok(image || errors.length > 0);
      if (image) readWhole(image.code);
      assert.ok(performance.now() - start < 20_000);
    }
  });
