// Attributes: a property set, properties taken away, the whole taken away.
import type { Change, SourceEdit } from '../code/remedy.js';
import type { Span } from '../text/span.js';
import {
  isPlain,
  overlapping,
  wholeLines,
  withBlanksBehind,
  type FoundNodes,
  type MendedSources,
} from './mended-sources.js';
import type { Attribute, AttributeSection } from './nodes.js';
import type { PlacedNode } from './node-path.js';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

interface FoundAttribute extends FoundNodes {
  readonly section: AttributeSection;
  readonly attribute: Attribute;
}

export function setProperty(
  sources: MendedSources,
  change: Of<'setAttributeProperty'>,
): readonly SourceEdit[] | undefined {
  const found = findAttribute(sources, change.attribute);
  const value = found && sources.written(change.value, found.context);
  if (!found || value === undefined) return undefined;
  const { attribute, source } = found;
  const { uri, text } = source;
  const known = attribute.arguments.find(({ property }) => property?.name === change.name);
  if (known) return [{ uri, at: known.value.span, text: value }];
  const written = `${change.name} = ${value}`;
  const last = attribute.arguments.at(-1);
  if (last) return [{ uri, at: { start: last.span.end, end: last.span.end }, text: `, ${written}` }];
  const name = attribute.name.span.end;
  const open = text.slice(name, attribute.span.end).indexOf('(');
  if (open < 0) return [{ uri, at: { start: name, end: name }, text: `(${written})` }];
  const inside = name + open + 1;
  return [{ uri, at: { start: inside, end: inside }, text: written }];
}

/** With the parentheses where nothing is left in them. */
export function removeProperties(
  sources: MendedSources,
  change: Of<'removeAttributeProperties'>,
): readonly SourceEdit[] | undefined {
  const found = findAttribute(sources, change.attribute);
  if (!found) return undefined;
  const { attribute, source } = found;
  const given = attribute.arguments;
  const isRemoved = given.map(({ property }) => property !== undefined && change.names.includes(property.name));
  if (!isRemoved.includes(true)) return undefined;
  const { uri } = source;
  if (!isRemoved.includes(false)) {
    const at = { start: attribute.name.span.end, end: attribute.span.end };
    return hasComment(found, at) ? undefined : [{ uri, at, text: '' }];
  }
  // What is first goes with the comma behind it, any other with the one before.
  const kept = isRemoved.indexOf(false);
  const edits = given.flatMap(({ span }, index): readonly SourceEdit[] => {
    if (!isRemoved[index]) return [];
    const before = given[index - 1];
    const next = given[index + 1];
    const at =
      index < kept && next
        ? { start: span.start, end: next.span.start }
        : { start: before?.span.end ?? span.start, end: span.end };
    return [{ uri, at, text: '' }];
  });
  return edits.some(({ at }) => hasComment(found, at)) ? undefined : edits;
}

export function removeAttribute(
  sources: MendedSources,
  change: Of<'removeAttribute'>,
): readonly SourceEdit[] | undefined {
  const found = findAttribute(sources, change.attribute);
  if (!found) return undefined;
  const { section, attribute, source } = found;
  const { uri, text } = source;
  const all = section.attributes;
  const index = all.indexOf(attribute);
  const before = all[index - 1];
  const next = all[index + 1];
  const at = before
    ? { start: before.span.end, end: attribute.span.end }
    : next
      ? { start: attribute.span.start, end: next.span.start }
      : (wholeLines(text, section.span) ?? withBlanksBehind(text, section.span));
  return hasComment(found, at) ? undefined : [{ uri, at, text: '' }];
}

function findAttribute(sources: MendedSources, place: Of<'removeAttribute'>['attribute']): FoundAttribute | undefined {
  const found = sources.find(place);
  const attribute = found?.path.findLast(isAttribute);
  const section = found?.path.findLast(isSection);
  if (!found || !attribute || !section || place.kind !== 'source' || !isPlain(found.source, section.span))
    return undefined;
  return attribute.span.start === place.span.start ? { ...found, attribute, section } : undefined;
}

function hasComment({ source }: FoundNodes, at: Span): boolean {
  return overlapping(source.unit.comments, at).length > 0;
}

function isSection(node: PlacedNode): node is AttributeSection {
  return 'attributes' in node && !('name' in node);
}

function isAttribute(node: PlacedNode): node is Attribute {
  return node.kind === undefined && 'arguments' in node && 'name' in node && typeof node.name === 'object';
}
