// The rules' pages are the tests of the rules. UPDATE=1 writes them anew; read the difference as behaviour.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { findError } from '../../server/analysis/knowledge/errors.js';
import type { Finding } from '../../server/analysis/rules/rule.js';
import { allRules, type Workspace } from '../../server/analysis/workspace.js';
import { checkFix } from '../support/check-fix.js';
import {
  compiledFiles,
  compiledHashes,
  compiledSamplesOf,
  pagesWithSamples,
  remedy,
} from '../support/compiled-samples.js';
import { marked, samplesOf, sectionOf, workspaceOf, type Sample } from '../support/rule-page.js';
import { nodePlatform } from '../../server/platform/node.js';

const rules = allRules(nodePlatform);

for (const rule of rules) {
  const file = `docs/rules/${rule.name}.md`;
  if (!existsSync(file)) {
    test(`${rule.name} has a page`, () => assert.fail(`${file} is missing`));
    continue;
  }
  const page = readFileSync(file, 'utf8');
  for (const source of [file, `test/rules/${rule.name}.md`].filter((path) => existsSync(path)))
    checkSamples(rule.name, source);

  test(`${rule.name}: the page says what the rule is`, () => {
    assert.ok(page.startsWith(`# ${rule.name}\n\n${rule.summary}\n`), 'The page begins with the name and the summary');
    const samples = samplesOf(page);
    const found = samples.filter((sample) => findingsOf(workspaceOf(sample), sample, rule.name).length > 0);
    assert.ok(found.length > 0, 'One sample at least is found');
    assert.ok(found.length < samples.length, 'One sample at least is not found');
    for (const title of ['Why', 'How to fix'])
      assert.ok(sectionOf(page, title).trim().split('\n').length > 2, `${title} is told`);
    const raised = samples
      .flatMap((sample) => findingsOf(workspaceOf(sample), sample, rule.name))
      .flatMap(({ sqlErrors }) => sqlErrors);
    const numbers = [...new Set([...(rule.sqlErrors ?? []), ...raised])].sort((a, b) => a - b);
    const said = sectionOf(page, 'SQL Server says')
      .split('\n')
      .filter((line) => line.startsWith('- '));
    assert.deepEqual(
      said,
      numbers.map((number) => `- Msg ${number}: ${findError(number)?.template}`),
    );
  });
}

function checkSamples(rule: string, file: string): void {
  let page = readFileSync(file, 'utf8');
  // Backwards, so that what is written leaves the places before it as they are.
  for (const sample of samplesOf(page).toReversed()) {
    const workspace = workspaceOf(sample);
    const outcomes = sample.files.map((one) => ({
      ...one,
      outcome: marked(
        one,
        sample,
        workspace.findings(one.uri).filter((finding) => finding.rule === rule),
      ),
    }));
    if (process.env['UPDATE'] === '1') {
      for (const { written, at, outcome } of outcomes.toReversed()) {
        page = page.slice(0, at) + outcome + page.slice(at + written.length);
      }
      writeFileSync(file, page);
      continue;
    }
    test(`${rule}: ${sample.title}`, () => {
      for (const { written, outcome } of outcomes) assert.equal(outcome, written);
      for (const finding of findingsOf(workspace, sample, rule)) {
        assert.doesNotMatch(finding.message, /\.$/);
        for (const fix of finding.fixes) checkFix(() => workspaceOf(sample), finding, fix.edits);
      }
    });
  }
}

function findingsOf(workspace: Workspace, { files }: Sample, rule: string): readonly Finding[] {
  return files.flatMap(({ uri }) => workspace.findings(uri)).filter((finding) => finding.rule === rule);
}

test('rules stand in order, under one name each, and every page has its rule', () => {
  const names = rules.map(({ name }) => name);
  assert.deepEqual(names, [...new Set(names)].sort());
  for (const { summary } of rules) assert.match(summary, /\.$/);
  const pages = readdirSync('docs/rules')
    .filter((file) => file !== 'README.md')
    .map((file) => file.replace(/\.md$/, ''));
  assert.deepEqual(
    pages.filter((page) => !names.includes(page)),
    [],
  );
});

test('every sample in C# or IL is compiled as it stands', () => {
  const samples = compiledSamplesOf(pagesWithSamples());
  const wanted = Object.fromEntries(samples.map(({ path, hash }) => [path, hash]));
  assert.deepEqual(compiledHashes(), wanted, remedy);
  assert.equal(Object.keys(wanted).length, samples.length, 'Two samples of one section bear the same name');
  assert.deepEqual(compiledFiles(), Object.keys(wanted).sort(), remedy);
});
