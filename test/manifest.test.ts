// The manifest says what the code does: settings, commands, and that it sleeps where there is no SQL.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allTargets, defaultSettings } from '../server/analysis/workspace.js';
import { settingsOf } from '../server/settings.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { properties } = manifest.contributes.configuration;

test('every target can be chosen, under its name', () => {
  const target = properties['sqlclr.target'];
  assert.deepEqual(
    target.enum,
    allTargets().map(({ name }) => name),
  );
  assert.equal(target.enumItemLabels.length, target.enum.length);
  assert.equal(target.enumDescriptions.length, target.enum.length);
  assert.equal(target.default, defaultSettings.target);
});

test('what can be set is understood, and what is set by default is the default', () => {
  for (const clrStrictSecurity of properties['sqlclr.clrStrictSecurity'].enum) {
    assert.deepEqual(settingsOf({ clrStrictSecurity }).problems, []);
  }
  const defaults = Object.fromEntries(
    Object.entries<{ default: unknown }>(properties).map(([name, property]) => [
      name.replace('sqlclr.', ''),
      property.default,
    ]),
  );
  assert.deepEqual(settingsOf(defaults), { settings: defaultSettings, problems: [] });
});

test('every command of the manifest is registered, and no other', () => {
  const registered = [...readFileSync('client/extension.ts', 'utf8').matchAll(/registerCommand\('([^']+)'/g)].map(
    ([, name]) => name,
  );
  const declared = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  assert.deepEqual([...registered].sort(), [...declared].sort());
});

test('it claims no language and wakes for SQL only', () => {
  assert.equal(manifest.contributes.languages, undefined);
  assert.deepEqual(manifest.activationEvents, ['onLanguage:sql']);
});

test('untrusted and virtual workspaces are supported', () => {
  assert.deepEqual(manifest.capabilities, { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
});
