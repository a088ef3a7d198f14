import type { SuppressionRule } from './rule.js';

export const unusedSuppression: SuppressionRule = {
  name: 'unused-suppression',
  summary: 'A comment silences a rule that finds nothing there.',
  topic: 'tool',
  severity: 'hint',
  phase: 'review',
  on: 'suppressions',
  check(unused, report) {
    for (const { nameSpan, rule } of unused) {
      report(
        nameSpan,
        rule === undefined
          ? 'Nothing is found here that this comment could silence'
          : `Rule ${rule} finds nothing here`,
        { tags: ['unnecessary'] },
      );
    }
  },
};
