import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilerConstructs, findCompilerConstruct } from '../../server/analysis/knowledge/compiler-constructs.js';
import { findFrameworkType } from '../../server/analysis/knowledge/framework-types.js';

test('constructs are sorted, once each, and of types there are', () => {
  const types = compilerConstructs.map(({ type }) => type);
  assert.deepEqual(types, [...new Set(types)].sort());
  for (const type of types) assert.ok(findFrameworkType(type), type);
});

test('what lock and await become is known, and their neighbours are not', () => {
  assert.equal(findCompilerConstruct('System.Threading.Monitor', 'Exit')?.does, 'locks');
  assert.equal(findCompilerConstruct('System.Threading.Monitor', 'Wait'), undefined);
  assert.equal(findCompilerConstruct('System.Threading.Tasks.Task', 'GetAwaiter')?.does, 'awaits');
  assert.equal(findCompilerConstruct('System.Threading.Tasks.Task', 'Wait'), undefined);
});
