// Bundles what ships into dist/; with --tests, the tests into dist-test/unit/.
//   node esbuild.mjs [--production | --tests]
import { build } from 'esbuild';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const production = process.argv.includes('--production');
const base = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
};
const node = { ...base, platform: 'node', format: 'cjs', outExtension: { '.js': '.cjs' }, external: ['vscode'] };
const web = {
  ...base,
  platform: 'browser',
  external: ['vscode'],
  conditions: ['browser'],
  mainFields: ['browser', 'module', 'main'],
};

/** An entry that is not written yet is left out, so that the build passes from the first commit. */
const written = (entries) => Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));

async function ship() {
  const nodeEntries = written({ 'client/node': 'client/node.ts', 'server/node': 'server/node.ts', cli: 'server/cli.ts' });
  await Promise.all([
    build({ ...node, entryPoints: nodeEntries, outdir: 'dist' }),
    build({ ...web, format: 'cjs', outExtension: { '.js': '.cjs' }, entryPoints: written({ 'client/browser': 'client/browser.ts' }), outdir: 'dist' }),
    // The server runs in a worker: a classic script, no `require`.
    build({ ...web, format: 'iife', entryPoints: written({ 'server/browser': 'server/browser.ts' }), outdir: 'dist' }),
  ]);
}

async function unitTests() {
  rmSync('dist-test/unit', { recursive: true, force: true });
  const entryPoints = readdirSync('test', { recursive: true })
    .map((file) => join('test', file))
    .filter((file) => file.endsWith('.test.ts') && !file.startsWith(join('test', 'suite')));
  await build({
    ...base,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'linked',
    entryPoints,
    outdir: 'dist-test/unit',
    outbase: 'test',
    outExtension: { '.js': '.mjs' },
  });
}

await (process.argv.includes('--tests') ? unitTests() : ship());
