// Runs the suite in every editor host on the packaged extension, then takes the pictures.
//   node test/run/editor.mjs [newest | oldest | web | pictures]...
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { missingForBrowser } from '../../tools/editor-host/browser.mjs';
import { installHosts, missingForHosts } from '../../tools/editor-host/install.mjs';
import { versionOf } from '../../tools/editor-host/server.mjs';
import { webVersion } from '../../tools/editor-host/web.mjs';
import { takePictures } from './pictures.mjs';
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
const wanted = asked.length > 0 ? asked : [...Object.keys(runs), 'pictures'];
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
for (const name of wanted.filter((each) => each in runs)) {
  if (!(await passes(runs[name]))) failed++;
}
if (wanted.includes('pictures')) {
  const started = Date.now();
  const files = await takePictures(vsix, join(root, 'run/pictures'));
  console.log(`${files.length} pictures in run/pictures (${seconds(started)})`);
}
process.exit(failed === 0 ? 0 : 1);

/** Only a run that says so itself, and has something to show, has passed. */
async function passes({ title, run }) {
  const started = Date.now();
  console.log(`\n${title()}`);
  const { code, report, log } = await run();
  const results = report?.results ?? [];
  for (const result of results) console.log(lineOf(result));
  const passed = results.filter(({ state }) => state === 'passed').length;
  const good = code === 0 && passed > 0 && passed === results.length;
  if (!good)
    console.log(
      `\n${log.split('\n').slice(-40).join('\n')}\n${code === undefined ? 'the run did not end' : `exit code ${code}`}`,
    );
  console.log(`  ${passed} of ${results.length} passed (${seconds(started)})`);
  return good;
}

function lineOf({ state, title, error }) {
  return `  ${state === 'passed' ? '✔' : '✖'} ${title}${error ? `\n    ${error.replaceAll('\n', '\n    ')}` : ''}`;
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}
