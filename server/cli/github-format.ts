// Findings as GitHub Actions' workflow commands.
import type { Located } from './report.js';
import { printable } from './text-format.js';

const commands = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;

export function formatGithub(located: readonly Located[]): string {
  return located
    .map(({ reported: { file, line, column, endLine, endColumn, severity, rule, message } }) => {
      const properties = { file, line, col: column, endLine, endColumn, title: rule };
      const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
      return `::${commands[severity]} ${list.join(',')}::${escapedData(printable(message))}\n`;
    })
    .join('');
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
