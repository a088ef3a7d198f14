// The browser that looks at the workbenches: a Chromium of the machine, headless.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export function findOnPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const chromiumPath = process.env.CHROMIUM ?? names.map(findOnPath).find((path) => path !== undefined);

/** What keeps a browser from being started, in words; empty when nothing does. */
export function missingForBrowser() {
  return chromiumPath
    ? []
    : ['chromium is not on the PATH (Debian: apt-get install chromium), and CHROMIUM names no other'];
}

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The page asks no other machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** A window with its own profile; `heard` collects what its pages print. */
export async function openBrowser(profile, options = {}) {
  const context = await chromium.launchPersistentContext(join(profile, 'chromium'), {
    executablePath: chromiumPath,
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: chromiumArguments,
    ...options,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const heard = [];
  page.on('console', (message) => heard.push(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`[error] ${error}`));
  return { page, heard, close: () => context.close() };
}
