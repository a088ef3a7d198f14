// Where the page of a rule is to be read: the one place that says so.

/** On the site that `npm run site` builds. */
export function rulePage(rule: string): string {
  return `https://sqlclr-lint.github.io/sqlclr-lint/rules/${rule}.html`;
}
