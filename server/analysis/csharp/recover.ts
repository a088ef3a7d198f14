// A line that is being typed can cost the grammar all the members around it: an attribute that is not closed, a brace that is missing.
// Then the file is read again without that line, or with the brace, and the better reading is kept. Places stay what they are.
import type { Span } from '../text/span.js';
import type { CompilationUnit, Member, NamespaceMember } from './nodes.js';
import { blank, placeOf, type Brace } from './preprocess.js';
import { exceptBraces, linesOf, startsDeclaration, suspects } from './suspects.js';

/** Reads a text as long as the file's, or longer; undefined when time is up. */
type Read = (text: string) => CompilationUnit | undefined;

interface Change {
  readonly blanked: readonly Span[];
  /** Where a blank becomes `}`, and how many stand behind the text. */
  readonly closed: readonly number[];
  readonly appended: number;
}

const none: Change = { blanked: [], closed: [], appended: 0 };

export function recover(unit: CompilationUnit, text: string, braces: readonly Brace[], read: Read): CompilationUnit {
  if (unit.errors.length === 0 || !mayHaveLost(unit, text, braces)) return unit;
  let best = unit;
  let change = none;
  const tryTo = (more: Change): boolean => {
    const next = together(change, more);
    const found = read(changed(text, next));
    if (!found || !isBetter(found, best)) return false;
    best = found;
    change = next;
    return true;
  };
  const attributes = openAttributes(text);
  if (attributes.length > 0) tryTo({ ...none, blanked: attributes });
  let balance = balanced(text, braces);
  if (isChange(balance) && tryTo(balance)) balance = none;
  if (!hasLost(best, text, braces)) return withErrors(best, text, change);
  for (const blanked of suspects(blank(text, best.comments), braces, best.errors)) {
    // Without the line the braces may not be those that were counted.
    if (
      tryTo({ ...none, blanked }) ||
      (isChange(balance) && tryTo({ ...balance, blanked: [...balance.blanked, ...blanked] }))
    )
      break;
  }
  return withErrors(best, text, change);
}

function isChange({ blanked, closed, appended }: Change): boolean {
  return blanked.length + closed.length + appended > 0;
}

function together(one: Change, other: Change): Change {
  return {
    blanked: [...one.blanked, ...other.blanked].sort((a, b) => a.start - b.start),
    closed: [...one.closed, ...other.closed],
    appended: one.appended + other.appended,
  };
}

/** What was changed is no C# either. */
function withErrors(unit: CompilationUnit, text: string, { blanked, closed, appended }: Change): CompilationUnit {
  const added = [...blanked, ...closed.map((at) => ({ start: at, end: at }))];
  if (appended > 0) added.push({ start: text.length, end: text.length });
  return { ...unit, errors: [...unit.errors, ...added].sort((a, b) => a.start - b.start) };
}

/** What is missing may be a brace. */
function mayHaveLost(unit: CompilationUnit, text: string, braces: readonly Brace[]): boolean {
  return unit.errors.some(({ start, end }) => start === end) || hasLost(unit, text, braces);
}

/** What is no C# holds braces, which only more than a statement has; or there is no type where there are some. */
function hasLost({ errors, members }: CompilationUnit, text: string, braces: readonly Brace[]): boolean {
  const hasNone = members.every((member) => member.kind === 'namespace' && member.members.length === 0);
  return (hasNone && braces.length > 0) || errors.some(({ start, end }) => /[{}]/.test(text.slice(start, end)));
}

function isBetter(found: CompilationUnit, than: CompilationUnit): boolean {
  const members = memberCount(found.members) - memberCount(than.members);
  return members > 0 || (members === 0 && 2 * errorLength(found) < errorLength(than));
}

function memberCount(members: readonly (NamespaceMember | Member)[]): number {
  let count = members.length;
  for (const member of members) if ('members' in member && member.kind !== 'enum') count += memberCount(member.members);
  return count;
}

function errorLength({ errors }: CompilationUnit): number {
  return errors.reduce((sum, { start, end }) => sum + end - start, 0);
}

function changed(text: string, { blanked, closed, appended }: Change): string {
  let result = blank(text, blanked);
  for (const at of closed) result = `${result.slice(0, at)}}${result.slice(at + 1)}`;
  return result + '}'.repeat(appended);
}

/** From where an attribute opens to the line that begins something else before it has closed. */
function openAttributes(text: string): readonly Span[] {
  const lines = linesOf(text);
  const found: Span[] = [];
  lines.forEach(({ start }, index) => {
    if (text[start] !== '[') return;
    let brackets = 0;
    for (let at = index; at < lines.length && at < index + mostAttributeLines; at++) {
      const line = lines[at] ?? { start, end: start };
      if (at > index && (text[line.start] === '[' || startsDeclaration(text, line.start))) {
        found.push(...lines.slice(index, at).flatMap((one) => exceptBraces(text, one)));
        return;
      }
      brackets += bracketsIn(text, line);
      if (brackets <= 0) return;
    }
  });
  return found;
}

const mostAttributeLines = 20;

/** How many more are opened than closed. */
function bracketsIn(text: string, { start, end }: Span): number {
  let brackets = 0;
  let isString = false;
  for (let at = start; at < end; at++) {
    if (text[at] === '"') isString = !isString;
    else if (!isString && text[at] === '[') brackets++;
    else if (!isString && text[at] === ']') brackets--;
  }
  return brackets;
}

/** A member is as deep as the first one with its indentation; where it is deeper, something before it was not closed. */
function balanced(text: string, braces: readonly Brace[]): Change {
  const depths = new Map<number, number>();
  const closed: number[] = [];
  const blanked: Span[] = [];
  let depth = 0;
  let next = 0;
  let attributes: number | undefined;
  let brackets = 0;
  for (const line of linesOf(text)) {
    for (; next < braces.length && placeOf(braces[next] ?? 0) < line.start; next++)
      depth += (braces[next] ?? 0) < 0 ? -1 : 1;
    // What is not closed is closed before a declaration's attributes.
    const start: number = attributes ?? line.start;
    const isAttribute = text[line.start] === '[' || brackets > 0;
    attributes = isAttribute ? start : undefined;
    brackets = isAttribute ? brackets + bracketsIn(text, line) : 0;
    if (!startsDeclaration(text, line.start)) continue;
    brackets = 0;
    attributes = undefined;
    const indentation = start - text.lastIndexOf('\n', start - 1) - 1;
    const expected = depths.get(indentation) ?? depth;
    depths.set(indentation, expected);
    const before = braces[next - 1] ?? 0;
    if (depth > expected && depth - expected <= indentation) {
      for (let at = start - (depth - expected); at < start; at++) closed.push(at);
    } else if (depth === expected - 1 && before < 0) blanked.push({ start: ~before, end: ~before + 1 });
    else continue;
    depth = expected;
  }
  for (; next < braces.length; next++) depth += (braces[next] ?? 0) < 0 ? -1 : 1;
  return { blanked, closed, appended: Math.min(Math.max(depth, 0), mostAppended) };
}

const mostAppended = 16;
