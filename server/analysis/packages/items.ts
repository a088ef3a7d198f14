// What an item of MSBuild says: `<Compile Include="A.cs;B.cs">`, with the place of each part.
import type { Span } from '../text/span.js';
import { and, conditionOf } from './conditions.js';
import { expand, expandList, type Known, type Values } from './properties.js';
import type { XmlAttribute, XmlElement } from './xml.js';

export interface ItemSpec {
  /** A path, a pattern or a name, as MSBuild has it. */
  readonly text: string;
  readonly span: Span;
}

export interface Metadata {
  readonly value: Known;
  readonly span: Span;
}

/** `<Compile Include="A.cs;B.cs">`. */
export interface Item {
  readonly kind: string;
  readonly action: 'include' | 'remove' | 'update';
  readonly specs: readonly ItemSpec[];
  readonly exclude: readonly ItemSpec[];
  /** By name in lower case. */
  readonly metadata: ReadonlyMap<string, Metadata>;
  /** The file that it stands in, as its spans do. */
  readonly uri: string;
  readonly span: Span;
  /** Of all conditions around it; undefined where they are not known. One that does not hold is no item. */
  readonly holds: true | undefined;
  /** Neither a condition nor a part of what it names is unknown. */
  readonly isCertain: boolean;
}

/** Attributes that are no metadata. */
const ownAttributes: ReadonlySet<string> = new Set([
  'Include',
  'Exclude',
  'Remove',
  'Update',
  'Condition',
  'Label',
  'KeepDuplicates',
  'KeepMetadata',
  'RemoveMetadata',
  'MatchOnMetadata',
  'MatchOnMetadataOptions',
]);

/** None where it does not hold, or names nothing. */
export function itemOf(
  { uri, text }: { readonly uri: string; readonly text: string },
  element: XmlElement,
  outer: boolean | undefined,
  values: Values,
): Item | undefined {
  const holds = and(outer, conditionOf(element, values));
  if (holds === false) return undefined;
  const attribute = (name: string): XmlAttribute | undefined => element.attributes.find((each) => each.name === name);
  const actions = { include: attribute('Include'), remove: attribute('Remove'), update: attribute('Update') };
  const action = actions.include ? 'include' : actions.remove ? 'remove' : 'update';
  const named = actions[action];
  if (!named) return undefined;
  const specs = specsOf(text, named, values);
  const exclude = specsOf(text, attribute('Exclude'), values);
  return {
    kind: element.name,
    action,
    specs: specs.specs,
    exclude: exclude.specs,
    metadata: metadataOf(element, values),
    uri,
    span: element.span,
    holds,
    isCertain: holds === true && specs.isWhole && exclude.isWhole,
  };
}

function specsOf(
  text: string,
  attribute: XmlAttribute | undefined,
  values: Values,
): { readonly specs: readonly ItemSpec[]; readonly isWhole: boolean } {
  if (!attribute) return { specs: [], isWhole: true };
  const { value, span } = attribute;
  const { parts, isWhole } = expandList(value, values);
  // Places inside a value are places in the text where nothing in it is escaped.
  const isPlain = text.slice(span.start, span.end) === value;
  const specs = parts.map((part) => ({
    text: part.value,
    span: isPlain ? { start: span.start + part.start, end: span.start + part.end } : span,
  }));
  return { specs, isWhole };
}

function metadataOf({ attributes, children }: XmlElement, values: Values): ReadonlyMap<string, Metadata> {
  const metadata = new Map<string, Metadata>();
  for (const { name, value, span } of attributes)
    if (!ownAttributes.has(name)) metadata.set(name.toLowerCase(), { value: expand(value, values), span });
  for (const child of children) {
    const holds = conditionOf(child, values);
    if (holds === false) continue;
    const value = holds ? expand(child.text.trim(), values) : undefined;
    metadata.set(child.name.toLowerCase(), { value, span: child.content });
  }
  return metadata;
}
