// Which files Git is told to ignore. Not by a library: those make regular expressions of the patterns, which a
// hostile .gitignore can make run for ever. Here a name costs at most its length times that of the pattern.
// Source: git-scm.com/docs/gitignore, read 2026-11.

export interface IgnoreRule {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** One pattern for each name of a path; `any` is `**`, any number of names. */
  readonly names: readonly ('any' | NamePattern)[];
}

/** What a name begins and ends with decides most, and costs least. */
interface NamePattern {
  readonly head: string;
  readonly between: readonly CharacterPattern[];
  readonly tail: string;
}

/** `any` is `*`: any number of characters. */
type CharacterPattern = 'any' | ((character: string) => boolean);

export function parseIgnore(text: string): readonly IgnoreRule[] {
  return text.split('\n').flatMap((line) => ruleOf(line) ?? []);
}

/** For a path below the folder of the .gitignore; undefined where its rules say nothing of it. */
export function ignoredBy(
  rules: readonly IgnoreRule[],
  path: readonly string[],
  isFolder: boolean,
): boolean | undefined {
  const name = path.at(-1) ?? '';
  const rule = rules.findLast(
    ({ foldersOnly, names }) =>
      (isFolder || !foldersOnly) && endsWith(names, name) && matches(names, path, matchesName),
  );
  return rule && !rule.negated;
}

/** Whether patterns hold for a file: by its own path, or by a folder's above it. */
export function holds(rules: readonly IgnoreRule[], path: readonly string[]): boolean {
  const own = ignoredBy(rules, path, false);
  if (own !== undefined) return own;
  return path.some((_, above) => above > 0 && ignoredBy(rules, path.slice(0, above), true) === true);
}

function ruleOf(line: string): IgnoreRule | undefined {
  const written = withoutTrailingSpace(line);
  if (written === '' || written.startsWith('#')) return undefined;
  const negated = written.startsWith('!');
  const pattern = negated ? written.slice(1) : written;
  const path = pattern.endsWith('/') ? pattern.slice(0, -1) : pattern;
  const names = (path.startsWith('/') ? path.slice(1) : path).split('/').map(namePatternOf);
  // Without a slash before its end, a pattern holds at any depth.
  return { negated, foldersOnly: pattern.endsWith('/'), names: path.includes('/') ? names : ['any', ...names] };
}

/** Unless a backslash keeps it. */
function withoutTrailingSpace(line: string): string {
  const trimmed = line.trimEnd();
  return trimmed.endsWith('\\') && trimmed.length < line.length ? `${trimmed} ` : trimmed;
}

function namePatternOf(name: string): 'any' | NamePattern {
  if (name === '**') return 'any';
  const start = name.search(/[*?[\\]/);
  if (start < 0) return { head: name, between: [], tail: '' };
  const last = Math.max(...[...'*?[]\\'].map((special) => name.lastIndexOf(special)));
  const end = last + (name.charAt(last) === '\\' ? 2 : 1);
  return { head: name.slice(0, start), between: characterPatternsOf(name.slice(start, end)), tail: name.slice(end) };
}

function characterPatternsOf(name: string): readonly CharacterPattern[] {
  const patterns: CharacterPattern[] = [];
  for (let at = 0; at < name.length; at++) {
    const character = name.charAt(at);
    const end = character === '[' ? name.indexOf(']', at + 2) : -1;
    if (end > 0) {
      patterns.push(classOf(name.slice(at + 1, end)));
      at = end;
    } else if (character === '*') {
      patterns.push('any');
    } else if (character === '?') {
      patterns.push(() => true);
    } else {
      const literal = character === '\\' ? name.charAt(++at) : character;
      patterns.push((other) => other === literal);
    }
  }
  return patterns;
}

/** What stands between brackets: `a-z_`, `!0-9`. */
function classOf(written: string): (character: string) => boolean {
  const negated = written.startsWith('!') || written.startsWith('^');
  const members = negated ? written.slice(1) : written;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < members.length; at++) {
    const isRange = members.charAt(at + 1) === '-' && at + 2 < members.length;
    ranges.push([members.charAt(at), members.charAt(isRange ? at + 2 : at)]);
    if (isRange) at += 2;
  }
  return (character) => ranges.some(([low, high]) => low <= character && character <= high) !== negated;
}

function endsWith(names: IgnoreRule['names'], name: string): boolean {
  const last = names.at(-1);
  return !last || last === 'any' || matchesName(last, name);
}

function matchesName({ head, between, tail }: NamePattern, name: string): boolean {
  const end = name.length - tail.length;
  if (end < head.length || !name.startsWith(head) || !name.endsWith(tail)) return false;
  return matches(between, [...name.slice(head.length, end)], (one, character) => one(character));
}

/** Goes back to the last `any` only: what an earlier one took need never be given back. */
function matches<P extends object, T>(
  patterns: readonly ('any' | P)[],
  items: readonly T[],
  matchesOne: (pattern: P, item: T) => boolean,
): boolean {
  let next = 0;
  let done = 0;
  let back: { readonly next: number; done: number } | undefined;
  for (let item = items[done]; item !== undefined; item = items[done]) {
    const pattern = patterns[next];
    if (pattern === 'any') {
      back = { next: ++next, done };
    } else if (pattern && matchesOne(pattern, item)) {
      next++;
      done++;
    } else if (back) {
      next = back.next;
      done = ++back.done;
    } else {
      return false;
    }
  }
  return patterns.slice(next).every((pattern) => pattern === 'any');
}
