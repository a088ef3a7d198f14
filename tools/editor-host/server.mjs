// The VS Code server inside code-server: the same workbench and extension host as on a desktop, reached by a browser.
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newestNode, packages } from './install.mjs';

/** By name: the folder of its package, and the Node.js it runs on (1.139 wants a newer one than the project does). */
const hosts = {
  newest: { folder: 'vscode-newest', node: newestNode },
  oldest: { folder: 'vscode-oldest', node: process.execPath },
};

/** Nothing that starts by itself, moves, or asks another machine. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'editor.accessibilitySupport': 'off',
};

export function versionOf(host) {
  return JSON.parse(readFileSync(join(packages, hosts[host].folder, 'lib/vscode/package.json'), 'utf8')).version;
}

/** A folder for all that a host writes; whoever asks for it removes it. */
export function createProfile(settings = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'sqlclr-editor-'));
  mkdirSync(join(profile, 'user/User'), { recursive: true });
  mkdirSync(join(profile, 'extensions'));
  writeSettings(profile, settings);
  return profile;
}

export function writeSettings(profile, settings) {
  writeFileSync(join(profile, 'user/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
}

export function removeProfile(profile) {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Installs a packaged extension into a profile, as `code --install-extension` does. */
export async function installExtension(host, profile, vsix) {
  const child = launch(host, profile, ['--install-extension', vsix, '--force'], 'install.log');
  const code = await new Promise((resolve) => child.process.once('exit', resolve));
  if (code !== 0 || !/was successfully installed/.test(child.log())) {
    throw new Error(`${vsix} was not installed (${code}):\n${child.log()}`);
  }
}

/** The folder of the only extension of a profile. */
export function installedIn(profile) {
  const folder = join(profile, 'extensions');
  const name = readdirSync(folder).find((each) => each.startsWith('sqlclr-lint.sqlclr-lint-'));
  return join(folder, name);
}

/** Serves until `stop()`. `options.environment` reaches the extension host; `options.port` is free to choose otherwise. */
export async function startServer(host, profile, options = {}) {
  const port = options.port ?? (await freePort());
  const authority = `127.0.0.1:${port}`;
  // Without --enable-smoke-test-driver a built workbench ignores extensionTestsPath in its address.
  const listen = [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--without-connection-token',
    '--enable-smoke-test-driver',
  ];
  const child = launch(host, profile, [...listen, ...(options.arguments ?? [])], 'server.log', options.environment);
  const exited = new Promise((resolve) => child.process.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([exited, sleep(3000)]);
    child.kill('SIGKILL');
  };
  const answers = () =>
    fetch(`http://${authority}/version`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (const deadline = Date.now() + 60_000; !(await answers()); await sleep(50)) {
    if (child.process.exitCode === null && Date.now() < deadline) continue;
    await stop();
    throw new Error(`the ${host} VS Code server did not start:\n${child.log()}`);
  }
  return { authority, stop, exited, log: child.log };
}

/** In a process group of its own: the extension host and the language server are its grandchildren, and go with it. */
function launch(host, profile, args, logName, environment = {}) {
  const { folder, node } = hosts[host];
  const main = join(packages, folder, 'lib/vscode/out/server-main.js');
  const data = [
    '--server-data-dir',
    profile,
    '--user-data-dir',
    join(profile, 'user'),
    '--extensions-dir',
    join(profile, 'extensions'),
  ];
  const consent = ['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust'];
  const log = join(profile, logName);
  const output = openSync(log, 'a');
  const child = spawn(node, [main, ...consent, ...data, ...args], {
    env: privateEnvironment(profile, environment),
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error; // All of the group are gone.
    }
  };
  return { process: child, kill, log: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
}

/** A server started in a terminal of VS Code would take itself for that window's command line. */
function privateEnvironment(profile, environment) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    EXTENSIONS_GALLERY: '{}',
    ...environment,
    HOME: profile,
    XDG_CONFIG_HOME: profile,
  };
}

export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The address of a workbench on a folder; `payload` are its options, as `[name, value]`. */
export function workbenchAddress({ authority }, folder, payload = []) {
  const address = new URL(`http://${authority}/`);
  address.searchParams.set('folder', folder);
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

export function remoteUri({ authority }, path) {
  return `vscode-remote://${authority}${path}`;
}
