// Names as the Encoding Standard decodes them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { utf8Of } from '../../server/analysis/metadata/utf8.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const likely = fc.constantFrom(
  0x00,
  0x41,
  0x7f,
  0x80,
  0x8f,
  0x90,
  0x9f,
  0xa0,
  0xbf,
  0xc0,
  0xc2,
  0xe0,
  0xe1,
  0xed,
  0xef,
  0xf0,
  0xf4,
  0xf5,
  0xff,
);

test('any bytes become the text that TextDecoder makes of them', () => {
  fc.assert(
    fc.property(fc.array(likely, { maxLength: 12 }), (bytes) =>
      assert.equal(utf8Of(Uint8Array.from(bytes)), decoder.decode(Uint8Array.from(bytes))),
    ),
    { numRuns: 5000 },
  );
});

test('long text in many scripts', () => {
  const text = 'Zażółć gęślą jaźń 数据库 \u{1f600} plain '.repeat(1000);
  assert.equal(utf8Of(new TextEncoder().encode(text)), text);
});
