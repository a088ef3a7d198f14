// Configurations to start from, by name.
import type { RuleLevels } from './analysis/workspace.js';

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
};
