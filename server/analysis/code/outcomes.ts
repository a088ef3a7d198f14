// How a test of a value comes out, and which comparison with a constant says so.

/** How a test comes out: a truth value, or the sign of a number such as `IndexOf` gives. */
export type Outcome = 'true' | 'false' | 'negative' | 'notNegative';

export const opposites: Readonly<Record<string, string>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  ge: 'lt',
  gt: 'le',
  le: 'gt',
};
export const swapped: Readonly<Record<string, string>> = { lt: 'gt', gt: 'lt', le: 'ge', ge: 'le' };

export function outcomeOf(relation: string, constant: number): Outcome | undefined {
  switch (`${relation} ${constant}`) {
    case 'eq 0':
      return 'false';
    case 'ne 0':
    case 'eq 1':
    case 'gt 0':
      return 'true';
    case 'lt 0':
    case 'le -1':
    case 'eq -1':
      return 'negative';
    case 'ge 0':
    case 'gt -1':
    case 'ne -1':
      return 'notNegative';
    default:
      return undefined;
  }
}
