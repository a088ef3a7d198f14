// A file's bytes that several scripts create an assembly of: what is said of them is said once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sampleAssembly } from '../support/sample-assembly.js';

test('one finding for a file that two scripts create', () => {
  const workspace = new Workspace(nodePlatform);
  const create =
    "CREATE ASSEMBLY [Payroll.Calculation] FROM 'C:\\build\\Payroll.Calculation.dll' WITH PERMISSION_SET = SAFE;";
  workspace.set('file:///a/first.sql', create);
  workspace.set('file:///a/second.sql', create);
  workspace.set('file:///a/Payroll.Calculation.dll', sampleAssembly());
  const messages = workspace.findings('file:///a/Payroll.Calculation.dll').map(({ message }) => message);
  assert.ok(
    messages.some((message) => message.includes('Payroll.Salary::lastRate')),
    messages.join('\n'),
  );
  assert.deepEqual(messages, [...new Set(messages)]);
});
