// Findings that were there before: by file, rule and message, so that lines may move.
import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from './arguments.js';
import type { Located } from './report.js';
import { writeOutput } from './write.js';

interface Entry {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
  readonly count: number;
}

export interface Baselined {
  readonly kept: readonly Located[];
  /** Entries of the baseline that nothing answers to any more. */
  readonly stale: readonly string[];
}

export function applyBaseline(path: string, located: readonly Located[]): Baselined {
  const left = new Map(readBaseline(path).map((entry) => [keyOf(entry), entry.count]));
  const kept = located.filter(({ reported }) => {
    const key = keyOf(reported);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
  const stale = [...left].filter(([, count]) => count > 0).map(([key]) => key.split('\0').slice(0, 2).join(': '));
  return { kept, stale };
}

export function writeBaseline(path: string, located: readonly Located[]): void {
  const entries = new Map<string, Entry>();
  for (const { reported } of located) {
    const { file, rule, message } = reported;
    const key = keyOf(reported);
    entries.set(key, { file, rule, message, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  writeOutput(path, `${JSON.stringify({ findings: [...entries.values()] }, undefined, 2)}\n`);
}

function keyOf({
  file,
  rule,
  message,
}: {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
}): string {
  return [file, rule, message].join('\0');
}

function readBaseline(path: string): readonly Entry[] {
  if (!existsSync(path)) throw new UsageError(`There is no baseline ${path}; --update-baseline writes one`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} is no baseline: ${error instanceof Error ? error.message : String(error)}`);
  }
  const list =
    typeof value === 'object' && value !== null && 'findings' in value && Array.isArray(value.findings)
      ? value.findings
      : undefined;
  if (!list?.every(isEntry)) throw new UsageError(`${path} is no baseline of sqlclr-lint`);
  return list;
}

function isEntry(value: unknown): value is Entry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'file' in value &&
    'rule' in value &&
    'message' in value &&
    'count' in value &&
    typeof value.count === 'number'
  );
}
