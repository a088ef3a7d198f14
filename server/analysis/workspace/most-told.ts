// Of each rule a file has so many findings and no more: who has a thousand learns nothing from the next, and the editor, the
// protocol and every report carry each of them.
import type { Finding } from '../rules/rule.js';
import { severities } from '../rules/levels.js';

export const mostOfARule = 1_000;

/** Of findings in order of place; instead of those that are too many, one at the first of them that says how many there are. */
export function mostTold(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostOfARule) return findings;
  const counts = new Map<string, number>();
  const leftOut = new Map<string, Finding[]>();
  const told = findings.filter((finding) => {
    const count = (counts.get(finding.rule) ?? 0) + 1;
    counts.set(finding.rule, count);
    if (count <= mostOfARule) return true;
    const known = leftOut.get(finding.rule);
    if (known) known.push(finding);
    else leftOut.set(finding.rule, [finding]);
    return count === mostOfARule + 1;
  });
  return told.map((finding) => {
    const left = leftOut.get(finding.rule) ?? [];
    return left[0] === finding ? standingFor(finding, left) : finding;
  });
}

function standingFor(first: Finding, left: readonly Finding[]): Finding {
  const severity = severities.find((one) => left.some((finding) => finding.severity === one)) ?? first.severity;
  const { rule, uri, span, sqlErrors, phase } = first;
  const message = `${left.length} more ${left.length === 1 ? 'finding' : 'findings'} of ${rule} from here on: a file has ${mostOfARule} of a rule`;
  return { rule, severity, message, uri, span, related: [], fixes: [], sqlErrors, phase, tags: [] };
}
