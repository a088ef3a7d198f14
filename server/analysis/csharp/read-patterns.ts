// Patterns.
import type { Node } from './flat-tree.js';
import type { Expression, Identifier, Pattern } from './nodes.js';
import { deeper, endOf, identifier, type Reader } from './reader.js';
import { argumentsIn, expression } from './read-expressions.js';
import { typeName } from './read-types.js';

export function pattern(reader: Reader, node: Node | undefined, around: Node): Pattern {
  if (node === undefined) return { kind: 'missing', span: endOf(reader.tree.span(around)) };
  return deeper(reader, node, readPattern) ?? { kind: 'missing', span: reader.tree.span(node) };
}

export function isPattern({ tree }: Reader, node: Node): boolean {
  const type = tree.type(node);
  return type === 'discard' || type.endsWith('_pattern');
}

function readPattern(reader: Reader, node: Node): Pattern {
  const { tree } = reader;
  const span = tree.span(node);
  const [first, second] = tree.parts(node);
  switch (tree.type(node)) {
    case 'constant_pattern':
      return first !== undefined && tree.type(first) === 'tuple_expression'
        ? {
            kind: 'recursive',
            span,
            properties: [],
            positions: argumentsIn(reader, first).map(({ value }) => patternOf(value)),
          }
        : { kind: 'constant', span, value: expression(reader, first, node) };
    case 'declaration_pattern': {
      const type = typeName(reader, tree.field(node, 'type'), node);
      if (type.kind === 'var') return { kind: 'var', span, ...named(reader, node) };
      return { kind: 'declaration', span, type, ...named(reader, node) };
    }
    case 'type_pattern':
      return { kind: 'type', span, type: typeName(reader, tree.field(node, 'type'), node) };
    case 'var_pattern':
      return { kind: 'var', span, ...named(reader, node) };
    case 'negated_pattern':
      return { kind: 'not', span, pattern: pattern(reader, first, node) };
    case 'parenthesized_pattern':
      return pattern(reader, first, node);
    case 'relational_pattern':
      return { kind: 'relational', span, operator: tree.token(node), value: expression(reader, first, node) };
    case 'and_pattern':
      return { kind: 'and', span, left: pattern(reader, first, node), right: pattern(reader, second, node) };
    case 'or_pattern':
      return { kind: 'or', span, left: pattern(reader, first, node), right: pattern(reader, second, node) };
    case 'recursive_pattern':
      return recursivePattern(reader, node);
    case 'discard':
      return { kind: 'discard', span };
    case 'list_pattern':
      return { kind: 'missing', span };
    default:
      return { kind: 'constant', span, value: expression(reader, node, node) };
  }
}

/** What the grammar takes for a value: `_`, `var x`. */
function patternOf(value: Expression): Pattern {
  if (value.kind === 'name' && value.name === '_') return { kind: 'discard', span: value.span };
  if (value.kind !== 'declaration') return { kind: 'constant', span: value.span, value };
  const name = value.name && { name: value.name };
  if (value.type.kind === 'var') return { kind: 'var', span: value.span, ...name };
  return { kind: 'declaration', span: value.span, type: value.type, ...name };
}

function named(reader: Reader, node: Node): { readonly name?: Identifier } {
  const name = reader.tree.field(node, 'name');
  return name === undefined ? {} : { name: identifier(reader, name, node) };
}

function recursivePattern(reader: Reader, node: Node): Pattern {
  const { tree } = reader;
  const type = tree.field(node, 'type');
  const positional = tree.first(node, 'positional_pattern_clause');
  const property = tree.first(node, 'property_pattern_clause');
  const subpatterns = (clause: Node | undefined): Node[] =>
    clause === undefined ? [] : tree.all(clause, 'subpattern');
  const only = tree.parts(node).find((part) => isPattern(reader, part));
  return {
    kind: 'recursive',
    span: tree.span(node),
    ...(type !== undefined && { type: typeName(reader, type, node) }),
    ...named(reader, node),
    properties: subpatterns(property).map((part) => ({
      name: tree.parts(part).length > 1 ? tree.textOf(tree.parts(part)[0] ?? part) : '',
      pattern: pattern(reader, tree.parts(part).at(-1), part),
    })),
    // `(pattern) name` has one without a clause.
    positions:
      positional === undefined && only !== undefined
        ? [pattern(reader, only, node)]
        : subpatterns(positional).map((part) => pattern(reader, tree.parts(part).at(-1), part)),
  };
}
