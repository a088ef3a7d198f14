import type { SuppressionRule, VoidSuppression } from './rule.js';

export const unusedSuppression: SuppressionRule = {
  name: 'unused-suppression',
  summary: 'A comment silences a rule that finds nothing there, or its time is over.',
  topic: 'tool',
  severity: 'hint',
  phase: 'review',
  on: 'suppressions',
  check(unused, report) {
    for (const suppression of unused) report(suppression.nameSpan, messageOf(suppression), { tags: ['unnecessary'] });
  },
};

function messageOf({ rule, because, until = '' }: VoidSuppression): string {
  switch (because) {
    case 'over':
      return `${rule === undefined ? 'Every rule' : `Rule ${rule}`} was silenced here until ${until}`;
    case 'no date':
      return `'until ${until}' names no day, as 2027-06-30 would: nothing is silenced`;
    case 'nothing found':
      return rule === undefined
        ? 'Nothing is found here that this comment could silence'
        : `Rule ${rule} finds nothing here`;
  }
}
