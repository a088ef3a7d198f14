// Fixes in C#: of every finding in the sources of the rules' pages each is applied, read again without an error, and linted again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { checkFix } from '../support/check-fix.js';
import type { Finding, Fix } from '../../server/analysis/rules/rule.js';
import { sourceSamples } from '../support/source-samples.js';
import { sourceWorkspace } from '../support/source-workspace.js';

/** Code that was mended may need a smaller permission set than it is declared with. */
const needsLess = ['excessive-permission-set'];
const mended = new Set<string>();
const language = await diskGrammar('dist-test');

for (const { name, sample, compiled } of sourceSamples()) {
  const workspaceOf = () => sourceWorkspace(language, sample, compiled);
  test(name, () => {
    const workspace = workspaceOf();
    for (const finding of workspace.uris().flatMap((uri) => workspace.findings(uri))) {
      for (const { edits } of finding.fixes.filter((fix) => isInSource(fix, finding))) {
        mended.add(finding.rule);
        for (const text of checkFix(workspaceOf, finding, edits, needsLess).values())
          assert.deepEqual(language.read(text, []).unit.errors, [], text);
      }
    }
  });
}

test('rules with a fix in C#', () => {
  assert.deepEqual([...mended].sort(), [
    'context-connection-misuse',
    'false-determinism',
    'impersonation-not-undone',
    'impersonation-null-identity',
    'missing-data-access',
    'missing-system-data-access',
    'mutable-static-field',
    'refused-attribute',
    'regex-without-timeout',
    'routine-not-public-static',
    'sql-injection',
    'swallowed-exception',
    'tls-validation-disabled',
    'unneeded-data-access',
    'weak-tls',
  ]);
});

function isInSource({ edits }: Fix, { uri }: Finding): boolean {
  return edits.every((edit) => (edit.uri ?? uri).endsWith('.cs'));
}
