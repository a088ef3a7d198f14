// What is kept between edits keeps no project from before: memory does not grow with the number of edits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sampleAssembly } from '../support/sample-assembly.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('After edits of many scripts, projects from before are gone', async () => {
  const workspace = new Workspace(nodePlatform);
  const assembly = `CREATE ASSEMBLY Payroll FROM 0x${Buffer.from(sampleAssembly()).toString('hex')} WITH PERMISSION_SET = SAFE;\nGO\n`;
  const script = (index: number, edit: number): string =>
    `CREATE FUNCTION dbo.F${index} (@a int) RETURNS int AS EXTERNAL NAME Payroll.[Acme.Payroll].NetPay;\nGO\n` +
    `SELECT dbo.F${index}(${edit});\n`;
  workspace.set('file:///assembly.sql', assembly);
  const uris = Array.from({ length: 20 }, (_, index) => `file:///${index}.sql`);
  uris.forEach((uri, index) => workspace.set(uri, script(index, 0)));
  for (const uri of uris) workspace.findings(uri);
  const before: WeakRef<object>[] = [];
  for (const [index, uri] of uris.entries()) {
    before.push(new WeakRef(workspace.project()));
    workspace.set(uri, script(index, index + 1));
    workspace.findings(uri);
  }
  // What a WeakRef was made of stays until the turn ends.
  await new Promise(setImmediate);
  collect();
  const left = before.filter((project) => project.deref()).length;
  assert.ok(left <= 2, `${left} of ${before.length} are left`);
});
