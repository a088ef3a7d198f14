// What an editor says of a change is taken as far as the text goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentTexts } from '../../server/files/documents.js';

test('a change beyond the text is one at its end, and costs no more', () => {
  const document = documentTexts.create('file:///a.sql', 'sql', 1, 'GO\n');
  const far = 2 ** 31 - 2;
  const range = { start: { line: far, character: far }, end: { line: far + 1, character: far } };
  const start = process.cpuUsage();
  const now = documentTexts.update(
    document,
    [
      { range, text: 'a\n' },
      { range, text: 'b' },
    ],
    2,
  );
  assert.equal(now.getText(), 'GO\na\nb');
  assert.deepEqual(now.positionAt(5), { line: 2, character: 0 });
  assert.ok(process.cpuUsage(start).user < 1e6);
});
