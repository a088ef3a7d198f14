// Types and names.
import type { Node } from './flat-tree.js';
import type { Identifier, NamePart, TypeName } from './nodes.js';
import { deeper, deepest, endOf, nameOf, type Reader } from './reader.js';

/** Of a place where a type stands, or should. */
export function typeName(reader: Reader, node: Node | undefined, around: Node): TypeName {
  if (node === undefined) return { kind: 'missing', span: endOf(reader.tree.span(around)) };
  return deeper(reader, node, readType) ?? { kind: 'missing', span: reader.tree.span(node) };
}

function readType(reader: Reader, node: Node): TypeName {
  const { tree } = reader;
  const span = tree.span(node);
  const inner = (): TypeName => typeName(reader, tree.field(node, 'type') ?? tree.parts(node)[0], node);
  switch (tree.type(node)) {
    case 'implicit_type':
      return { kind: 'var', span };
    case 'array_type':
      return arrayType(reader, node);
    case 'nullable_type':
      return { kind: 'nullable', span, element: inner() };
    case 'pointer_type':
      return { kind: 'pointer', span, element: inner() };
    case 'ref_type':
      return { kind: 'ref', span, element: inner() };
    case 'scoped_type':
    case 'primary_constructor_base_type':
      return inner();
    case 'tuple_type':
      return {
        kind: 'tuple',
        span,
        elements: tree.all(node, 'tuple_element').map((element) => {
          const name = tree.field(element, 'name');
          return {
            type: typeName(reader, tree.field(element, 'type'), element),
            ...(name !== undefined && { name: nameOf(tree, name) }),
          };
        }),
      };
    case 'function_pointer_type':
      return { kind: 'functionPointer', span };
    case 'identifier':
      return tree.textOf(node) === 'var' ? { kind: 'var', span } : namedType(reader, node);
    default:
      return namedType(reader, node);
  }
}

/** `int[][,]` is an array of `int[,]`: the ranks read from the left, where the grammar nests them the other way round. */
function arrayType(reader: Reader, node: Node): TypeName {
  const { tree } = reader;
  const { start, end } = tree.span(node);
  const { element, ranks } = arrayParts(reader, node);
  if (ranks.length > deepest) {
    reader.tooDeep.push({ start, end });
    return { kind: 'missing', span: { start, end } };
  }
  let type = typeName(reader, element, node);
  for (const rank of ranks.reverse())
    type = { kind: 'array', span: { start, end }, element: type, rank: rankOf(reader, rank) };
  return type;
}

/** The innermost element, and the specifiers of ranks as they stand. */
export function arrayParts(
  { tree }: Reader,
  node: Node,
): { readonly element: Node | undefined; readonly ranks: Node[] } {
  const ranks: Node[] = [];
  let element: Node | undefined = node;
  while (element !== undefined && tree.type(element) === 'array_type') {
    const rank = tree.field(element, 'rank');
    if (rank !== undefined) ranks.unshift(rank);
    element = tree.field(element, 'type');
  }
  return { element, ranks };
}

export function rankOf({ tree }: Reader, specifier: Node): number {
  return tree.all(specifier, ',').length + 1;
}

function namedType(reader: Reader, node: Node): TypeName {
  const { tree } = reader;
  const span = tree.span(node);
  const parts: NamePart[] = [];
  let alias: string | undefined;
  let at: Node | undefined = node;
  while (at !== undefined && tree.type(at) === 'qualified_name') {
    const name = tree.field(at, 'name');
    if (name !== undefined) parts.push(namePart(reader, name));
    at = tree.field(at, 'qualifier');
  }
  if (at !== undefined && tree.type(at) === 'alias_qualified_name') {
    const before = tree.field(at, 'alias');
    if (before !== undefined) alias = nameOf(tree, before);
    at = tree.field(at, 'name');
  }
  if (at !== undefined && !['identifier', 'generic_name', 'predefined_type'].includes(tree.type(at)))
    return { kind: 'missing', span };
  if (at !== undefined) parts.push(namePart(reader, at));
  return { kind: 'named', span, ...(alias !== undefined && { alias }), parts: parts.reverse() };
}

function namePart(reader: Reader, node: Node): NamePart {
  const { tree } = reader;
  const isGeneric = tree.type(node) === 'generic_name';
  const name = isGeneric ? tree.first(node, 'identifier') : node;
  return {
    span: tree.span(node),
    name: name === undefined ? '' : nameOf(tree, name),
    arguments: isGeneric ? typeArguments(reader, node) : [],
  };
}

/** Of a generic name; `List<>` has one that is missing. */
export function typeArguments(reader: Reader, node: Node): readonly TypeName[] {
  const { tree } = reader;
  const list = tree.first(node, 'type_argument_list');
  if (list === undefined) return [];
  const types = tree.parts(list).map((type) => typeName(reader, type, list));
  if (types.length > 0) return types;
  return Array.from({ length: rankOf(reader, list) }, () => ({ kind: 'missing', span: endOf(tree.span(list)) }));
}

/** `A.B` as two. */
export function namePath({ tree }: Reader, node: Node | undefined): readonly Identifier[] {
  const names: Identifier[] = [];
  let at = node;
  while (at !== undefined) {
    const isQualified = tree.type(at) === 'qualified_name';
    const name: Node | undefined = isQualified ? tree.field(at, 'name') : at;
    if (name !== undefined) names.push({ span: tree.span(name), name: nameOf(tree, name) });
    at = isQualified ? tree.field(at, 'qualifier') : undefined;
  }
  return names.reverse();
}
