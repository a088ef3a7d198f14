// Texts as accidents and attackers leave them, the same ones for the same seed: pieces of honest ones cut, doubled, nested and
// crossed with what has broken others.
import { randomOf } from '../support/mutations.js';

export type Random = ReturnType<typeof randomOf>;

/** What parsers and pages trip over, whatever the language. */
const hostile: readonly string[] = [
  ...[
    '\0',
    '\ufeff',
    '\ud800',
    '\udc00',
    '\u2028',
    '\u202e',
    '\u200b',
    '\u{1f600}',
    '\r',
    '\n',
    '\t',
    '\u001b[31m',
    '\u0085',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    "'",
    '"',
    '`',
    '$(',
    '${',
    '\\',
    '/*',
    '*/',
    '--',
    '//',
    '#',
    '@',
    ';',
    ',',
    '.',
    '=',
  ],
  ...[
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&#x0;',
    '&#xd800;',
    '&lol;',
    '<!DOCTYPE a [<!ENTITY lol "lol">]>',
    '%2e%2e/',
    '../',
  ],
  ...[
    '\\\\host\\share\\a.dll',
    '//host/share',
    '\\\\.\\pipe\\a',
    'CON',
    '__proto__',
    'constructor',
    'toString',
    'null',
    'NaN',
    '-1',
  ],
  ...['0x', '0x4D5A', '9'.repeat(400), '1e400', '0x' + 'F'.repeat(64), 'x'.repeat(5_000), '\n'.repeat(2_000)],
];

export function mutated(random: Random, seeds: readonly string[], words: readonly string[]): string {
  const pick = (): string => seeds[random(seeds.length)] ?? '';
  let text = pick();
  for (let edits = 1 + random(random(6) === 0 ? 40 : 6); edits > 0 && text.length < longest; edits--)
    text = edited(random, text, pick, words);
  return text.slice(0, longest);
}

const longest = 400_000;

function edited(random: Random, text: string, pick: () => string, words: readonly string[]): string {
  const at = random(text.length + 1);
  const end = Math.min(text.length, at + 1 + random(random(4) === 0 ? 400 : 12));
  const [before, part, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
  const word = (): string => words[random(words.length)] ?? '';
  const evil = (): string => hostile[random(hostile.length)] ?? '';
  switch (random(12)) {
    case 0:
      return before + after;
    case 1:
      return before + part + part + after;
    case 2:
      return before;
    case 3:
    case 4:
      return before + evil() + part + after;
    case 5:
      return `${before} ${word()} ${part}${after}`;
    case 6:
      return `${before} ${word()} ${after}`;
    case 7:
      return before + repeated(random, part) + after;
    case 8:
      return before + repeated(random, random(2) === 0 ? evil() : word()) + part + after;
    case 9: {
      const other = pick();
      const from = random(other.length + 1);
      return before + other.slice(from, from + random(600)) + after;
    }
    case 10:
      return text.split(word()).join(evil());
    default:
      return before + part.toUpperCase().split('').reverse().join('') + after;
  }
}

/** As deep as a file may be. */
function repeated(random: Random, part: string): string {
  const times = [3, 50, 1_000, 20_000][random(4)] ?? 1;
  return part.repeat(Math.min(times, Math.ceil(100_000 / Math.max(1, part.length))));
}

/** The words of texts: what comes up most is what the language is made of. */
export function wordsOf(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const [word] of texts.join('\n').matchAll(/[A-Za-z_][A-Za-z_0-9]+/g))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 400)
    .map(([word]) => word);
}
