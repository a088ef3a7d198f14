// npm run bench: stages, edits in a large workspace, start-up, memory, bundles, and the latency of an edit over a real connection.
// Nothing is asserted.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node.js ${process.version}\n`);
await build({
  entryPoints: ['test/bench/stages.ts', 'test/bench/workspace.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outdir: 'dist-test/bench',
  outExtension: { '.js': '.mjs' },
  external: ['web-tree-sitter'],
  logLevel: 'warning',
});
run('node', 'dist-test/bench/stages.mjs');
run('node', 'dist-test/bench/workspace.mjs');

run('node', 'esbuild.mjs', '--production');
const folder = mkdtempSync(join(tmpdir(), 'sqlclr-bench-'));
writeFileSync(join(folder, 'tiny.sql'), "EXEC sp_configure 'clr enabled', 1;\n");
writeFileSync(
  join(folder, 'large.sql'),
  `CREATE ASSEMBLY a FROM 0x4D5A${'00'.repeat(2_250_000)} WITH PERMISSION_SET = SAFE;\n`,
);
const floor = start('node -e 0', ['-e', '0']);
start('sqlclr-lint --version', ['dist/cli.cjs', '--version'], floor);
start('sqlclr-lint tiny.sql', ['dist/cli.cjs', join(folder, 'tiny.sql')], floor);
start('sqlclr-lint large.sql (4.5 M digits)', ['dist/cli.cjs', join(folder, 'large.sql')], floor);
const time = spawnSync('/usr/bin/time', ['-f', '%M', 'node', 'dist/cli.cjs', join(folder, 'large.sql')], {
  encoding: 'utf8',
});
if (time.status !== null)
  console.log(`memory, large.sql: ${(Number(time.stderr.trim().split('\n').at(-1)) / 1024).toFixed(0)} MiB`);
rmSync(folder, { recursive: true });

console.log();
for (const file of readdirSync('dist', { recursive: true })) {
  const size = statSync(join('dist', file));
  if (size.isFile()) console.log(`bundle ${file}: ${(size.size / 1000).toFixed(0)} KB minified`);
}
console.log();
run('node', '.ci/latency.mjs');

/** Stops where a step fails: what follows would time a program that is not there. */
function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

/** The median of eleven whole processes, in milliseconds. */
function start(name, args, floor) {
  const times = Array.from({ length: 11 }, () => {
    const begin = performance.now();
    spawnSync('node', args);
    return performance.now() - begin;
  }).sort((a, b) => a - b);
  const median = times[5];
  console.log(
    `start ${name}: ${median.toFixed(0)} ms${floor === undefined ? '' : ` (${(median / floor).toFixed(2)}x)`}`,
  );
  return median;
}
