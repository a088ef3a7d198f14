// Holds what is found in docs/sample, written to be read: test/sample.md. UPDATE=1 writes it back.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Finding } from '../server/analysis/rules/rule.js';
import { Workspace } from '../server/analysis/workspace.js';
import { nodePlatform } from '../server/platform/node.js';

const folder = join('docs', 'sample');
const expected = join('test', 'sample.md');
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort();

test('the sample shows what it is meant to show', () => {
  const page = `${[head, ...sections()].join('\n\n')}\n`;
  if (process.env['UPDATE']) writeFileSync(expected, page);
  assert.equal(page, readFileSync(expected, 'utf8'));
});

const head =
  '# Findings in docs/sample\n\nWritten by `UPDATE=1 npm test`, read by people: each line is a finding a DBA would sign.';

function sections(): readonly string[] {
  const texts = new Map(scripts.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const workspace = new Workspace(nodePlatform);
  for (const [name, text] of texts) workspace.set(name, text);
  return [...texts].map(([name, text]) => {
    const lines = workspace.findings(name).flatMap((finding) => linesOf(finding, text));
    return [`## ${name}`, '', '```', ...lines, '```'].join('\n');
  });
}

function linesOf(finding: Finding, text: string): readonly string[] {
  const marked = text.slice(finding.span.start, finding.span.end).replace(/\s+/g, ' ');
  const short = marked.length > 60 ? `${marked.slice(0, 60)}…` : marked;
  return [
    `${lineOf(text, finding.span.start)}: ${short}`,
    `    ${finding.severity} ${finding.rule}: ${finding.message}`,
    ...finding.fixes.map((fix) => `    fix: ${fix.title}`),
  ];
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
