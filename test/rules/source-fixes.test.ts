// Fixes in C#: of every finding in the sources of the rules' pages each is applied, read again without an error, and linted again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskGrammar } from '../../server/grammar-node.js';
import { checkFix } from '../support/check-fix.js';
import type { Finding, Fix } from '../../server/analysis/rules/rule.js';
import { sourceSamples } from '../support/source-samples.js';
import { sourceWorkspace } from '../support/source-workspace.js';

/** How many, by rule. */
const mended = new Map<string, number>();
const language = await diskGrammar('dist-test');

for (const { name, sample, compiled } of sourceSamples()) {
  const workspaceOf = () => sourceWorkspace(language, sample, compiled);
  test(name, () => {
    const workspace = workspaceOf();
    for (const finding of workspace.uris().flatMap((uri) => workspace.findings(uri))) {
      for (const { edits } of finding.fixes.filter((fix) => isInSource(fix, finding))) {
        mended.set(finding.rule, (mended.get(finding.rule) ?? 0) + 1);
        for (const text of checkFix(workspaceOf, finding, edits).values())
          assert.deepEqual(language.read(text, []).unit.errors, [], text);
      }
    }
  });
}

test('rules with a fix in C#', () => {
  assert.deepEqual([...mended.keys()].sort(), [
    'false-determinism',
    'missing-data-access',
    'missing-system-data-access',
    'mutable-static-field',
    'unneeded-data-access',
  ]);
});

function isInSource({ edits }: Fix, { uri }: Finding): boolean {
  return edits.every((edit) => (edit.uri ?? uri).endsWith('.cs'));
}
