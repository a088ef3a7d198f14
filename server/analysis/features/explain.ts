// What is known of a rule or of a number of SQL Server's, as Markdown: what it means, what of this workspace raises it, and how to mend it.
import { baselinesOf, titleOf } from '../knowledge/baselines.js';
import { causeOf } from '../knowledge/error-causes.js';
import { findError } from '../knowledge/errors.js';
import type { Finding, Phase, Rule } from '../rules/rule.js';
import { escaped } from './markdown.js';

export interface Library {
  readonly rules: readonly Omit<Rule, 'check'>[];
  /** Where a rule's page is to be read. */
  readonly addressOf: (rule: string) => string;
  /** The page itself, where there is one at hand. */
  readonly pageOf: (rule: string) => string | undefined;
}

/** What is found in the workspace, and how a place in it is written. */
export interface Found {
  readonly findings: readonly Finding[];
  readonly placeText: (finding: Finding) => string;
}

/** All that can be explained, numbers first. */
export function subjectsOf({ rules }: Library): readonly { readonly subject: string; readonly about: string }[] {
  const numbers = [...new Set(rules.flatMap(({ sqlErrors = [] }) => sqlErrors))].sort((a, b) => a - b);
  return [
    ...numbers.map((number) => ({ subject: `Msg ${number}`, about: findError(number)?.template ?? '' })),
    ...rules.map(({ name, summary }) => ({ subject: name, about: summary })),
  ];
}

/** `Msg 10343`, `10343`, or the name of a rule. Undefined where nothing is known of it. */
export function explanationOf(subject: string, library: Library, found: Found | undefined): string | undefined {
  const number = /^(?:msg\s*)?(\d{1,6})$/i.exec(subject.trim())?.[1];
  if (number !== undefined) return explainedNumber(Number(number), library, found);
  const rule = library.rules.find(({ name }) => name === subject.trim());
  if (!rule) return undefined;
  const page =
    library.pageOf(rule.name) ?? `# ${rule.name}\n\n${rule.summary}\n\n[Its page](${library.addressOf(rule.name)})\n`;
  const parts = [
    page.trimEnd(),
    ...askedBy(rule.name),
    ...(found ? [here(found, ({ rule: name }) => name === rule.name)] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** As Markdown, the published baselines that a finding of the rule is against; none where there is none. */
export function askedBy(rule: string): readonly string[] {
  const lines = baselinesOf(rule).map((baseline) => `- ${titleOf(baseline)}: ${baseline.asks}.`);
  return lines.length === 0 ? [] : [`## Asked for by\n\n${lines.join('\n')}`];
}

function explainedNumber(number: number, library: Library, found: Found | undefined): string | undefined {
  const error = findError(number);
  const foundHere = found?.findings.filter(({ sqlErrors }) => sqlErrors.includes(number)) ?? [];
  const names = new Set(foundHere.map(({ rule }) => rule));
  const rules = library.rules.filter(({ name, sqlErrors = [] }) => names.has(name) || sqlErrors.includes(number));
  if (!error && rules.length === 0) return undefined;
  const { cause, remedy } = causeOf(number) ?? {};
  const parts = [
    `# Msg ${number}${error ? `, level ${error.severity}` : ''}`,
    ...(error ? [['```text', error.template, '```'].join('\n')] : []),
    ...(cause === undefined ? [] : [`## What leads to it\n\n${capital(cause)}.`]),
    ...(found ? [here(found, ({ sqlErrors }) => sqlErrors.includes(number))] : []),
    `## How to mend it\n\n${[...(remedy === undefined ? [] : [remedy]), ...rules.flatMap((rule) => howTo(rule.name, library))].join('\n\n')}`,
    ...(rules.length === 0
      ? []
      : [`## Found before deployment by\n\n${rules.map((rule) => ruleLine(rule, library)).join('\n')}`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** At most so many places: the rest is counted. */
const most = 20;

function here({ findings, placeText }: Found, isWanted: (finding: Finding) => boolean): string {
  const wanted = findings.filter(isWanted);
  const lines = wanted
    .slice(0, most)
    .map(
      (finding) => `- ${placeText(finding)}: ${escaped(finding.message)} (${finding.rule}, ${phases[finding.phase]})`,
    );
  const others = wanted.length - lines.length;
  return [
    '## In this workspace',
    lines.length === 0 ? 'Nothing that is known here raises it.' : lines.join('\n'),
    ...(others > 0 ? [`And ${others} more.`] : []),
  ].join('\n\n');
}

const phases: Readonly<Record<Phase, string>> = {
  create: 'when it is created or altered',
  load: 'when the assembly is loaded',
  call: 'when it is called',
  review: 'told to a reviewer',
};

function howTo(rule: string, { pageOf, addressOf }: Library): readonly string[] {
  const [, behind] = (pageOf(rule) ?? '').split('\n## How to fix\n');
  const section = behind?.split('\n## ', 1)[0]?.trim();
  return section === undefined ? [] : [`### [${rule}](${addressOf(rule)})\n\n${section}`];
}

function ruleLine({ name, summary }: Omit<Rule, 'check'>, { addressOf }: Library): string {
  return `- [${name}](${addressOf(name)}): ${summary}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
