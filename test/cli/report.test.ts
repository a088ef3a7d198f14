// report: the capability report of the sample, in every format, and what goes wrong. `docs/sample/report.md` is what
// it prints.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Folder } from '../support/command-line.js';

const shown = 'docs/sample/report.md';

test('the report of the sample is the one that is shown beside it, findings aside', (t) => {
  const files = readdirSync('docs/sample').filter((name) => name.endsWith('.sql'));
  const folder = new Folder(
    t,
    Object.fromEntries(files.map((name) => [name, readFileSync(`docs/sample/${name}`, 'utf8')])),
  );
  const { code, out, err } = folder.run('report', '.');
  assert.deepEqual([code, err], [0, '']);
  if (process.env['UPDATE']) writeFileSync(shown, out);
  assert.deepEqual(withoutFindings(out), withoutFindings(readFileSync(shown, 'utf8')));
});

/** How much is found in the sample is the matter of other tests. */
function withoutFindings(report: string): readonly string[] {
  return report.split('\n').filter((line) => /^(?:#|- | {2}- )/.test(line));
}

test('JSON and a page that loads nothing', (t) => {
  const folder = new Folder(t, { 'a.sql': "CREATE ASSEMBLY A FROM 'a.dll' WITH PERMISSION_SET = SAFE;\n" });
  const json = JSON.parse(folder.run('report', '.', '--format', 'json').out);
  assert.equal(json.assemblies[0].name, 'A');
  assert.equal(json.assemblies[0].places[0].file, 'a.sql');
  assert.equal(folder.run('report', '.', '--format', 'html', '-o', 'report.html').out, '');
  const page = folder.text('report.html');
  assert.match(page, /default-src 'none'; style-src 'sha256-[^']+'; base-uri/);
  assert.doesNotMatch(page, /<script|https?:/);
});

test('usage, and what cannot be read', (t) => {
  const folder = new Folder(t, { 'a.sql': 'SELECT 1;\n' });
  assert.equal(folder.run('report').code, 2);
  assert.match(folder.run('report', '.', '--format', 'dot').err, /--format is markdown, json, html; not 'dot'/);
  assert.equal(folder.run('report', 'a.sql', 'none.sql').code, 2);
});
