// One stretch of a text that has become another, and nodes where they are after it.
import type { Span } from '../text/span.js';

/** What stood from `start` to `end` is now what stands from `start` to `newEnd`. */
export interface Edit extends Span {
  readonly newEnd: number;
}

export function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { start, end: before.length - same, newEnd: after.length - same };
}

/** What lies in either. Both are of texts of the same lengths. */
export function together(one: Edit, other: Edit): Edit {
  const [start, end] = [Math.min(one.start, other.start), Math.max(one.end, other.end)];
  return { start, end, newEnd: end + one.newEnd - one.end };
}

/** Everything later by as much. */
export function shift(by: number): Edit {
  return { start: -1, end: -1, newEnd: by - 1 };
}

/** Neither the edit nor what it borders on. */
export function isTouched({ start, end }: Span, edit: Edit): boolean {
  return end > edit.start && start <= edit.end;
}

/** An object of a tree, and what stands in its place, one or, in a list, any number. */
interface Replacement {
  readonly of: object;
  readonly by: readonly unknown[];
}

/** A node, a list of them, or a span, after the edit. What lies before it is the same object as it was. */
export function moved<T>(node: T, edit: Edit, replacement?: Replacement): T {
  return movedValue(node, edit, replacement) as T;
}

function movedValue(value: unknown, edit: Edit, replacement: Replacement | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return movedList(value, edit, replacement);
  if (value === replacement?.of) return replacement.by[0];
  if (isSpan(value)) return movedSpan(value, edit);
  if ('span' in value && isSpan(value.span) && value.span.end < edit.start) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) copy[key] = movedValue(inner, edit, replacement);
  return copy;
}

function movedList(list: readonly unknown[], edit: Edit, replacement: Replacement | undefined): readonly unknown[] {
  const copy: unknown[] = [];
  for (const one of list) {
    if (one !== replacement?.of) copy.push(movedValue(one, edit, replacement));
    else for (const other of replacement?.by ?? []) copy.push(other);
  }
  return copy;
}

function movedSpan(span: Span, edit: Edit): Span {
  if (span.end < edit.start) return span;
  const growth = edit.newEnd - edit.end;
  const start = span.start >= edit.end ? span.start + growth : Math.min(span.start, edit.start);
  const end = span.end <= edit.start ? span.end : span.end >= edit.end ? span.end + growth : edit.start;
  return { start, end: Math.max(start, end) };
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'number';
}
