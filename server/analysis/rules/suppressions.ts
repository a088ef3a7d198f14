// Comments that silence findings:
//   -- sqlclr-disable-next-line rule, rule -- reason
//   /* sqlclr-disable rule -- reason */ … /* sqlclr-enable rule */
// Without a rule's name a comment speaks of every rule.
import type { Comment } from '../tsql/nodes.js';
import type { Span } from '../text/span.js';
import type { Finding } from './rule.js';

/** One rule that one comment silences, over a stretch of the file. */
export interface Suppression {
  /** The comment. */
  readonly span: Span;
  /** The rule's name in the comment; the directive's word where it names none. */
  readonly nameSpan: Span;
  /** Undefined for every rule. */
  readonly rule?: string;
  /** Findings that start in here are silenced. */
  readonly scope: Span;
}

interface Directive {
  readonly word: 'disable' | 'disable-next-line' | 'enable';
  readonly comment: Span;
  readonly wordSpan: Span;
  readonly rules: readonly { readonly name: string; readonly span: Span }[];
}

export function suppressionsOf(text: string, comments: readonly Comment[]): readonly Suppression[] {
  const directives = comments.flatMap((comment) => directiveOf(text, comment) ?? []);
  return directives.flatMap((directive, index) => {
    if (directive.word === 'enable') return [];
    const names = directive.rules.length > 0 ? directive.rules : [{ name: undefined, span: directive.wordSpan }];
    return names.map(({ name, span }) => ({
      span: directive.comment,
      nameSpan: span,
      ...(name === undefined ? {} : { rule: name }),
      scope:
        directive.word === 'disable-next-line'
          ? lineAfter(text, directive.comment.end)
          : { start: directive.comment.end, end: endOfRegion(directives, index, name) ?? text.length },
    }));
  });
}

/** The findings that no suppression silences, and the suppressions that silence none. */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): { readonly kept: readonly Finding[]; readonly unused: readonly Suppression[] } {
  if (suppressions.length === 0) return { kept: findings, unused: [] };
  const used = new Set<Suppression>();
  const kept = findings.filter((finding) => {
    const by = suppressions.filter((suppression) => silences(suppression, finding));
    for (const suppression of by) used.add(suppression);
    return by.length === 0;
  });
  return { kept, unused: suppressions.filter((suppression) => !used.has(suppression)) };
}

function silences({ rule, scope }: Suppression, finding: Finding): boolean {
  return (
    (rule === undefined || rule === finding.rule) && scope.start <= finding.span.start && finding.span.start < scope.end
  );
}

const prefix = 'sqlclr-';
const words = ['disable-next-line', 'disable', 'enable'] as const;

function directiveOf(text: string, { kind, span }: Comment): Directive | undefined {
  const body = text.slice(span.start + 2, kind === 'block' && text.endsWith('*/', span.end) ? span.end - 2 : span.end);
  const start = body.length - body.trimStart().length;
  if (!body.startsWith(prefix, start)) return undefined;
  const word = words.find((each) => body.startsWith(each, start + prefix.length));
  if (!word) return undefined;
  const behind = start + prefix.length + word.length;
  if (!/^(\s|,|$)/.test(body.slice(behind, behind + 1))) return undefined;
  const reason = body.indexOf('--', behind);
  const list = body.slice(behind, reason < 0 ? undefined : reason);
  const offset = span.start + 2;
  return {
    word,
    comment: span,
    wordSpan: { start: offset + start, end: offset + behind },
    rules: [...list.matchAll(/[^\s,]+/g)].map((match) => {
      const at = offset + behind + match.index;
      return { name: match[0], span: { start: at, end: at + match[0].length } };
    }),
  };
}

/** Where an `enable` for the rule, or for every rule, ends the region that a `disable` began. */
function endOfRegion(directives: readonly Directive[], from: number, rule: string | undefined): number | undefined {
  const end = directives
    .slice(from + 1)
    .find(({ word, rules }) => word === 'enable' && (rules.length === 0 || rules.some(({ name }) => name === rule)));
  return end?.comment.start;
}

function lineAfter(text: string, offset: number): Span {
  const start = lineEnd(text, offset) + 1;
  return { start, end: lineEnd(text, start) + 1 };
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
