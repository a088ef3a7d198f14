// Every fix of every finding in the samples of the rules' pages is tried on a copy, as it is before it is offered.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Trials } from '../../server/analysis/features/trials.js';
import type { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { samplesOf, workspaceOf } from '../support/rule-page.js';
import { sourceSamples } from '../support/source-samples.js';
import { sourceWorkspace } from '../support/source-workspace.js';

const language = await diskGrammar('dist-test');
const pages = ['docs/rules', 'test/rules'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
);
const mended = new Map<string, number>();
const refused: string[] = [];

test('in T-SQL, project files and C#', (t) => {
  for (const page of pages) for (const sample of samplesOf(page)) tryAll(workspaceOf(sample), sample.title);
  for (const { name, sample, compiled } of sourceSamples()) tryAll(sourceWorkspace(language, sample, compiled), name);
  const tried = [...mended.values()].reduce((sum, count) => sum + count, 0);
  t.diagnostic(`${tried - refused.length} of ${tried} fixes of ${mended.size} rules are offered`);
  for (const [rule, count] of [...mended].sort()) t.diagnostic(`${rule} ${count}`);
  // Its code needs no more than SAFE, but in SAFE it is a partially trusted caller, whom the assembly it calls refuses.
  assert.deepEqual(refused, [
    'An UNSAFE caller, and one that is allowed or meets no strong name: excessive-permission-set: Declare PERMISSION_SET = SAFE',
  ]);
  assert.ok(mended.size >= 20);
});

function tryAll(workspace: Workspace, name: string): void {
  const trials = new Trials(workspace);
  for (const finding of workspace.uris().flatMap((uri) => workspace.findings(uri))) {
    for (const fix of finding.fixes) {
      mended.set(finding.rule, (mended.get(finding.rule) ?? 0) + 1);
      if (!trials.outcomeOf([{ finding, fix }])) refused.push(`${name}: ${finding.rule}: ${fix.title}`);
    }
  }
}
