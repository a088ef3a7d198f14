// Comments that silence findings:
//   -- sqlclr-disable-next-line rule, rule -- reason
//   /* sqlclr-disable rule -- reason */ … /* sqlclr-enable rule */
//   <!-- sqlclr-disable-next-line rule: reason -->, since XML allows no hyphens in pairs there
//   -- sqlclr-disable-next-line rule until 2027-06-30 -- reason
// Without a rule's name a comment speaks of every rule.
import type { Span } from '../text/span.js';
import type { Finding, VoidSuppression } from './rule.js';

/** One rule that one comment silences, over a stretch of the file. */
export interface Suppression {
  /** The comment. */
  readonly span: Span;
  /** The rule's name in the comment; the directive's word where it names none. */
  readonly nameSpan: Span;
  /** Undefined for every rule. */
  readonly rule?: string;
  /** The last day on which it holds, as the comment has it; whether that is a date is not looked at. */
  readonly until?: string;
  /** How many rules the comment names; 1 where it speaks of every rule. */
  readonly names: number;
  /** What to delete so that the comment no longer names the rule, and to be rid of the comment. */
  readonly removal: { readonly ofName: Span; readonly ofComment: Span };
  /** Findings that start in here are silenced; one past the text where that is open, for what is missing at its end. */
  readonly scope: Span;
}

/** Of a script or of XML. */
export interface SuppressingComment {
  readonly kind: 'line' | 'block' | 'xml';
  readonly span: Span;
}

interface Directive {
  readonly word: 'disable' | 'disable-next-line' | 'enable';
  readonly comment: Span;
  readonly wordSpan: Span;
  readonly rules: readonly { readonly name: string; readonly span: Span }[];
  readonly until?: string;
}

export function suppressionsOf(text: string, comments: readonly SuppressingComment[]): readonly Suppression[] {
  const ends = new Map<string | undefined, number>();
  // From the last to the first, so that where a region ends is known when it begins.
  const suppressions = comments
    .flatMap((comment) => directiveOf(text, comment) ?? [])
    .reverse()
    .map((directive) => {
      if (directive.word === 'enable') {
        noteEnd(ends, directive);
        return [];
      }
      const names = directive.rules.length > 0 ? directive.rules : [{ name: undefined, span: directive.wordSpan }];
      const ofComment = withItsLine(text, directive.comment);
      return names.map(({ name, span }, index) => ({
        span: directive.comment,
        nameSpan: span,
        names: names.length,
        removal: {
          ofName: withSeparator(
            names.map((each) => each.span),
            index,
          ),
          ofComment,
        },
        ...(name === undefined ? {} : { rule: name }),
        ...(directive.until !== undefined && { until: directive.until }),
        scope:
          directive.word === 'disable-next-line'
            ? lineAfter(text, directive.comment.end)
            : { start: directive.comment.end, end: ends.get(name) ?? ends.get(undefined) ?? text.length + 1 },
      }));
    });
  return suppressions.reverse().flat();
}

/** The first with what parts it from the next, any other with what parts it from the one before. */
function withSeparator(spans: readonly Span[], index: number): Span {
  const [start, end] =
    index === 0 ? [spans[0]?.start, spans[1]?.start ?? spans[0]?.end] : [spans[index - 1]?.end, spans[index]?.end];
  return { start: start ?? 0, end: end ?? 0 };
}

/** With the whole line where nothing else stands on it, and else with the space in front. */
function withItsLine(text: string, comment: Span): Span {
  let start = comment.start;
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start--;
  const isFirst = start === 0 || /[\r\n]/.test(text.charAt(start - 1));
  if (!isFirst) return { start, end: comment.end };
  let end = comment.end;
  while (/[ \t]/.test(text.charAt(end))) end++;
  if (end < text.length && !/[\r\n]/.test(text.charAt(end))) return comment;
  return { start, end: Math.min(behindLine(text, end), text.length) };
}

/** An `enable` without names ends every region behind it, so what is known of later ones no longer counts. */
function noteEnd(ends: Map<string | undefined, number>, { rules, comment }: Directive): void {
  if (rules.length === 0) ends.clear();
  for (const name of rules.length > 0 ? rules.map((rule) => rule.name) : [undefined]) ends.set(name, comment.start);
}

/** The findings that no suppression silences, and the suppressions that silence none. `today` is a date as `until` has it. */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  today: string | undefined,
): { readonly kept: readonly Finding[]; readonly unused: readonly VoidSuppression[] } {
  if (suppressions.length === 0) return { kept: findings, unused: [] };
  const starts = startsByRule(findings);
  const whyVoid = ({ rule, scope, until }: Suppression): VoidSuppression['because'] | undefined => {
    if (until !== undefined && !/^\d{4}-\d\d-\d\d$/.test(until)) return 'no date';
    if (until !== undefined && today !== undefined && until < today) return 'over';
    return hasStartIn(starts.get(rule) ?? [], scope) ? undefined : 'nothing found';
  };
  const judged = suppressions.map((suppression) => ({ ...suppression, because: whyVoid(suppression) }));
  const scopes = scopesByRule(judged.filter(({ because }) => because !== 'over' && because !== 'no date'));
  const isSilenced = ({ rule, span }: Finding): boolean =>
    [rule, undefined].some((name) => covers(scopes.get(name) ?? [], span.start));
  return {
    kept: findings.filter((finding) => !isSilenced(finding)),
    unused: judged.flatMap(({ because, ...suppression }) => (because ? [{ ...suppression, because }] : [])),
  };
}

/** Where findings start, in order: of each rule, and under undefined of all. */
function startsByRule(findings: readonly Finding[]): ReadonlyMap<string | undefined, readonly number[]> {
  const starts = new Map<string | undefined, number[]>();
  for (const { rule, span } of findings.toSorted((a, b) => a.span.start - b.span.start)) {
    push(starts, rule, span.start);
    push(starts, undefined, span.start);
  }
  return starts;
}

/** Scopes in order, each reaching as far as the farthest before it, so that one look tells whether any covers a place. */
function scopesByRule(suppressions: readonly Suppression[]): ReadonlyMap<string | undefined, readonly Span[]> {
  const scopes = new Map<string | undefined, Span[]>();
  for (const { rule, scope } of suppressions.toSorted((a, b) => a.scope.start - b.scope.start)) {
    const farthest = scopes.get(rule)?.at(-1)?.end ?? 0;
    push(scopes, rule, { start: scope.start, end: Math.max(scope.end, farthest) });
  }
  return scopes;
}

function push<T>(lists: Map<string | undefined, T[]>, key: string | undefined, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function hasStartIn(starts: readonly number[], { start, end }: Span): boolean {
  const first = starts[countBefore(starts.length, (index) => (starts[index] ?? 0) < start)];
  return first !== undefined && first < end;
}

function covers(scopes: readonly Span[], offset: number): boolean {
  const last = scopes[countBefore(scopes.length, (index) => (scopes[index]?.start ?? 0) <= offset) - 1];
  return last !== undefined && offset < last.end;
}

/** How many of the first items are so, where all that are so come first. */
function countBefore(length: number, isSo: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const prefix = 'sqlclr-';
const words = ['disable-next-line', 'disable', 'enable'] as const;

const marks = {
  line: { open: '--', close: '', reason: '--' },
  block: { open: '/*', close: '*/', reason: '--' },
  xml: { open: '<!--', close: '-->', reason: ':' },
} as const;

function directiveOf(text: string, { kind, span }: SuppressingComment): Directive | undefined {
  const { open, close, reason: behindNames } = marks[kind];
  const offset = span.start + open.length;
  const body = text.slice(offset, text.endsWith(close, span.end) ? span.end - close.length : span.end);
  const start = body.length - body.trimStart().length;
  if (!body.startsWith(prefix, start)) return undefined;
  const word = words.find((each) => body.startsWith(each, start + prefix.length));
  if (!word) return undefined;
  const behind = start + prefix.length + word.length;
  const next = body.slice(behind, behind + 1);
  if (!/^(\s|,|$)/.test(next) && !(kind === 'xml' && next === behindNames)) return undefined;
  const reason = body.indexOf(behindNames, behind);
  const list = [...body.slice(behind, reason < 0 ? undefined : reason).matchAll(/[^\s,]+/g)];
  const end = list.findIndex(([name]) => name === 'until');
  return {
    word,
    comment: span,
    wordSpan: { start: offset + start, end: offset + behind },
    rules: list.slice(0, end < 0 ? undefined : end).map((match) => {
      const at = offset + behind + match.index;
      return { name: match[0], span: { start: at, end: at + match[0].length } };
    }),
    ...(end >= 0 && { until: list[end + 1]?.[0] ?? '' }),
  };
}

function lineAfter(text: string, offset: number): Span {
  const start = behindLine(text, offset);
  return { start, end: behindLine(text, start) };
}

/** Where the next line starts; LF, CRLF and CR end one, as in `lineStartsOf`. */
function behindLine(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) return at + 1;
  }
  return text.length + 1;
}
