// C# in, what the grammar gets to see out: the page beside this file. UPDATE=1 writes it anew.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { preprocess } from '../../server/analysis/csharp/preprocess.js';

const page = 'test/csharp/preprocess.md';
const symbols = ['DEBUG', 'NET48'];

const source = readFileSync(page, 'utf8');
let updated = source;
for (const [whole, title, cs = '', , expected = ''] of source.matchAll(
  /^## (.+)\n\n^```cs\n([^]*?)^```\n(\n```left\n([^]*?)^```\n)?/gm,
)) {
  const { text, skipped } = preprocess(cs, symbols);
  const left = [...text].map((letter, at) => (letter === cs[at] ? letter : '·')).join('');
  const shown =
    left.replace(/·+$/gm, '·') +
    skipped.map(({ start, end }) => `skipped ${JSON.stringify(cs.slice(start, end))}\n`).join('');
  if (process.env['UPDATE'] === '1')
    updated = updated.replace(whole, () => `## ${title}\n\n\`\`\`cs\n${cs}\`\`\`\n\n\`\`\`left\n${shown}\`\`\`\n`);
  else test(`preprocess: ${title}`, () => assert.equal(shown, expected));
}
if (process.env['UPDATE'] === '1') writeFileSync(page, updated);

const pieces = fc.constantFrom(
  ...[
    '#if A',
    '#if !A',
    '#elif A',
    '#else',
    '#endif',
    '#define A',
    '#undef A',
    '\n',
    '\r\n',
    ' ',
    '"',
    '@"',
    '$"',
    '$@"',
  ],
  ...['"""', '{', '}', '{{', "'", "'\\''", '\\', '/*', '*/', '//', 'a < b', 'x', '$$', '@', '<', ';', '\ud83d\ude00'],
);

test('length and line ends stay, and what is left is what was', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      const left = preprocess(text, []);
      assert.equal(left.text.length, text.length);
      for (let at = 0; at < text.length; at++) {
        if (left.text[at] !== text[at]) assert.ok(left.text[at] === ' ' && !/[\r\n]/.test(text[at] ?? ''));
      }
      let end = 0;
      for (const span of left.skipped) {
        assert.ok(span.start >= end && span.end > span.start && span.end <= text.length);
        end = span.end;
      }
    }),
    { numRuns: 1000 },
  );
});

test('a statement with a thousand open angles is left out, and the next one is not', () => {
  const { text, skipped } = preprocess(`a(); ${'A<'.repeat(5000)}; b();`, []);
  assert.equal(text.replace(/ +/g, ' '), 'a(); b();');
  assert.equal(skipped.length, 1);
});

test('no shape of text costs more than its length', () => {
  for (const shape of [
    '$',
    '@',
    '"',
    "'",
    '#if A\n',
    '/*',
    '$"{',
    '$@"{',
    '"""',
    '#if (',
    '\\',
    '<',
    '#else\n',
    '{$"',
  ]) {
    const text = shape.repeat(Math.ceil(400_000 / shape.length));
    const start = process.cpuUsage();
    preprocess(text, []);
    const { user, system } = process.cpuUsage(start);
    assert.ok((user + system) / 1000 < 3000, JSON.stringify(shape));
  }
});
