// Expressions.
import type { Span } from '../text/span.js';
import { errorType, type Node } from './flat-tree.js';
import {
  characterLiteral,
  integerLiteral,
  rawLiteral,
  realLiteral,
  stringLiteral,
  verbatimLiteral,
  type Literal,
} from './literals.js';
import type { Argument, BodyNode, Expression, Identifier, Parameter } from './nodes.js';
import { attach } from './precedence.js';
import { anonymousObject, arrayOf, collection, initializer } from './read-initializers.js';
import { interpolated } from './read-interpolated.js';
import { pattern } from './read-patterns.js';
import { as, binary, cast, is, unary } from './read-operators.js';
import { query } from './read-queries.js';
import { body } from './read-declarations.js';
import { parameters } from './read-parameters.js';
import { arrayParts, typeArguments, typeName } from './read-types.js';
import { deeper, endOf, identifier, nameOf, type Reader } from './reader.js';

/** Of a place where an expression stands, or should. */
export function expression(reader: Reader, node: Node | undefined, around: Node): Expression {
  if (node === undefined) return { kind: 'missing', span: endOf(reader.tree.span(around)) };
  return deeper(reader, node, readExpression) ?? { kind: 'missing', span: reader.tree.span(node) };
}

function readExpression(reader: Reader, node: Node): Expression {
  const read = readers[reader.tree.type(node)];
  return read ? read(reader, node) : { kind: 'missing', span: reader.tree.span(node) };
}

type Read = (reader: Reader, node: Node) => Expression;

const type: Read = (reader, node) => ({
  kind: 'type',
  span: reader.tree.span(node),
  type: typeName(reader, node, node),
});

/** What has one expression inside and is called by its kind. */
function around(kind: 'parenthesized' | 'await' | 'ref' | 'throw'): Read {
  return (reader, node) => ({ kind, span: reader.tree.span(node), value: only(reader, node) });
}

function literal(read: (text: string) => Literal): Read {
  return ({ tree }, node) => ({ kind: 'literal', span: tree.span(node), ...read(tree.textOf(node)) });
}

function ofType(kind: 'typeof' | 'sizeof' | 'default'): Read {
  return (reader, node) => {
    const of = reader.tree.field(node, 'type');
    return { kind, span: reader.tree.span(node), ...(of !== undefined && { type: typeName(reader, of, node) }) };
  };
}

const readers: Readonly<Record<string, Read>> = {
  identifier: name,
  generic_name: name,
  alias_qualified_name: name,
  qualified_name: member,
  predefined_type: type,
  array_type: type,
  nullable_type: type,
  pointer_type: type,
  tuple_type: type,
  function_pointer_type: type,
  implicit_type: ({ tree }, node) => ({ kind: 'name', span: tree.span(node), name: 'var', arguments: [] }),
  discard: ({ tree }, node) => ({ kind: 'name', span: tree.span(node), name: '_', arguments: [] }),
  this: ({ tree }, node) => ({ kind: 'this', span: tree.span(node) }),
  base: ({ tree }, node) => ({ kind: 'base', span: tree.span(node) }),
  integer_literal: literal(integerLiteral),
  real_literal: literal(realLiteral),
  character_literal: literal(characterLiteral),
  string_literal: literal(stringLiteral),
  verbatim_string_literal: literal(verbatimLiteral),
  raw_string_literal: literal(rawLiteral),
  boolean_literal: literal((text) => ({ type: 'bool', value: text === 'true' })),
  null_literal: literal(() => ({ type: 'null', value: null })),
  interpolated_string_expression: interpolated,
  parenthesized_expression: around('parenthesized'),
  await_expression: around('await'),
  ref_expression: around('ref'),
  throw_expression: around('throw'),
  checked_expression: (reader, node) => ({
    kind: reader.tree.token(node) === 'unchecked' ? 'unchecked' : 'checked',
    span: reader.tree.span(node),
    value: only(reader, node),
  }),
  member_access_expression: member,
  conditional_access_expression: conditionalAccess,
  element_access_expression: element,
  invocation_expression: invocation,
  object_creation_expression: creation,
  implicit_object_creation_expression: creation,
  array_creation_expression: arrayOf,
  implicit_array_creation_expression: arrayOf,
  initializer_expression: arrayOf,
  collection_expression: collection,
  anonymous_object_creation_expression: anonymousObject,
  stackalloc_expression: stackalloc,
  implicit_stackalloc_expression: ({ tree }, node) => ({ kind: 'stackalloc', span: tree.span(node) }),
  prefix_unary_expression: unary,
  postfix_unary_expression: unary,
  makeref_expression: unary,
  reftype_expression: unary,
  refvalue_expression: unary,
  binary_expression: binary,
  assignment_expression: (reader, node) => ({
    kind: 'assignment',
    span: reader.tree.span(node),
    operator: reader.tree.token(node),
    target: expression(reader, reader.tree.field(node, 'left'), node),
    value: expression(reader, reader.tree.field(node, 'right'), node),
  }),
  conditional_expression: (reader, node) => ({
    kind: 'conditional',
    span: reader.tree.span(node),
    condition: expression(reader, reader.tree.field(node, 'condition'), node),
    then: expression(reader, reader.tree.field(node, 'consequence'), node),
    otherwise: expression(reader, reader.tree.field(node, 'alternative'), node),
  }),
  cast_expression: cast,
  as_expression: as,
  is_expression: is,
  is_pattern_expression: is,
  typeof_expression: ofType('typeof'),
  sizeof_expression: ofType('sizeof'),
  default_expression: ofType('default'),
  lambda_expression: lambda,
  anonymous_method_expression: lambda,
  tuple_expression: (reader, node) => ({
    kind: 'tuple',
    span: reader.tree.span(node),
    elements: argumentsIn(reader, node).map(({ name, value }) => ({ ...(name !== undefined && { name }), value })),
  }),
  declaration_expression: (reader, node) => ({
    kind: 'declaration',
    span: reader.tree.span(node),
    type: typeName(reader, reader.tree.field(node, 'type'), node),
    name: identifier(reader, reader.tree.field(node, 'name'), node),
  }),
  switch_expression: switchExpression,
  with_expression: withExpression,
  range_expression: range,
  query_expression: query,
};

function only(reader: Reader, node: Node): Expression {
  return expression(reader, reader.tree.parts(node)[0], node);
}

function name(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const span = tree.span(node);
  const isAliased = tree.type(node) === 'alias_qualified_name';
  const simple = isAliased ? (tree.field(node, 'name') ?? node) : node;
  const alias = isAliased ? tree.field(node, 'alias') : undefined;
  const text = simpleName(reader, simple).name;
  // The grammar puts a name where it misses one.
  if (text === '') return { kind: 'missing', span };
  return {
    kind: 'name',
    span,
    name: text,
    arguments: typeArguments(reader, simple),
    ...(alias !== undefined && { alias: nameOf(tree, alias) }),
  };
}

/** Of a name with or without type arguments. */
function simpleName(reader: Reader, node: Node): Identifier {
  const { tree } = reader;
  return identifier(reader, tree.type(node) === 'generic_name' ? tree.first(node, 'identifier') : node, node);
}

function member(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const target = expression(reader, tree.field(node, 'expression') ?? tree.field(node, 'qualifier'), node);
  return memberOf(reader, node, target, false);
}

/** `node` has the name, and ends where the access does. */
function memberOf(reader: Reader, node: Node, target: Expression, isConditional: boolean): Expression {
  const { tree } = reader;
  const named = tree.field(node, 'name');
  const isPointer = tree.token(node) === '->';
  const { end } = tree.span(node);
  const simple = named === undefined ? identifier(reader, undefined, node) : simpleName(reader, named);
  const types = named === undefined ? [] : typeArguments(reader, named);
  return attach(target, (to) => ({
    kind: 'member',
    span: { start: to.span.start, end },
    target: to,
    isConditional,
    isPointer,
    name: simple,
    arguments: types,
  }));
}

function conditionalAccess(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const target = expression(reader, tree.field(node, 'condition'), node);
  const access = tree.parts(node).at(-1);
  if (access !== undefined && tree.type(access) === 'member_binding_expression')
    return memberOf(reader, access, target, true);
  return elementOf(reader, access ?? node, target, true);
}

function element(reader: Reader, node: Node): Expression {
  const target = expression(reader, reader.tree.field(node, 'expression'), node);
  if (reader.tree.text[target.span.start] === '*' && target.kind === 'name') return dereferenced(reader, node, target);
  return elementOf(reader, reader.tree.field(node, 'subscript') ?? node, target, false);
}

/** `*(p + 1)`, as an element of what its `*` stands for (`dereference.ts`). */
function dereferenced(reader: Reader, node: Node, { span: { start } }: Expression): Expression {
  const { tree } = reader;
  const list = tree.field(node, 'subscript') ?? node;
  const [inner] = argumentsIn(reader, list);
  const value = inner?.value ?? expression(reader, undefined, node);
  const { end } = tree.span(node);
  const parenthesized: Expression = { kind: 'parenthesized', span: tree.span(list), value };
  return { kind: 'unary', span: { start, end }, operator: '*', isPostfix: false, value: parenthesized };
}

function elementOf(reader: Reader, list: Node, target: Expression, isConditional: boolean): Expression {
  const { end } = reader.tree.span(list);
  const values = argumentsIn(reader, list);
  return attach(target, (to) => ({
    kind: 'element',
    span: { start: to.span.start, end },
    target: to,
    isConditional,
    arguments: values,
  }));
}

function invocation(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const target = expression(reader, tree.field(node, 'function'), node);
  const values = argumentsIn(reader, tree.field(node, 'arguments'));
  const { end } = tree.span(node);
  return attach(target, (to) => ({
    kind: 'invocation',
    span: { start: to.span.start, end },
    target: to,
    arguments: values,
  }));
}

/** Of a list in parentheses or brackets. */
export function argumentsIn(reader: Reader, list: Node | undefined): readonly Argument[] {
  return list === undefined ? [] : reader.tree.all(list, 'argument').map((node) => argument(reader, node));
}

function argument(reader: Reader, node: Node): Argument {
  const { tree } = reader;
  const named = tree.field(node, 'name');
  const value = tree.parts(node).find((part) => part !== named);
  const modifier = tree
    .children(node)
    .map((child) => tree.type(child))
    .find(isModifier);
  return {
    span: tree.span(node),
    ...(named !== undefined && { name: nameOf(tree, named) }),
    ...(modifier && { modifier }),
    value: expression(reader, value, node),
  };
}

function isModifier(token: string): token is 'ref' | 'out' | 'in' {
  return token === 'ref' || token === 'out' || token === 'in';
}

function creation(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const type = tree.field(node, 'type');
  const values = tree.first(node, 'initializer_expression');
  return {
    kind: 'new',
    span: tree.span(node),
    ...(type !== undefined && { type: typeName(reader, type, node) }),
    arguments: argumentsIn(reader, tree.first(node, 'argument_list')),
    ...(values !== undefined && { initializer: initializer(reader, values) }),
  };
}

function stackalloc(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const { element, ranks } = arrayParts(reader, tree.field(node, 'type') ?? node);
  const size = ranks[0] === undefined ? undefined : tree.parts(ranks[0])[0];
  return {
    kind: 'stackalloc',
    span: tree.span(node),
    element: typeName(reader, element, node),
    ...(size !== undefined && { size: expression(reader, size, node) }),
  };
}

function lambda(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const list = tree.field(node, 'parameters') ?? tree.first(node, 'parameter_list');
  return {
    kind: 'lambda',
    span: tree.span(node),
    isAsync: tree.all(node, 'modifier').some((modifier) => tree.textOf(modifier) === 'async'),
    parameters: list === undefined ? [] : lambdaParameters(reader, list),
    body: lambdaBody(reader, node),
  };
}

function lambdaParameters(reader: Reader, list: Node): readonly Parameter[] {
  if (reader.tree.type(list) === 'parameter_list') return parameters(reader, list);
  return [{ span: reader.tree.span(list), attributes: [], name: identifier(reader, list, list) }];
}

function lambdaBody(reader: Reader, node: Node): BodyNode {
  const { tree } = reader;
  const inside = tree.field(node, 'body') ?? tree.first(node, 'block');
  if (inside !== undefined && tree.type(inside) === 'block') {
    const block = body(reader, inside);
    if (block) return block;
  }
  const span: Span = inside === undefined ? endOf(tree.span(node)) : tree.span(inside);
  return { kind: 'expressionBody', span, value: expression(reader, inside, node) };
}

function switchExpression(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  return {
    kind: 'switchExpression',
    span: tree.span(node),
    value: only(reader, node),
    arms: tree.all(node, 'switch_expression_arm').map((arm) => {
      const when = tree.first(arm, 'when_clause');
      const parts = tree.parts(arm);
      return {
        pattern: pattern(reader, parts[0], arm),
        ...(when !== undefined && { when: only(reader, when) }),
        value: expression(reader, parts.length > 1 ? parts.at(-1) : undefined, arm),
      };
    }),
  };
}

function withExpression(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  return {
    kind: 'with',
    span: tree.span(node),
    value: only(reader, node),
    members: tree.all(node, 'with_initializer').map((member) => ({
      name: identifier(reader, tree.parts(member)[0], member),
      value: expression(reader, tree.parts(member)[1], member),
    })),
  };
}

function range(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const children = tree.children(node).filter((child) => tree.type(child) !== errorType);
  const dots = children.findIndex((child) => tree.type(child) === '..');
  const from = children.slice(0, dots)[0];
  const to = children[dots + 1];
  return {
    kind: 'range',
    span: tree.span(node),
    ...(from !== undefined && { from: expression(reader, from, node) }),
    ...(to !== undefined && { to: expression(reader, to, node) }),
  };
}
