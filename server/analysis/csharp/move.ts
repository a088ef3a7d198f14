// Whether an edit has only moved what a text says: blanks, comments, and what is half-typed leave the nodes that were there.
import type { Span } from '../text/span.js';
import { moved, type Edit } from './edit.js';
import type { CompilationUnit } from './nodes.js';
import type { Reading } from './reading.js';
import { listsOf, type Container, type Lists } from './stretch.js';

/** `now`: what stands in the stretch after the edit. */
export function isMoved(
  { unit }: Reading,
  told: Pick<CompilationUnit, 'skipped' | 'symbols'>,
  container: Container,
  now: Lists,
  stretch: Span,
  edit: Edit,
): boolean {
  const lists = listsOf(container.node);
  const here = <T extends { readonly span: Span }>(list: readonly T[]): readonly T[] =>
    moved(
      list.filter(({ span: { start, end } }) => end > stretch.start && start < stretch.end),
      edit,
    );
  const was: Lists = {
    usings: here(lists.usings),
    externAliases: here(lists.externAliases),
    attributes: here(lists.attributes),
    members: here(lists.members),
  };
  return (
    isAlike(was, pick(now)) &&
    isAlike(moved(unit.skipped, edit), told.skipped) &&
    isAlike([...(unit.symbols ?? [])].sort(), [...(told.symbols ?? [])].sort()) &&
    (unit.symbols === undefined) === (told.symbols === undefined)
  );
}

/** Without what else is known of a stretch. */
function pick({ usings, externAliases, attributes, members }: Lists): Lists {
  return { usings, externAliases, attributes, members };
}

/** Plain data of one shape. */
function isAlike(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    Array.isArray(one) === Array.isArray(other) &&
    names.every((name) => name in other && isAlike(Reflect.get(one, name), Reflect.get(other, name)))
  );
}
