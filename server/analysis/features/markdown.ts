// Text of the workspace inside Markdown: hostile until escaped.
import { addressOf, type ReferenceTitle } from '../knowledge/references.js';
import type { Span } from '../text/span.js';

/** As plain text; line ends become spaces. */
export function escaped(text: string): string {
  return shortened(text)
    .replace(/[\r\n\u2028\u2029]+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!|<>&~:@/$]/g, '\\$&');
}

/** As code; backticks are told from the fence by a longer fence. */
export function code(text: string): string {
  const line = shortened(text).replace(/[\r\n\u2028\u2029]+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A link to a page of Microsoft's, by its path. */
export function page(title: string, path: string): string {
  return `[${title}](https://learn.microsoft.com/${path})`;
}

/** A link to one of those that the project knows by title. */
export function reference(title: ReferenceTitle): string {
  return `[${title}](${addressOf(title)})`;
}

/** A link to a place of the workspace. Who knows lines, the host, finishes it: `finishLinks`. */
export function placeLink(text: string, { uri, span }: { readonly uri: string; readonly span: Span }): string {
  return `[${text}](<at:${uri}#${span.start}>)`;
}

/** `addressOf` is that of an offset in a file. A name that looks like one of ours stands in code, and stays there. */
export function finishLinks(markdown: string, addressOf: (uri: string, offset: number) => string): string {
  return markdown.replace(
    /\]\(<at:([^<>\s]*)#(\d{1,15})>\)/g,
    (_, uri: string, offset: string) => `](<${addressOf(uri, Number(offset))}>)`,
  );
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
