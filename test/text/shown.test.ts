// Names and strings of untrusted code, as text that cannot pass for anything else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shownName, shownString } from '../../server/analysis/text/shown.js';

test('names that sources have are shown as they are', () => {
  for (const name of ['Payroll.Salary', 'Box`1', '.ctor', 'Outer+Inner', 'Gehälter', '給与', '_x', 'op_Addition'])
    assert.equal(shownName(name), name);
});

test('other names are quoted, and what is in them escaped', () => {
  assert.equal(shownName(''), "''");
  assert.equal(shownName('<Main>b__0'), "'<Main>b__0'");
  assert.equal(shownName("it's"), "'it\\'s'");
  assert.equal(shownName('a\\b'), "'a\\\\b'");
  assert.equal(shownName('a\n// b\r\t\0'), "'a\\n// b\\r\\t\\0'");
  assert.equal(shownName('a\u202eb'), "'a\\u202Eb'");
  assert.equal(shownName('a\u200bb'), "'a\\u200Bb'");
  assert.equal(shownName('\u05d0'), "'\\u05D0'");
  assert.equal(shownName('\u3164'), "'\\u3164'", 'a letter that is invisible');
  assert.equal(shownName('e\u0301'), "'e\\u0301'", 'a mark');
  assert.equal(shownName('\ud800'), "'\\uD800'");
  assert.equal(shownName('a\u2028b\u0085'), "'a\\u2028b\\u0085'");
  assert.equal(shownName('\u{e0001}'), "'\\uDB40\\uDC01'");
});

test('strings are in double quotes; long ones are cut, and it is said', () => {
  assert.equal(shownString('say "a"\n'), '"say \\"a\\"\\n"');
  assert.equal(shownString('€ – 😀'), '"€ – 😀"');
  assert.equal(shownString('abcdef', 3), '"abc…" (of 6 characters)');
  assert.ok(shownName('x'.repeat(10_000)).length < 400);
});

test('whatever a name is, it is one line of visible text, and a quote ends it only at its end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (name) => {
      for (const [shown, quote] of [
        [shownName(name), "'"],
        [shownString(name), '"'],
      ] as const) {
        assert.doesNotMatch(shown, /[\p{C}\p{Zl}\p{Zp}\p{Bidi_C}]/u);
        if (!shown.startsWith(quote)) continue;
        const inner = shown.slice(1, -1).replaceAll(/\\./g, '');
        assert.ok(!inner.includes(quote), shown);
      }
    }),
  );
});
