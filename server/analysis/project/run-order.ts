// The order of scripts is known of a package alone: `Payroll.dacpac/predeploy.sql`, `model.sql`, `postdeploy.sql`.
import { folderOf } from './find-assembly.js';
import type { Step } from './timeline.js';

/** By name, but for those of a package, which are as they run: the first of them comes ahead of its place. */
export function inRunOrder(uris: readonly string[]): readonly string[] {
  const keys = uris.map(keyOf).sort();
  return keys.map((key) => key.replace('\0', ''));
}

/** Whether a script runs behind another, as one of the same package does. */
export function runsBehind(uri: string, other: string): boolean {
  return isPackaged(uri) && folderOf(other) === folderOf(uri) && keyOf(uri) > keyOf(other);
}

/** What runs as a whole, of which a script is all or a part: a package, or the script. */
export function runOf(uri: string): string {
  return isPackaged(uri) ? folderOf(uri) : uri;
}

export function isPackaged(uri: string): boolean {
  return /\.[db]acpac\/$/i.test(folderOf(uri));
}

/** In one script or package, a step runs ahead of the other. */
export function isAhead(step: Step, other: Step): boolean {
  return step.file === other.file ? step.index < other.index : runsBehind(other.file.uri, step.file.uri);
}

function keyOf(uri: string): string {
  return uri.replace(/(?<=\.[db]acpac\/)(?=predeploy\.sql$)/i, '\0');
}
