// What is kept of an assembly does not grow with the edits of another that it refers to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AssemblyCode } from '../../server/analysis/code/model.js';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { CodeMemory } from '../../server/analysis/project/code-memory.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sampleAssembly } from '../support/sample-assembly.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('what was found with an assembly from before is gone', async () => {
  const memory = new CodeMemory(() => nodePlatform.code());
  const code = codeOfSample();
  const wanted = code.references[0]?.name ?? assert.fail('It refers to nothing');
  const before = Array.from({ length: 40 }, () => {
    const other = codeOfSample();
    const referenced = (one: AssemblyCode, name: string): AssemblyCode | undefined =>
      one === code && name === wanted ? other : undefined;
    return new WeakRef<object>(memory.requirements(code, [], referenced));
  });
  // What a WeakRef was made of stays until the turn ends.
  await new Promise(setImmediate);
  collect();
  const left = before.filter((found) => found.deref()).length;
  assert.ok(left <= 8, `${left} of ${before.length} are left`);
});

function codeOfSample(): AssemblyCode {
  return readAssembly(sampleAssembly(), nodePlatform).image?.code ?? assert.fail('The sample is no assembly');
}
