// Tests that tell what a text can do no harm as, where they come out so; and what a replacement takes away.
// Sources: .NET Framework 4.8 API reference; OWASP "Injection Prevention", "Path Traversal", "LDAP Injection Prevention" and "Server
// Side Request Forgery Prevention" cheat sheets; learn.microsoft.com "QUOTENAME (Transact-SQL)", "Regular Expression Language -
// Quick Reference"; read 2026-11. Where how well a text is tested cannot be told, the test is taken to be good.
import type { HarmName } from './input-sinks.js';

export interface InputCheck {
  /** What is tested: the object, or an argument. */
  readonly tested: 'this' | number;
  readonly when: 'true' | 'false' | 'negative' | 'notNegative';
  readonly clears: readonly HarmName[] | 'all';
  /** Only where ... */
  readonly only?: CheckCondition;
}

/**
 * `canonical`: the path was made whole before. `host`: what it begins with names a host, or is not known. `pattern`: the whole text must
 * match what has no character that does harm, or a pattern that is not known. `forbidden`: the constant that is looked for is
 * one that the harm needs. `given`: what it is compared with is not itself given from outside.
 */
export type CheckCondition = 'canonical' | 'host' | 'pattern' | 'forbidden' | 'given';

type Row = readonly [
  type: string,
  members: readonly string[],
  tested: InputCheck['tested'],
  when: InputCheck['when'],
  clears: InputCheck['clears'],
  only?: CheckCondition,
];

const rows: readonly Row[] = [
  ['System.Array', ['IndexOf'], 1, 'notNegative', 'all'],
  ['System.Array', ['BinarySearch'], 1, 'notNegative', 'all'],
  ['System.DateTime', ['TryParse', 'TryParseExact'], 0, 'true', 'all'],
  ['System.Decimal', ['TryParse'], 0, 'true', 'all'],
  ['System.Double', ['TryParse'], 0, 'true', 'all'],
  ['System.Enum', ['IsDefined'], 1, 'true', 'all'],
  ['System.Enum', ['TryParse'], 0, 'true', 'all'],
  ['System.Guid', ['TryParse', 'TryParseExact'], 0, 'true', 'all'],
  ['System.Int16', ['TryParse'], 0, 'true', 'all'],
  ['System.Int32', ['TryParse'], 0, 'true', 'all'],
  ['System.Int64', ['TryParse'], 0, 'true', 'all'],
  ['System.Linq.Enumerable', ['All'], 0, 'true', 'all'],
  ['System.Linq.Enumerable', ['Any'], 0, 'false', 'all'],
  ['System.Linq.Enumerable', ['Contains'], 1, 'true', 'all'],
  [
    'System.Net.IPAddress',
    ['TryParse'],
    0,
    'true',
    ['sql', 'sqlUnquoted', 'connection', 'path', 'command', 'ldap', 'xpath'],
  ],
  ['System.Object', ['Equals'], 'this', 'true', 'all', 'given'],
  ['System.Object', ['Equals'], 0, 'true', 'all', 'given'],
  ['System.String', ['Compare', 'CompareOrdinal'], 0, 'false', 'all'],
  ['System.String', ['CompareTo'], 'this', 'false', 'all'],
  ['System.String', ['Contains'], 0, 'true', 'all'],
  [
    'System.String',
    ['Contains'],
    'this',
    'false',
    ['sql', 'connection', 'path', 'command', 'ldap', 'xpath'],
    'forbidden',
  ],
  ['System.String', ['EndsWith'], 'this', 'true', ['url'], 'host'],
  ['System.String', ['Equals', 'op_Equality'], 0, 'true', 'all', 'given'],
  ['System.String', ['Equals', 'op_Equality'], 1, 'true', 'all', 'given'],
  ['System.String', ['Equals'], 'this', 'true', 'all', 'given'],
  ['System.String', ['op_Inequality'], 0, 'false', 'all', 'given'],
  ['System.String', ['op_Inequality'], 1, 'false', 'all', 'given'],
  [
    'System.String',
    ['IndexOf'],
    'this',
    'negative',
    ['sql', 'connection', 'path', 'command', 'ldap', 'xpath'],
    'forbidden',
  ],
  [
    'System.String',
    ['IndexOfAny'],
    'this',
    'negative',
    ['sql', 'connection', 'path', 'command', 'ldap', 'xpath', 'pattern'],
  ],
  ['System.String', ['StartsWith'], 'this', 'true', ['path'], 'canonical'],
  ['System.String', ['StartsWith'], 'this', 'true', ['url'], 'host'],
  ['System.Text.RegularExpressions.Group', ['get_Success'], 'this', 'true', 'all', 'pattern'],
  ['System.Text.RegularExpressions.Regex', ['IsMatch'], 0, 'true', 'all', 'pattern'],
  ['System.Uri', ['op_Equality'], 0, 'true', 'all'],
  ['System.Uri', ['IsBaseOf'], 0, 'true', ['url', 'path']],
];

const ofCollections: readonly InputCheck[] = [{ tested: 0, when: 'true', clears: 'all' }];
const placeInCollection: readonly InputCheck[] = [{ tested: 0, when: 'notNegative', clears: 'all' }];

export const inputChecks: readonly (InputCheck & { readonly type: string; readonly member: string })[] = rows.flatMap(
  ([type, members, tested, when, clears, only]) =>
    members.map((member) => ({ type, member, tested, when, clears, ...(only && { only }) })),
);

const byMember = new Map<string, InputCheck[]>();
for (const check of inputChecks) {
  const key = `${check.type}::${check.member}`;
  byMember.set(key, [...(byMember.get(key) ?? []), check]);
}

export function findInputChecks(type: string, member: string): readonly InputCheck[] {
  const found = byMember.get(`${type}::${member}`);
  if (found) return found;
  if (!type.startsWith('System.Collections.')) return [];
  if (member === 'Contains' || member === 'ContainsKey' || member === 'TryGetValue') return ofCollections;
  return member === 'IndexOf' || member === 'BinarySearch' ? placeInCollection : [];
}

/** `Char.IsLetterOrDigit` and its like. */
export function isCharacterTest(type: string, member: string): boolean {
  return type === 'System.Char' && member.startsWith('Is');
}

/** What a text without these is no harm as; for those that are not here, a character that is looked for says nothing. */
const forbidden: readonly (readonly [harm: HarmName, texts: RegExp])[] = [
  ['sql', /^['\]]/],
  ['connection', /;/],
  ['path', /^(?:\.\.|[\\/:])/],
  ['command', /^["&|;'`$<>]/],
  ['ldap', /^[()]/],
  ['xpath', /^['"]/],
];

/** The harm that a text cannot do without a constant. */
export function harmNeeding(text: string): readonly HarmName[] {
  return forbidden.filter(([, texts]) => texts.test(text)).map(([harm]) => harm);
}

/** What replacing one constant by another takes away; of quotes doubled, what stands outside of quotes is left. */
export function clearedByReplacing(from: string): readonly HarmName[] {
  return [...harmNeeding(from), ...(from === '.' ? ['path' as const] : [])];
}

/** Whether a whole text that matches has only letters, digits and a few marks that do no harm. */
export function isRestrictive(pattern: string): boolean {
  if (!/^(?:\^|\\A)/.test(pattern) || !/(?:\$|\\[zZ])$/.test(pattern)) return false;
  const inside = pattern.replace(/^(?:\^|\\A)/, '').replace(/(?:\$|\\[zZ])$/, '');
  for (let at = 0; at < inside.length; at++) {
    const char = inside.charAt(at);
    if (char === '.' || char === '|') return false;
    if (char === '\\') {
      at++;
      if (/[SDWPp]/.test(inside.charAt(at))) return false;
    } else if (char === '[') {
      const end = inside.indexOf(']', at + 2);
      const body = inside.slice(at + 1, end < 0 ? inside.length : end);
      if (body.startsWith('^') || /['";\\](?![wds.-])/.test(body)) return false;
      at += body.length + 1;
    } else if (/['";]/.test(char)) return false;
  }
  return true;
}

/** A text that is known up to where something comes in: whether that can say the host of a URL. */
export function canSayHost(known: string, isAllKnown: boolean): boolean {
  return /:\/\/[^/?#\\]*$/.test(known) || (isAllKnown && (known === '' || /^[a-z]*:?\/?$/i.test(known)));
}

/** Whether what comes in stands inside of quotes or brackets; undefined where nothing stands before it. */
export function standsInQuotes(known: string): boolean | undefined {
  if (known === '') return undefined;
  if (/\[[^\]]*$/.test(known)) return true;
  return known.split("'").length % 2 === 0;
}
