// Text as it stands in XML, for the formats that are XML.
import { printable } from './text-format.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML has no place for is written as an escape, as it is on a terminal. */
export function escapedXml(text: string): string {
  return printable(text)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character: string) => entities[character] ?? '');
}
