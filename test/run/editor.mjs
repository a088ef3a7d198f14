// Runs the suite in every editor host on the packaged extension; the pictures only where they are asked for.
//   node test/run/editor.mjs [newest | oldest | web | pictures]...
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { missingForBrowser } from '../../tools/editor-host/browser.mjs';
import { installHosts, missingForHosts } from '../../tools/editor-host/install.mjs';
import { versionOf } from '../../tools/editor-host/server.mjs';
import { webVersion } from '../../tools/editor-host/web.mjs';
import { takePictures } from './pictures.mjs';
import { printed } from './printed.mjs';
import { runInServer } from './remote.mjs';
import { runInWeb } from './web.mjs';
import { root } from './workspace.mjs';

const vsix = join(root, 'sqlclr-lint.vsix');

const runs = {
  newest: {
    title: () => `VS Code ${versionOf('newest')}, extension host on Node.js`,
    run: () => runInServer('newest', vsix),
  },
  oldest: {
    title: () => `VS Code ${versionOf('oldest')}, extension host on Node.js`,
    run: () => runInServer('oldest', vsix),
  },
  web: { title: () => `VS Code ${webVersion()} for the Web, extension host in a worker`, run: () => runInWeb(vsix) },
};

const missing = [...missingForHosts(), ...missingForBrowser()];
if (missing.length > 0) {
  console.error(['The editor tests cannot run here:', ...missing.map((what) => `  ${what}`)].join('\n'));
  process.exit(1);
}

const asked = process.argv.slice(2);
const wanted = asked.length > 0 ? asked : Object.keys(runs);
const unknown = wanted.filter((name) => name !== 'pictures' && !(name in runs));
if (unknown.length > 0) {
  console.error(`no such editor host: ${unknown.join(', ')}`);
  process.exit(2);
}

installHosts();
for (const args of [
  ['run', '-s', 'package'],
  ['exec', '--', 'node', 'esbuild.mjs', '--editor-tests'],
]) {
  execFileSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

let failed = 0;
let first;
for (const name of wanted.filter((each) => each in runs)) {
  const { title, run } = runs[name];
  console.log(`\n${title()}`);
  const started = Date.now();
  const ran = await run();
  if (!printed(ran)) failed++;
  first ??= ran.report && { title: title(), told: ran.report.told };
  if (!isSame(first?.told ?? [], ran.report?.told ?? [], first?.title)) failed++;
  console.log(`  ${seconds(started)}`);
}
if (wanted.includes('pictures')) {
  console.log('\nPictures');
  const started = Date.now();
  await takePictures(vsix, join(root, 'run/pictures'));
  console.log(`  ${seconds(started)}`);
}
process.exit(failed === 0 ? 0 : 1);

/** Findings and hovers of one host, held against those of another. */
function isSame(told, other, title) {
  const differing = [...told.filter((line) => !other.includes(line)), ...other.filter((line) => !told.includes(line))];
  for (const line of differing.slice(0, 5)) console.log(`  otherwise than in ${title}: ${line.slice(0, 300)}`);
  if (differing.length === 0) console.log(`  ${told.length} findings and hovers, as in ${title}`);
  return differing.length === 0;
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}
