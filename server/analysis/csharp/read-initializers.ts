// What stands in braces behind `new`, and arrays.
import type { Node } from './flat-tree.js';
import type { Expression, Identifier, Initializer, InitializerElement } from './nodes.js';
import { deeper, identifier, type Reader } from './reader.js';
import { argumentsIn, expression } from './read-expressions.js';
import { arrayParts, rankOf, typeName } from './read-types.js';

export function initializer(reader: Reader, node: Node): Initializer {
  const { tree } = reader;
  return { span: tree.span(node), elements: tree.parts(node).map((part) => initializerElement(reader, part)) };
}

function initializerElement(reader: Reader, node: Node): InitializerElement {
  const { tree } = reader;
  const span = tree.span(node);
  if (tree.type(node) === 'initializer_expression')
    return { kind: 'element', span, values: tree.parts(node).map((part) => expression(reader, part, node)) };
  const left = tree.type(node) === 'assignment_expression' ? tree.field(node, 'left') : undefined;
  if (left === undefined || !['identifier', 'element_binding_expression'].includes(tree.type(left)))
    return { kind: 'element', span, values: [expression(reader, node, node)] };
  const value = initialValue(reader, tree.field(node, 'right'), node);
  return tree.type(left) === 'identifier'
    ? { kind: 'property', span, name: identifier(reader, left, node), value }
    : { kind: 'index', span, arguments: argumentsIn(reader, left), value };
}

/** Of a member: an expression, or what is set in it. */
function initialValue(reader: Reader, node: Node | undefined, around: Node): Expression | Initializer {
  if (node === undefined || reader.tree.type(node) !== 'initializer_expression')
    return expression(reader, node, around);
  return deeper(reader, node, initializer) ?? { kind: 'missing', span: reader.tree.span(node) };
}

/** `new int[2]`, `new[] { 1 }`, `{ 1 }`. */
export function arrayOf(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const span = tree.span(node);
  const isValues = tree.type(node) === 'initializer_expression';
  const values = isValues ? node : tree.first(node, 'initializer_expression');
  const read =
    values === undefined ? {} : { values: tree.parts(values).map((part) => expression(reader, part, values)) };
  const type = tree.field(node, 'type');
  if (type === undefined)
    return { kind: 'newArray', span, sizes: [], rank: isValues ? 1 : rankOf(reader, node), ...read };
  const { element, ranks } = arrayParts(reader, type);
  const [first, ...others] = ranks;
  // Of `new int[2][]` the array has two of `int[]`.
  let of = typeName(reader, element, node);
  for (const rank of others.slice(0, mostRanks).reverse())
    of = { kind: 'array', span: tree.span(type), element: of, rank: rankOf(reader, rank) };
  return {
    kind: 'newArray',
    span,
    element: of,
    sizes: first === undefined ? [] : tree.parts(first).map((size) => expression(reader, size, first)),
    rank: first === undefined ? 1 : rankOf(reader, first),
    ...read,
  };
}

/** The framework allows 32. */
const mostRanks = 32;

/** `[1, 2, ..more]`; what is spread is read as one element. */
export function collection(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const values = tree
    .all(node, 'collection_element')
    .flatMap((element) => tree.parts(element))
    .map((element) => expression(reader, tree.parts(element)[0] ?? element, element));
  return { kind: 'newArray', span: tree.span(node), sizes: [], rank: 1, values };
}

export function anonymousObject(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const members: { readonly name?: Identifier; readonly value: Expression }[] = [];
  const children = tree.children(node);
  const parts = new Set(tree.parts(node));
  children.forEach((child, index) => {
    const isNamed = tree.type(children[index - 1] ?? node) === '=';
    const name = isNamed ? children[index - 2] : undefined;
    const isName = tree.type(children[index + 1] ?? node) === '=';
    if (!parts.has(child) || isName) return;
    members.push({
      ...(name !== undefined && { name: identifier(reader, name, node) }),
      value: expression(reader, child, node),
    });
  });
  return { kind: 'anonymousObject', span: tree.span(node), members };
}
