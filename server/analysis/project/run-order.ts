// The order of scripts is known of a package alone: `Payroll.dacpac/predeploy.sql`, `model.sql`, `postdeploy.sql`.
import { folderOf } from './find-assembly.js';

/** By name, but for those of a package, which are as they run: the first of them comes ahead of its place. */
export function inRunOrder(uris: readonly string[]): readonly string[] {
  const keys = uris.map(keyOf).sort();
  return keys.map((key) => key.replace('\0', ''));
}

/** Whether a script runs behind another, as one of the same package does. */
export function runsBehind(uri: string, other: string): boolean {
  const folder = folderOf(uri);
  return /\.[db]acpac\/$/i.test(folder) && folderOf(other) === folder && keyOf(uri) > keyOf(other);
}

function keyOf(uri: string): string {
  return uri.replace(/(?<=\.[db]acpac\/)(?=predeploy\.sql$)/i, '\0');
}
