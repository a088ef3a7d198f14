// Runs the suite in a desktop VS Code, on the sources of the extension. Downloads one unless VSCODE_EXECUTABLE names it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { createProfile, removeProfile } from '../../tools/editor-host/server.mjs';
import { printed } from './printed.mjs';
import { copyWorkspace, root, suiteFolder } from './workspace.mjs';

const profile = createProfile();
const reportFile = join(profile, 'report.json');
const launchArgs = [copyWorkspace(profile), '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'];
let good = false;
try {
  const code = await runTests({
    version: process.env.VSCODE_VERSION ?? 'stable',
    ...(process.env.VSCODE_EXECUTABLE ? { vscodeExecutablePath: process.env.VSCODE_EXECUTABLE } : {}),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(suiteFolder, 'node.cjs'),
    launchArgs: [...launchArgs, `--user-data-dir=${join(profile, 'user')}`],
    extensionTestsEnv: { SQLCLR_EDITOR_REPORT: reportFile },
  });
  good = printed({ code, report: existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined });
} catch (error) {
  console.error(`The desktop tests did not run: ${error instanceof Error ? error.message : error}`);
} finally {
  removeProfile(profile);
}
process.exit(good ? 0 : 1);
