// What is checked, when, of whom and with which outcome, in Markdown: the short of it first, then the details, then where to read on.
import { rulePage } from '../knowledge/rule-pages.js';
import { outcomeOn, securityCheckOf, type CheckName } from '../knowledge/security-checks.js';
import type { Project } from '../project/project.js';
import { reference } from './markdown.js';

/** `says`: in place of the sentence of the table. */
export function checkMarkdown(name: CheckName, project: Project, says = securityCheckOf(name).says): string {
  return `${says}\n\n${checkLines(name, project).join('\n')}\n\n${checkPages(name)}`;
}

export function checkLines(name: CheckName, { target, clrStrictSecurity }: Project): readonly string[] {
  const check = securityCheckOf(name);
  return [
    `- Checked ${check.checked}`,
    `- On ${target.title}${clrStrictSecurity ? ', with clr strict security' : ''}: ${outcomeOn(check, target, clrStrictSecurity)}`,
  ];
}

/** Microsoft's page, and those of the rules. */
export function checkPages(name: CheckName): string {
  const { page: of, rules } = securityCheckOf(name);
  return [reference(of), ...rules.map((rule) => `[${rule}](${rulePage(rule)})`)].join(' · ');
}
