// Calls of framework members in an assembly, and what the project says of each: what `sqlclr-lint api` prints.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inspections, Workspace, type CSharpFrontEnd } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { sourceUri, sourceWorkspaceOf } from '../support/api-agreement.js';
import { compiledSymbols } from './mono.js';

export type ApiUse = ReturnType<(typeof inspections)['api']>[number];

/** Of the text that the library was compiled from, as a source. */
export function sourceUsesIn(language: CSharpFrontEnd, source: string): readonly ApiUse[] {
  return inspections.api(sourceWorkspaceOf(language, source, compiledSymbols), sourceUri);
}

export function usesIn(library: string): readonly ApiUse[] {
  const workspace = new Workspace(nodePlatform);
  const uri = String(pathToFileURL(library));
  workspace.set(uri, readFileSync(library));
  return inspections.api(workspace, uri);
}
