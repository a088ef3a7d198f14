// The manifest says what the code does: settings, commands, and that it sleeps where there is no SQL.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allTargets, defaultSettings, Workspace } from '../server/analysis/workspace.js';
import { nodePlatform } from '../server/platform-node.js';
import { configurationName } from '../server/files.js';
import { assemblyScheme } from '../server/protocol.js';
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
  assert.deepEqual(settingsOf(defaults), {
    settings: defaultSettings,
    codeLens: true,
    inlayHints: true,
    diagnosticMode: 'workspace',
    suppressActions: true,
    problems: [],
  });
});

test('every command of the manifest is registered, and no other', () => {
  const registered = [...readFileSync('client/extension.ts', 'utf8').matchAll(/registerCommand\('([^']+)'/g)].map(
    ([, name]) => name,
  );
  const declared = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  assert.deepEqual([...registered].sort(), [...declared].sort());
});

test('it claims no file but its own configuration, only documents of its own, and wakes for SQL and database projects', () => {
  const [language, ...others] = manifest.contributes.languages;
  assert.deepEqual(others, [{ id: 'jsonc', filenames: [configurationName] }]);
  assert.equal(language.id, assemblyScheme);
  assert.deepEqual(
    ['extensions', 'filenames', 'filenamePatterns'].filter((key) => key in language),
    [],
  );
  assert.match(firstLine(), new RegExp(language.firstLine));
  assert.deepEqual(manifest.activationEvents, [
    'onLanguage:sql',
    'onLanguage:csharp',
    'workspaceContains:**/*.sqlproj',
  ]);
});

/** Of a document that shows an assembly. */
function firstLine(): string {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.dll', new Uint8Array(2));
  return workspace.assemblyDocument('file:///a.dll', 0)?.text ?? '';
}

test('untrusted and virtual workspaces are supported', () => {
  assert.deepEqual(manifest.capabilities, { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
});
