// Severities by name and pattern.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fits, Levels } from '../../server/analysis/rules/levels.js';
import { nodePlatform } from '../../server/platform/node.js';
import { Workspace } from '../../server/analysis/workspace.js';

test('patterns', () => {
  for (const [pattern, name] of [
    ['a', 'a'],
    ['*', ''],
    ['*', 'abc'],
    ['a*', 'a'],
    ['*c', 'abc'],
    ['a*c', 'ac'],
    ['a*b*c', 'axxbc'],
    ['*b*', 'abc'],
    ['a**c', 'abc'],
  ] as const)
    assert.ok(fits(pattern, name), `${pattern} ${name}`);
  for (const [pattern, name] of [
    ['a', 'ab'],
    ['', 'a'],
    ['a*a', 'a'],
    ['ab*bc', 'abc'],
    ['*d*', 'abc'],
    ['a*b*c', 'acb'],
  ] as const)
    assert.ok(!fits(pattern, name), `${pattern} ${name}`);
});

test('a pattern fits as the regular expression does that means the same', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
  const names = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(letters, names, (pattern, name) => {
      assert.equal(fits(pattern, name), new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
    }),
  );
});

test('a rule is on where it is on for any file', () => {
  assert.ok(!new Levels({ '*': 'off' }).isOn('x'));
  assert.ok(new Levels({ '*': 'off', x: 'hint' }).isOn('x'));
  assert.ok(!new Levels({ x: 'hint', '*': 'off' }).isOn('x'));
  assert.ok(new Levels({ '*': 'off' }, [{ holdsFor: () => false, rules: { x: 'downgrade' } }]).isOn('x'));
});

test('a rule that is off but for one file is found there alone', () => {
  const text = 'ALTER DATABASE x SET TRUSTWORTHY ON;';
  const workspace = new Workspace(nodePlatform, {
    target: 'sql-server-2022',
    rules: { '*': 'off' },
    overrides: [{ holdsFor: (uri) => uri.endsWith('b.sql'), rules: { 'trustworthy-database': 'upgrade' } }],
  });
  workspace.set('file:///a.sql', text);
  workspace.set('file:///b.sql', text);
  assert.deepEqual(workspace.findings('file:///a.sql'), []);
  assert.deepEqual(
    workspace.findings('file:///b.sql').map(({ severity }) => severity),
    ['error'],
  );
});

test('where comments silence nothing, what they name is found', () => {
  const workspace = new Workspace(nodePlatform, { target: 'sql-server-2022', rules: {}, suppressions: false });
  workspace.set('file:///a.sql', '-- sqlclr-disable-next-line\nALTER DATABASE x SET TRUSTWORTHY ON;');
  assert.deepEqual(
    workspace.findings('file:///a.sql').map(({ rule }) => rule),
    ['trustworthy-database'],
  );
});
