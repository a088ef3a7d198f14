// The rules as hosts tell of them.
import type { Platform } from '../platform.js';
import { codeRuleNames } from '../rules/code-rule-names.js';
import { rules } from '../rules/index.js';
import { fits } from '../rules/levels.js';
import type { Rule } from '../rules/rule.js';

/** What a host says of the rules: settings, help, SARIF metadata. */
export type RuleDescription = Omit<Rule, 'check'>;

/** In alphabetical order. */
export function allRules({ code }: Platform): readonly RuleDescription[] {
  return [...rules, ...code().codeRules].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of a rule, or with `*` of some. */
export function isRuleName(name: string): boolean {
  return [...rules.map((rule) => rule.name), ...codeRuleNames].some((rule) => fits(name, rule));
}
