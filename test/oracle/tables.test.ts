// Rows of every metadata table, on every assembly of Debian's mono-devel, as mono itself counts them (`npm run test:oracle`).
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { readAssembly } from '../../server/analysis/metadata/read-assembly.js';
import { nodePlatform } from '../../server/platform/node.js';

/** Names that pedump spells otherwise than ECMA-335, besides capitals. */
const spelled: Readonly<Record<string, string>> = { method: 'methoddef', fieldlayoutt: 'fieldlayout' };

function assemblies(): readonly string[] {
  const listed = execFileSync('dpkg', ['--listfiles', 'mono-devel'], { encoding: 'utf8', maxBuffer: 1 << 26 }).split(
    '\n',
  );
  const paths = listed.filter((path) => /\.(dll|exe)$/.test(path)).map((path) => realpathSync(path));
  return [...new Set(paths)].filter((path) => statSync(path).isFile()).sort();
}

function counted(path: string): Readonly<Record<string, number>> {
  const { stdout } = spawnSync('pedump', [path], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const rows = [...stdout.matchAll(/^Table (\w+): (\d+) records/gm)];
  return Object.fromEntries(
    rows.map(([, name = '', count]) => [spelled[name.toLowerCase()] ?? name.toLowerCase(), Number(count)]),
  );
}

test('pedump of mono-utils is installed', () => {
  assert.ok(
    !spawnSync('pedump', ['--help']).error,
    'npm run test:oracle needs mono: apt-get install mono-devel mono-mcs mono-utils',
  );
});

test('rows of every table are those that mono counts', () => {
  const paths = assemblies();
  const different: string[] = [];
  for (const path of paths) {
    const { image, errors } = readAssembly(readFileSync(path), nodePlatform);
    try {
      assert.deepEqual(errors, []);
      const rows = Object.entries(image?.tables ?? {}).map(([name, count]) => [name.toLowerCase(), count]);
      assert.deepEqual(Object.fromEntries(rows), counted(path));
    } catch (error) {
      different.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  console.log(`${paths.length - different.length} of ${paths.length} assemblies`);
  assert.deepEqual(different, []);
  assert.ok(paths.length > 1000, 'mono-devel is not wholly installed');
});
