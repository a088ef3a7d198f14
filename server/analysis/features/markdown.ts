// Text of the workspace inside Markdown: hostile until escaped.

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

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
