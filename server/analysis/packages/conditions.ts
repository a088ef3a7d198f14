// MSBuild's conditions: they hold, they do not, or it cannot be told.
// Source: MicrosoftDocs/visualstudio-docs, docs/msbuild/msbuild-conditions.md, read 2026-11-25.
import { closingOf, expand, type Values } from './properties.js';
import type { XmlElement } from './xml.js';

/** Whether there is a file, by its path as it is written; undefined where it cannot be told. */
export type Exists = (path: string) => boolean | undefined;

/** Undefined where it cannot be told, also because it is no condition. */
export function conditionHolds(
  condition: string,
  values: Values,
  exists: Exists = () => undefined,
): boolean | undefined {
  const tokens = tokensOf(condition);
  if (!tokens || tokens.length > mostTokens) return undefined;
  if (tokens.length === 0) return true;
  const cursor = { tokens, exists, at: 0, depth: 0 };
  const holds = either(cursor, values);
  return cursor.at === tokens.length ? holds : undefined;
}

/** Of an element; true where it has none. */
export function conditionOf({ attributes }: XmlElement, values: Values, exists?: Exists): boolean | undefined {
  const condition = attributes.find(({ name }) => name === 'Condition');
  return condition ? conditionHolds(condition.value, values, exists) : true;
}

export function and(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

const mostTokens = 500;
const deepest = 50;

interface Cursor {
  readonly tokens: readonly Token[];
  readonly exists: Exists;
  at: number;
  depth: number;
}

interface Token {
  readonly kind: 'operand' | 'symbol';
  readonly text: string;
}

function either(cursor: Cursor, values: Values): boolean | undefined {
  let result = both(cursor, values);
  while (takeWord(cursor, 'or')) {
    const other = both(cursor, values);
    result = result === true || other === true ? true : result === undefined ? undefined : other;
  }
  return result;
}

function both(cursor: Cursor, values: Values): boolean | undefined {
  let result = single(cursor, values);
  while (takeWord(cursor, 'and')) {
    const other = single(cursor, values);
    result = result === false || other === false ? false : result === undefined ? undefined : other;
  }
  return result;
}

function single(cursor: Cursor, values: Values): boolean | undefined {
  if (cursor.depth > deepest) return undefined;
  cursor.depth++;
  try {
    if (takeSymbol(cursor, '!')) {
      const inner = single(cursor, values);
      return inner === undefined ? undefined : !inner;
    }
    if (takeSymbol(cursor, '(')) {
      const inner = either(cursor, values);
      return takeSymbol(cursor, ')') ? inner : undefined;
    }
    return comparison(cursor, values);
  } finally {
    cursor.depth--;
  }
}

function comparison(cursor: Cursor, values: Values): boolean | undefined {
  const left = operand(cursor);
  if (left === undefined) return undefined;
  // A function: what any other than this one asks for is not known.
  if (takeSymbol(cursor, '(')) {
    const path = operand(cursor);
    const isWhole = takeSymbol(cursor, ')');
    if (isWhole) return path !== undefined && left.toLowerCase() === 'exists' ? cursor.exists(path) : undefined;
    while (operand(cursor) !== undefined || takeSymbol(cursor, ','));
    takeSymbol(cursor, ')');
    return undefined;
  }
  const operator = ['==', '!=', '<=', '>=', '<', '>'].find((each) => takeSymbol(cursor, each));
  const a = expand(left, values);
  if (operator === undefined) return a === undefined ? undefined : truthOf(a);
  const right = operand(cursor);
  const b = right === undefined ? undefined : expand(right, values);
  return a === undefined || b === undefined ? undefined : compare(a.trim(), operator, b.trim());
}

function compare(a: string, operator: string, b: string): boolean | undefined {
  if (operator === '==' || operator === '!=') {
    const truths = [truthOf(a), truthOf(b)];
    const isSame =
      a.toLowerCase() === b.toLowerCase() ||
      (isNumber(a) && isNumber(b) && Number(a) === Number(b)) ||
      (truths[0] !== undefined && truths[0] === truths[1]);
    return operator === '==' ? isSame : !isSame;
  }
  if (!isNumber(a) || !isNumber(b)) return undefined;
  const difference = Number(a) - Number(b);
  if (operator === '<') return difference < 0;
  if (operator === '>') return difference > 0;
  return operator === '<=' ? difference <= 0 : difference >= 0;
}

function isNumber(text: string): boolean {
  return /^(?:[+-]?\d{1,15}(?:\.\d{1,15})?|0x[\da-f]{1,12})$/i.test(text);
}

/** As MSBuild reads a Boolean; undefined for any other text. */
export function truthOf(text: string): boolean | undefined {
  switch (text.trim().toLowerCase()) {
    case 'true':
    case 'on':
    case 'yes':
      return true;
    case 'false':
    case 'off':
    case 'no':
      return false;
    default:
      return undefined;
  }
}

function operand(cursor: Cursor): string | undefined {
  const token = cursor.tokens[cursor.at];
  if (token?.kind !== 'operand') return undefined;
  cursor.at++;
  return token.text;
}

function takeSymbol(cursor: Cursor, text: string): boolean {
  const token = cursor.tokens[cursor.at];
  if (token?.kind !== 'symbol' || token.text !== text) return false;
  cursor.at++;
  return true;
}

function takeWord(cursor: Cursor, word: string): boolean {
  const token = cursor.tokens[cursor.at];
  if (token?.kind !== 'operand' || token.text.toLowerCase() !== word) return false;
  cursor.at++;
  return true;
}

/** `'$(Name.TrimEnd('0'))'`: the quotes within the parentheses do not close. */
function closingQuoteOf(text: string, open: number): number | undefined {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === "'") return at;
    if ('$@%'.includes(text.charAt(at)) && text[at + 1] === '(') at = closingOf(text, at + 1);
  }
  return undefined;
}

/** Undefined where a quote is left open or a character is none of a condition's. */
function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at, at + 2);
    if (/^\s/.test(rest)) at++;
    else if (rest.startsWith("'")) {
      const end = closingQuoteOf(text, at);
      if (end === undefined) return undefined;
      tokens.push({ kind: 'operand', text: text.slice(at + 1, end) });
      at = end + 1;
    } else if (rest === '$(' || rest === '@(' || rest === '%(') {
      const end = closingOf(text, at + 1) + 1;
      tokens.push({ kind: 'operand', text: text.slice(at, end) });
      at = end;
    } else if (['==', '!=', '<=', '>='].includes(rest)) {
      tokens.push({ kind: 'symbol', text: rest });
      at += 2;
    } else if ('!<>(),'.includes(rest.charAt(0))) {
      tokens.push({ kind: 'symbol', text: rest.charAt(0) });
      at++;
    } else {
      let end = at;
      while (end < text.length && /[\w.+-]/.test(text.charAt(end))) end++;
      if (end === at) return undefined;
      tokens.push({ kind: 'operand', text: text.slice(at, end) });
      at = end;
    }
  }
  return tokens;
}
