// The link graph as a page: the picture, and the same as tables. It loads nothing, and runs only what it was given.
import { linkCheckOf } from '../knowledge/link-checks.js';
import type { Location } from '../project/build-project.js';
import type { Finding } from '../rules/rule.js';
import { againstText, domainOf, type LinkGraph, type PlaceOf, type ShownLink, type ShownNode } from './link-graph.js';
import { pageScript } from './link-page-script.js';
import { pageStyle } from './link-page-style.js';
import { checkedText, legend, pictureOf, pictureStyle } from './link-svg.js';
import { countText, detailOf, verbOf } from './link-words.js';
import { Markup, markup } from './markup.js';

export interface PageOptions {
  readonly placeOf: PlaceOf;
  /** What the policy lets a style or a script in by: `'nonce-…'` with the nonce, or a hash of its text alone. */
  readonly admit: (content: string) => { readonly source: string; readonly nonce?: string };
  /** Whether whoever shows the page opens places: it is told their number. */
  readonly opens: boolean;
}

export interface LinkPage {
  readonly html: string;
  /** By the numbers that the page tells. */
  readonly places: readonly Location[];
}

export function linksPage(graph: LinkGraph, options: PageOptions): LinkPage {
  const style = `${pictureStyle}${pageStyle}`;
  const [styled, scripted] = [options.admit(style), options.admit(pageScript)];
  const policy = `default-src 'none'; style-src ${styled.source}; script-src ${scripted.source}; base-uri 'none'; form-action 'none'`;
  const places: Location[] = [];
  const cells = new Cells(options, places);
  const nodes = graph.nodes.map((node) => nodeRow(node, cells));
  const links = graph.links.map((link) => linkRow(link, graph, cells));
  const html = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy.replaceAll('"', ''))}">
<meta name="viewport" content="width=device-width">
<title>SQLCLR links</title>
<style${nonceOf(styled.nonce)}>${new Markup(style)}</style>
</head>
<body class="links">
<header>
<h1>Links</h1>
<p id="summary">${summaryOf(graph)}</p>
<label>Filter <input id="filter" type="search" placeholder="name, kind, permission" autocomplete="off" spellcheck="false"></label>
<ul class="legend" aria-label="Lines">${legend.map(
    ({ kind, text }) =>
      markup`<li title="${linkCheckOf(kind).meaning}"><svg width="30" height="8" aria-hidden="true"><path class="link ${kind}" d="M0 4H30"/></svg> ${text}</li>`,
  )}</ul>
</header>
<main id="picture" aria-label="Picture. Arrow keys go from node to node, Enter opens one, Escape shows all again.">${pictureOf(graph)}</main>
<section id="tables" aria-label="The same as tables">
<p id="chosen" aria-live="polite"></p>
<table><caption>Objects</caption><thead><tr><th scope="col">Name</th><th scope="col">What</th><th scope="col">Bound to</th><th scope="col">Database</th><th scope="col">Application domain</th><th scope="col">Findings</th><th scope="col">Where</th></tr></thead>
<tbody>${nodes}</tbody></table>
<table><caption>Links</caption><thead><tr><th scope="col">From</th><th scope="col">Link</th><th scope="col">To</th><th scope="col">Permission</th><th scope="col">Asked</th><th scope="col">Of</th><th scope="col">Findings</th><th scope="col">Where</th></tr></thead>
<tbody>${links}</tbody></table>
</section>
<script${nonceOf(scripted.nonce)}>${new Markup(pageScript)}</script>
</body>
</html>
`;
  return { html: html.text, places };
}

function nonceOf(nonce: string | undefined): Markup | undefined {
  return nonce === undefined ? undefined : markup` nonce="${nonce}"`;
}

function summaryOf({ nodes, links, leftOut }: LinkGraph): string {
  const of = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  const assemblies = nodes.filter(({ kind }) => kind === 'assembly').length;
  const found = countText([...nodes, ...links].flatMap(({ findings }) => findings));
  return [
    of(assemblies, 'assembly').replace('assemblys', 'assemblies'),
    of(nodes.length - assemblies, 'other object'),
    of(links.length, 'link'),
    ...(found === '' ? [] : [found]),
    ...(leftOut > 0 ? [`${leftOut} more are not shown`] : []),
  ].join(' · ');
}

function nodeRow(node: ShownNode, cells: Cells): Markup {
  return markup`<tr data-node="${node.id}"><th scope="row">${node.name}</th><td>${detailOf(node)}</td><td>${'externalName' in node ? node.externalName : ''}</td><td>${node.database}</td><td>${domainOf(node)}</td><td>${cells.findings(node.findings)}</td><td>${cells.places(node.places)}</td></tr>
`;
}

function linkRow(link: ShownLink, graph: LinkGraph, cells: Cells): Markup {
  const [from, to] = [graph.nodes[link.from], graph.nodes[link.to]];
  const { permissions, checkedAt, against, through } = link;
  const isAsked = permissions.length > 0;
  const words = [verbOf(link, graph), ...(through === undefined ? [] : [`by ${through}`])].join(', ');
  return markup`<tr data-from="${from?.id}" data-to="${to?.id}"><th scope="row">${from?.name}</th><td>${words}</td><td>${to?.name}</td><td>${isAsked ? permissions.join(' or ') : 'none'}</td><td>${isAsked ? checkedText[checkedAt] : ''}</td><td>${isAsked ? againstText(against) : ''}</td><td>${cells.findings(link.findings)}</td><td>${cells.places(link.places)}</td></tr>
`;
}

/** What has places in it: they are numbered as they come. */
class Cells {
  readonly #options: PageOptions;
  readonly #places: Location[];

  constructor(options: PageOptions, places: Location[]) {
    this.#options = options;
    this.#places = places;
  }

  findings(findings: readonly Finding[]): Markup | undefined {
    if (findings.length === 0) return undefined;
    return markup`<ul>${findings.map(
      (finding) =>
        markup`<li><b class="${finding.severity}">${finding.severity}</b> ${finding.message} ${this.#place(finding, finding.rule)}</li>`,
    )}</ul>`;
  }

  places(places: readonly Location[]): Markup {
    return markup`${places.map((place) => markup`${this.#place(place)} `)}`;
  }

  #place({ uri, span }: Location, text?: string): Markup {
    const { file, line } = this.#options.placeOf({ uri, span });
    const shown = text ?? `${file}:${line}`;
    if (!this.#options.opens) return text === undefined ? markup`${shown}` : markup`(${text}, ${file}:${line})`;
    const number = this.#places.push({ uri, span }) - 1;
    return markup`<button type="button" data-place="${number}" title="${file}:${line}">${shown}</button>`;
  }
}
