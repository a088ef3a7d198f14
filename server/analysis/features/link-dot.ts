// The link graph in DOT, for Graphviz and what else reads it.
import type { LinkKind } from '../knowledge/link-checks.js';
import { plainText } from './markup.js';
import type { LinkGraph, ShownNode } from './link-graph.js';
import { detailOf } from './link-words.js';

const shapes: Readonly<Record<ShownNode['kind'], string>> = {
  assembly: 'component',
  procedure: 'box',
  function: 'box',
  trigger: 'box',
  aggregate: 'box',
  type: 'box',
  script: 'note',
  table: 'cylinder',
  area: 'octagon',
};

const styles: Readonly<Record<LinkKind, string>> = {
  gated: 'dashed',
  invocation: 'solid',
  'table-access': 'dotted',
  reach: 'bold',
};

export function linksDot({ nodes, links }: LinkGraph): string {
  const lines = [
    'digraph links {',
    '  rankdir=LR;',
    '  node [fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9];',
    ...nodes.map((node) => {
      const label = [node.name, detailOf(node)].map(escaped).join('\\n');
      return `  ${node.id} [label="${label}", shape=${shapes[node.kind]}];`;
    }),
    ...links.map(({ from, to, kind, permissions }) => {
      const label = escaped(permissions.join(', '));
      return `  ${nodes[from]?.id} -> ${nodes[to]?.id} [label="${label}", style=${styles[kind]}];`;
    }),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** Inside of double quotes, where a backslash begins an escape; `<` would begin HTML only without them. */
function escaped(text: string): string {
  return plainText(text).replace(/["\\]/g, '\\$&');
}
