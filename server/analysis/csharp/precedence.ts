// Puts right where the grammar's tree is not how C# binds, which shows in operands that no operator has without parentheses:
// - `a + b?.c` comes as `(a + b)?.c`: `?.` binds more weakly than every operator;
// - `(a) - b` comes as a cast of `-b` to `a`;
// - `a is null || b` comes with the pattern `null || b`.
import type { Expression, Pattern } from './nodes.js';

/** Higher binds tighter (C# 12.4.2). */
const precedences: Readonly<Record<string, number>> = {
  '??': 1,
  '||': 2,
  '&&': 3,
  '|': 4,
  '^': 5,
  '&': 6,
  '==': 7,
  '!=': 7,
  '<': 8,
  '>': 8,
  '<=': 8,
  '>=': 8,
  '<<': 9,
  '>>': 9,
  '>>>': 9,
  '+': 10,
  '-': 10,
  '*': 11,
  '/': 11,
  '%': 11,
};
export const relationalPrecedence = 8;
const unaryPrecedence = 12;
const primaryPrecedence = 13;

function precedenceOf(operator: string): number {
  return precedences[operator] ?? primaryPrecedence;
}

/** What `make` makes of the operand it belongs to: `left` itself, or the last operand of the operators in it that bind more weakly. */
export function attach(
  left: Expression,
  make: (operand: Expression) => Expression,
  precedence = primaryPrecedence,
): Expression {
  if (left.kind === 'binary' && precedenceOf(left.operator) < precedence) {
    const right = attach(left.right, make, precedence);
    return { ...left, span: { start: left.span.start, end: right.span.end }, right };
  }
  const isUnary = (left.kind === 'unary' && !left.isPostfix) || left.kind === 'cast' || left.kind === 'await';
  if (isUnary && unaryPrecedence < precedence) {
    const value = attach(left.value, make, precedence);
    return { ...left, span: { start: left.span.start, end: value.span.end }, value };
  }
  return make(left);
}

/**
 * What `make` makes of the first operand of `value`, which is no sum and no assignment: an operator that stands before it binds
 * tighter.
 */
export function attachBefore(value: Expression, make: (operand: Expression) => Expression): Expression {
  if (value.kind === 'assignment') {
    const target = attachBefore(value.target, make);
    return { ...value, span: { start: target.span.start, end: value.span.end }, target };
  }
  if (value.kind !== 'binary') return make(value);
  const left = attachBefore(value.left, make);
  return { ...value, span: { start: left.span.start, end: value.span.end }, left };
}

export function binaryOf(left: Expression, operator: string, right: Expression): Expression {
  const precedence = precedenceOf(operator);
  const isFirst = right.kind === 'binary' && operator !== '??' && precedenceOf(right.operator) <= precedence;
  if (isFirst) return binaryOf(binaryOf(left, operator, right.left), right.operator, right.right);
  const make = (to: Expression): Expression => ({
    kind: 'binary',
    span: { start: to.span.start, end: right.span.end },
    operator,
    left: to,
    right,
  });
  return attach(left, make, precedence);
}

/** `is` with what of its pattern is one; the operators behind it have the test as their operand. */
export function isOf(value: Expression, pattern: Pattern): Expression {
  const { kept, behind } = split(pattern);
  let result = attach(
    value,
    (to) => ({ kind: 'is', span: { start: to.span.start, end: kept.span.end }, value: to, pattern: kept }),
    relationalPrecedence,
  );
  for (const { operator, right } of behind) result = binaryOf(result, operator, right);
  return result;
}

interface Split {
  readonly kept: Pattern;
  readonly behind: readonly { readonly operator: string; readonly right: Expression }[];
}

/** Operators that a constant in a pattern cannot have. */
function split(pattern: Pattern): Split {
  const { start } = pattern.span;
  switch (pattern.kind) {
    case 'constant':
    case 'relational': {
      const behind: { operator: string; right: Expression }[] = [];
      let value = pattern.value;
      while (value.kind === 'binary' && precedenceOf(value.operator) <= relationalPrecedence) {
        behind.unshift({ operator: value.operator, right: value.right });
        value = value.left;
      }
      return { kept: { ...pattern, span: { start, end: value.span.end }, value }, behind };
    }
    case 'not': {
      const { kept, behind } = split(pattern.pattern);
      return { kept: { ...pattern, span: { start, end: kept.span.end }, pattern: kept }, behind };
    }
    case 'and':
    case 'or': {
      const { kept, behind } = split(pattern.right);
      return { kept: { ...pattern, span: { start, end: kept.span.end }, right: kept }, behind };
    }
    default:
      return { kept: pattern, behind: [] };
  }
}
