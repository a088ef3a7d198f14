// Builds the site of the rules into site/: a page for each rule, which the editor and SARIF link to, and an index. It loads nothing
// and runs no script. Beside what the Markdown says, each page has which target raises which error, found by linting its samples.
//   node .ci/site.mjs [FOLDER]
import { marked } from 'marked';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importSource } from './sources.mjs';
import { topics } from './topics.mjs';

const { allRules, allTargets, askedBy, nodePlatform, rulePage, samplesOf, workspaceOf } = await importSource(`
  export { allRules, allTargets } from './server/analysis/workspace.js';
  export { nodePlatform } from './server/platform/node.js';
  export { askedBy } from './server/analysis/features/explain.js';
  export { rulePage } from './server/analysis/knowledge/rule-pages.js';
  export { samplesOf, workspaceOf } from './test/support/rule-page.js';
`);

const escaped = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
// No page has markup of its own: what looks like it is text.
marked.use({
  renderer: {
    html: ({ text }) => escaped(text),
    link({ href, tokens }) {
      const target = href.replace(/^([a-z-]+)\.md(?=#|$)/, '$1.html').replace(/^README\.md$/, 'index.html');
      return `<a href="${escaped(target)}">${this.parser.parseInline(tokens)}</a>`;
    },
    code({ text, lang = '' }) {
      const [language, name] = lang.split(' ', 2);
      const told =
        name ?? { sql: 'T-SQL', cs: 'C#', il: 'IL', xml: 'Project file', json: 'Settings' }[language] ?? language;
      const lines = text
        .split('\n')
        .map((line) => (/^ *(?:--|<!--) *\^/.test(line) ? `<mark>${escaped(line)}</mark>` : escaped(line)));
      return `<figure><figcaption>${escaped(told)}</figcaption><pre><code>${lines.join('\n')}</code></pre></figure>\n`;
    },
    heading({ depth, text, tokens }) {
      const id = text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
  },
});

/** By number, the targets for which a sample of the page raises it; of samples that ask for no target of their own. */
function targetsByNumber(rule, page) {
  const found = new Map();
  for (const sample of samplesOf(page)) {
    if (sample.settings.target !== 'sql-server-2022') continue;
    const workspace = workspaceOf(sample);
    for (const { name, title } of allTargets()) {
      workspace.configure({ ...sample.settings, target: name });
      for (const finding of workspace.uris().flatMap((uri) => workspace.findings(uri)))
        if (finding.rule === rule)
          for (const number of finding.sqlErrors) found.set(number, (found.get(number) ?? new Set()).add(title));
    }
  }
  return found;
}

function targetTable(rule, page) {
  const found = targetsByNumber(rule, page);
  if (found.size === 0) return '';
  const titles = allTargets().map(({ title }) => title);
  const rows = [...found]
    .sort(([a], [b]) => a - b)
    .map(
      ([number, on]) =>
        `<tr><th scope="row">Msg ${number}</th>${titles.map((title) => `<td>${on.has(title) ? '<span title="raised">●</span>' : ''}</td>`).join('')}</tr>`,
    );
  return `<h3>By target, as the samples above raise it</h3>
<div class="wide"><table class="targets"><thead><tr><td></td>${titles.map((title) => `<th scope="col">${escaped(title)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>
`;
}

const style = `
:root{color-scheme:light dark;--ink:#1f2328;--dim:#59636e;--edge:#d1d9e0;--paper:#fff;--card:#f6f8fa;--link:#0969da;--mark:#a1401b}
@media (prefers-color-scheme:dark){:root{--ink:#e6e6e6;--dim:#a0a7b0;--edge:#3d444d;--paper:#1b1d20;--card:#25282c;--link:#6cb0f5;--mark:#f0a35e}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,sans-serif}
main{max-width:52em;margin:0 auto;padding:16px 24px 64px}
nav{border-bottom:1px solid var(--edge);padding:10px 24px;font-size:14px}
nav a{margin-right:18px}
h1{font-size:28px;margin:16px 0 4px}h2{font-size:20px;margin:36px 0 8px}h3{font-size:16px}
a{color:var(--link)}
.facts{color:var(--dim);margin:0 0 20px;font-size:14px}
figure{margin:12px 0;border:1px solid var(--edge);border-radius:6px;overflow:hidden}
figcaption{background:var(--card);color:var(--dim);font-size:12px;padding:3px 12px;border-bottom:1px solid var(--edge)}
pre{margin:0;padding:12px;overflow-x:auto;font:13px/1.5 ui-monospace,monospace}
mark{background:none;color:var(--mark);font-weight:600}
p code,li code,td code{background:var(--card);padding:1px 4px;border-radius:4px;font-size:.9em}
table{border-collapse:collapse;font-size:14px}td,th{text-align:left;vertical-align:top;padding:5px 10px;border-bottom:1px solid var(--edge)}
.wide{overflow-x:auto}.targets th[scope=col]{writing-mode:vertical-rl;font-weight:400;color:var(--dim);padding:8px 4px}.targets td{text-align:center}
`;

function htmlOf(title, body) {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)} – SQLCLR Lint</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const folder = join(process.argv[2] ?? 'site', 'rules');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const rules = allRules(nodePlatform);
rules.forEach(({ name, topic, severity, sqlErrors = [] }, at) => {
  const page = readFileSync(`docs/rules/${name}.md`, 'utf8');
  const facts = [topics[topic], severity, ...(sqlErrors.length > 0 ? [`Msg ${sqlErrors.join(', ')}`] : [])];
  const html = marked
    .parse([page, ...askedBy(name)].join('\n'))
    .replace(/<\/h1>\n/, (heading) => `${heading}<p class="facts">${facts.map(escaped).join(' · ')}</p>\n`)
    .replace(/(?=<h2 id="why">)/, () => targetTable(name, page));
  const beside = (rule, text) => (rule ? `<a href="${rule.name}.html">${text} ${rule.name}</a>` : '');
  const nav = `<nav><a href="index.html">All rules</a>${beside(rules[at - 1], '←')}${beside(rules[at + 1], '→')}</nav>`;
  const file = rulePage(name).split('/').at(-1);
  writeFileSync(join(folder, file), htmlOf(name, `${nav}\n<main>\n${html}</main>`));
});
const index = marked.parse(readFileSync('docs/rules/README.md', 'utf8').replace(/^<!--.*-->\n/, ''));
writeFileSync(join(folder, 'index.html'), htmlOf('Rules', `<main>\n${index}</main>`));
console.log(`${rules.length} rules in ${folder}`);
