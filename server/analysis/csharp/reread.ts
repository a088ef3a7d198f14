// A text that is another by one edit is read where it has changed: all other nodes stay, moved to where they are now.
// What is half-typed costs nothing around it, and is made up for by what the text said before, where that can be known.
import type { Span } from '../text/span.js';
import { editBetween, moved, shift, together, type Edit } from './edit.js';
import { isMoved } from './move.js';
import type { CompilationUnit } from './nodes.js';
import type { Read, Reading } from './reading.js';
import {
  containerAround,
  isIn,
  listsOf,
  memberAround,
  readStretch,
  stretchIn,
  type Container,
  type Lists,
} from './stretch.js';

export interface Reread {
  readonly reading: Reading;
  /** Whether the text as a whole cannot be better than what was found. */
  readonly isCertain: boolean;
}

/** Undefined where too much has changed to go by what was before. */
export function reread(
  before: Reading,
  now: Read,
  told: Pick<CompilationUnit, 'skipped' | 'symbols'>,
  read: (source: string, text: string) => CompilationUnit | undefined,
): Reread | undefined {
  const edit = together(editBetween(before.text, now.text), editBetween(before.source, now.source));
  const container = containerAround(before, edit);
  const stretch = stretchIn(container, edit);
  const end = stretch.end + edit.newEnd - edit.end;
  const found = readStretch(now, { start: stretch.start, end }, container, read);
  if (!found) return undefined;
  const isWhole = found.errors.length === 0;
  if (!isWhole && Math.max(edit.end, edit.newEnd) - edit.start > mostTyped) return undefined;
  const here = moved(found, shift(stretch.start - found.at));
  const member = memberAround(container, edit);
  const lists = isWhole ? here : halfTyped(here, container, stretch, edit);
  const { unit } = before;
  const replaced = spliced(container.node, lists, stretch, edit);
  const outer = container.node === unit ? replaced : moved(unit, edit, { of: container.node, by: [replaced] });
  const { symbols: _, ...around } = outer as CompilationUnit;
  const others = moved(
    before.faults?.filter((fault) => !isIn(fault, stretch)),
    edit,
  );
  const fault = member && found.isSound ? [moved(member.span, edit)] : undefined;
  const faults = others && (isWhole ? others : fault && [...others, ...fault]);
  return {
    reading: {
      unit: {
        ...around,
        comments: inOrder([...outside(unit.comments, stretch, edit), ...here.comments]),
        errors: inOrder([
          ...outside(unit.errors, stretch, edit),
          ...(isWhole ? [] : (fault ?? [{ start: stretch.start, end }])),
        ]),
        ...told,
      },
      ...now,
      ...(faults && { faults }),
      ...(isMoved(before, told, container, lists, stretch, edit) && { move: edit }),
      canGoOn: true,
    },
    isCertain: faults !== undefined,
  };
}

/** Of characters: more is not typed but pasted, and nothing that was there before speaks for it. */
const mostTyped = 1000;

/** What was there: without a line of it, others would say what nobody wrote. Where nothing was, what can be read. */
function halfTyped(here: Lists, { node }: Container, stretch: Span, edit: Edit): Lists {
  const before = listsOf(node);
  const kept = <T extends { readonly span: Span }>(list: readonly T[]): readonly T[] =>
    moved(
      list.filter(({ span }) => isIn(span, stretch) && !isIn(span, edit)),
      edit,
    );
  const old = {
    usings: kept(before.usings),
    externAliases: kept(before.externAliases),
    attributes: kept(before.attributes),
    members: kept(before.members),
  };
  return Object.values(old).every((list: readonly unknown[]) => list.length === 0) ? here : old;
}

/** What the container holds now. */
function spliced(node: Container['node'], now: Lists, stretch: Span, edit: Edit): object {
  const before = listsOf(node);
  const usings = between(before.usings, now.usings, stretch, edit);
  const members = between(before.members, now.members, stretch, edit);
  if (!('kind' in node)) {
    const externAliases = between(before.externAliases, now.externAliases, stretch, edit);
    const attributes = between(before.attributes, now.attributes, stretch, edit);
    return { ...node, usings, externAliases, attributes, members };
  }
  if (node.kind === 'namespace') return { ...moved({ ...node, usings: [], members: [] }, edit), usings, members };
  return { ...moved({ ...node, members: [] }, edit), members };
}

function between<T extends { readonly span: Span }>(
  list: readonly T[],
  now: readonly T[],
  stretch: Span,
  edit: Edit,
): readonly T[] {
  return [
    ...list.filter(({ span }) => span.end <= stretch.start),
    ...now,
    ...moved(
      list.filter(({ span }) => span.end > stretch.start && span.start >= stretch.end),
      edit,
    ),
  ];
}

function outside(spans: readonly Span[], stretch: Span, edit: Edit): readonly Span[] {
  return [
    ...spans.filter(({ end }) => end <= stretch.start),
    ...moved(
      spans.filter(({ start, end }) => end > stretch.start && start >= stretch.end),
      edit,
    ),
  ];
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return [...spans].sort((a, b) => a.start - b.start);
}
