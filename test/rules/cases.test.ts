// The table of cases: how many routines on the pages of a rule it finds something of, and how many it rightly does not, in C# and in
// bytes. `npm run cases` prints it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeRules } from '../../server/analysis/rules/code-rules.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import type { Finding } from '../../server/analysis/rules/rule.js';
import { casesIn, findingsOf, sectionsAbout, type Case } from '../support/cases.js';
import { workspaceOf } from '../support/rule-page.js';
import { sourceSamples } from '../support/source-samples.js';
import { sourceWorkspace } from '../support/source-workspace.js';

const language = await diskGrammar('dist-test');

/** Of each rule half of them are to be traps. */
const wanted = 12;
/** The rules about what code does along its ways. */
const rulesAsked = codeRules.filter(
  ({ name, topic }) => topic === 'impersonation' || topic === 'untrusted-input' || name === 'context-connection-misuse',
);

test('there are rules to count for', () => assert.ok(rulesAsked.length >= 20, `${rulesAsked.length}`));

for (const { name: rule, topic } of rulesAsked)
  test(`cases of ${rule}`, (context) => {
    const sections = new Map(sectionsAbout(rule).map(({ title, section }) => [title, section]));
    const samples = sourceSamples().filter((one) => one.rule === rule);
    const casesOf = (findings: (sample: (typeof samples)[number]) => readonly Finding[]): readonly Case[] =>
      samples.flatMap((one) => casesIn(one.sample.title, sections.get(one.sample.title) ?? '', findings(one)));
    const source = casesOf(({ sample, compiled }) => findingsOf(sourceWorkspace(language, sample, compiled), rule));
    const bytes = casesOf(({ sample }) => findingsOf(workspaceOf(sample), rule));
    const found = source.filter(({ isFound }) => isFound).length;
    const traps = source.length - found;
    context.diagnostic(`| \`${rule}\` | ${found} | ${traps} | ${source.length} | ${bytes.length} |`);
    assert.deepEqual(source, bytes);
    if (topic !== 'untrusted-input') assert.ok(Math.min(found, traps) >= wanted / 2, `${found}, ${traps}`);
  });
