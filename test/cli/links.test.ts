// links: the link graph of the sample, in every format, and what goes wrong.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { Folder } from '../support/command-line.js';

const sample = resolve('docs/sample');

for (const [format, name] of [
  ['dot', 'test/cli/links.dot'],
  ['svg', 'test/cli/links.svg'],
] as const) {
  test(`the sample in ${format}`, (t) => {
    const { code, out, err } = new Folder(t).run('links', sample, '--format', format);
    assert.deepEqual([code, err], [0, '']);
    const drawn = withoutCounts(out);
    if (process.env['UPDATE']) writeFileSync(name, drawn);
    assert.equal(drawn, readFileSync(name, 'utf8'));
  });
}

test('JSON is the default, with places relative to where the command runs', (t) => {
  const folder = new Folder(t, { 'sub/a.sql': "CREATE ASSEMBLY A FROM 'a.dll' WITH PERMISSION_SET = SAFE;\n" });
  const { code, out } = folder.run('links', 'sub');
  assert.equal(code, 0);
  const { nodes } = JSON.parse(out);
  assert.deepEqual(nodes[0].places, [{ file: 'sub/a.sql', line: 1, column: 1, endLine: 1, endColumn: 58 }]);
});

test('the page admits by hash what it holds', (t) => {
  const folder = new Folder(t);
  assert.equal(folder.run('links', sample, '--format', 'html', '-o', 'links.html').out, '');
  const page = folder.text('links.html');
  for (const [, , content = ''] of page.matchAll(/<(style|script)>([^]*?)<\/\1>/g))
    assert.ok(page.includes(`'sha256-${createHash('sha256').update(content).digest('base64')}'`));
  assert.equal(page.match(/sha256-/g)?.length, 2);
});

test('what cannot be read is told, and the rest is shown', (t) => {
  const folder = new Folder(t, { 'a.sql': "CREATE ASSEMBLY A FROM 'a.dll';\n" });
  const { code, out, err } = folder.run('links', 'a.sql', 'none.sql');
  assert.equal(code, 2);
  assert.match(err, /cannot read none\.sql/);
  assert.equal(JSON.parse(out).nodes.length, 1);
});

test('usage', (t) => {
  const folder = new Folder(t);
  assert.equal(folder.run('links').code, 2);
  const { code, err } = folder.run('links', '.', '--format', 'sarif');
  assert.equal(code, 2);
  assert.match(err, /--format is json, dot, svg, html; not 'sarif'/);
});

/** How much is found in the sample is the matter of other tests. */
function withoutCounts(picture: string): string {
  return picture
    .replace(/<rect class="badge[^>]*><text class="count"[^>]*>[^<]*<\/text>/g, '')
    .replace(/, \d+ (?:errors?|warnings?|information|hints?)\b/g, '')
    .replace(/<svg width="\d+" height="24">/g, '<svg height="24">');
}
