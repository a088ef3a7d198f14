// Runs the suite in the extension host of a VS Code server, on the installed package.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from '../../tools/editor-host/browser.mjs';
import {
  createProfile,
  installedIn,
  installExtension,
  remoteUri,
  removeProfile,
  startServer,
  workbenchAddress,
} from '../../tools/editor-host/server.mjs';
import { runInPage } from './page.mjs';
import { copyWorkspace, suiteFolder } from './workspace.mjs';

export async function runInServer(host, vsix) {
  const profile = createProfile();
  const reportFile = join(profile, 'report.json');
  const folder = copyWorkspace(profile);
  let server;
  let browser;
  try {
    await installExtension(host, profile, vsix);
    checkTask(installedIn(profile), folder);
    server = await startServer(host, profile, { environment: { SQLCLR_EDITOR_REPORT: reportFile } });
    browser = await openBrowser(profile);
    const address = workbenchAddress(server, folder, [
      ['extensionDevelopmentPath', remoteUri(server, suiteFolder)],
      ['extensionTestsPath', remoteUri(server, join(suiteFolder, 'node.cjs'))],
    ]);
    const code = await runInPage(browser, address, host);
    const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined;
    return { code, report, log: [...browser.heard, server.log()].join('\n') };
  } finally {
    await browser?.close();
    await server?.stop();
    removeProfile(profile);
  }
}

/** What the task runs (`client/tasks.ts`), as it ships: these editors have no terminal that could. */
function checkTask(extension, folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(extension, 'dist/cli.cjs'), 'lint', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const found = ['01-trust.sql:28:28 warning ', 'csharp/Letters.cs:9:16 error '].filter((line) =>
    stdout.includes(line),
  );
  if (status !== 1 || found.length !== 2)
    throw new Error(`the command line that ships ended with ${status}:\n${stdout}${stderr}`);
}
