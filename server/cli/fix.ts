// --fix: fixes that do not touch one another, then again, until nothing is left to mend.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Workspace } from '../analysis/workspace.js';
import type { Edit } from '../analysis/rules/rule.js';

const maximumRounds = 10;

/** Mends files in the workspace and on the disk; gives the number of fixes. Files that are not UTF-8 are left alone. */
export function applyFixes(workspace: Workspace, uris: readonly string[]): number {
  let applied = 0;
  for (const uri of uris) {
    for (let round = 0; round < maximumRounds; round++) {
      const edits = editsFor(workspace, uri);
      if (edits.length === 0 || !isRewritable(uri, workspace.textOf(uri))) break;
      const text = edited(workspace.textOf(uri), edits);
      workspace.set(uri, text);
      const path = fileURLToPath(uri);
      const mark = readFileSync(path)
        .subarray(0, 3)
        .equals(Buffer.from([0xef, 0xbb, 0xbf]))
        ? '\ufeff'
        : '';
      writeFileSync(path, mark + text);
      applied += edits.length;
    }
  }
  return applied;
}

/** Of each finding the first fix, where it stays in its file; of two that overlap the first. */
function editsFor(workspace: Workspace, uri: string): readonly Edit[] {
  const edits = workspace
    .findings(uri)
    .flatMap(({ fixes }) => fixes.slice(0, 1))
    .filter((fix) => fix.edits.every((edit) => edit.uri === undefined || edit.uri === uri))
    .flatMap((fix) => fix.edits)
    .sort((a, b) => a.at.start - b.at.start);
  return edits.filter((edit, index) => index === 0 || edit.at.start >= (edits[index - 1]?.at.end ?? 0));
}

function edited(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { at, text: replacement } of [...edits].reverse())
    result = result.slice(0, at.start) + replacement + result.slice(at.end);
  return result;
}

function isRewritable(uri: string, text: string): boolean {
  const bytes = readFileSync(fileURLToPath(uri));
  return bytes.toString('utf8').replace(/^\ufeff/, '') === text;
}
