// --fix: fixes that do not touch one another, then again, until nothing is left to mend.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Workspace } from '../analysis/workspace.js';
import type { Edit, Fix } from '../analysis/rules/rule.js';
import { reasonOf } from './read.js';
import { fileOf } from './report.js';

const maximumRounds = 10;

export interface Fixed {
  readonly applied: number;
  /** One line each: files with a fix that could not be written as they were encoded, or at all. */
  readonly failed: readonly string[];
}

type Encode = (text: string) => Buffer;

const encoders: readonly Encode[] = [
  (text) => Buffer.from(text, 'utf8'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf8'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
];

/** Mends files in the workspace and on the disk. */
export function applyFixes(workspace: Workspace, uris: readonly string[]): Fixed {
  let applied = 0;
  const failed: string[] = [];
  for (const uri of uris) {
    const original = workspace.textOf(uri);
    const count = mend(workspace, uri);
    if (count === 0) continue;
    try {
      rewrite(fileURLToPath(uri), original, workspace.textOf(uri));
      applied += count;
    } catch (error) {
      workspace.set(uri, original);
      failed.push(`${fileOf(uri)}: ${reasonOf(error)}`);
    }
  }
  return { applied, failed };
}

function mend(workspace: Workspace, uri: string): number {
  let count = 0;
  for (let round = 0; round < maximumRounds; round++) {
    const fixes = fixesFor(workspace, uri);
    if (fixes.length === 0) break;
    workspace.set(
      uri,
      edited(
        workspace.textOf(uri),
        fixes.flatMap(({ edits }) => edits),
      ),
    );
    count += fixes.length;
  }
  return count;
}

/** In the encoding the file has; one that cannot be told from its bytes is left alone. */
function rewrite(path: string, original: string, text: string): void {
  const bytes = readFileSync(path);
  const encode = encoders.find((one) => one(original).equals(bytes));
  if (!encode) throw new Error('it is neither UTF-8 nor UTF-16');
  writeFileSync(path, encode(text));
}

/** Of each finding the only fix, where it needs no review and stays in its file; whole or not at all, and of two that overlap the first. */
function fixesFor(workspace: Workspace, uri: string): readonly Fix[] {
  const taken: Edit[] = [];
  return workspace.findings(uri).flatMap(({ fixes }) => {
    const [fix, other] = fixes;
    if (!fix || other || fix.needsReview || fix.edits.length === 0) return [];
    if (fix.edits.some((edit) => (edit.uri ?? uri) !== uri || taken.some((one) => touches(one, edit)))) return [];
    taken.push(...fix.edits);
    return [fix];
  });
}

function touches(a: Edit, b: Edit): boolean {
  return a.at.start <= b.at.end && b.at.start <= a.at.end;
}

function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, text: replacement } of [...edits].sort((a, b) => a.at.start - b.at.start)) {
    parts.push(text.slice(from, at.start), replacement);
    from = at.end;
  }
  return parts.join('') + text.slice(from);
}
