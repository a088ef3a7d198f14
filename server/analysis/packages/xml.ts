// XML as elements with their places. Never throws: what is not well-formed is told in `errors`, and read as far as it can be.
// No entity is expanded but the five of XML and character references, and nothing outside the text is read.
import { SaxesParser } from 'saxes';
import type { Span } from '../text/span.js';

export interface XmlElement {
  /** Without a prefix. */
  readonly name: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The characters directly in it, references resolved. */
  readonly text: string;
  /** Between its tags; empty behind the tag of `<Element />`. */
  readonly inside: Span;
  /** The same without white space at either end. */
  readonly content: Span;
}

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  /** Without the quotes. */
  readonly span: Span;
}

export interface XmlError {
  readonly message: string;
  readonly offset: number;
}

export interface XmlDocument {
  readonly root?: XmlElement;
  /** Whole, from `<!--` to `-->`. */
  readonly comments: readonly Span[];
  readonly errors: readonly XmlError[];
}

/** What is longer is no project file that a person wrote. */
const longest = 4 << 20;
/** What is nested deeper is left out. */
const deepest = 32;
const deepestRead = 1_000;
const mostErrors = 50;

export function parseXml(text: string, limit = longest): XmlDocument {
  if (text.length > limit)
    return { comments: [], errors: [{ message: `longer than ${limit >> 20} million characters`, offset: 0 }] };
  const builder = new Builder(text);
  const parser = new SaxesParser({ position: true });
  parser.on('error', ({ message }) => builder.fail(message.replace(/^\d+:\d+: /, ''), parser.position));
  parser.on('opentagstart', () => builder.start(parser.position));
  parser.on('attribute', ({ name, value }) => builder.attribute(name, value, parser.position));
  parser.on('opentag', ({ name, isSelfClosing }) => builder.open(name, isSelfClosing, parser.position));
  parser.on('closetag', () => builder.close(parser.position));
  parser.on('text', (piece) => builder.text(piece));
  parser.on('cdata', (piece) => builder.text(piece));
  parser.on('comment', () => builder.comment(parser.position));
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error;
  }
  return builder.document();
}

/** Each error costs the parser much, and behind so many nothing is to be learnt. */
class GaveUp extends Error {}

interface Open {
  readonly name: string;
  readonly at: number;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  readonly contentAt: number;
  readonly isSelfClosing: boolean;
  readonly pieces: string[];
}

class Builder {
  readonly #text: string;
  readonly #open: Open[] = [];
  readonly #comments: Span[] = [];
  readonly #errors: XmlError[] = [];
  #root: XmlElement | undefined;
  #tagAt = 0;
  #attributes: XmlAttribute[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** What is still open ends with the text. */
  document(): XmlDocument {
    while (this.#open.length > 0) this.#close(this.#text.length, this.#text.length);
    return { ...(this.#root && { root: this.#root }), comments: this.#comments, errors: this.#errors };
  }

  fail(message: string, offset: number): void {
    this.#errors.push({ message, offset: Math.min(offset, this.#text.length) });
    if (this.#errors.length >= mostErrors) throw new GaveUp();
  }

  start(position: number): void {
    this.#tagAt = Math.max(0, this.#text.lastIndexOf('<', position - 1));
    this.#attributes = [];
  }

  /** The parser stands behind the closing quote, and a value does not hold its own quote. */
  attribute(name: string, value: string, position: number): void {
    const quote = this.#text[position - 1];
    const isQuoted = quote === '"' || quote === "'";
    const end = isQuoted ? position - 1 : position;
    const start = isQuoted ? this.#text.lastIndexOf(quote, end - 1) + 1 : end;
    this.#attributes.push({ name, value, span: { start: Math.max(start, this.#tagAt), end } });
  }

  open(name: string, isSelfClosing: boolean, position: number): void {
    if (this.#open.length > deepestRead) throw new GaveUp();
    this.#open.push({
      name,
      at: this.#tagAt,
      attributes: this.#attributes,
      children: [],
      contentAt: position,
      isSelfClosing,
      pieces: [],
    });
  }

  /** Another closing tag can follow at once. */
  close(position: number): void {
    const contentAt = this.#open.at(-1)?.contentAt ?? 0;
    this.#close(position, Math.max(contentAt, this.#text.lastIndexOf('</', position - 1)));
  }

  #close(end: number, contentEnd: number): void {
    const open = this.#open.pop();
    if (!open) return;
    const element = this.#elementOf(open, Math.min(end, this.#text.length), contentEnd);
    const parent = this.#open.at(-1);
    if (!parent) this.#root ??= element;
    else if (this.#open.length < deepest) parent.children.push(element);
  }

  text(piece: string): void {
    this.#open.at(-1)?.pieces.push(piece);
  }

  /** The parser stands before the last character. */
  comment(position: number): void {
    const start = this.#text.lastIndexOf('<!--', position - 3);
    if (start >= 0) this.#comments.push({ start, end: Math.min(position + 1, this.#text.length) });
  }

  #elementOf(
    { name, at, attributes, children, contentAt, isSelfClosing, pieces }: Open,
    end: number,
    contentEnd: number,
  ): XmlElement {
    const local = name.slice(name.indexOf(':') + 1);
    const nameEnd = at + 1 + name.length;
    const inside = { start: contentAt, end: isSelfClosing ? contentAt : contentEnd };
    return {
      name: local,
      span: { start: at, end },
      nameSpan: { start: nameEnd - local.length, end: nameEnd },
      attributes,
      children,
      text: pieces.join(''),
      inside,
      content: trimmed(this.#text, inside),
    };
  }
}

/** Without the white space at either end. */
function trimmed(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return { start: from, end: to };
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
