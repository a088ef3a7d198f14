// The folder an editor is opened on in tests: the sample, and what only tests want.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const suiteFolder = join(root, 'dist-test/editor');
export const sample = join(root, 'docs/sample');

/** A copy, since tests edit; under the name that a picture shows. */
export function copySample(parent) {
  const folder = join(parent, 'payroll');
  cpSync(sample, folder, { recursive: true });
  return folder;
}

export function copyWorkspace(parent) {
  const folder = copySample(parent);
  cpSync(join(root, 'test/suite/workspace'), folder, { recursive: true });
  // Where a build would put it, and where the analysis does not look.
  for (const name of ['Calls.dll', 'Widths.dll'])
    cpSync(join(root, 'test/assemblies', name), join(folder, 'bin', name));
  return folder;
}
