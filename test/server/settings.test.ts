// Any value under `sqlclr` gives settings, and a sentence for what could not be taken.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultSettings } from '../../server/analysis/workspace.js';
import { settingsOf } from '../../server/configuration/settings.js';

const usual = { codeLens: true, inlayHints: true, diagnosticMode: 'workspace', run: 'onType', suppressActions: true };

suite('settings', () => {
  test('what is set holds', () => {
    const sent = { target: 'sql-server-2016', clrStrictSecurity: 'off', rules: { 'trustworthy-database': 'error' } };
    assert.deepEqual(settingsOf(sent), {
      settings: { target: 'sql-server-2016', clrStrictSecurity: false, rules: { 'trustworthy-database': 'error' } },
      ...usual,
      problems: [],
    });
  });

  for (const sent of [undefined, JSON.parse('null'), [], 'x', {}, { clrStrictSecurity: 'default', rules: {} }]) {
    test(`${JSON.stringify(sent)} is the default`, () => {
      assert.deepEqual(settingsOf(sent), { settings: defaultSettings, ...usual, problems: [] });
    });
  }

  test('what is malformed is named and left out, the rest holds', () => {
    const { settings, problems } = settingsOf({
      target: 'oracle',
      clrStrictSecurity: 1,
      rules: { a: 'off', b: 'loud' },
      codeLens: 'no',
      diagnosticMode: 'all',
      suppressActions: 1,
      run: 'never',
    });
    assert.deepEqual(settings, { ...defaultSettings, rules: { a: 'off' } });
    assert.equal(problems.length, 7);
    assert.match(problems[0] ?? '', /^sqlclr\.target is "oracle"; it can be sql-server-2005, /);
    assert.equal(problems[1], 'sqlclr.clrStrictSecurity is 1; it can be default, on, off');
    assert.equal(
      problems[2],
      'sqlclr.rules.b is "loud"; it can be error, warning, information, hint, off, default, downgrade, upgrade',
    );
    assert.equal(problems[3], 'sqlclr.codeLens is "no"; it can be true, false');
    assert.equal(problems[4], 'sqlclr.diagnosticMode is "all"; it can be workspace, openFiles, none');
    assert.equal(problems[5], 'sqlclr.run is "never"; it can be onType, onSave');
    assert.equal(problems[6], 'sqlclr.suppressActions is 1; it can be true, false');
  });

  test('rules that are no object are none', () => {
    assert.deepEqual(settingsOf({ rules: ['off'] }).settings, defaultSettings);
  });
});
