// A fix, applied and linted again: its finding goes, and none comes.
import assert from 'node:assert/strict';
import type { Edit, Finding } from '../../server/analysis/rules/rule.js';
import type { Workspace } from '../../server/analysis/workspace.js';

/** `workspaceOf` makes the same files anew; answers with the files the fix has changed. */
export function checkFix(
  workspaceOf: () => Workspace,
  finding: Finding,
  edits: readonly Edit[],
  mayBring: readonly string[] = [],
): ReadonlyMap<string, string> {
  const workspace = workspaceOf();
  const before = counts(workspace);
  const changed = new Map<string, string>();
  for (const uri of new Set(edits.map((edit) => edit.uri ?? finding.uri))) {
    const own = edits.filter((edit) => (edit.uri ?? finding.uri) === uri);
    changed.set(uri, withEdits(workspace.textOf(uri), own));
  }
  for (const [uri, text] of changed) workspace.set(uri, text);
  const after = counts(workspace);
  const key = `${finding.rule}: ${finding.message}`;
  assert.ok((after.get(key) ?? 0) < (before.get(key) ?? 0), `The fix removes ${key}`);
  for (const [other, count] of after)
    if (!mayBring.some((rule) => other.startsWith(`${rule}:`)))
      assert.ok(count <= (before.get(other) ?? 0), `The fix brings ${other}`);
  return changed;
}

export function withEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.at.start - a.at.start)
    .reduce((all, { at, text: put }) => all.slice(0, at.start) + put + all.slice(at.end), text);
}

/** By what they say. */
function counts(workspace: Workspace): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const uri of workspace.uris()) {
    for (const { rule, message } of workspace.findings(uri))
      found.set(`${rule}: ${message}`, (found.get(`${rule}: ${message}`) ?? 0) + 1);
  }
  return found;
}
