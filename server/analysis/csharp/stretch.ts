// The part of a text that an edit can have changed: what lies between the nodes that it has not touched, in the innermost braces around it.
import type { Span } from '../text/span.js';
import { isTouched, type Edit } from './edit.js';
import type {
  AttributeSection,
  CompilationUnit,
  Identifier,
  Member,
  NamespaceDeclaration,
  NamespaceMember,
  TypeDeclaration,
  UsingDirective,
} from './nodes.js';
import { placeOf, preprocess, type Brace } from './preprocess.js';
import type { Read, Reading } from './reading.js';

const none = { usings: [], externAliases: [], attributes: [], members: [] };

/** What a file, a namespace or a type holds. */
export interface Lists {
  readonly usings: readonly UsingDirective[];
  readonly externAliases: readonly Identifier[];
  readonly attributes: readonly AttributeSection[];
  readonly members: readonly (NamespaceMember | Member)[];
}

export interface Container {
  readonly node: CompilationUnit | NamespaceDeclaration | TypeDeclaration;
  /** Between its braces. */
  readonly inside: Span;
}

/** The innermost between whose braces the edit lies. */
export function containerAround({ unit, source, braces }: Reading, edit: Edit): Container {
  let found: Container = { node: unit, inside: { start: 0, end: source.length } };
  for (;;) {
    const [inner, ...others] = found.node.members.filter(({ span }) => isTouched(span, edit));
    if (!inner || others.length > 0 || !('members' in inner) || inner.kind === 'enum') return found;
    const inside = bracesOf(inner.span, braces);
    if (!inside || edit.start < inside.start || edit.end > inside.end) return found;
    found = { node: inner, inside };
  }
}

/** What lies between the braces that end with a node. */
function bracesOf({ end }: Span, braces: readonly Brace[]): Span | undefined {
  let depth = 0;
  for (let at = indexOf(braces, end - 1); at >= 0; at--) {
    const brace = braces[at] ?? 0;
    depth += brace < 0 ? 1 : -1;
    if (depth === 0) return { start: brace + 1, end: end - 1 };
  }
  return undefined;
}

/** Of the brace that closes at a place; -1 where none does. */
function indexOf(braces: readonly Brace[], place: number): number {
  let low = 0;
  let high = braces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(braces[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return braces[low] === ~place ? low : -1;
}

/** From what stands before the edit to what stands behind it. */
export function stretchIn({ node, inside }: Container, edit: Edit): Span {
  let { start, end } = inside;
  for (const list of Object.values(listsOf(node)))
    for (const { span } of list) {
      if (span.end <= edit.start) start = Math.max(start, span.end);
      else if (span.start > edit.end) end = Math.min(end, span.start);
    }
  return { start, end };
}

export function listsOf(node: Container['node']): Lists {
  if (!('kind' in node)) {
    const { usings, externAliases, attributes, members } = node;
    return { usings, externAliases, attributes, members };
  }
  return node.kind === 'namespace'
    ? { ...none, usings: node.usings, members: node.members }
    : { ...none, members: node.members };
}

/** The one member that is edited, and stays one. */
export function memberAround({ node }: Container, edit: Edit): Member | NamespaceMember | undefined {
  const [member, ...others] = Object.values(listsOf(node)).flatMap((list: readonly { readonly span: Span }[]) =>
    list.filter(({ span }) => isTouched(span, edit)),
  );
  if (!member || others.length > 0 || !('kind' in member) || 'members' in member) return undefined;
  return member.span.start < edit.start && edit.end < member.span.end ? (member as Member) : undefined;
}

interface Stretch extends Lists {
  readonly comments: readonly Span[];
  readonly errors: readonly Span[];
  /** Where the stretch began in what was read. */
  readonly at: number;
  /** Whether all that is opened in it is closed in it. */
  readonly isSound: boolean;
}

/** Undefined where it cannot be read, or is more than its container holds. */
export function readStretch(
  { source, text }: Read,
  { start, end }: Span,
  { node }: Container,
  read: (source: string, text: string) => CompilationUnit | undefined,
): Stretch | undefined {
  const [before, behind] = !('kind' in node)
    ? ['', '']
    : node.kind === 'namespace'
      ? ['namespace N{', '}']
      : ['class C{', '}'];
  const around = `${before}${source.slice(start, end)}${behind}`;
  const unit = read(around, `${before}${text.slice(start, end)}${behind}`);
  if (!unit || unit.skipped.length > 0) return undefined;
  const { braces } = preprocess(around, []);
  const found = {
    comments: unit.comments,
    errors: unit.errors,
    at: before.length,
    isSound: isSound(braces, behind === '' ? undefined : around.length - 1),
  };
  const lists = listsOf(unit);
  if (behind === '') return { ...lists, ...found };
  const [outer, ...others] = Object.values(lists).flat();
  if (unit.errors.length === 0 && (others.length > 0 || outer?.span.end !== around.length)) return undefined;
  return { ...(outer && 'members' in outer && outer.kind !== 'enum' ? listsOf(outer) : none), ...found };
}

/** Nothing is closed that was not opened; what is around it, if anything is, ends at `end` and not before. */
function isSound(braces: readonly Brace[], end: number | undefined): boolean {
  let depth = 0;
  for (const [index, brace] of braces.entries()) {
    depth += brace < 0 ? -1 : 1;
    if (depth < (end === undefined || index === braces.length - 1 ? 0 : 1)) return false;
  }
  return depth === 0 && (end === undefined || braces.at(-1) === ~end);
}

export function isIn({ start, end }: Span, outer: Span): boolean {
  return start >= outer.start && end <= outer.end;
}
