// What each finding is on: the smallest of what holds its place, else what the whole file is of.
import type { Finding } from '../rules/rule.js';
import type { Span } from '../text/span.js';

/** Of one file. */
export interface Holders<T> {
  readonly spans: { readonly span: Span; readonly holder: T }[];
  file?: T;
}

export class HoldersByFile<T> {
  readonly #files = new Map<string, Holders<T>>();

  in(uri: string): Holders<T> {
    const known = this.#files.get(uri) ?? { spans: [] };
    this.#files.set(uri, known);
    return known;
  }

  find(uri: string): Holders<T> | undefined {
    return this.#files.get(uri);
  }
}

/** Each finding of a file, in order of place. */
export function* held<T>(
  findings: readonly Finding[],
  { spans, file }: Holders<T>,
): Generator<readonly [Finding, T | undefined]> {
  const inOrder = spans.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const open: typeof spans = [];
  let next = 0;
  for (const finding of findings.toSorted((a, b) => a.span.start - b.span.start)) {
    const at = finding.span.start;
    for (let one = inOrder[next]; one && one.span.start <= at; one = inOrder[++next]) {
      while (endOf(open) <= one.span.start) open.pop();
      open.push(one);
    }
    while (endOf(open) <= at) open.pop();
    yield [finding, open.at(-1)?.holder ?? file];
  }
}

function endOf(open: readonly { readonly span: Span }[]): number {
  return open.at(-1)?.span.end ?? Infinity;
}
