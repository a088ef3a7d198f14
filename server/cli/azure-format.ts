// Findings as logging commands of Azure Pipelines, which has errors and warnings; what is less is a line of the log.
import type { Located } from './report.js';
import { printable } from './text-format.js';

export function formatAzure(located: readonly Located[]): string {
  return located
    .map(({ reported: { file, line, column, severity, rule, message } }) => {
      if (severity !== 'error' && severity !== 'warning')
        return `${printable(`${file}:${line}:${column} ${severity} ${message} [${rule}]`)}\n`;
      const properties = { type: severity, sourcepath: file, linenumber: line, columnnumber: column, code: rule };
      const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))};`);
      return `##vso[task.logissue ${list.join('')}]${escapedData(printable(message))}\n`;
    })
    .join('');
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}
