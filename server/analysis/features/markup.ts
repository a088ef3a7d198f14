// HTML and SVG put together from parts: what is not markup already is text, and is escaped.

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[] | undefined;

/** A template: a value becomes text, inside of elements and of quoted attributes alike; nothing for undefined. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, string, index) => `${text}${markedUp(parts[index - 1])}${string}`));
}

function markedUp(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return plainText(String(part)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const longest = 1_000;

/** On one line; without what XML forbids, what is invisible, and what turns the direction of writing. */
export function plainText(text: string): string {
  const plain = text
    .slice(0, longest)
    .replace(/[\n\r\t]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu, '\ufffd');
  return text.length > longest ? `${plain}…` : plain;
}
