import type { Finding } from './rule.js';

/** Several scripts may create one file's assembly: what is said of its bytes is said once. */
export function once(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 1) return findings;
  const told = new Set<string>();
  return findings.filter(({ span, rule, message }) => {
    const { size } = told;
    return told.add(`${span.start} ${rule} ${message}`).size > size;
  });
}
