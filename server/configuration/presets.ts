// Configurations to start from, by name.
import { baselines, rulesAgainst, type Baseline } from '../analysis/knowledge/baselines.js';
import type { RuleLevels } from '../analysis/workspace.js';

export interface Preset {
  readonly summary: string;
  readonly rules: RuleLevels;
  /** False: comments silence nothing. */
  readonly suppressions?: boolean;
}

export const presets: Readonly<Record<string, Preset>> = {
  recommended: { summary: 'Every rule at its own severity.', rules: { '*': 'default' } },
  strict: { summary: 'Every rule one step more severe.', rules: { '*': 'upgrade' } },
  audit: {
    summary: 'Every rule at its own severity, and no comment silences any: for code that others wrote.',
    rules: { '*': 'default' },
    suppressions: false,
  },
  cis: {
    summary: 'What the CIS benchmarks of SQL Server ask is an error where it is not so.',
    rules: errorsAgainst('CIS'),
  },
  stig: {
    summary: "What DISA's STIGs of SQL Server ask is an error where it is not so.",
    rules: errorsAgainst('DISA STIG'),
  },
};

/** All other rules stay as they are, so that several such presets can be named. */
function errorsAgainst(publisher: Baseline['by']): RuleLevels {
  const asked = baselines.filter(({ by }) => by === publisher);
  return Object.fromEntries(asked.flatMap(rulesAgainst).map((name) => [name, 'error' as const]));
}
