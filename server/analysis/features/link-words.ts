// The link graph in words: what a node is, and what stands on it.
import type { Finding } from '../rules/rule.js';
import type { LinkGraph, ShownLink, ShownNode } from './link-graph.js';

/** Between the names of what it ties: `runs`, `refers to`. */
export function verbOf({ kind, from }: ShownLink, { nodes }: Pick<LinkGraph, 'nodes'>): string {
  switch (kind) {
    case 'invocation':
      return 'runs';
    case 'table-access':
      return 'reads or writes';
    case 'gated':
      return nodes[from]?.kind === 'assembly' ? 'refers to' : 'is bound to';
    case 'reach':
      return 'reaches';
  }
}

/** Under the name: `UNSAFE · owner dbo`. */
export function detailOf(node: ShownNode): string {
  switch (node.kind) {
    case 'assembly': {
      if (node.state === 'missing') return 'assembly · not created here';
      if (node.state === 'ambiguous') return 'assembly · several of this name';
      const set = node.permissionSet ?? 'permission set not known';
      return node.owner === undefined ? set : `${set} · owner ${node.owner}`;
    }
    case 'script':
    case 'table':
      return node.kind;
    case 'area':
      return 'outside of the database';
    default: {
      if (node.places.length === 0) return `${node.kind} · not created here`;
      const what = node.externalName === undefined ? `${node.kind} in T-SQL` : node.kind;
      return node.executeAs === undefined ? what : `${what} · as ${node.executeAs}`;
    }
  }
}

/** `2 errors, 1 warning`; empty where there is nothing. */
export function countText(findings: readonly Finding[]): string {
  return (['error', 'warning', 'information', 'hint'] as const)
    .flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      const plural = severity === 'information' || count === 1 ? severity : `${severity}s`;
      return count === 0 ? [] : `${count} ${plural}`;
    })
    .join(', ');
}
