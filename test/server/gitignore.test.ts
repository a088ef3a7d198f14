// Patterns of .gitignore, as Git's own documentation has them.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ignoredBy, parseIgnore } from '../../server/files/gitignore.js';

const ignores = (text: string, path: string): boolean | undefined =>
  ignoredBy(
    parseIgnore(text),
    path.split('/').filter((name) => name !== ''),
    path.endsWith('/'),
  );

suite('gitignore', () => {
  const cases: readonly [string, string, boolean | undefined][] = [
    ['packages/', 'packages/', true],
    ['packages/', 'src/packages/', true],
    ['packages/', 'packages', undefined],
    ['/packages', 'src/packages/', undefined],
    ['doc/frotz/', 'doc/frotz/', true],
    ['doc/frotz/', 'a/doc/frotz/', undefined],
    ['*.dll', 'a/b/c.dll', true],
    ['*.dll', 'c.dlls', undefined],
    ['*.dll\n!keep.dll', 'keep.dll', false],
    ['!keep.dll\n*.dll', 'keep.dll', true],
    ['**/logs', 'a/b/logs/', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['abc/**', 'abc/x/y.sql', true],
    ['[Bb]uild[0-9]', 'build7/', true],
    ['[!a]x.sql', 'ax.sql', undefined],
    ['[!a]x.sql', 'bx.sql', true],
    ['file?.sql', 'file1.sql', true],
    ['# comment\n\\#a.sql', '#a.sql', true],
    ['# comment', '# comment', undefined],
    ['a.sql  ', 'a.sql', true],
    ['a\\ ', 'a ', true],
    ['\r\na.sql\r\n', 'a.sql', true],
    ['[unclosed', '[unclosed', true],
    ['*a*b*c', 'xxaxxbxxc', true],
    ['ab*ba', 'aba', undefined],
    ['ab*ba', 'abba', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', undefined],
    ['[Oo]ut.\u{1f5c4}', 'out.\u{1f5c4}/', true],
    ['src/*.sql', 'src/old/a.sql', undefined],
    ['', 'a', undefined],
    ['/', 'a', undefined],
  ];
  for (const [text, path, expected] of cases) {
    const says = expected === undefined ? 'says nothing of' : expected ? 'ignores' : 'keeps';
    test(`${JSON.stringify(text)} ${says} ${path}`, () => assert.equal(ignores(text, path), expected));
  }

  test('hostile patterns take no time', () => {
    const start = process.cpuUsage();
    ignores(`${'*a'.repeat(2_000)}b`, 'a'.repeat(255));
    ignores('**/a/'.repeat(2_000), 'a/'.repeat(500));
    assert.ok(process.cpuUsage(start).user < 5e6);
  });
});
