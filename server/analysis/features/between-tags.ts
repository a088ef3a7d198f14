// Where a comment of its own can be put into XML: not within a tag, a text or a comment, and not before the declaration.
import { parseXml, type XmlElement } from '../packages/xml.js';

export function isBetweenTags(text: string, offset: number): boolean {
  const { root, comments } = parseXml(text);
  if (!root || comments.some(({ start, end }) => start < offset && offset < end)) return false;
  if (offset <= root.span.start || offset >= root.span.end) return offset === root.span.start;
  return isBetween(root, offset);
}

/** The offset behind which a comment can stand that speaks of all. */
export function startOfRoot(text: string): number {
  return parseXml(text).root?.span.start ?? text.length;
}

function isBetween({ inside, children, text }: XmlElement, offset: number): boolean {
  if (offset < inside.start || offset > inside.end || text.trim() !== '') return false;
  const child = children.find(({ span }) => span.start < offset && offset < span.end);
  return child ? isBetween(child, offset) : children.length > 0;
}
