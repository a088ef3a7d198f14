// The capability report as Markdown: what comes from the workspace is code, or escaped.
import type { PlaceOf } from './link-graph.js';
import { code } from './markdown.js';
import { documentOf, type Block, type Inline, type WeaknessesOf, type Words } from './report-document.js';
import type { CapabilityReport } from './report.js';

export function reportMarkdown(report: CapabilityReport, weaknessesOf: WeaknessesOf, placeOf: PlaceOf): string {
  const blocks = documentOf(report, weaknessesOf).map((block) => blockText(block, placeOf));
  return `${blocks.join('\n\n')}\n`;
}

function blockText(block: Block, placeOf: PlaceOf): string {
  const text = (words: Words): string => words.map((one) => inlineText(one, placeOf)).join('');
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${text(block.words)}`;
    case 'paragraph':
      return text(block.words);
    case 'facts':
      return block.facts
        .map(({ label, items }) =>
          items.length === 1
            ? `- ${label}: ${items.map(text).join('')}`
            : [`- ${label}:`, ...items.map((item) => `  - ${text(item)}`)].join('\n'),
        )
        .join('\n');
    case 'table': {
      const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
      return [
        `${block.caption}:`,
        '',
        row(block.columns),
        row(block.columns.map(() => '---')),
        ...block.rows.map((cells) => row(cells.map((words) => cellText(text(words))))),
      ].join('\n');
    }
  }
}

/** A bar ends a cell, in code as well; one that is escaped already stays so. */
function cellText(text: string): string {
  return text.replace(/(\\*)\|/g, (bar, before: string) => (before.length % 2 === 0 ? `${before}\\|` : bar));
}

function inlineText(one: Inline, placeOf: PlaceOf): string {
  if (typeof one === 'string') return one;
  if ('name' in one) return code(one.name);
  if ('told' in one) return plainly(one.told);
  const { file, line } = placeOf(one.place);
  return `[${plainly(one.shown ?? `${file}:${line}`)}](<${encodeURI(file).replace(/[<>#?\\]/g, encodeURIComponent)}#L${line}>)`;
}

/** As `escaped` does, but for what means nothing inside of a line: a report is read as text, too. */
function plainly(text: string): string {
  const line = text.length > 500 ? `${text.slice(0, 499)}…` : text;
  return line
    .replace(/[\r\n\u2028\u2029]+/g, ' ')
    .replace(/[\\`*_{}[\]<>&~|$#@!]|:(?=\/)|(?<=www)\./gi, '\\$&')
    .replace(/^(\d*)([-+.)])/, '$1\\$2');
}
