// Takes the pictures of the README and of the walkthrough: the packaged extension on the sample, as a person sees it.
//   node test/run/pictures.mjs [FOLDER [NAME]...]
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingForBrowser, openBrowser } from '../../tools/editor-host/browser.mjs';
import { installHosts, missingForHosts } from '../../tools/editor-host/install.mjs';
import {
  createProfile,
  installExtension,
  writeSettings,
  remoteUri,
  removeProfile,
  startServer,
  workbenchAddress,
} from '../../tools/editor-host/server.mjs';
import { copySample, root, sample } from './workspace.mjs';

/** Only what the picture is about, large enough to read in a README. Debian: fonts-jetbrains-mono, fonts-inter. */
const settings = {
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': false,
  'workbench.layoutControl.enabled': false,
  'window.menuBarVisibility': 'hidden',
  'window.commandCenter': false,
  'workbench.editor.showTabs': 'single',
  'breadcrumbs.enabled': false,
  'editor.fontFamily': "'JetBrains Mono', 'DejaVu Sans Mono', monospace",
  'editor.fontSize': 14,
  'editor.minimap.enabled': false,
  'editor.scrollBeyondLastLine': true,
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.renderLineHighlight': 'none',
  'editor.cursorBlinking': 'solid',
  'editor.guides.indentation': false,
  'editor.hover.delay': 100,
  'editor.hover.above': false,
  'editor.scrollbar.vertical': 'hidden',
  'editor.scrollbar.horizontal': 'hidden',
  'editor.overviewRulerBorder': false,
  'editor.hideCursorInOverviewRuler': true,
};
const style = `
  .monaco-workbench { font-family: Inter, system-ui, sans-serif !important; }
  .notifications-toasts, .decorationsOverviewRuler, .cursors-layer { display: none !important; }`;

const themes = {
  light: { name: 'Default Light Modern', suffix: '' },
  dark: { name: 'Default Dark Modern', suffix: '-dark' },
  contrast: { name: 'Default High Contrast', suffix: '-contrast' },
};
const all = Object.keys(themes);

/** Each as high as what it shows, in pixels of the page. */
const pictures = [
  { name: 'walkthrough', file: '01-trust.sql', width: 1100, height: 700, themes: all, show: walkthrough },
  { name: 'squiggle', themes: all, file: '01-trust.sql', height: 340, show: squiggle },
  { name: 'hover', themes: all, file: '02-assembly.sql', height: 560, show: hover },
  { name: 'csharp', file: 'src/Export.cs', height: 630, show: csharp },
  { name: 'inlay-hints', file: '03-routines.sql', height: 340, show: inlayHints },
  { name: 'quick-fix', file: '01-trust.sql', height: 400, show: quickFix },
  { name: 'problems', themes: all, file: '02-assembly.sql', height: 460, show: problems },
  { name: 'show-assembly', file: '02-assembly.sql', height: 620, show: showAssembly },
  { name: 'links', file: '03-routines.sql', width: 1440, height: 820, themes: all, show: showLinks },
  { name: 'call-hierarchy', file: '03-routines.sql', width: 1200, height: 560, show: callHierarchy },
  { name: 'settings', file: '01-trust.sql', width: 1000, height: 620, themes: all, show: showSettings },
  { name: 'status', themes: all, file: '01-trust.sql', height: 400, show: status },
  ...[
    ['permission-set', '05-hotfix.sql', 'PERMISSION_SET = |UNSAFE'],
    ['code-access', 'src/Export.cs', 'File.Write|AllText'],
    ['host-protection', 'src/Shared.cs', 'Monitor.En|ter'],
    ['impersonation', 'src/Shared.cs', 'Imper|sonate'],
    ['external-name', '03-routines.sql', 'EXTERNAL NAME [Payroll.|Export]'],
    ['grant', '04-grants.sql', 'GRANT EX|ECUTE ON OBJECT::dbo.WritePayslips'],
    ['execute-as', '03-routines.sql', 'EXECUTE AS OW|NER'],
    ['partially-trusted', 'src/Shared.cs', 'Allow|PartiallyTrustedCallers]'],
    ['static-field', 'src/Calculation.cs', 'decimal last|Rate'],
    ['key', '01-trust.sql', 'ASYMMETRIC KEY Payroll|Key FROM'],
  ].map(([name, file, at]) => ({
    name: `hovers/${name}`,
    file,
    height: 2600,
    show: (page, folder) => hoverAt(page, readFileSync(join(folder, file), 'utf8'), at),
  })),
];
const usual = { width: 900, themes: ['light'] };

/** `only`: those of these names. */
export async function takePictures(vsix, folder, only = []) {
  const wanted = pictures.filter(({ name }) => only.length === 0 || only.includes(name));
  const each = wanted.flatMap((picture) => (picture.themes ?? usual.themes).map((theme) => ({ ...picture, theme })));
  mkdirSync(join(folder, 'hovers'), { recursive: true });
  const profile = createProfile(settings);
  const workspace = copySample(profile);
  const withMore = copySample(join(profile, 'hovers'));
  cpSync(join(root, 'test/features/hovers'), withMore, { recursive: true });
  let server;
  let browser;
  try {
    await installExtension('newest', profile, vsix);
    server = await startServer('newest', profile);
    browser = await openBrowser(profile, { deviceScaleFactor: 2, bypassCSP: true });
    const { page } = browser;
    const canvas = await page.context().newPage();
    for (const { name, file, width = usual.width, height, theme, show } of each) {
      writeSettings(profile, { ...settings, 'workbench.colorTheme': themes[theme].name });
      const opened = name.startsWith('hovers/') ? withMore : workspace;
      const uri = remoteUri(server, join(opened, file));
      await page.setViewportSize({ width, height });
      let clip;
      await patiently(async () => {
        await page.goto(workbenchAddress(server, opened, [['openFile', uri]]));
        await ready(page);
        clip = await show(page, opened);
      });
      await page.waitForTimeout(500); // What fades in has.
      const path = `${name}${themes[theme].suffix}.webp`;
      writeFileSync(join(folder, path), await asWebp(canvas, await page.screenshot({ clip })));
      console.log(`  ✔ ${path}`);
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

/** Sharp where a page shows them, and a fifteenth of what the screenshot is: they ship. */
async function asWebp(page, png) {
  const url = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height].map((side) => Math.round(side * 0.75));
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/webp', 0.7);
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** What is pointed at can move away under the mouse, and a menu be asked for too early: then from the start once more. */
async function patiently(act, tries = 3) {
  try {
    await act();
  } catch (error) {
    if (tries === 1 || error.name !== 'TimeoutError') throw error;
    await patiently(act, tries - 1);
  }
}

/** The workbench has laid itself out, and the side bar and the panel of the picture before are away. */
async function ready(page) {
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 });
  await page.addStyleTag({ content: style });
  const sideBar = page.locator('.part.sidebar:visible');
  if ((await sideBar.count()) > 0) await page.keyboard.press('Control+B');
  await sideBar.waitFor({ state: 'detached' });
  const panel = page.locator('.part.panel:visible');
  if ((await panel.count()) > 0) await page.keyboard.press('Control+J');
  await panel.waitFor({ state: 'detached' });
}

async function squiggle(page) {
  await goTo(page, 'TRUSTWORTHY ON');
}

async function hover(page) {
  await findings(page);
  // Lenses move the lines below them.
  await page.locator('.codelens-decoration a', { hasText: 'Show assembly' }).first().waitFor();
  const literal = page.locator('.view-line', { hasText: '0x4D5A' }).first();
  await literal.hover({ position: { x: 480, y: 8 } });
  await page.locator('.monaco-hover:visible', { hasText: 'SHA2_512' }).first().waitFor();
}

/** By the keyboard, at the character behind `|`; in a window so high that all of it is seen. */
async function hoverAt(page, text, at) {
  await findings(page);
  await goToPlace(page, placeOf(at.replace('|', ''), text, at.indexOf('|')));
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  const widget = page.locator('.monaco-hover:visible', { hasText: 'On SQL Server 2022' }).first();
  await widget.waitFor();
  await page.waitForTimeout(300); // It settles its size.
  const shown = await widget.boundingBox();
  const top = Math.max(0, shown.y - 130);
  return { x: 0, y: top, width: usual.width, height: shown.y + shown.height + 24 - top };
}

/** Lenses, and what is known of a routine where it is declared. */
async function csharp(page) {
  await page
    .locator('.codelens-decoration a', { hasText: 'bound by dbo.WritePayslips' })
    .first()
    .waitFor({ timeout: 60_000 });
  await page
    .locator('.view-line span', { hasText: /^WritePayslips$/ })
    .first()
    .hover();
  await page.locator('.monaco-hover:visible', { hasText: 'Bound by procedure' }).first().waitFor();
}

/** What stands beside the types of T-SQL. */
async function inlayHints(page) {
  await page.locator('.view-line', { hasText: 'SqlString' }).first().waitFor({ timeout: 60_000 });
}

async function problems(page) {
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.panel [aria-label^="Maximize Panel"]').first().click();
  await page.locator('.markers-panel .monaco-list-row').nth(5).waitFor();
  await page.mouse.move(450, 455);
}

async function quickFix(page) {
  await goTo(page, 'TRUSTWORTHY ON');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget').first().waitFor();
}

/** The panel by itself, and the links of one object; a click on it has opened the script beside. */
async function showLinks(page) {
  await findings(page);
  await run(page, 'SQLCLR: Show Links');
  const panel = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  const node = panel.locator('g.node', { hasText: 'dbo.WritePayslips' }).first();
  await node.click({ timeout: 60_000 });
  await page.locator('.view-line', { hasText: 'CREATE PROCEDURE dbo.WritePayslips' }).first().waitFor();
  await page.locator('.editor-group-container').nth(1).waitFor();
  await run(page, 'View: Close All Editors in Group');
  await page.locator('.editor-group-container').nth(1).waitFor({ state: 'detached' });
  await node.press('Escape');
  await node.focus();
}

/** What a procedure comes to, over the method that it is bound to. */
async function callHierarchy(page) {
  const text = readFileSync(join(sample, '03-routines.sql'), 'utf8');
  await findings(page);
  await goToPlace(page, placeOf('dbo.WritePayslips', text, 5));
  await run(page, 'Calls: Show Call Hierarchy');
  const rows = page.locator('.part.sidebar .monaco-list-row');
  await rows.first().waitFor({ timeout: 60_000 });
  await page.locator('.part.sidebar .action-label[aria-label*="Outgoing"]').first().click();
  await rows.nth(1).waitFor();
  await rows.filter({ hasText: 'Payroll.Export::WritePayslips' }).first().click();
  await page.keyboard.press('ArrowRight');
  await rows.filter({ hasText: 'System.IO.File' }).first().waitFor();
}

async function showSettings(page) {
  await run(page, 'Preferences: Open Settings (UI)');
  const box = page.locator('.settings-editor .suggest-input-container').first();
  await box.click();
  // What the search before has left.
  await page.keyboard.press('Control+A');
  await page.keyboard.type('@ext:sqlclr-lint.sqlclr-lint ');
  await page.keyboard.press('Escape');
  await page.locator('.settings-editor .setting-item-label', { hasText: 'Clr Strict Security' }).first().waitFor();
}

async function walkthrough(page) {
  await run(page, 'Welcome: Open Walkthrough...');
  await page.keyboard.type('SQLCLR');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'SQLCLR Lint' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.getting-started-step img, .getting-started-media img').first().waitFor();
}

async function run(page, command) {
  await page.keyboard.press('F1');
  await page.keyboard.type(command);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first().waitFor();
  await page.keyboard.press('Enter');
}

async function findings(page) {
  await page.locator('[class*=squiggly-]').first().waitFor({ timeout: 60_000 });
}

/** For which server scripts are checked; no test can read it but from the page. */
async function status(page) {
  await goTo(page, 'TRUSTWORTHY ON');
  await page.keyboard.press('F1');
  await page.keyboard.type('Toggle Status Bar Visibility');
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item[id="status.languageStatus"]').click();
  await page.locator('.hover-language-status', { hasText: 'SQL Server 2022' }).first().waitFor();
}

/** The code of a method, by the lens over the statement and the outline's quick pick. */
async function showAssembly(page) {
  await findings(page);
  await page.locator('.codelens-decoration a', { hasText: 'Payroll.Calculation' }).first().click();
  // Where it was shown before, it stands where it was left. The editor has spaces of its own kind.
  await page
    .locator('.view-line', { hasText: /SQLCLR\s+assembly\s+Payroll\.Calculation|IL_0000/ })
    .first()
    .waitFor();
  await page.keyboard.press('Control+Shift+O');
  await page.keyboard.type('NetPay');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'NetPay' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'SqlMoney::get_IsNull' }).first().waitFor();
}

/** Puts the cursor on a text, in the middle of the window. */
async function goTo(page, text) {
  await goToPlace(page, placeOf(text, readFileSync(join(sample, '01-trust.sql'), 'utf8')));
  await findings(page);
}

async function goToPlace(page, [line, column]) {
  await page.locator('.view-lines').first().click();
  await page.keyboard.press('Control+G');
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press('Enter');
}

function placeOf(part, text, into = 0) {
  const before = text.slice(0, text.indexOf(part) + into).split('\n');
  return [before.length, before.at(-1).length + 1];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = [...missingForHosts(), ...missingForBrowser()];
  if (missing.length > 0) {
    console.error(['The pictures cannot be taken here:', ...missing].join('\n  '));
    process.exit(1);
  }
  installHosts();
  const [folder = join(root, 'docs/images'), ...only] = process.argv.slice(2);
  await takePictures(join(root, 'sqlclr-lint.vsix'), resolve(folder), only);
}
