// Runs the suite in the extension host of a VS Code server, on the installed package.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from '../../tools/editor-host/browser.mjs';
import {
  createProfile,
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
