// What of the sources decides how a change of the model is written there: where none of it is edited, it is written as it was.
import type { Change } from '../code/remedy.js';
import type { Place } from '../code/model.js';
import type { Span } from '../text/span.js';
import type { SourceUnit } from './declare.js';
import type { MendedSources } from './mended-sources.js';
import type { PlacedNode } from './node-path.js';

export interface Region {
  readonly uri: string;
  /** What is to be C#. */
  readonly span: Span;
  /** What is looked at besides. */
  readonly lines: Span;
  /** Whether what is no C# matters wherever it stands. */
  readonly hangsOnErrors: boolean;
}

export function regionsOf(sources: MendedSources, change: Change): readonly Region[] {
  const hangsOnErrors = change.kind === 'makeReadonly';
  return placesOf(change).flatMap(({ place, isHead }) => {
    if (place.kind !== 'source') return [];
    const { uri, span } = place;
    const source = sources.units.get(uri);
    const path = sources.find(place)?.path ?? [];
    const declaration = path.findLast(isDeclaration);
    const section = 'attribute' in change ? path.findLast(isSection) : undefined;
    const around = section?.span ?? (declaration ? (isHead ? headOf(declaration, span) : declaration.span) : span);
    return source
      ? [
          {
            uri,
            span: around,
            lines:
              withinHead.has(change.kind) && source.unit.skipped.length === 0 ? around : linesAround(source, around),
            hangsOnErrors,
          },
        ]
      : [];
  });
}

/** What is put in between words, whatever else stands on the line. */
const withinHead: ReadonlySet<Change['kind']> = new Set([
  'makeRoutine',
  'makeReadonly',
  'setAttributeProperty',
  'removeAttributeProperties',
]);

type Named = PlacedNode & { readonly name?: { readonly span: Span } };

/** Up to its name, or what is changed behind that. */
function headOf({ span: { start }, name }: Named, { end }: Span): Span {
  return { start, end: Math.max(end, name?.span.end ?? end) };
}

function isDeclaration(node: PlacedNode): node is Named {
  return 'modifiers' in node && 'attributes' in node;
}

function isSection(node: PlacedNode): boolean {
  return 'attributes' in node && !('modifiers' in node);
}

/** Where anything is not compiled, blank lines and directives before it may belong to it, and end at another line. */
function linesAround({ unit, text }: SourceUnit, { start, end }: Span): Span {
  let from = text.lastIndexOf('\n', start - 1) + 1;
  for (let isBlank = unit.skipped.length > 0; isBlank && from > 0;) {
    const before = text.lastIndexOf('\n', from - 2) + 1;
    isBlank = /^\s*(?:#|$)/.test(text.slice(before, from));
    from = before;
  }
  const lineEnd = text.indexOf('\n', end);
  return { start: from, end: lineEnd < 0 ? text.length : lineEnd };
}

/** What a change names, and whether it is in the head of a declaration that something is written. */
interface NamedPlace {
  readonly place: Place;
  readonly isHead: boolean;
}

function placesOf(change: Change): readonly NamedPlace[] {
  const head = (place: Place): NamedPlace => ({ place, isHead: true });
  const inside = (place: Place): readonly NamedPlace[] => [{ place, isHead: false }];
  switch (change.kind) {
    case 'makeRoutine':
      return [head(change.type.place), head(change.method.place)];
    case 'makeReadonly':
      return [head(change.field)];
    case 'setAttributeProperty':
    case 'removeAttributeProperties':
    case 'removeAttribute':
      return [head(change.attribute)];
    case 'removeStatement':
      return inside(change.at);
    case 'throwIfNull':
      return inside(change.use);
    case 'parameterise':
      return inside(change.command);
    case 'rethrow':
      return inside(change.handler);
    case 'undoAtEnd':
    case 'addArguments':
    case 'replaceText':
    case 'replaceMembers':
      return inside(change.call);
  }
}
