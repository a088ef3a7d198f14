// What README and docs say there is, is there: links, commands, options, settings.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { Folder } from './support/command-line.js';

const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith('.md'),
);
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

test('links and pictures lead to files', () => {
  for (const page of pages)
    for (const [, target = ''] of readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g))
      if (!/^https?:/.test(target))
        assert.ok(existsSync(join(dirname(page), target.replace(/#.*/, ''))), `${page} leads to ${target}`);
});

test('the commands of npm are in package.json', () => {
  for (const page of pages)
    for (const [, script = ''] of readFileSync(page, 'utf8').matchAll(/npm run (?:-s )?([\w:]+)/g))
      assert.ok(script in manifest.scripts, `${page}: npm run ${script}`);
});

test('the page of the command line has the commands and options that --help has', (t) => {
  const page = readFileSync('docs/command-line.md', 'utf8');
  const help = new Folder(t, {}).run('--help').out;
  assert.deepEqual(optionsIn(page.replace(/`--help`.*/, '')), optionsIn(help));
  for (const [, command = ''] of help.matchAll(/^ {2}sqlclr-lint ([a-z]+) /gm))
    assert.ok(page.includes(`sqlclr-lint ${command} `), command);
});

test('the page of the editor has every setting', () => {
  const page = readFileSync('docs/editor.md', 'utf8');
  for (const setting of Object.keys(manifest.contributes.configuration.properties))
    assert.ok(page.includes(`\`${setting}\``), setting);
});

test('the page of the configuration has every property', () => {
  const page = readFileSync('docs/configuration.md', 'utf8');
  const { properties } = JSON.parse(readFileSync('docs/sqlclr-lint.schema.json', 'utf8'));
  for (const property of Object.keys(properties).filter((name) => name !== '$schema'))
    assert.ok(page.includes(`\`${property}\``), property);
});

function optionsIn(text: string): readonly string[] {
  return [...new Set(text.match(/--[a-z][a-z-]+/g))].sort();
}
