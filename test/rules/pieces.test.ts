// The work of finding in pieces: what one workspace has found, another with the same files takes for its own, until a file changes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Finding } from '../../server/analysis/rules/rule.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';

const scripts = readdirSync('docs/sample').filter((name) => name.endsWith('.sql'));

function sample(): Workspace {
  const workspace = new Workspace(nodePlatform);
  for (const name of scripts) workspace.set(name, readFileSync(`docs/sample/${name}`, 'utf8'));
  return workspace;
}

function all(workspace: Workspace): readonly Finding[] {
  return workspace.uris().flatMap((uri) => workspace.findings(uri));
}

test('what was found elsewhere and came as a message is what is told', () => {
  const expected = all(sample());
  const workspace = sample();
  const elsewhere = [...sample().pieces()].map((piece) => structuredClone(piece.find()));
  assert.ok(elsewhere.length > scripts.length, 'assemblies and scripts');
  for (const [index, piece] of [...workspace.pieces()].entries()) {
    const found = elsewhere[index];
    assert.ok(found);
    piece.take(found);
  }
  assert.deepEqual(all(workspace), expected);
});

test('what is taken is not looked for again, and holds for the files as they are', () => {
  const workspace = sample();
  const [first] = all(workspace);
  assert.ok(first);
  const other: Finding = { ...first, message: 'Found elsewhere', fixes: [] };
  const isTold = (): boolean => all(workspace).some(({ message }) => message === other.message);
  const expected = all(workspace);
  const last = workspace.uris().at(-1) ?? '';
  const text = workspace.textOf(last);
  // Of the first assembly, and of the last script.
  for (const index of [0, -1]) {
    workspace.set(last, `${text}-- `);
    const found = [other];
    [...workspace.pieces()].at(index)?.take(index === 0 ? [found, []] : [[], found]);
    assert.ok(isTold());
    workspace.set(last, text);
    assert.ok(!isTold());
    assert.deepEqual(all(workspace), expected);
  }
});
