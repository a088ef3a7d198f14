// Attributes.
import type { Node } from './flat-tree.js';
import type { Attribute, AttributeArgument, AttributeSection } from './nodes.js';
import { identifier, type Reader } from './reader.js';
import { expression } from './read-expressions.js';
import { typeName } from './read-types.js';

export function attributeSections(reader: Reader, node: Node): readonly AttributeSection[] {
  return reader.tree.all(node, 'attribute_list').map((section) => attributeSection(reader, section));
}

/** Of a declaration, or of the assembly. */
export function attributeSection(reader: Reader, node: Node): AttributeSection {
  const { tree } = reader;
  const specifier = tree.first(node, 'attribute_target_specifier');
  const global = ['assembly', 'module'].find((target) => tree.first(node, target) !== undefined);
  const target = specifier === undefined ? global : tree.textOf(specifier).replace(/\s*:$/, '');
  return {
    span: tree.span(node),
    ...(target !== undefined && { target }),
    attributes: tree.all(node, 'attribute').map((attribute) => attributeOf(reader, attribute)),
  };
}

function attributeOf(reader: Reader, node: Node): Attribute {
  const { tree } = reader;
  const list = tree.first(node, 'attribute_argument_list');
  return {
    span: tree.span(node),
    name: typeName(reader, tree.field(node, 'name'), node),
    arguments:
      list === undefined ? [] : tree.all(list, 'attribute_argument').map((one) => attributeArgument(reader, one)),
  };
}

function attributeArgument(reader: Reader, node: Node): AttributeArgument {
  const { tree } = reader;
  const name = tree.field(node, 'name');
  const isProperty = tree.first(node, '=') !== undefined;
  return {
    span: tree.span(node),
    ...(name !== undefined && { [isProperty ? 'property' : 'parameter']: identifier(reader, name, node) }),
    value: expression(
      reader,
      tree.parts(node).find((part) => part !== name),
      node,
    ),
  };
}
