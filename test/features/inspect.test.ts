// Images that no statement holds are found wherever they stand, however long they are; what is told of each is bounded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectRequirements } from '../../server/analysis/features/proof.js';
import { inspections, Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

function lengthsIn(text: string): readonly number[] {
  const workspace = new Workspace(nodePlatform);
  workspace.set('a.sql', text);
  return inspections.inspect(workspace, 'a.sql').map(({ byteLength }) => byteLength);
}

const head = `4D5A${'00'.repeat(40)}`;

test('an image in a comment, over lines, and in pieces', () => {
  assert.deepEqual(lengthsIn(`-- 0x${head}`), [42]);
  assert.deepEqual(lengthsIn(`/* 0x${head}\\\r\n0102\\\n03 */`), [45]);
  assert.deepEqual(lengthsIn(`/* 0x${head}\n + 0x0102 + 0x03 */`), [45]);
});

test('an image of many megabytes', () => {
  const digits = head + '00'.repeat(6_000_000);
  assert.deepEqual(lengthsIn(`/* 0x${digits} */`), [digits.length / 2]);
});

test('a proof of hundreds of reasons is cut, and says so', () => {
  const place = { kind: 'image', token: 1 } as const;
  const reasons = Array.from({ length: 201 }, (_, index) => ({
    permissionSet: 'UNSAFE' as const,
    member: `Type::field${index}`,
    why: 'static field that is not readonly',
    checkedAt: 'create' as const,
    place,
    isCertain: true,
  }));
  const assumptions = Array.from({ length: 200 }, (_, index) => ({ kind: 'late' as const, text: String(index) }));
  const { proof, proofTotal, assumptionsTotal } = inspectRequirements({
    permissionSet: 'UNSAFE',
    reasons,
    assumptions,
  });
  assert.deepEqual([proof.length, proofTotal, assumptionsTotal], [200, 201, undefined]);
});
