// Waits in a workbench for the end of its test run, whatever host it has.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace.mjs';

const limit = 180_000;

/** The exit code of the test run; undefined when it did not end. `onLine` gets what the extension host prints. */
export async function runInPage({ page, heard }, address, name, onLine = () => {}) {
  let timer;
  const ended = new Promise((resolve) => {
    timer = setTimeout(() => resolve(undefined), limit);
    // The workbench calls these two where it finds them.
    page.exposeFunction('codeAutomationExit', resolve);
    page.exposeFunction('codeAutomationLog', (type, values) => {
      const line = values.map(String).join(' ');
      heard.push(`[${type}] ${line}`);
      onLine(line);
    });
  });
  await page.goto(address);
  const code = await ended;
  clearTimeout(timer);
  if (code !== 0) await photograph(page, name);
  return code;
}

async function photograph(page, name) {
  const folder = join(root, 'run');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `failed-${name}.png`) });
}
