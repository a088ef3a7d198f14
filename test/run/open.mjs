// Opens VS Code with the extension on the sample: the one on the PATH, else one in the browser.
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { findOnPath } from '../../tools/editor-host/browser.mjs';
import { installHosts, missingForHosts } from '../../tools/editor-host/install.mjs';
import {
  createProfile,
  freePort,
  installExtension,
  removeProfile,
  startServer,
} from '../../tools/editor-host/server.mjs';
import { root, sample } from './workspace.mjs';

const desktop = findOnPath(process.platform === 'win32' ? 'code.cmd' : 'code');
await (desktop ? openDesktop(desktop) : openInBrowser());

async function openDesktop(code) {
  npm('run', '-s', 'build');
  const shell = process.platform === 'win32';
  const child = spawn(code, [`--extensionDevelopmentPath=${root}`, sample], { stdio: 'inherit', shell });
  process.exitCode = await new Promise((resolve) => child.once('exit', resolve));
}

async function openInBrowser() {
  const missing = missingForHosts();
  if (missing.length > 0) {
    console.error(['There is no `code` on the PATH, and no VS Code for the browser:', ...missing].join('\n  '));
    process.exit(1);
  }
  console.log('There is no `code` on the PATH; preparing VS Code in the browser.');
  installHosts();
  npm('run', '-s', 'package');
  const profile = createProfile({ 'extensions.ignoreRecommendations': true });
  try {
    await installExtension('newest', profile, join(root, 'sqlclr-lint.vsix'));
    const port = await preferredPort();
    const server = await startServer('newest', profile, { port, arguments: ['--default-folder', sample] });
    console.log(`VS Code with SQLCLR Lint: http://${server.authority}/  (Ctrl-C ends it)`);
    await Promise.race([interrupted(), server.exited]);
    await server.stop();
  } finally {
    removeProfile(profile);
  }
}

/** The same address every time, where it is free. */
async function preferredPort() {
  const wanted = Number(process.env.PORT ?? 8723);
  return freePort(wanted).catch(() => freePort());
}

function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
}

function npm(...args) {
  execFileSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}
