// The manifest says what the code does: settings, commands, and that it sleeps where there is no SQL.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { listFiles, PackageManager } from '@vscode/vsce';
import { allRules, allTargets, defaultSettings, Workspace } from '../server/analysis/workspace.js';
import { nodePlatform } from '../server/platform/node.js';
import { configurationName } from '../server/files.js';
import { assemblyScheme } from '../server/protocol.js';
import { settingsOf } from '../server/configuration/settings.js';

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
  // What the client's library reads is none of ours.
  const { 'sqlclr.trace.server': _trace, ...own } = properties;
  const defaults = Object.fromEntries(
    Object.entries<{ default: unknown }>(own).map(([name, property]) => [
      name.replace('sqlclr.', ''),
      property.default,
    ]),
  );
  assert.deepEqual(settingsOf(defaults), {
    settings: defaultSettings,
    codeLens: true,
    inlayHints: true,
    diagnosticMode: 'workspace',
    run: 'onType',
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
    'workspaceContains:**/*.dacpac',
    'workspaceContains:**/*.bacpac',
  ]);
});

/** Of a document that shows an assembly. */
function firstLine(): string {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.dll', new Uint8Array(2));
  return workspace.assemblyDocument('file:///a.dll', 0)?.text ?? '';
}

/** By their keys, wherever they stand. */
function keysIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^%(.+)%$/.exec(value)?.slice(1) ?? [];
  return typeof value === 'object' && value ? Object.values(value).flatMap(keysIn) : [];
}

test('what the manifest shows is in package.nls.json, and nothing else is', () => {
  const texts = JSON.parse(readFileSync('package.nls.json', 'utf8'));
  assert.deepEqual([...new Set(keysIn(manifest))].sort(), Object.keys(texts).sort());
});

test('a command has an icon, and a place in the palette', () => {
  for (const { command, icon, category } of manifest.contributes.commands) {
    assert.match(icon, /^\$\([\w-]+\)$/, command);
    assert.equal(category, 'SQLCLR');
  }
});

test('the walkthrough leads to commands that there are, with pictures that ship', async () => {
  const shipped = await listFiles({ packageManager: PackageManager.None });
  const commands: string[] = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  const texts = JSON.parse(readFileSync('package.nls.json', 'utf8'));
  for (const { description, media } of manifest.contributes.walkthroughs[0].steps) {
    const led = [...texts[description.slice(1, -1)].matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command);
    assert.ok(led.length > 0, description);
    for (const command of led) assert.ok(!command.startsWith('sqlclr.') || commands.includes(command), command);
    for (const picture of Object.values<string>(media.image)) assert.ok(shipped.includes(picture), picture);
  }
});

test('what ships is the build, pages, pictures of the walkthrough and the sample, without what only we need', async () => {
  const shipped = await listFiles({ packageManager: PackageManager.None });
  const ours =
    /^(?:dist\/|docs\/(?:rules|images|sample)\/[\w.-]+$|docs\/sqlclr-lint\.schema\.json$|syntaxes\/|l10n\/|[\w.-]+$)/;
  assert.deepEqual(
    shipped.filter(
      (file) => !ours.test(file) || /\.(?:ts|cs|map|vsix)$|test/.test(file.replace(/^dist\/.*\.map$/, '')),
    ),
    [],
  );
  const size = shipped.filter((file) => !file.startsWith('dist/')).reduce((sum, file) => sum + statSync(file).size, 0);
  assert.ok(size < 4_000_000, `${size} bytes beside the build`);
});

test('a task’s problem matcher reads what the command line prints', () => {
  const command = ['dist-test/cli.cjs', 'docs/sample', '--fail-on', 'never'];
  const lines = execFileSync(process.execPath, command, { encoding: 'utf8' }).split('\n');
  const [{ pattern }] = manifest.contributes.problemMatchers;
  const rules = new Set(allRules(nodePlatform).map(({ name }) => name));
  const problems = lines.flatMap((line) => {
    const match = new RegExp(pattern.regexp).exec(line);
    return match ? [match] : [];
  });
  assert.ok(problems.length > 0);
  assert.ok(problems.every((match) => rules.has(match[pattern.code] ?? '')));
  assert.equal(problems.length, lines.filter((line) => /^\S+:\d+:\d+ /.test(line)).length);
});

test('nothing is kept from a browser or a virtual file system', () => {
  assert.doesNotMatch(JSON.stringify(manifest.contributes), /isWeb|resourceScheme|virtualWorkspace|remoteName/);
});

test('untrusted and virtual workspaces are supported', () => {
  assert.deepEqual(manifest.capabilities, { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
});
