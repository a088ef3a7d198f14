// Findings as reviewdog's Diagnostic Format has them, `DiagnosticResult` as JSON:
// https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto, read 2026-11.
import { positionOf, rulePage, type Workspace } from '../analysis/workspace.js';
import type { Span } from '../analysis/text/span.js';
import { fileOf, type Located } from './report.js';
import { printable } from './text-format.js';

const severities = { error: 'ERROR', warning: 'WARNING', information: 'INFO', hint: 'INFO' } as const;
/** A suggestion is read in a comment on a line: bytes of an assembly are none. */
const longestSuggestion = 2000;

export function formatRdjson(workspace: Workspace, located: readonly Located[]): string {
  const columns = new Map<string, Utf8Columns>();
  const rangeOf = (uri: string, { start, end }: Span): object => {
    let known = columns.get(uri);
    if (!known) columns.set(uri, (known = new Utf8Columns(workspace.textOf(uri), workspace.lineStarts(uri))));
    return { start: known.at(start), end: known.at(end) };
  };
  const diagnostics = located.map(({ finding: { uri, span, fixes, related }, reported }) => {
    const suggestions = fixes.flatMap(({ edits: [edit, more], needsReview }) =>
      edit && !more && !needsReview && (edit.uri ?? uri) === uri && edit.text.length <= longestSuggestion
        ? { range: rangeOf(uri, edit.at), text: edit.text }
        : [],
    );
    return {
      message: printable(reported.message),
      location: { path: reported.file, range: rangeOf(uri, span) },
      severity: severities[reported.severity],
      code: { value: reported.rule, url: rulePage(reported.rule) },
      ...(suggestions.length > 0 && { suggestions }),
      ...(related.length > 0 && {
        related_locations: related.map((one) => ({
          message: printable(one.message),
          location: { path: fileOf(one.uri), range: rangeOf(one.uri, one.span) },
        })),
      }),
    };
  });
  const source = { name: 'sqlclr-lint', url: 'https://github.com/sqlclr-lint/sqlclr-lint' };
  return `${JSON.stringify({ source, diagnostics }, undefined, 2)}\n`;
}

/** Columns are counted in the bytes of UTF-8, from 1; a line may have millions, so sums stand every few thousand characters. */
class Utf8Columns {
  static readonly #stride = 4096;
  readonly #text: string;
  readonly #lineStarts: readonly number[];
  readonly #sums: readonly number[];

  constructor(text: string, lineStarts: readonly number[]) {
    this.#text = text;
    this.#lineStarts = lineStarts;
    const sums = [0];
    for (let at = Utf8Columns.#stride; at <= text.length; at += Utf8Columns.#stride)
      sums.push((sums.at(-1) ?? 0) + byteLength(text, at - Utf8Columns.#stride, at));
    this.#sums = sums;
  }

  at(offset: number): { readonly line: number; readonly column: number } {
    const { line } = positionOf(this.#lineStarts, offset);
    return { line: line + 1, column: this.#before(offset) - this.#before(this.#lineStarts[line] ?? 0) + 1 };
  }

  #before(offset: number): number {
    const index = Math.min(Math.floor(offset / Utf8Columns.#stride), this.#sums.length - 1);
    return (this.#sums[index] ?? 0) + byteLength(this.#text, index * Utf8Columns.#stride, offset);
  }
}

function byteLength(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end && at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair has two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3;
  }
  return bytes;
}
