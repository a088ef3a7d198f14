import type { Fix, SuppressionRule, VoidSuppression } from './rule.js';

export const unusedSuppression: SuppressionRule = {
  name: 'unused-suppression',
  summary: 'A comment silences a rule that finds nothing there, or its time is over.',
  topic: 'tool',
  severity: 'hint',
  phase: 'review',
  on: 'suppressions',
  check(unused, report) {
    const needless = new Map<number, number>();
    for (const { span } of unused.filter(isOver)) needless.set(span.start, (needless.get(span.start) ?? 0) + 1);
    for (const suppression of unused) {
      const isWhole = needless.get(suppression.span.start) === suppression.names;
      report(suppression.nameSpan, messageOf(suppression), {
        tags: ['unnecessary'],
        ...(isOver(suppression) && { fix: deleting(suppression, isWhole) }),
      });
    }
  },
};

/** What names no day is mended otherwise. */
function isOver({ because }: VoidSuppression): boolean {
  return because !== 'no date';
}

/** Without any name left a comment would speak of every rule. */
function deleting({ rule, removal }: VoidSuppression, isWhole: boolean): Fix {
  return isWhole
    ? { title: 'Delete the comment', edits: [{ at: removal.ofComment, text: '' }] }
    : { title: `Delete ${rule ?? ''} from the comment`, edits: [{ at: removal.ofName, text: '' }] };
}

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
