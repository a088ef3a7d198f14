// The links of a project with the findings on them, and as JSON. The picture, the page and DOT are made of it.
import { linksOf, type Against, type Bounds, type Link, type LinkNode } from '../project/links.js';
import type { Location } from '../project/build-project.js';
import type { Project } from '../project/project.js';
import type { Finding } from '../rules/rule.js';
import { held, HoldersByFile } from './held-findings.js';

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
    const inFile = holders.find(uri);
    if (!inFile) continue;
    for (const [finding, holder] of held(findingsOf(uri), inFile)) {
      if (!holder) continue;
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

function holdersByFile(nodes: readonly LinkNode[], links: readonly Link[]): HoldersByFile<LinkNode | Link> {
  const files = new HoldersByFile<LinkNode | Link>();
  for (const node of nodes) {
    if (node.kind === 'script') continue;
    for (const { uri, span } of node.places) files.in(uri).spans.push({ span, holder: node });
    if (node.kind === 'assembly') for (const uri of node.files) files.in(uri).file ??= node;
  }
  for (const link of links) {
    const from = nodes[link.from];
    for (const { uri, span } of link.places) {
      // All that is said of bytes stands at their head, and so is the assembly's.
      const isOfBytes = from?.kind === 'assembly' && files.find(uri)?.file !== from;
      if (!isOfBytes) files.in(uri).spans.push({ span, holder: link });
    }
  }
  return files;
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

/** As documented in docs/links.md: keys are only ever added. */
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
