// `*` before a parenthesis: the grammar takes it for no operator of one operand there, and loses what is around it. It gets to see
// `~` in its place, or for `*(p + 1)` an element, `_[p + 1]`, to which something can be assigned; the reader sees the text itself.

/** What a pointer's value can stand behind: nothing that it could be multiplied with. */
const before: ReadonlySet<string> = new Set(';{}=(,[:?+-%|&^!<>~*');
/** What stands behind the parenthesis of a cast, or binds tighter than `*`. */
const behind = /^(?:[\p{L}\d_"'@$(.[~!]|\+\+|--|->)/u;
const longest = 200;

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** For the `*` there; `last` is the character, or `return`, that stands before it. */
export function replacementsFor(text: string, at: number, last: string): readonly Replacement[] {
  if (last !== 'return' && !before.has(last)) return [];
  let open = at + 1;
  while (text[open] === ' ') open++;
  if (text[open] !== '(') return [];
  const operator = [{ start: at, end: at + 1, by: '~' }];
  const close = closingOf(text, open);
  if (close === undefined) return operator;
  const isCast = text.slice(open, close).trimEnd().endsWith('*');
  if (open > at + 1 || isCast || behind.test(text.slice(close + 1, close + 1 + longest).trimStart())) return operator;
  return [
    { start: at, end: at + 1, by: '_' },
    { start: open, end: open + 1, by: '[' },
    { start: close, end: close + 1, by: ']' },
  ];
}

/** Within one simple expression. */
function closingOf(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < Math.min(text.length, open + longest); at++) {
    const char = text.charAt(at);
    if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at;
    else if ('"\'{};#'.includes(char) || text.startsWith('/*', at) || text.startsWith('//', at)) return undefined;
  }
  return undefined;
}
