// What a finding is known by from one run to the next: what is found and where, not the line, so that edits above leave it as it is.
import { createHash } from 'node:crypto';
import type { Located } from './report.js';

/** 32 hexadecimal digits for each; those that are alike in one file are counted. */
export function fingerprintsOf(located: readonly Located[]): readonly string[] {
  const seen = new Map<string, number>();
  return located.map(({ reported: { file, rule, message } }) => {
    const symbol = `${file} ${rule} ${message}`;
    const occurrence = seen.get(symbol) ?? 0;
    seen.set(symbol, occurrence + 1);
    return createHash('sha256').update(`${symbol} ${occurrence}`).digest('hex').slice(0, 32);
  });
}
