// The link graph as a picture: SVG that stands by itself, and inside of the page.
import { againstText, type LinkGraph, type ShownLink, type ShownNode } from './link-graph.js';
import { box, layoutOf, type Box, type Layout } from './link-layout.js';
import { countText, detailOf, verbOf } from './link-words.js';
import { Markup, markup } from './markup.js';
import type { LinkKind } from '../knowledge/link-checks.js';

/** Of the editor where there is one, else of light or dark as the reader has it; in forced colours the system's. */
export const pictureStyle = `
.links{--paper:var(--vscode-editor-background,#fff);--ink:var(--vscode-editor-foreground,#1f2328);--dim:var(--vscode-descriptionForeground,#59636e);--card:var(--vscode-editorWidget-background,#f6f8fa);--edge:var(--vscode-contrastBorder,var(--vscode-editorWidget-border,#c8ccd1));--line:var(--vscode-descriptionForeground,#7d8590);--safe:var(--vscode-charts-green,#2c8a4b);--external:var(--vscode-list-warningForeground,#b26200);--unsafe:var(--vscode-list-errorForeground,#c9302c);--calm:var(--vscode-charts-blue,#3273c5);--focus:var(--vscode-focusBorder,#0969da);font-family:var(--vscode-font-family,system-ui,sans-serif);font-size:13px}
@media (prefers-color-scheme:dark){.links{--paper:var(--vscode-editor-background,#1f1f1f);--ink:var(--vscode-editor-foreground,#e6e6e6);--dim:var(--vscode-descriptionForeground,#a0a7b0);--card:var(--vscode-editorWidget-background,#2a2c2f);--edge:var(--vscode-contrastBorder,var(--vscode-editorWidget-border,#464a50));--line:var(--vscode-descriptionForeground,#8b929b);--safe:var(--vscode-charts-green,#62c281);--external:var(--vscode-list-warningForeground,#e0a04a);--unsafe:var(--vscode-list-errorForeground,#f2736d);--calm:var(--vscode-charts-blue,#6cb0f5);--focus:var(--vscode-focusBorder,#4da3ff)}}
.links .paper{fill:var(--paper)}
.links .column{fill:var(--dim);font-size:12px;font-weight:600}
.links .node rect.card{fill:var(--card);stroke:var(--edge)}
.links .node .stripe{fill:var(--calm)}
.links .safe .stripe{fill:var(--safe)}
.links .external .stripe{fill:var(--external)}
.links .unsafe .stripe{fill:var(--unsafe)}
.links .missing rect.card{stroke-dasharray:4 3}
.links .missing .stripe{fill:var(--dim)}
.links .node .name{fill:var(--ink);font-weight:600}
.links .node .detail{fill:var(--dim);font-size:11px}
.links .badge{fill:var(--calm)}
.links .badge.error{fill:var(--unsafe)}
.links .badge.warning{fill:var(--external)}
.links .count{fill:var(--paper);font-size:10px;font-weight:700;text-anchor:middle}
.links .link{fill:none;stroke:var(--line);stroke-width:1.3}
.links .link.gated{stroke-dasharray:6 4}
.links .link.table-access{stroke-dasharray:2 3}
.links .link.reach{stroke:var(--external)}
.links .link.reach.unsafe{stroke:var(--unsafe)}
.links .tip{fill:var(--line)}
.links .node{outline:none}
.links .node:focus rect.card,.links .node.chosen rect.card{stroke:var(--focus);stroke-width:2.5}
.links.choosing .node:not(.near),.links.choosing .link:not(.near){opacity:.3}
@media (forced-colors:active){.links .paper{fill:Canvas}.links .node rect.card{fill:Canvas;stroke:CanvasText}.links text{fill:CanvasText}.links .link{stroke:CanvasText}.links .tip{fill:CanvasText}.links .badge{fill:Canvas;stroke:CanvasText}.links .node:focus rect.card,.links .node.chosen rect.card{stroke:Highlight}.links.choosing .node:not(.near),.links.choosing .link:not(.near){opacity:1}}
`;

export function linksSvg(graph: LinkGraph): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${pictureOf(graph, markup`<style>${new Markup(pictureStyle)}</style>`).text}\n`;
}

/** `style`: what stands first in it, where it is a file of its own. */
export function pictureOf(graph: LinkGraph, style?: Markup): Markup {
  const layout = layoutOf(graph);
  const { width, height } = layout;
  const columns = layout.columns.map(({ title, x }) => markup`<text class="column" x="${x}" y="24">${title}</text>`);
  const links = graph.links.map((link, index) => linkOf(link, index, graph, layout));
  const nodes = graph.nodes.map((node, index) => {
    const at = layout.boxes[index];
    return at ? nodeOf(node, at) : markup``;
  });
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="links" width="${rounded(width)}" height="${rounded(height)}" viewBox="0 0 ${rounded(width)} ${rounded(height)}" role="group" aria-label="Link graph: ${graph.nodes.length} nodes, ${graph.links.length} links">
${style}<defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0.5 8 4 0 7.5z"/></marker></defs>
<rect class="paper" width="100%" height="100%"/>
<g aria-hidden="true">${columns}</g>
<g aria-hidden="true">${links}</g>
<g>${nodes}</g>
</svg>`;
}

const sets = { SAFE: 'safe', EXTERNAL_ACCESS: 'external', UNSAFE: 'unsafe' } as const;

function nodeOf(node: ShownNode, { x, y, column }: Box): Markup {
  const top = y - box.height / 2;
  const detail = detailOf(node);
  const count = countText(node.findings);
  const label = `${node.name}, ${detail}${count === '' ? '' : `, ${count}`}`;
  const set = node.kind === 'assembly' ? node.permissionSet && sets[node.permissionSet] : undefined;
  const missing =
    node.kind === 'assembly' && (node.state === 'missing' || node.state === 'ambiguous') ? 'missing' : undefined;
  // An inner picture cuts off what a font makes too wide.
  const room = box.width - (count === '' ? 6 : 42);
  return markup`<g class="node ${missing ?? set ?? node.kind}" data-node="${node.id}" data-column="${column}" transform="translate(${rounded(x)} ${rounded(top)})" tabindex="-1" role="button" aria-label="${label}"><title>${label}</title><rect class="card" width="${box.width}" height="${box.height}" rx="6"/><rect class="stripe" x="0" y="7" width="4" height="${box.height - 14}" rx="2"/><svg width="${room}" height="24"><text class="name" x="13" y="19">${short(node.name, count === '' ? 23 : 19)}</text></svg><svg width="${box.width - 4}" height="${box.height}"><text class="detail" x="13" y="35">${short(detail, 31)}</text></svg>${badgeOf(node)}</g>
`;
}

function badgeOf({ findings }: ShownNode): Markup | undefined {
  if (findings.length === 0) return undefined;
  const worst = (['error', 'warning'] as const).find((severity) => findings.some((one) => one.severity === severity));
  const count = findings.length > 99 ? '99+' : String(findings.length);
  const width = 12 + 6 * count.length;
  const x = box.width - width - 8;
  return markup`<rect class="badge ${worst}" x="${x}" y="8" width="${width}" height="15" rx="7.5"/><text class="count" x="${x + width / 2}" y="19">${count}</text>`;
}

function linkOf(link: ShownLink, index: number, graph: LinkGraph, { boxes, bends }: Layout): Markup {
  const [from, to] = [boxes[link.from], boxes[link.to]];
  if (!from || !to) return markup``;
  const set = link.kind === 'reach' && link.permissions.some((one) => one !== 'EXTERNAL_ACCESS') ? 'unsafe' : undefined;
  const [start, end] = [graph.nodes[link.from], graph.nodes[link.to]];
  const title = `${start?.name} ${verbOf(link, graph)} ${end?.name}: ${permissionText(link)}`;
  return markup`<path class="link ${link.kind} ${set}" data-from="${start?.id}" data-to="${end?.id}" marker-end="url(#tip)" d="${pathOf(from, to, bends[index] ?? [])}"><title>${title}</title></path>
`;
}

/** `REFERENCES, of the owner, dbo, at CREATE`. */
export function permissionText({ permissions, against, checkedAt }: ShownLink): string {
  if (permissions.length === 0) return 'no permission is asked';
  return `${permissions.join(' or ')}, of ${againstText(against)}, ${checkedText[checkedAt]}`;
}

export const checkedText = { create: 'at CREATE', execute: 'when it runs' } as const;
export const legend: readonly { readonly kind: LinkKind; readonly text: string }[] = [
  { kind: 'invocation', text: 'runs' },
  { kind: 'gated', text: 'is bound to, refers to' },
  { kind: 'table-access', text: 'reads or writes' },
  { kind: 'reach', text: 'reaches' },
];

/** From the right side to the left; within a column round its right side; back from left to right. */
function pathOf(from: Box, to: Box, bends: readonly { readonly x: number; readonly y: number }[]): string {
  const back = to.column < from.column;
  const [x1, x2] = [back ? from.x : from.x + box.width, back || to.column === from.column ? to.x + box.width : to.x];
  if (from.column === to.column) {
    const out = rounded(x1 + 46);
    return `M${rounded(x1)} ${rounded(from.y)}C${out} ${rounded(from.y)} ${out} ${rounded(to.y)} ${rounded(x2)} ${rounded(to.y)}`;
  }
  const half = (back ? -1 : 1) * (box.width / 2);
  const points = [
    { x: x1, y: from.y },
    // A bend runs level through its column.
    ...bends.flatMap(({ x, y }) => [
      { x: x - half, y },
      { x: x + half, y },
    ]),
    { x: x2, y: to.y },
  ];
  return points.reduce((path, point, index) => {
    const last = points[index - 1];
    if (!last) return `M${rounded(point.x)} ${rounded(point.y)}`;
    const middle = rounded((last.x + point.x) / 2);
    return `${path}C${middle} ${rounded(last.y)} ${middle} ${rounded(point.y)} ${rounded(point.x)} ${rounded(point.y)}`;
  }, '');
}

function short(text: string, longest: number): string {
  const characters = [...text.slice(0, 4 * longest)];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
