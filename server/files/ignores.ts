// The .gitignore files that bear on a path of the disk.
import { join, sep } from 'node:path';
import { ignoredBy, parseIgnore, type IgnoreRule } from './gitignore.js';

/** In bytes: a longer .gitignore is not read. */
export const ignoreLimit = 1 << 20;

export interface Ignore {
  /** With a separator at its end. */
  readonly folder: string;
  readonly rules: readonly IgnoreRule[];
}

export function parsedIgnore(folder: string, text: string): Ignore {
  return { folder: join(folder, sep), rules: parseIgnore(text) };
}

/** The innermost .gitignore that says anything says it; `ignores` has the innermost first. */
export function isIgnored(path: string, isFolder: boolean, ignores: readonly Ignore[]): boolean {
  for (const { folder, rules } of ignores) {
    const ignored = rules.length > 0 ? ignoredBy(rules, path.slice(folder.length).split(sep), isFolder) : undefined;
    if (ignored !== undefined) return ignored;
  }
  return false;
}
