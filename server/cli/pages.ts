// The rules' pages, which ship beside the program.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Markdown; undefined where there is none. */
export function pageOf(rule: string): string | undefined {
  const path = join(__dirname, '..', 'docs', 'rules', `${rule}.md`);
  return /^[a-z-]+$/.test(rule) && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
