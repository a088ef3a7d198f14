// Regular expressions of the framework: which members take a pattern without a time limit, and which patterns can run for ever.
// Sources: .NET Framework 4.8 API reference (Regex, REGEX_DEFAULT_MATCH_TIMEOUT); learn.microsoft.com "Backtracking in
// regular expressions", "Best practices for regular expressions in .NET"; read 2026-11.

const matchers: ReadonlySet<string> = new Set(['IsMatch', 'Match', 'Matches', 'Replace', 'Split']);

export const regexType = 'System.Text.RegularExpressions.Regex';

/**
 * Which argument of a member of Regex is a pattern that is matched with no limit; undefined where there is none, or a limit is
 * given. Parameters are short names.
 */
export function unlimitedPattern(member: string, isStatic: boolean, parameters: readonly string[]): number | undefined {
  if (parameters.includes('TimeSpan')) return undefined;
  if (member === '.ctor') return parameters.length > 0 ? 0 : undefined;
  return isStatic && matchers.has(member) ? 1 : undefined;
}

/** As of it each of them can be given its options and a limit behind all else. */
export const limitsSince = '4.5';

/** What AppDomain.SetData names to give all of them a limit. */
export const defaultLimit = 'REGEX_DEFAULT_MATCH_TIMEOUT';

interface Group {
  /** Behind its parenthesis. */
  readonly start: number;
  repeats: boolean;
}

/**
 * Whether what may repeat without end stands in a group that does: `(a+)+`, `(\w*\s?)*`. Others can take long as well; these
 * do with few characters. Where each round needs a character that no other part takes, as in `(\w+\.)+`, there is one way alone.
 */
export function hasNestedRepetition(pattern: string): boolean {
  const groups: Group[] = [{ start: 0, repeats: false }];
  let closed: Group | undefined;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    const before = closed;
    closed = undefined;
    if (char === '\\') at++;
    else if (char === '[') at = endOfClass(pattern, at);
    else if (char === '(') groups.push({ start: at + 1, repeats: false });
    else if (char === ')') {
      closed = groups.length > 1 ? groups.pop() : undefined;
      const outer = groups.at(-1);
      if (outer && closed?.repeats) outer.repeats = true;
    } else if (isEndless(pattern, at)) {
      if (before?.repeats && !isSeparated(pattern.slice(before.start, at - 1))) return true;
      const outer = groups.at(-1);
      if (outer) outer.repeats = true;
    }
  }
  return false;
}

/** Without groups and choices inside: some character stands there once, and nothing that repeats takes it. */
function isSeparated(body: string): boolean {
  const once: string[] = [];
  const repeated: string[] = [];
  for (let at = body.startsWith('?:') ? 2 : 0; at < body.length;) {
    const char = body.charAt(at);
    if (char === '(' || char === '|') return false;
    const end = char === '\\' ? at + 2 : char === '[' ? endOfClass(body, at) + 1 : at + 1;
    const atom = body.slice(at, end);
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(body.slice(end, end + maximumCount))?.[0] ?? '';
    (quantifier === '' ? once : repeated).push(atom);
    at = end + quantifier.length;
  }
  const separators = once.flatMap((atom) => (/^\\?[^\w\s\\[.^$]$/.test(atom) || atom === '\\.' ? atom.slice(-1) : []));
  return separators.some((separator) => !repeated.some((atom) => mayTake(atom, separator)));
}

/** Whether a class or a character takes a punctuation mark; where that is not plain, it may. */
function mayTake(atom: string, mark: string): boolean {
  if (/^\\[wds]$/.test(atom)) return false;
  if (/^[\w\s]$/.test(atom)) return false;
  if (/^\[\^[^\\\-[]+\]$/.test(atom)) return !atom.includes(mark);
  return !/^\[(?:\\[wds]|\w-\w|\w)+\]$/.test(atom);
}

/** `*`, `+`, `{2,}`. */
function isEndless(pattern: string, at: number): boolean {
  const char = pattern[at];
  if (char === '*' || char === '+') return true;
  return char === '{' && /^\{\d+,\}/.test(pattern.slice(at, at + maximumCount));
}

const maximumCount = 16;

function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}
