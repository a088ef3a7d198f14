// A line that is being typed can cost the grammar all the members around it: an attribute that is not closed, a brace that is missing.
// Then the file is read again without that line, or with the brace, and the better reading is kept. Places stay what they are.
import type { Span } from '../text/span.js';
import type { CompilationUnit, Member, NamespaceMember } from './nodes.js';
import { blank } from './preprocess.js';

/** Reads a text as long as the file's, or longer; undefined when time is up. */
type Read = (text: string) => CompilationUnit | undefined;

interface Change {
  readonly blanked: readonly Span[];
  /** Where a blank becomes `}`, and how many stand behind the text. */
  readonly closed: readonly number[];
  readonly appended: number;
}

export function recover(unit: CompilationUnit, text: string, braces: readonly number[], read: Read): CompilationUnit {
  if (!hasLostMembers(unit, text)) return unit;
  let best = unit;
  let change: Change = { blanked: [], closed: [], appended: 0 };
  const tryTo = (more: Partial<Change>): boolean => {
    const blanked = [...change.blanked, ...(more.blanked ?? [])].sort((a, b) => a.start - b.start);
    const next = { ...change, ...more, blanked };
    const found = read(changed(text, next));
    if (!found || !isBetter(found, best)) return false;
    best = found;
    change = next;
    return true;
  };
  const attributes = openAttributes(text);
  if (attributes.length > 0) tryTo({ blanked: attributes });
  const balance = balanced(text, braces);
  if (balance.blanked.length + balance.closed.length + balance.appended > 0) tryTo(balance);
  for (let attempt = 0; attempt < mostLines; attempt++) {
    const line = lineOfLoss(text, best, change.blanked);
    if (!line || !tryTo({ blanked: [line] })) break;
  }
  return withErrors(best, text, change);
}

const mostLines = 3;

/** What was changed is no C# either. */
function withErrors(unit: CompilationUnit, text: string, { blanked, closed, appended }: Change): CompilationUnit {
  const added = [...blanked, ...closed.map((at) => ({ start: at, end: at }))];
  if (appended > 0) added.push({ start: text.length, end: text.length });
  return { ...unit, errors: [...unit.errors, ...added].sort((a, b) => a.start - b.start) };
}

/** What is no C# holds braces, which only more than a statement has; or something is missing, which may be a brace. */
function hasLostMembers({ errors }: CompilationUnit, text: string): boolean {
  return errors.some(({ start, end }) => start === end || hasBrace(text, start, end));
}

function hasBrace(text: string, start: number, end: number): boolean {
  return /[{}]/.test(text.slice(start, end));
}

function isBetter(found: CompilationUnit, than: CompilationUnit): boolean {
  const members = memberCount(found.members) - memberCount(than.members);
  return members > 0 || (members === 0 && 2 * errorLength(found) < errorLength(than));
}

function memberCount(members: readonly (NamespaceMember | Member)[]): number {
  return members.reduce(
    (sum, member) => sum + 1 + ('members' in member && member.kind !== 'enum' ? memberCount(member.members) : 0),
    0,
  );
}

function errorLength({ errors }: CompilationUnit): number {
  return errors.reduce((sum, { start, end }) => sum + end - start, 0);
}

function changed(text: string, { blanked, closed, appended }: Change): string {
  let result = blank(text, blanked);
  for (const at of closed) result = `${result.slice(0, at)}}${result.slice(at + 1)}`;
  return result + '}'.repeat(appended);
}

/** Lines that open an attribute and do not close it, while the next one begins something else. */
function openAttributes(text: string): readonly Span[] {
  const lines = linesOf(text);
  return lines.filter(({ start, end }, index) => {
    if (text[start] !== '[' || isBalanced(text, start, end)) return false;
    const next = lines[index + 1];
    return next === undefined || text[next.start] === '[' || startsDeclaration(text, next.start);
  });
}

function isBalanced(text: string, start: number, end: number): boolean {
  let brackets = 0;
  let isString = false;
  for (let at = start; at < end; at++) {
    if (text[at] === '"') isString = !isString;
    else if (!isString && text[at] === '[') brackets++;
    else if (!isString && text[at] === ']' && --brackets === 0) return true;
  }
  return false;
}

function startsDeclaration(text: string, at: number): boolean {
  return /^(?:public|private|protected|internal|static)\s/.test(text.slice(at, at + 12));
}

/** A member is as deep as the first one with its indentation; where it is deeper, something before it was not closed. */
function balanced(text: string, braces: readonly number[]): Change {
  const depths = new Map<number, number>();
  const closed: number[] = [];
  const blanked: Span[] = [];
  let depth = 0;
  let next = 0;
  for (const { start } of linesOf(text)) {
    for (; next < braces.length && placeOf(braces[next] ?? 0) < start; next++)
      depth += (braces[next] ?? 0) < 0 ? -1 : 1;
    if (!startsDeclaration(text, start)) continue;
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

function placeOf(brace: number): number {
  return brace < 0 ? ~brace : brace;
}

const mostAppended = 16;

/** From the first letter of each line that has one to its end. */
function linesOf(text: string): readonly Span[] {
  const lines: Span[] = [];
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    let start = at;
    while (start < end && text.charCodeAt(start) <= 32) start++;
    if (start < end) lines.push({ start, end });
    at = end + 1;
  }
  return lines;
}

/** Where the first error begins that has cost more than a statement. */
function lineOfLoss(text: string, unit: CompilationUnit, blanked: readonly Span[]): Span | undefined {
  const error = unit.errors.find(({ start, end }) => hasBrace(text, start, end));
  if (!error) return undefined;
  const start = text.lastIndexOf('\n', Math.max(error.start - 1, 0)) + 1;
  const newline = text.indexOf('\n', Math.max(start, error.start));
  const end = newline < 0 ? text.length : newline;
  const isBlanked = blanked.some((span) => span.start < end && start < span.end);
  return isBlanked || text.slice(start, end).trim() === '' ? undefined : { start, end };
}
