// Findings as GitLab's Code Quality reports have them: https://docs.gitlab.com/ci/testing/code_quality/, read 2026-11.
import { fingerprintsOf } from './fingerprints.js';
import type { Located } from './report.js';
import { printable } from './text-format.js';

const severities = { error: 'critical', warning: 'major', information: 'minor', hint: 'info' } as const;

export function formatGitlab(located: readonly Located[]): string {
  const fingerprints = fingerprintsOf(located);
  const issues = located.map(({ reported: { file, line, endLine, rule, severity, message } }, index) => ({
    description: printable(message),
    check_name: rule,
    fingerprint: fingerprints[index],
    severity: severities[severity],
    location: { path: file, lines: { begin: line, end: endLine } },
  }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
