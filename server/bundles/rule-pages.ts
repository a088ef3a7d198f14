// The rules' pages as the build has them, in a script that is loaded when somebody asks what a rule is about.
import type { Library } from '../analysis/features/explain.js';
import { rulePage } from '../analysis/workspace.js';

/** Markdown by the rule's name. */
export type RulePages = Readonly<Record<string, string>>;

/** What leads to another page leads to where it is to be read. Undefined where there is none. */
export function pageIn(pages: RulePages, rule: string): string | undefined {
  if (!Object.hasOwn(pages, rule)) return undefined;
  return pages[rule]?.replace(/\]\(([a-z-]+)\.md\)/g, (_, other: string) => `](${rulePage(other)})`);
}

export function libraryOf(rules: Library['rules'], pages: RulePages): Library {
  return { rules, addressOf: rulePage, pageOf: (rule) => pageIn(pages, rule) };
}
