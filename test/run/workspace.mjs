// The folder an editor is opened on in tests: the sample, and what only tests want.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const suiteFolder = join(root, 'dist-test/editor');
export const sample = join(root, 'docs/sample');

/** A copy, since tests edit. */
export function copyWorkspace(parent) {
  const folder = join(parent, 'workspace');
  cpSync(sample, folder, { recursive: true });
  cpSync(join(root, 'test/suite/workspace'), folder, { recursive: true });
  return folder;
}
