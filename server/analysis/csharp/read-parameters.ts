// Parameters of whatever has some.
import type { Node } from './flat-tree.js';
import type { Parameter } from './nodes.js';
import { attributeSection, attributeSections } from './read-attributes.js';
import { identifier, type Reader } from './reader.js';
import { expression } from './read-expressions.js';
import { typeName } from './read-types.js';

/** In parentheses or brackets. */
export function parameters(reader: Reader, list: Node | undefined): readonly Parameter[] {
  if (list === undefined) return [];
  const { tree } = reader;
  const found: Parameter[] = [];
  const children = tree.children(list);
  children.forEach((child, index) => {
    if (tree.type(child) === 'parameter') found.push(parameter(reader, child));
    // `params` has no node of its own: its parts lie between the commas.
    else if (tree.type(child) === 'params') found.push(arrayParameter(reader, list, children, index));
  });
  return found;
}

function parameter(reader: Reader, node: Node): Parameter {
  const { tree } = reader;
  const type = tree.field(node, 'type');
  const name = tree.field(node, 'name');
  const own = tree.all(node, 'modifier').map((modifier) => tree.textOf(modifier));
  const modifier = (['this', 'ref', 'out', 'in'] as const).find((one) => own.includes(one));
  const initial = tree
    .parts(node)
    .find((part) => part !== type && part !== name && !['modifier', 'attribute_list'].includes(tree.type(part)));
  return {
    span: tree.span(node),
    attributes: attributeSections(reader, node),
    ...(modifier && { modifier }),
    ...(type !== undefined && { type: typeName(reader, type, node) }),
    name: identifier(reader, name, node),
    ...(initial !== undefined && { defaultValue: expression(reader, initial, node) }),
  };
}

function arrayParameter(reader: Reader, list: Node, children: readonly Node[], at: number): Parameter {
  const { tree } = reader;
  const behind = children.slice(at + 1);
  const type = behind.find((child) => tree.isField(child, 'type'));
  const name = behind.find((child) => tree.isField(child, 'name'));
  const sections = children.slice(0, at).filter((child) => tree.type(child) === 'attribute_list');
  const { end } = tree.span(name ?? list);
  return {
    span: { start: tree.span(type ?? list).start, end },
    attributes: sections.map((section) => attributeSection(reader, section)),
    modifier: 'params',
    type: typeName(reader, type, list),
    name: identifier(reader, name, list),
  };
}
