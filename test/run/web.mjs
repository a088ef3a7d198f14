// Runs the suite in the web build of VS Code, on the unpacked package.
import { openBrowser } from '../../tools/editor-host/browser.mjs';
import { createProfile, installedIn, installExtension, removeProfile } from '../../tools/editor-host/server.mjs';
import { serveWeb } from '../../tools/editor-host/web.mjs';
import { runInPage } from './page.mjs';
import { copyWorkspace, suiteFolder } from './workspace.mjs';

const marker = 'SQLCLR_EDITOR_REPORT ';

export async function runInWeb(vsix) {
  const profile = createProfile();
  let served;
  let browser;
  try {
    const extension = await unpack(profile, vsix);
    const tests = { folder: suiteFolder, script: 'web.js' };
    served = await serveWeb(profile, { extension, folder: copyWorkspace(profile), tests });
    browser = await openBrowser(profile);
    let report;
    const code = await runInPage(browser, served.address, 'web', (line) => {
      if (line.startsWith(marker)) report = JSON.parse(line.slice(marker.length));
    });
    return { code, report, log: browser.heard.join('\n') };
  } finally {
    await browser?.close();
    served?.stop();
    removeProfile(profile);
  }
}

/** An installed extension is an unpacked one. */
async function unpack(profile, vsix) {
  await installExtension('newest', profile, vsix);
  return installedIn(profile);
}
