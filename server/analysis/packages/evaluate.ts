// The properties and items of an MSBuild project, in the order MSBuild takes them: properties of the whole file, then items.
// Imports and targets are not looked into.
import type { Span } from '../text/span.js';
import { conditionHolds } from './conditions.js';
import { expand, expandList, type Known, type Values } from './properties.js';
import type { XmlAttribute, XmlElement } from './xml.js';

/** A property as it is written somewhere, whether or not that counts. */
export interface Property {
  readonly name: string;
  readonly value: Known;
  /** What stands between the tags. */
  readonly span: Span;
  /** With the tags. */
  readonly element: Span;
  /** Of all conditions around it, in the configuration that is evaluated. */
  readonly holds: boolean | undefined;
  /** It holds in no other configuration either. */
  readonly isNever: boolean;
}

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
  readonly span: Span;
  /** Of all conditions around it; undefined where they are not known. One that does not hold is no item. */
  readonly holds: true | undefined;
  /** Neither a condition nor a part of what it names is unknown. */
  readonly isCertain: boolean;
}

export interface Evaluated {
  /** Every one that is written, in order. */
  readonly written: readonly Property[];
  /** What counts in the end, by name in lower case. */
  readonly properties: ReadonlyMap<string, Property>;
  readonly items: readonly Item[];
}

/** `values`: what is set before the file is read; `fixed`: names among them that the file cannot change. */
export function evaluate(text: string, root: XmlElement, values: Values, fixed: ReadonlySet<string>): Evaluated {
  const now = new Map(values);
  const written: Property[] = [];
  const properties = new Map<string, Property>();
  forEachGroup(root, 'PropertyGroup', now, true, (group, holds) => {
    for (const element of group.children) {
      const name = element.name.toLowerCase();
      const property: Property = {
        name: element.name,
        value: expand(element.text.trim(), now),
        span: element.content,
        element: element.span,
        holds: and(holds, conditionOf(element, now)),
        isNever: [group, element].some((each) => conditionOf(each, nothingKnown) === false),
      };
      written.push(property);
      if (property.holds === false || fixed.has(name)) continue;
      const value = property.holds || now.get(name) === property.value ? property.value : undefined;
      now.set(name, value);
      properties.set(name, { ...property, value });
    }
  });
  const items: Item[] = [];
  forEachGroup(root, 'ItemGroup', now, true, (group, holds) => {
    for (const element of group.children) {
      const item = itemOf(text, element, holds, now);
      if (item) items.push(item);
    }
  });
  return { written, properties, items };
}

const nothingKnown: Values = new Map();

type Visit = (group: XmlElement, holds: boolean | undefined) => void;

function forEachGroup(
  parent: XmlElement,
  name: string,
  values: Values,
  outer: boolean | undefined,
  visit: Visit,
): void {
  for (const element of parent.children) {
    if (element.name === name) {
      const holds = and(outer, conditionOf(element, values));
      visit(element, holds);
    } else if (element.name === 'Choose') chooseFrom(element, name, values, outer, visit);
  }
}

/** The first branch whose condition holds; what stands behind one that is not known is not known. */
function chooseFrom(choose: XmlElement, name: string, values: Values, outer: boolean | undefined, visit: Visit): void {
  let open: boolean | undefined = outer;
  for (const branch of choose.children) {
    const condition = branch.name === 'Otherwise' ? true : conditionOf(branch, values);
    forEachGroup(branch, name, values, and(open, condition), visit);
    if (condition === true) open = false;
    else if (condition === undefined) open = and(open, undefined);
  }
}

function and(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

function conditionOf({ attributes }: XmlElement, values: Values): boolean | undefined {
  const condition = attributes.find(({ name }) => name === 'Condition');
  return condition ? conditionHolds(condition.value, values) : true;
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

function itemOf(text: string, element: XmlElement, outer: boolean | undefined, values: Values): Item | undefined {
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
