// Expressions with operators, and casts.
import type { Node } from './flat-tree.js';
import type { Expression } from './nodes.js';
import { attach, attachBefore, binaryOf, isOf, relationalPrecedence } from './precedence.js';
import { deepest, type Reader } from './reader.js';
import { expression } from './read-expressions.js';
import { pattern } from './read-patterns.js';
import { typeName } from './read-types.js';

export function unary(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const isPostfix = tree.type(node) === 'postfix_unary_expression';
  const { start, end } = tree.span(node);
  // The grammar may have got to see another (`dereference.ts`).
  const operator = !isPostfix && tree.text[start] === '*' ? '*' : tree.token(node);
  const operand = tree.field(node, 'value') ?? tree.parts(node)[0];
  const value = expression(reader, operand, node);
  if (operator === '-' && value.kind === 'literal') return { ...negated(value), span: { start, end } };
  if (!isPostfix)
    return attachBefore(value, (of) => ({
      kind: 'unary',
      span: { start, end: of.span.end },
      operator,
      isPostfix,
      value: of,
    }));
  return attach(value, (to) => ({
    kind: 'unary',
    span: { start: to.span.start, end },
    operator,
    isPostfix,
    value: to,
  }));
}

/** The least `int` and the least `long` are the negatives of what is none (C# 6.4.5.3). */
function negated(value: Expression & { readonly kind: 'literal' }): Expression {
  const type =
    value.value === 2 ** 31 && value.type === 'uint' ? 'int' : value.value === 2n ** 63n ? 'long' : value.type;
  return { kind: 'unary', span: value.span, operator: '-', isPostfix: false, value: { ...value, type } };
}

/** `a + b + c` leans to the left, often by hundreds: read in a loop. */
export function binary(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const spine: Node[] = [];
  let left: Node | undefined = node;
  while (left !== undefined && tree.type(left) === 'binary_expression' && spine.length < longestSpine) {
    spine.push(left);
    left = tree.field(left, 'left');
  }
  const isCut = left !== undefined && tree.type(left) === 'binary_expression';
  if (isCut) reader.tooDeep.push(tree.span(left ?? node));
  let value: Expression = isCut
    ? { kind: 'missing', span: tree.span(left ?? node) }
    : expression(reader, left, spine.at(-1) ?? node);
  for (const at of spine.reverse())
    value = binaryOf(value, tree.token(at), expression(reader, tree.field(at, 'right'), at));
  return value;
}

const longestSpine = 2 * deepest;

/** `(a) - b` and `(a)[1]` are no casts, for nobody casts to `a` what has such a sign before it (C# 12.9.7). */
export function cast(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const { start } = tree.span(node);
  const type = tree.field(node, 'type');
  const value = tree.field(node, 'value');
  const isName = type !== undefined && names.has(tree.type(type));
  const sign = value !== undefined && tree.type(value) === 'prefix_unary_expression' ? tree.token(value) : '';
  const inParentheses = (): Expression => ({
    kind: 'parenthesized',
    // The grammar does not say where the parenthesis is.
    span: { start, end: tree.text.indexOf(')', tree.span(type ?? node).end) + 1 },
    value: expression(reader, type, node),
  });
  if (isName && value !== undefined && ['+', '-', '&', '*'].includes(sign))
    return binaryOf(inParentheses(), sign, expression(reader, tree.parts(value)[0], value));
  const of = expression(reader, value, node);
  if (isName && tree.text[of.span.start] === '[') return indexed(inParentheses(), of);
  const read = typeName(reader, type, node);
  return attachBefore(of, (operand) => ({
    kind: 'cast',
    span: { start, end: operand.span.end },
    type: read,
    value: operand,
  }));
}

/** With the list that begins `access` as the index of `target`. */
function indexed(target: Expression, access: Expression): Expression {
  const span = { start: target.span.start, end: access.span.end };
  switch (access.kind) {
    case 'member':
    case 'element':
    case 'invocation':
      return { ...access, span, target: indexed(target, access.target) };
    case 'unary':
      return { ...access, span, value: indexed(target, access.value) };
    case 'newArray': {
      const values = (access.values ?? []).map((value) => ({ span: value.span, value }));
      return { kind: 'element', span, target, isConditional: false, arguments: values };
    }
    default:
      return access;
  }
}

const names: ReadonlySet<string> = new Set(['identifier', 'generic_name', 'qualified_name', 'alias_qualified_name']);

export function as(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const { end } = tree.span(node);
  const type = typeName(reader, tree.field(node, 'right'), node);
  return attach(
    expression(reader, tree.field(node, 'left'), node),
    (value) => ({ kind: 'as', span: { start: value.span.start, end }, type, value }),
    relationalPrecedence,
  );
}

export function is(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const type = tree.field(node, 'right');
  const left = expression(reader, tree.field(node, 'left') ?? tree.field(node, 'expression'), node);
  return isOf(
    left,
    type === undefined
      ? pattern(reader, tree.field(node, 'pattern'), node)
      : { kind: 'type', span: tree.span(type), type: typeName(reader, type, node) },
  );
}
