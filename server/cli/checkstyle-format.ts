// Findings as Checkstyle writes them, by its XMLLogger and the names of its SeverityLevel:
// https://checkstyle.org/apidocs/com/puppycrawl/tools/checkstyle/XMLLogger.html, read 2026-11.
import type { Located } from './report.js';
import { escapedXml } from './xml-text.js';

const severities = { error: 'error', warning: 'warning', information: 'info', hint: 'info' } as const;

export function formatCheckstyle(located: readonly Located[]): string {
  const byFile = new Map<string, string[]>();
  for (const { reported } of located) {
    const list = byFile.get(reported.file);
    if (list) list.push(errorOf(reported));
    else byFile.set(reported.file, [errorOf(reported)]);
  }
  const files = [...byFile].map(
    ([file, errors]) => `  <file name="${escapedXml(file)}">\n${errors.join('')}  </file>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`;
}

function errorOf({ line, column, severity, rule, message, sqlErrors }: Located['reported']): string {
  const numbers = sqlErrors.length > 0 ? ` (Msg ${sqlErrors.join(', ')})` : '';
  const attributes = {
    line: String(line),
    column: String(column),
    severity: severities[severity],
    message: `${message}${numbers}`,
    source: `sqlclr-lint.${rule}`,
  };
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapedXml(value)}"`);
  return `    <error${list.join('')}/>\n`;
}
