// T-SQL and C# in, links out: the page beside this file. UPDATE=1 writes it anew; read the difference as behaviour.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { domainOf, linkGraphOf } from '../../server/analysis/features/link-graph.js';
import { permissionText } from '../../server/analysis/features/link-svg.js';
import { detailOf, verbOf } from '../../server/analysis/features/link-words.js';
import type { Location } from '../../server/analysis/project/build-project.js';
import { linksOf } from '../../server/analysis/project/links.js';
import type { Finding } from '../../server/analysis/rules/rule.js';
import { positionOf, Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/platform/grammar-node.js';
import { nodePlatform } from '../../server/platform/node.js';

const page = 'test/project/links.md';
const language = await diskGrammar('dist-test');
const update = process.env['UPDATE'] === '1';
const [head = '', ...sections] = readFileSync(page, 'utf8').split(/^(?=## )/m);
const written = sections.map((section) => {
  const [title = ''] = section.slice('## '.length).split('\n', 1);
  const expected = /^```links\n([^]*?)^```\n/m.exec(section)?.[1];
  const links = printed(workspaceOf(section));
  if (!update) test(title, () => assert.equal(links, expected));
  return `${section.replace(/^```links\n[^]*?^```\n/gm, '').trimEnd()}\n\n\`\`\`links\n${links}\`\`\`\n`;
});
if (update) writeFileSync(page, [head, written.join('\n')].join(''));

test('sources beside the bytes that were made of them are one assembly, with the findings of both', () => {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  for (const name of ['02-assembly.sql', 'src/Export.cs', 'src/Payroll.Export.csproj'])
    workspace.set(`file:///${name}`, readFileSync(`docs/sample/${name}`, 'utf8'));
  const { nodes, links } = linkGraphOf(workspace.project(), workspace.uris(), (uri) => workspace.findings(uri));
  const [only, ...others] = nodes.filter(({ name }) => name === 'Payroll.Export');
  assert.ok(only);
  assert.deepEqual(others, []);
  const holders = [only, ...links.filter(({ from }) => nodes[from] === only)];
  const files = new Set(holders.flatMap(({ findings }) => findings.map(({ uri }) => uri)));
  assert.deepEqual([...files].sort(), ['file:///02-assembly.sql', 'file:///src/Export.cs']);
});

test('what is too much is counted, and the rest still joined', () => {
  const workspace = new Workspace(nodePlatform);
  const routines = Array.from(
    { length: 50 },
    (_, at) => `CREATE PROCEDURE dbo.p${at} AS EXTERNAL NAME a.b.c${at};\nGO\n`,
  );
  workspace.set('file:///a.sql', `CREATE ASSEMBLY a FROM 'a.dll';\nGO\n${routines.join('')}`);
  const { nodes, links, leftOut } = linksOf(workspace.project(), { nodes: 11, links: 5, places: 1 });
  assert.equal(nodes.length, 11);
  assert.equal(links.length, 5);
  assert.equal(leftOut, 45);
  for (const { from, to } of links) assert.ok(nodes[from] && nodes[to]);
});

test('a script of many thousand calls costs no more than it is long', () => {
  const timeOf = (count: number): number => {
    const workspace = new Workspace(nodePlatform);
    const calls = Array.from({ length: count }, (_, at) => `CREATE PROCEDURE dbo.q${at} AS EXEC dbo.q${at + 1};\nGO\n`);
    workspace.set('file:///a.sql', `CREATE PROCEDURE dbo.q${count} AS EXTERNAL NAME a.b.c;\nGO\n${calls.join('')}`);
    const project = workspace.project();
    const before = process.cpuUsage();
    linksOf(project);
    return process.cpuUsage(before).user;
  };
  timeOf(500);
  assert.ok(timeOf(8_000) < 40 * Math.max(timeOf(1_000), 4_000));
});

function workspaceOf(section: string): Workspace {
  const workspace = new Workspace(nodePlatform);
  workspace.useCSharp(language);
  for (const [, path, text] of section.matchAll(/^```(?:sql|cs|xml) (\S+)\n([^]*?)^```$/gm))
    if (path !== undefined && text !== undefined) workspace.set(`file:///${path}`, text);
  return workspace;
}

function printed(workspace: Workspace): string {
  const { nodes, links } = linkGraphOf(workspace.project(), workspace.uris(), (uri) => workspace.findings(uri));
  const placeText = ({ uri, span }: Location): string =>
    `${uri.slice('file:///'.length)}:${positionOf(workspace.lineStarts(uri), span.start).line + 1}`;
  const at = (places: readonly Location[], findings: readonly Finding[]): string =>
    [...places.map(placeText), ...findings.map(({ rule }) => `!${rule}`)].map((one) => ` ${one}`).join('');
  const lines = [
    ...nodes.map((node) => {
      const domain = domainOf(node);
      const where = node.database === undefined ? '' : ` in ${node.database}`;
      const bound = 'externalName' in node ? ` = ${node.externalName}` : '';
      return `${node.name}${bound} (${detailOf(node)}${domain === undefined ? '' : `, domain ${domain}`})${where}:${at(node.places, node.findings)}`;
    }),
    '',
    ...links.map((link) => {
      const by = link.through === undefined ? '' : `, by ${link.through}`;
      return `${nodes[link.from]?.name} ${verbOf(link, { nodes })} ${nodes[link.to]?.name}${by}: ${permissionText(link)}:${at(link.places, link.findings)}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}
