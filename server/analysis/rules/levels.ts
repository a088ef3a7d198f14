// How severe a finding is: what its rule says of it, unless settings say otherwise, of all files or of some.
import type { Finding, Severity } from './rule.js';

/** `default` is what the rule says; `downgrade` and `upgrade` are one step milder and one step more severe than what held so far. */
export type Level = Severity | 'off' | 'default' | 'downgrade' | 'upgrade';

export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
export const levels: readonly Level[] = [...severities, 'off', 'default', 'downgrade', 'upgrade'];

/** By the name of a rule, or by a name in which `*` stands for any characters. Of all that fit a rule, the last holds. */
export type RuleLevels = Readonly<Record<string, Level>>;

/** What holds for some files besides what holds for all. */
export interface Override {
  readonly holdsFor: (uri: string) => boolean;
  readonly rules: RuleLevels;
}

export class Levels {
  readonly #general: RuleLevels;
  readonly #overrides: readonly Override[];
  /** By file: those that hold for it. */
  readonly #holding = new Map<string, readonly RuleLevels[]>();
  readonly #found = new Map<RuleLevels, Map<string, Level | undefined>>();

  constructor(general: RuleLevels, overrides: readonly Override[] = []) {
    this.#general = general;
    this.#overrides = overrides;
  }

  /** Whether there is a file for which the rule is not off. */
  isOn(rule: string): boolean {
    if (this.#levelIn(this.#general, rule) !== 'off') return true;
    return this.#overrides.some(({ rules }) => (this.#levelIn(rules, rule) ?? 'off') !== 'off');
  }

  /** The findings of a file that are left, as severe as they are to be. */
  applied(uri: string, findings: readonly Finding[]): Finding[] {
    const holding = this.#holdingFor(uri);
    return findings.flatMap((finding) => {
      const severity = this.#severityOf(finding, holding);
      if (severity === finding.severity) return [finding];
      return severity ? [{ ...finding, severity }] : [];
    });
  }

  #severityOf({ rule, severity }: Finding, holding: readonly RuleLevels[]): Severity | undefined {
    let held: Severity | undefined = severity;
    for (const rules of holding) held = changed(this.#levelIn(rules, rule), severity, held);
    return held;
  }

  #holdingFor(uri: string): readonly RuleLevels[] {
    let holding = this.#holding.get(uri);
    if (!holding) {
      const overrides = this.#overrides.filter(({ holdsFor }) => holdsFor(uri));
      holding = [this.#general, ...overrides.map(({ rules }) => rules)];
      this.#holding.set(uri, holding);
    }
    return holding;
  }

  #levelIn(rules: RuleLevels, rule: string): Level | undefined {
    const known = this.#found.get(rules) ?? new Map<string, Level | undefined>();
    this.#found.set(rules, known);
    if (!known.has(rule)) known.set(rule, Object.entries(rules).findLast(([pattern]) => fits(pattern, rule))?.[1]);
    return known.get(rule);
  }
}

/** `held` is undefined where the rule was off. */
function changed(level: Level | undefined, said: Severity, held: Severity | undefined): Severity | undefined {
  switch (level) {
    case undefined:
      return held;
    case 'off':
      return undefined;
    case 'default':
      return said;
    case 'downgrade':
      return stepped(held ?? said, 1);
    case 'upgrade':
      return stepped(held ?? said, -1);
    default:
      return level;
  }
}

function stepped(severity: Severity, by: number): Severity {
  return severities[severities.indexOf(severity) + by] ?? severity;
}

export function isPattern(name: string): boolean {
  return name.includes('*');
}

/** Each part as early as it goes, which leaves most for the others. */
export function fits(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
