// What comes and what goes where the same scripts run on another server.
import { grouped } from '../project/grouped.js';
import type { Finding } from '../rules/rule.js';
import { escaped } from './markdown.js';

export interface TargetComparison {
  readonly from: string;
  readonly to: string;
  /** Found on the other server alone. */
  readonly comes: readonly Finding[];
  /** Found on this one alone. */
  readonly goes: readonly Finding[];
  /** Found on both, and not as severe on the other. */
  readonly changes: readonly { readonly before: Finding; readonly after: Finding }[];
}

/** `from`, `to`: titles of the targets. Findings are one where rule, file and place are. */
export function compareTargets(
  from: string,
  before: readonly Finding[],
  to: string,
  after: readonly Finding[],
): TargetComparison {
  const [old, now] = [grouped(before, keyOf), grouped(after, keyOf)];
  const without = (one: typeof old, other: typeof old): readonly Finding[] =>
    [...one].flatMap(([key, findings]) => findings.slice(other.get(key)?.length ?? 0));
  return {
    from,
    to,
    comes: without(now, old),
    goes: without(old, now),
    changes: [...old].flatMap(([key, findings]) =>
      findings.flatMap((finding, index) => {
        const other = now.get(key)?.[index];
        return other && (other.severity !== finding.severity || other.message !== finding.message)
          ? [{ before: finding, after: other }]
          : [];
      }),
    ),
  };
}

export function comparisonText(
  { from, to, comes, goes, changes }: TargetComparison,
  placeText: (finding: Finding) => string,
): string {
  const line = (finding: Finding): string =>
    `- ${finding.severity} ${placeText(finding)}: ${escaped(finding.message)} (${finding.rule})`;
  return `${[
    `# From ${escaped(from)} to ${escaped(to)}`,
    ...section('What breaks', comes.filter(({ severity }) => severity === 'error').map(line)),
    ...section('What else is found there', comes.filter(({ severity }) => severity !== 'error').map(line)),
    ...section(
      'What is told otherwise',
      changes.map(({ before, after }) => `${line(after)}, and was ${before.severity}: ${escaped(before.message)}`),
    ),
    ...section('What is found no more', goes.map(line)),
    ...(comes.length + goes.length + changes.length === 0 ? ['The same is found on both.'] : []),
  ].join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}\n\n${lines.join('\n')}`];
}

function keyOf({ rule, uri, span }: Finding): string {
  return `${rule} ${uri} ${span.start} ${span.end}`;
}
