// sqlclr-lint explain: a rule's page, or what is known of an error number.
import { findError } from '../analysis/knowledge/errors.js';
import { allRules } from '../analysis/workspace.js';
import { nodePlatform } from '../platform-node.js';
import { UsageError } from './arguments.js';
import { pageOf } from './pages.js';

export function explain(subject: string): string {
  const number = /^(?:msg\s*)?(\d{1,6})$/i.exec(subject.trim())?.[1];
  if (number !== undefined) return explainError(Number(number));
  const rule = allRules(nodePlatform).find(({ name }) => name === subject);
  if (!rule) throw new UsageError(`There is no rule ${subject}`);
  return pageOf(rule.name) ?? `# ${rule.name}\n\n${rule.summary}\n`;
}

function explainError(number: number): string {
  const error = findError(number);
  const rules = allRules(nodePlatform).filter(({ sqlErrors = [] }) => sqlErrors.includes(number));
  if (!error && rules.length === 0)
    throw new UsageError(`Nothing is known of Msg ${number}; it is none of CLR integration's`);
  const heading = error ? `Msg ${number}, level ${error.severity}\n\n${error.template}\n` : `Msg ${number}\n`;
  return rules.length === 0
    ? heading
    : `${heading}\nFound before deployment by\n${rules.map(({ name, summary }) => `  ${name}: ${summary}\n`).join('')}`;
}
