// Takes the pictures of the README: the packaged extension on the sample, as a person sees it.
//   node test/run/pictures.mjs [FOLDER]
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingForBrowser, openBrowser } from '../../tools/editor-host/browser.mjs';
import { installHosts, missingForHosts } from '../../tools/editor-host/install.mjs';
import {
  createProfile,
  installExtension,
  remoteUri,
  removeProfile,
  startServer,
  workbenchAddress,
} from '../../tools/editor-host/server.mjs';
import { copyWorkspace, root } from './workspace.mjs';

/** Only what the picture is about, large enough to read in a README. Debian: fonts-cascadia-code, fonts-inter. */
const settings = {
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': false,
  'workbench.layoutControl.enabled': false,
  'window.menuBarVisibility': 'hidden',
  'window.commandCenter': false,
  'breadcrumbs.enabled': false,
  'editor.fontFamily': "'Cascadia Code', 'DejaVu Sans Mono', monospace",
  'editor.fontSize': 14,
  'editor.minimap.enabled': false,
  'editor.scrollBeyondLastLine': true,
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.renderLineHighlight': 'none',
  'editor.cursorBlinking': 'solid',
  'editor.guides.indentation': false,
  'editor.hover.delay': 100,
  'editor.scrollbar.vertical': 'hidden',
  'editor.scrollbar.horizontal': 'hidden',
  'editor.overviewRulerBorder': false,
  'editor.hideCursorInOverviewRuler': true,
};
const style = `
  .monaco-workbench { font-family: Inter, system-ui, sans-serif !important; }
  .notifications-toasts, .decorationsOverviewRuler, .cursors-layer { display: none !important; }`;

const pictures = [
  { name: 'squiggle', file: '01-trust.sql', take: squiggle },
  { name: 'hover', file: '02-assembly.sql', take: hover },
  { name: 'problems', file: '02-assembly.sql', take: problems },
  { name: 'quick-fix', file: '01-trust.sql', take: quickFix },
];

export async function takePictures(vsix, folder) {
  mkdirSync(folder, { recursive: true });
  const profile = createProfile(settings);
  const workspace = copyWorkspace(profile);
  let server;
  let browser;
  try {
    await installExtension('newest', profile, vsix);
    server = await startServer('newest', profile);
    browser = await openBrowser(profile, {
      viewport: { width: 900, height: 640 },
      deviceScaleFactor: 2,
      bypassCSP: true,
    });
    for (const { name, file, take } of pictures) {
      const uri = remoteUri(server, join(workspace, file));
      await browser.page.goto(workbenchAddress(server, workspace, [['openFile', uri]]));
      await ready(browser.page);
      await take(browser.page, join(folder, `${name}.png`));
      console.log(`  ✔ ${join(folder, `${name}.png`)}`);
    }
  } catch (error) {
    await browser?.page.screenshot({ path: join(root, 'run/failed-pictures.png') });
    throw error;
  } finally {
    await browser?.close();
    await server?.stop();
    removeProfile(profile);
  }
}

/** The workbench has laid itself out, the side bar is away, and the first findings are there. */
async function ready(page) {
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 });
  await page.addStyleTag({ content: style });
  const sideBar = page.locator('.part.sidebar:visible');
  if ((await sideBar.count()) > 0) await page.keyboard.press('Control+B');
  await sideBar.waitFor({ state: 'detached' });
  await page.locator('[class*=squiggly-]').first().waitFor({ timeout: 60_000 });
}

async function squiggle(page, path) {
  await goToLine(page, 28);
  await photograph(page, path, [
    page.locator('.view-line', { hasText: 'TRUSTWORTHY' }),
    page.locator('.view-line', { hasText: 'CREATE LOGIN' }).first(),
  ]);
}

async function hover(page, path) {
  await page
    .locator('.view-line', { hasText: '0x4D5A' })
    .first()
    .hover({ position: { x: 200, y: 8 } });
  const card = page.locator('.monaco-hover:visible').first();
  await card.waitFor();
  await page.waitForTimeout(500);
  await photograph(page, path, [card, page.locator('.view-line', { hasText: '0x4D5A' }).first()]);
}

async function problems(page, path) {
  await page.keyboard.press('Control+Shift+M');
  const panel = page.locator('.markers-panel .monaco-list-row').first();
  await panel.waitFor();
  await page.waitForTimeout(500);
  await page.locator('.part.panel').screenshot({ path });
}

async function quickFix(page, path) {
  const line = page.locator('.view-line', { hasText: 'TRUSTWORTHY' }).first();
  await goToLine(page, 28);
  await line.getByText('TRUSTWORTHY').first().click();
  await page.keyboard.press('Control+.');
  const menu = page.locator('.action-widget').first();
  await menu.waitFor();
  await photograph(page, path, [menu, line]);
}

async function goToLine(page, line) {
  await page.locator('.view-lines').first().click();
  await page.keyboard.press('Control+G');
  await page.keyboard.type(String(line));
  await page.keyboard.press('Enter');
}

/** The part of the page that holds all of these, and a margin. */
async function photograph(page, path, locators) {
  const margin = 16;
  const boxes = (await Promise.all(locators.map((locator) => locator.first().boundingBox()))).filter(
    (box) => box !== null,
  );
  const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - 70);
  const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - margin);
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + margin;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + margin;
  await page.screenshot({ path, clip: { x: left, y: top, width: Math.min(900, right) - left, height: bottom - top } });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = [...missingForHosts(), ...missingForBrowser()];
  if (missing.length > 0) {
    console.error(['The pictures cannot be taken here:', ...missing].join('\n  '));
    process.exit(1);
  }
  installHosts();
  await takePictures(join(root, 'sqlclr-lint.vsix'), resolve(process.argv[2] ?? join(root, 'docs/images')));
}
