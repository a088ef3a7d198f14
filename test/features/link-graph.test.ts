// The link graph as JSON, DOT, SVG and a page: names of hostile scripts are text in all of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linksDot } from '../../server/analysis/features/link-dot.js';
import { linkGraphOf, linksJson, type LinkGraph, type PlaceOf } from '../../server/analysis/features/link-graph.js';
import { layoutOf } from '../../server/analysis/features/link-layout.js';
import { linksPage } from '../../server/analysis/features/link-page.js';
import { linksSvg } from '../../server/analysis/features/link-svg.js';
import type { Finding } from '../../server/analysis/rules/rule.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { nodePlatform } from '../../server/platform/node.js';
import { SaxesParser } from 'saxes';

const names = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</title></style><b>',
  '&lt;b&gt; &#0;',
  'a"]; evil [label="',
  'ends with \\',
  '<b>html label</b>',
  'two\nlines \u2028 \u202e turned \u0000 \ud800 \uffff',
  '${markup} ]]> --> <!--',
];

const quoted = (name: string): string => `[${name.replaceAll(']', ']]')}]`;
const scriptOf = (all: readonly string[]): string =>
  all
    .map(
      (
        name,
      ) => `CREATE ASSEMBLY ${quoted(name)} AUTHORIZATION ${quoted(name)} FROM 'x.dll' WITH PERMISSION_SET = UNSAFE;
GO
CREATE PROCEDURE dbo.${quoted(name)} WITH EXECUTE AS '${name.replaceAll("'", "''")}' AS EXTERNAL NAME ${quoted(name)}.${quoted(name)}.${quoted(name)};
GO
EXEC dbo.${quoted(name)};
GO
`,
    )
    .join('');
const hostile = scriptOf(names);
const harmless = scriptOf(names.map((_, index) => `name${index}`));

test('SVG stays well-formed, and holds no element that is not ours', () => {
  const found = elementsOf(linksSvg(graphOf(hostile)));
  assert.deepEqual([...found].sort(), ['defs', 'g', 'marker', 'path', 'rect', 'style', 'svg', 'text', 'title']);
});

test('the page holds the elements of a harmless one, and no more', () => {
  const page = pageOf(graphOf(hostile));
  assert.deepEqual(Object.keys(tagsOf(page)).sort(), Object.keys(tagsOf(pageOf(graphOf(harmless)))).sort());
  // What is found hangs on names, too.
  const [bare, other] = [hostile, harmless].map((script) => tagsOf(pageOf(graphOf(script, () => []))));
  assert.deepEqual(bare, other);
  assert.equal(page.match(/<script/g)?.length, 1);
});

test('the page lets in its own style and script alone', () => {
  const admitted: string[] = [];
  const { html, places } = linksPage(graphOf(hostile), {
    placeOf,
    opens: true,
    admit: (content) => {
      admitted.push(content);
      return { source: "'nonce-abc'", nonce: 'abc' };
    },
  });
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  assert.equal(
    policy,
    "default-src 'none'; style-src 'nonce-abc'; script-src 'nonce-abc'; base-uri 'none'; form-action 'none'",
  );
  for (const content of admitted) assert.ok(html.includes(`nonce="abc">${content}</`));
  const numbers = [...html.matchAll(/data-place="(\d+)"/g)].map(([, number]) => Number(number));
  assert.deepEqual(
    numbers,
    places.map((_, index) => index),
  );
  assert.doesNotMatch(pageOf(graphOf(harmless)), /https?:\/\/(?!www\.w3\.org\/2000\/svg")|\sstyle=|\ssrc=|\shref=/);
});

test('DOT has a statement a line, and its quotes are closed', () => {
  const dot = linksDot(graphOf(hostile));
  const [first, ...lines] = dot.trimEnd().split('\n');
  assert.equal(first, 'digraph links {');
  assert.equal(lines.pop(), '}');
  for (const line of lines)
    assert.match(line, /^ {2}(?:\w+(?: -> \w+)? \[(?:\w+=(?:"(?:[^"\\]|\\.)*"|[\w.-]+)(?:, )?)+\]|rankdir=LR);$/);
});

test('JSON has the shape that is documented, and names as they are', () => {
  const graph = graphOf(hostile);
  const { nodes, links, leftOut } = JSON.parse(linksJson(graph, placeOf));
  assert.equal(leftOut, 0);
  assert.deepEqual(Object.keys(nodes[0]), [
    'id',
    'kind',
    'name',
    'state',
    'permissionSet',
    'owner',
    'places',
    'findings',
  ]);
  assert.ok(names.every((name) => name.includes('\0') || nodes.some((node: { name: string }) => node.name === name)));
  const ids = new Set(nodes.map((node: { id: string }) => node.id));
  assert.equal(ids.size, nodes.length);
  for (const { from, to } of links) assert.ok(ids.has(from) && ids.has(to));
});

test('the same project gives the same bytes', () => {
  const [one, other] = [graphOf(hostile), graphOf(hostile)];
  assert.equal(linksSvg(one), linksSvg(other));
  assert.equal(linksJson(one, placeOf), linksJson(other, placeOf));
});

test('no two nodes overlap, and every link starts and ends at its node', () => {
  const script = Array.from(
    { length: 60 },
    (_, at) => `CREATE ASSEMBLY a${at} FROM 'a${at}.dll';
GO
CREATE PROCEDURE dbo.p${at} AS EXTERNAL NAME a${(at * 7) % 60}.b.c;
GO
CREATE PROCEDURE dbo.q${at} AS EXEC dbo.p${(at * 13) % 60};
GO
`,
  );
  const { boxes, width, height } = layoutOf(graphOf(script.join('')));
  assert.equal(boxes.length, 180);
  for (const [index, one] of boxes.entries()) {
    assert.ok(one.x >= 0 && one.x < width && one.y > 0 && one.y < height);
    for (const other of boxes.slice(index + 1))
      assert.ok(one.column !== other.column || Math.abs(one.y - other.y) >= 44);
  }
});

test('a project with nothing in it has a picture and a page too', () => {
  const graph = graphOf('');
  assert.ok(elementsOf(linksSvg(graph)).has('svg'));
  assert.ok(pageOf(graph).includes('0 assemblies · 0 other objects · 0 links'));
});

const placeOf: PlaceOf = ({ uri }) => ({ file: uri, line: 1, column: 1, endLine: 1, endColumn: 1 });

function graphOf(script: string, findingsOf?: () => readonly Finding[]): LinkGraph {
  const workspace = new Workspace(nodePlatform);
  workspace.set('file:///a.sql', script);
  return linkGraphOf(workspace.project(), workspace.uris(), findingsOf ?? ((uri) => workspace.findings(uri)));
}

function pageOf(graph: LinkGraph): string {
  return linksPage(graph, { placeOf, opens: false, admit: () => ({ source: "'none'" }) }).html;
}

/** Throws where it is no XML. */
function elementsOf(svg: string): ReadonlySet<string> {
  const found = new Set<string>();
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name }) => found.add(name));
  parser.write(svg).close();
  return found;
}

function tagsOf(html: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [, tag = ''] of html.replace(/<script[^]*<\/script>/, '').matchAll(/<(\/?[a-z][\w-]*)/gi))
    counts[tag] = (counts[tag] ?? 0) + 1;
  return counts;
}
