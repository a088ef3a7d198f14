// The capability report as a page: it loads nothing, and runs only what tells whoever shows it the number of a place.
import type { Location } from '../project/build-project.js';
import type { PageOptions, LinkPage } from './link-page.js';
import { Markup, markup } from './markup.js';
import { documentOf, type Block, type Inline, type WeaknessesOf, type Words } from './report-document.js';
import type { CapabilityReport } from './report.js';

export function reportPage(report: CapabilityReport, weaknessesOf: WeaknessesOf, options: PageOptions): LinkPage {
  const places: Location[] = [];
  const writer = new Writer(options, places);
  const body = documentOf(report, weaknessesOf).map((block) => writer.block(block));
  const [styled, scripted] = [options.admit(style), options.admit(script)];
  const scripts = options.opens ? `; script-src ${scripted.source}` : '';
  const policy = `default-src 'none'; style-src ${styled.source}${scripts}; base-uri 'none'; form-action 'none'`;
  const html = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy.replaceAll('"', ''))}">
<meta name="viewport" content="width=device-width">
<title>SQLCLR capability report</title>
<style${nonceOf(styled.nonce)}>${new Markup(style)}</style>
</head>
<body>
<main>
${body}</main>
${options.opens ? markup`<script${nonceOf(scripted.nonce)}>${new Markup(script)}</script>\n` : undefined}</body>
</html>
`;
  return { html: html.text, places };
}

function nonceOf(nonce: string | undefined): Markup | undefined {
  return nonce === undefined ? undefined : markup` nonce="${nonce}"`;
}

/** Places are numbered as they come. */
class Writer {
  readonly #options: PageOptions;
  readonly #places: Location[];

  constructor(options: PageOptions, places: Location[]) {
    this.#options = options;
    this.#places = places;
  }

  block(block: Block): Markup {
    switch (block.kind) {
      case 'heading': {
        const tag = new Markup(`h${block.level}`);
        return markup`<${tag}>${this.#words(block.words)}</${tag}>\n`;
      }
      case 'paragraph':
        return markup`<p>${this.#words(block.words)}</p>\n`;
      case 'facts':
        return markup`<dl>${block.facts.map(
          ({ label, items }) =>
            markup`<dt>${label}</dt>${items.map((item) => markup`<dd>${this.#words(item)}</dd>`)}\n`,
        )}</dl>\n`;
      case 'table':
        return markup`<table><caption>${block.caption}</caption><thead><tr>${block.columns.map(
          (column) => markup`<th scope="col">${column}</th>`,
        )}</tr></thead>
<tbody>${block.rows.map((cells) => markup`<tr>${cells.map((words) => markup`<td>${this.#words(words)}</td>`)}</tr>\n`)}</tbody></table>\n`;
    }
  }

  #words(words: Words): readonly Markup[] {
    return words.map((one) => this.#inline(one));
  }

  #inline(one: Inline): Markup {
    if (typeof one === 'string') return markup`${one}`;
    if ('name' in one) return markup`<code>${one.name}</code>`;
    if ('told' in one) return markup`${one.told}`;
    const { file, line } = this.#options.placeOf(one.place);
    const at = `${file}:${line}`;
    if (!this.#options.opens) return one.shown === undefined ? markup`${at}` : markup`${one.shown} (${at})`;
    const number = this.#places.push(one.place) - 1;
    return markup`<button type="button" data-place="${number}" title="${at}">${one.shown ?? at}</button>`;
  }
}

const script = `(() => {
'use strict';
const api = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined;
addEventListener('click', ({ target }) => {
  const place = target instanceof Element ? target.closest('[data-place]') : undefined;
  if (place) api?.postMessage({ open: Number(place.dataset.place) });
});
addEventListener('scroll', () => api?.setState({ top: scrollY }), { passive: true });
scrollTo(0, api?.getState()?.top ?? 0);
})();`;

const style = `
:root{color-scheme:light dark;--paper:var(--vscode-editor-background,#fff);--ink:var(--vscode-editor-foreground,#1f2328);--dim:var(--vscode-descriptionForeground,#59636e);--edge:var(--vscode-editorWidget-border,#c8ccd1);--link:var(--vscode-textLink-foreground,#0969da)}
@media (prefers-color-scheme:dark){:root{--paper:var(--vscode-editor-background,#1f1f1f);--ink:var(--vscode-editor-foreground,#e6e6e6);--dim:var(--vscode-descriptionForeground,#a0a7b0);--edge:var(--vscode-editorWidget-border,#464a50);--link:var(--vscode-textLink-foreground,#4da3ff)}}
body{margin:0;background:var(--paper);color:var(--ink);font:13px/1.5 var(--vscode-font-family,system-ui,sans-serif)}
main{max-width:80em;margin:0 auto;padding:12px 24px 48px}
h1{font-size:20px;margin:8px 0}
h2{font-size:16px;margin:32px 0 8px;padding-bottom:4px;border-bottom:1px solid var(--edge)}
h3{font-size:14px;margin:20px 0 6px}
p{margin:4px 0;color:var(--dim);max-width:60em}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 16px;margin:6px 0}
dt{color:var(--dim);grid-column:1}
dd{margin:0;grid-column:2;overflow-wrap:anywhere}
code{font-family:var(--vscode-editor-font-family,ui-monospace,monospace);font-size:.95em;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:10px 0}
caption{text-align:left;font-weight:600;padding:4px 0}
th,td{text-align:left;vertical-align:top;padding:3px 12px 3px 0;border-bottom:1px solid var(--edge)}
th{color:var(--dim);font-weight:400}
td{max-width:36em;overflow-wrap:anywhere}
button{font:inherit;padding:0;border:0;background:none;color:var(--link);text-decoration:underline;cursor:pointer;text-align:left}
:focus-visible{outline:2px solid var(--vscode-focusBorder,#0969da);outline-offset:1px}
`;
