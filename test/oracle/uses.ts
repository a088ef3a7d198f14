// Calls of framework members in an assembly, and what the project says of each: what `sqlclr-lint api` prints.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform-node.js';

export type ApiUse = ReturnType<Workspace['api']>[number];

export function usesIn(library: string): readonly ApiUse[] {
  const workspace = new Workspace(nodePlatform);
  const uri = String(pathToFileURL(library));
  workspace.set(uri, readFileSync(library));
  return workspace.api(uri);
}
