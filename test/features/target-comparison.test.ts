// What comes and what goes on another server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareTargets, comparisonText } from '../../server/analysis/features/target-comparison.js';
import { Workspace, type Settings } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const uri = 'file:///a.sql';
const script = "CREATE ASSEMBLY Tools FROM 'C:\\t\\Tools.dll' WITH PERMISSION_SET = UNSAFE;\n";

function compared(from: Settings['target'], to: Settings['target']) {
  const workspace = new Workspace(nodePlatform, { target: from, rules: {} });
  workspace.set(uri, script);
  const other = workspace.copy();
  other.configure({ ...workspace.settings, target: to });
  return compareTargets(from, workspace.findings(uri), to, other.findings(uri));
}

test('what breaks comes first', () => {
  const comparison = compared('sql-server-2022', 'azure-sql-database');
  assert.ok(comparison.comes.some(({ rule, severity }) => rule === 'unsupported-target' && severity === 'error'));
  const text = comparisonText(comparison, ({ uri: of }) => of.slice(8));
  assert.match(text, /^# From sql\\-server\\-2022 to azure\\-sql\\-database\n\n## What breaks\n\n- error a\.sql: /);
});

test('what comes on the way there goes on the way back', () => {
  const [there, back] = [
    compared('sql-server-2016', 'sql-server-2022'),
    compared('sql-server-2022', 'sql-server-2016'),
  ];
  assert.deepEqual(there.comes, back.goes);
  assert.deepEqual(there.goes, back.comes);
});

test('between equals there is nothing to tell', () => {
  const text = comparisonText(compared('sql-server-2022', 'sql-server-2022'), () => '');
  assert.match(text, /The same is found on both/);
});

test('the workspace that was copied stays on its target', () => {
  const workspace = new Workspace(nodePlatform, { target: 'sql-server-2022', rules: {} });
  workspace.set(uri, script);
  const before = workspace.findings(uri);
  const other = workspace.copy();
  other.configure({ target: 'azure-sql-database', rules: {} });
  other.set(uri, 'SELECT 1;');
  other.findings(uri);
  assert.equal(workspace.textOf(uri), script);
  assert.deepEqual(workspace.findings(uri), before);
});
