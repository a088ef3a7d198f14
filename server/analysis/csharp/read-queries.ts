// LINQ.
import type { Node } from './flat-tree.js';
import type { Expression, QueryClause } from './nodes.js';
import { identifier, type Reader } from './reader.js';
import { expression } from './read-expressions.js';
import { typeName } from './read-types.js';

export function query(reader: Reader, node: Node): Expression {
  const { tree } = reader;
  const children = tree.children(node);
  const clauses = children.flatMap((child, index): QueryClause[] => {
    // `into` has no node of its own.
    if (tree.type(child) === 'identifier') {
      const isInto = tree.type(children[index - 1] ?? node) === 'into';
      return isInto ? [{ kind: 'into', span: tree.span(child), name: identifier(reader, child, node) }] : [];
    }
    const read = readers[tree.type(child)];
    return read ? [read(reader, child)] : [];
  });
  return { kind: 'query', span: tree.span(node), clauses };
}

function one(kind: 'where' | 'select'): (reader: Reader, node: Node) => QueryClause {
  return (reader, node) => ({
    kind,
    span: reader.tree.span(node),
    value: expression(reader, reader.tree.parts(node)[0], node),
  });
}

const readers: Readonly<Record<string, (reader: Reader, node: Node) => QueryClause>> = {
  from_clause: from,
  let_clause: (reader, node) => ({
    kind: 'let',
    span: reader.tree.span(node),
    name: identifier(reader, reader.tree.parts(node)[0], node),
    value: expression(reader, reader.tree.parts(node)[1], node),
  }),
  where_clause: one('where'),
  select_clause: one('select'),
  order_by_clause: orderby,
  group_clause: (reader, node) => ({
    kind: 'group',
    span: reader.tree.span(node),
    value: expression(reader, reader.tree.parts(node)[0], node),
    by: expression(reader, reader.tree.parts(node)[1], node),
  }),
  join_clause: join,
};

function from(reader: Reader, node: Node): QueryClause {
  const { tree } = reader;
  const type = tree.field(node, 'type');
  const name = tree.field(node, 'name');
  return {
    kind: 'from',
    span: tree.span(node),
    ...(type !== undefined && { type: typeName(reader, type, node) }),
    name: identifier(reader, name, node),
    source: expression(
      reader,
      tree.parts(node).find((part) => part !== type && part !== name),
      node,
    ),
  };
}

function orderby(reader: Reader, node: Node): QueryClause {
  const { tree } = reader;
  const parts = new Set(tree.parts(node));
  const children = tree.children(node);
  return {
    kind: 'orderby',
    span: tree.span(node),
    keys: children.flatMap((child, index) => {
      if (!parts.has(child)) return [];
      const isDescending = tree.type(children[index + 1] ?? node) === 'descending';
      return [{ value: expression(reader, child, node), isDescending }];
    }),
  };
}

function join(reader: Reader, node: Node): QueryClause {
  const { tree } = reader;
  const type = tree.field(node, 'type');
  const into = tree.first(node, 'join_into_clause');
  const [name, source, left, right] = tree.parts(node).filter((part) => part !== type && part !== into);
  return {
    kind: 'join',
    span: tree.span(node),
    ...(type !== undefined && { type: typeName(reader, type, node) }),
    name: identifier(reader, name, node),
    source: expression(reader, source, node),
    left: expression(reader, left, node),
    right: expression(reader, right, node),
    ...(into !== undefined && { into: identifier(reader, tree.parts(into)[0], into) }),
  };
}
