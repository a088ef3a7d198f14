// A whole file, from the grammar's tree.
import type { Span } from '../text/span.js';
import { errorType, type FlatTree, type Node } from './flat-tree.js';
import type { AttributeSection, CompilationUnit, Identifier, NamespaceMember, UsingDirective } from './nodes.js';
import { attributeSection } from './read-attributes.js';
import { typeDeclaration } from './read-declarations.js';
import { namePath, typeName } from './read-types.js';
import { deeper, identifier, type Reader } from './reader.js';

/** `skipped` is what the grammar did not get to see. */
export function readTree(tree: FlatTree, skipped: readonly Span[]): CompilationUnit {
  const reader: Reader = { tree, depth: 0, tooDeep: [] };
  const outermost = scope();
  readScope(reader, tree.root, outermost);
  return {
    usings: outermost.usings,
    externAliases: outermost.externAliases,
    attributes: outermost.attributes,
    members: outermost.members,
    comments: tree.comments,
    errors: tree.errors,
    skipped: [...skipped, ...reader.tooDeep].sort((a, b) => a.start - b.start),
  };
}

interface Scope {
  readonly usings: UsingDirective[];
  readonly externAliases: Identifier[];
  readonly attributes: AttributeSection[];
  readonly members: NamespaceMember[];
}

function scope(): Scope {
  return { usings: [], externAliases: [], attributes: [], members: [] };
}

/** What a file or a namespace holds, in what is no C# too. */
function readScope(reader: Reader, node: Node, outer: Scope): void {
  const { tree } = reader;
  // What follows `namespace A;` is inside.
  let current = outer;
  for (const child of tree.children(node)) {
    const type = tree.type(child);
    if (type === errorType) deeper(reader, child, (_, inner) => readScope(reader, inner, current));
    else if (type === 'using_directive') current.usings.push(usingDirective(reader, child));
    else if (type === 'extern_alias_directive')
      current.externAliases.push(identifier(reader, tree.field(child, 'name'), child));
    else if (type === 'global_attribute') current.attributes.push(attributeSection(reader, child));
    else if (type === 'namespace_declaration') {
      const inner = scope();
      const body = tree.field(child, 'body');
      if (body !== undefined) deeper(reader, body, () => readScope(reader, body, inner));
      current.members.push(namespaceOf(reader, child, inner, tree.span(child).end));
    } else if (type === 'file_scoped_namespace_declaration') {
      const inner = scope();
      current.members.push(namespaceOf(reader, child, inner, tree.span(node).end));
      current = inner;
    } else {
      const declared = typeDeclaration(reader, child);
      if (declared) current.members.push(declared);
    }
  }
}

function namespaceOf(reader: Reader, node: Node, inner: Scope, end: number): NamespaceMember {
  const { tree } = reader;
  return {
    kind: 'namespace',
    span: { start: tree.span(node).start, end },
    name: namePath(reader, tree.field(node, 'name')),
    usings: inner.usings,
    members: inner.members,
  };
}

function usingDirective(reader: Reader, node: Node): UsingDirective {
  const { tree } = reader;
  const alias = tree.field(node, 'name');
  return {
    span: tree.span(node),
    ...(alias !== undefined && { alias: identifier(reader, alias, node) }),
    isStatic: tree.first(node, 'static') !== undefined,
    isGlobal: tree.first(node, 'global') !== undefined,
    name: typeName(
      reader,
      tree.parts(node).find((part) => part !== alias),
      node,
    ),
  };
}
