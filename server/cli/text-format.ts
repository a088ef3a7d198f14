// Findings for people: a line, the code it is about, and how to mend it.
import type { Workspace } from '../analysis/workspace.js';
import type { Finding } from '../analysis/rules/rule.js';
import type { Located } from './report.js';

const widest = 110;

export function formatText(workspace: Workspace, located: readonly Located[], colour: boolean): string {
  const paint = colour ? painted : plain;
  return located.map((one) => block(workspace, one, paint)).join('\n');
}

type Paint = (text: string, style: keyof typeof styles) => string;

const styles = { error: 31, warning: 33, information: 36, hint: 90, bold: 1, dim: 90, help: 32 } as const;
const painted: Paint = (text, style) => `\u001b[${styles[style]}m${text}\u001b[0m`;
const plain: Paint = (text) => text;

function block(workspace: Workspace, { finding, reported }: Located, paint: Paint): string {
  const { severity, message, rule, sqlErrors } = finding;
  const numbers = sqlErrors.length > 0 ? ` (Msg ${sqlErrors.join(', ')})` : '';
  const lines = [
    `${paint(`${printable(reported.file)}:${reported.line}:${reported.column}`, 'bold')} ${paint(severity, severity)} ${printable(message)}${numbers} ${paint(`[${rule}]`, 'dim')}`,
    ...frame(workspace, finding, reported.line, paint),
    ...reported.related.map(
      (one) =>
        `  ${paint('note', 'information')} ${printable(one.file)}:${one.line}:${one.column} ${printable(one.message)}`,
    ),
    ...finding.fixes.slice(0, 1).map((fix) => `  ${paint('help', 'help')} ${printable(fix.title)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** The finding's first line, cut to what fits around it, and carets below. */
function frame(workspace: Workspace, { uri, span, severity }: Finding, line: number, paint: Paint): readonly string[] {
  const text = workspace.textOf(uri);
  if (text === '') return [];
  const start = workspace.lineStarts(uri)[line - 1] ?? 0;
  const column = span.start - start;
  const from = column > 60 ? column - 40 : 0;
  // No more than is shown is looked at: a literal's line has millions of characters.
  const rest = text.slice(start + from, start + from + widest + 1);
  const length = rest.search(/[\r\n]/);
  const end = start + from + (length < 0 ? rest.length : length);
  const shown = text.slice(start + from, Math.min(end, start + from + widest));
  const before = text.slice(start + from, span.start);
  const width = Math.max(1, Math.min(span.end, end, start + from + widest) - span.start);
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const lead = from > 0 ? '…' : '';
  const tail = start + from + widest < end ? '…' : '';
  return [
    `  ${paint(`${number} |`, 'dim')} ${lead}${printable(shown)}${tail}`,
    `  ${paint(`${gutter} |`, 'dim')} ${' '.repeat(lead.length + printable(before).length)}${paint('^'.repeat(width), severity)}`,
  ];
}

/** Control characters, which a terminal would obey, as pictures or escapes; tabs as one space. */
export function printable(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** `3 errors, 1 warning in 2 files`. */
export function summary(located: readonly Located[], files: number): string {
  const count = (severity: Finding['severity']): number =>
    located.filter(({ finding }) => finding.severity === severity).length;
  const parts = (['error', 'warning', 'information', 'hint'] as const).flatMap((severity) => {
    const found = count(severity);
    return found === 0 ? [] : [`${found} ${severity}${found === 1 || severity === 'information' ? '' : 's'}`];
  });
  return `${parts.length === 0 ? 'Nothing found' : parts.join(', ')} in ${files} file${files === 1 ? '' : 's'}\n`;
}
