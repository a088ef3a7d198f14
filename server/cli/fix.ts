// --fix: fixes that go together and bring nothing new, then again, until nothing is left to mend.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Workspace } from '../analysis/workspace.js';
import type { Advice } from '../bundles/advice.js';
import type { Mending } from '../analysis/features/trials.js';
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
export function applyFixes(advice: Advice, workspace: Workspace, uris: readonly string[]): Fixed {
  let applied = 0;
  const failed: string[] = [];
  for (const uri of uris) {
    const original = workspace.textOf(uri);
    const count = mend(advice, workspace, uri);
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

function mend(advice: Advice, workspace: Workspace, uri: string): number {
  let count = 0;
  for (let round = 0; round < maximumRounds; round++) {
    const accepted = new advice.Trials(workspace).accepted(mendingsOf(advice, workspace, uri));
    if (accepted.length === 0) break;
    workspace.set(
      uri,
      advice.edited(
        workspace.textOf(uri),
        accepted.flatMap(({ fix }) => fix.edits),
      ),
    );
    count += accepted.length;
  }
  return count;
}

/** What needs no review and stays in its file. */
function mendingsOf(advice: Advice, workspace: Workspace, uri: string): readonly Mending[] {
  return workspace.findings(uri).flatMap((finding) => {
    const fix = advice.safeFixOf(finding);
    return fix?.edits.every((edit) => (edit.uri ?? uri) === uri) ? [{ finding, fix }] : [];
  });
}

/** In the encoding the file has; one that cannot be told from its bytes is left alone. */
function rewrite(path: string, original: string, text: string): void {
  const bytes = readFileSync(path);
  const encode = encoders.find((one) => one(original).equals(bytes));
  if (!encode) throw new Error('it is neither UTF-8 nor UTF-16');
  writeFileSync(path, encode(text));
}
