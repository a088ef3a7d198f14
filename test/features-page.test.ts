// docs/features.md: what it says is here is here, as far as names of files and rules tell.
import assert from 'node:assert/strict';
import { readFileSync, existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const page = readFileSync('docs/features.md', 'utf8');
const rows = page.split('\n').filter((line) => /^\| (?!feature|---)/.test(line));

test('every row says yes, partly or no, and where or why not', (t) => {
  const counts: Record<string, number> = { yes: 0, partly: 0, no: 0 };
  for (const row of rows) {
    const [, feature, here = '', where] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
    assert.ok(here in counts && feature && where, row);
    counts[here] = (counts[here] ?? 0) + 1;
  }
  const { yes, partly, no } = counts;
  t.diagnostic(JSON.stringify(counts));
  assert.ok(page.includes(`Of ${rows.length} rows, ${yes} are here, ${partly} partly, ${no} not.`));
});

test('the files and pages it names are there', () => {
  for (const [, path = ''] of page.matchAll(/\]\(([\w./-]+)\)/g)) assert.ok(existsSync(`docs/${path}`), path);
  const files = ['client', 'server', 'syntaxes', 'test', '.ci', '.github'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  for (const [, path = ''] of page.matchAll(/`([\w./-]+\.(?:ts|mjs|yml|yaml|json|md))`/g))
    assert.ok(existsSync(path) || files.some((file) => file.endsWith(`/${path}`)), path);
});
