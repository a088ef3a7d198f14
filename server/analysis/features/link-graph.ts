// The links of a project with the findings on them, and as JSON. The picture, the page and DOT are made of it.
import { linksOf, type Against, type Bounds, type Link, type LinkNode } from '../project/links.js';
import type { Location } from '../project/build-project.js';
import type { Project } from '../project/project.js';
import type { Finding } from '../rules/rule.js';
import type { Span } from '../text/span.js';

export type ShownNode = LinkNode & { readonly id: string; readonly findings: readonly Finding[] };
export type ShownLink = Link & { readonly findings: readonly Finding[] };

export interface LinkGraph {
  readonly nodes: readonly ShownNode[];
  readonly links: readonly ShownLink[];
  readonly leftOut: number;
}

/** As people count: from 1. */
export interface ShownPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type PlaceOf = (location: Location) => ShownPlace;

/** `uris`: the files whose findings are wanted. */
export function linkGraphOf(
  project: Project,
  uris: readonly string[],
  findingsOf: (uri: string) => readonly Finding[],
  bounds?: Bounds,
): LinkGraph {
  const { nodes, links, leftOut } = linksOf(project, bounds);
  const own = new Map<LinkNode | Link, Finding[]>();
  const holders = holdersByFile(nodes, links);
  for (const uri of uris) {
    const inFile = holders.get(uri);
    if (!inFile) continue;
    const findings = findingsOf(uri);
    for (const [finding, holder] of held(findings, inFile)) {
      const list = own.get(holder);
      if (list) list.push(finding);
      else own.set(holder, [finding]);
    }
  }
  return {
    nodes: nodes.map((node, index) => ({ ...node, id: `n${index + 1}`, findings: own.get(node) ?? [] })),
    links: links.map((link) => ({ ...link, findings: own.get(link) ?? [] })),
    leftOut,
  };
}

/** What a finding is on: the smallest of what holds its place, else what the whole file is of. */
interface Holders {
  readonly spans: { readonly span: Span; readonly holder: LinkNode | Link }[];
  file?: LinkNode;
}

function holdersByFile(nodes: readonly LinkNode[], links: readonly Link[]): ReadonlyMap<string, Holders> {
  const files = new Map<string, Holders>();
  const inFile = (uri: string): Holders => {
    const known = files.get(uri) ?? { spans: [] };
    files.set(uri, known);
    return known;
  };
  for (const node of nodes) {
    if (node.kind === 'script') continue;
    for (const { uri, span } of node.places) inFile(uri).spans.push({ span, holder: node });
    if (node.kind === 'assembly') for (const uri of node.files) inFile(uri).file ??= node;
  }
  for (const link of links) {
    const from = nodes[link.from];
    for (const { uri, span } of link.places) {
      // All that is said of bytes stands at their head, and so is the assembly's.
      const isOfBytes = from?.kind === 'assembly' && files.get(uri)?.file !== from;
      if (!isOfBytes) inFile(uri).spans.push({ span, holder: link });
    }
  }
  return files;
}

function* held(findings: readonly Finding[], { spans, file }: Holders): Generator<[Finding, LinkNode | Link]> {
  const inOrder = spans.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const open: typeof spans = [];
  let next = 0;
  for (const finding of findings.toSorted((a, b) => a.span.start - b.span.start)) {
    const at = finding.span.start;
    for (let one = inOrder[next]; one && one.span.start <= at; one = inOrder[++next]) {
      while (endOf(open) <= one.span.start) open.pop();
      open.push(one);
    }
    while (endOf(open) <= at) open.pop();
    const holder = open.at(-1)?.holder ?? file;
    if (holder) yield [finding, holder];
  }
}

function endOf(open: Holders['spans']): number {
  return open.at(-1)?.span.end ?? Infinity;
}

/** SQL Server loads the assemblies of one owner into one application domain of the database, which it calls so. */
export function domainOf(node: LinkNode): string | undefined {
  if (node.kind !== 'assembly' || node.database === undefined || node.owner === undefined) return undefined;
  return `${node.database}.${node.owner}`;
}

export function againstText(against: Against): string {
  switch (against.who) {
    case 'owner':
      return against.name === undefined ? 'the owner' : `the owner, ${against.name}`;
    case 'caller':
      return 'the caller';
    case 'impersonated':
      return `${impersonated[against.name] ?? against.name}, by EXECUTE AS`;
    case 'permission set':
      return against.name === undefined ? 'the permission set' : `the permission set, ${against.name}`;
  }
}

const impersonated: Readonly<Record<string, string>> = { OWNER: 'the owner', SELF: 'who created it' };

/** As documented in the README: keys are only ever added. */
export function linksJson({ nodes, links, leftOut }: LinkGraph, placeOf: PlaceOf): string {
  const findings = (all: readonly Finding[]): readonly object[] =>
    all.map(({ rule, severity, message, uri, span }) => ({ rule, severity, message, ...placeOf({ uri, span }) }));
  const document = {
    nodes: nodes.map((node) => ({
      id: node.id,
      kind: node.kind,
      name: node.name,
      database: node.database,
      ...(node.kind === 'assembly' && {
        state: node.state,
        permissionSet: node.permissionSet,
        owner: node.owner,
        applicationDomain: domainOf(node),
      }),
      ...('externalName' in node && { externalName: node.externalName }),
      ...('executeAs' in node && { executeAs: node.executeAs }),
      places: node.places.map(placeOf),
      findings: findings(node.findings),
    })),
    links: links.map(({ kind, from, to, permissions, checkedAt, against, through, places, findings: on }) => ({
      kind,
      from: nodes[from]?.id,
      to: nodes[to]?.id,
      permissions,
      checkedAt,
      against,
      through,
      places: places.map(placeOf),
      findings: findings(on),
    })),
    leftOut,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
