// sqlclr-lint links: the link graph of files, in the format that is asked for.
import { createHash } from 'node:crypto';
import type { LinkGraph, PlaceOf } from '../analysis/features/link-graph.js';
import type { Workspace } from '../analysis/workspace.js';
import { diskLinks } from '../platform/disk.js';
import type { LinksOptions } from './arguments.js';
import { open, tell } from './open.js';
import { fileOf, placeOf } from './report.js';
import { writeOutput } from './write.js';

export async function links({ format, output, ...project }: LinksOptions): Promise<number> {
  const { workspace, isWhole } = await open(project);
  const features = diskLinks(__dirname);
  const graph = features.linkGraphOf(workspace.project(), workspace.uris(), (uri) => workspace.findings(uri));
  if (graph.leftOut > 0) tell(`${graph.leftOut} nodes and links are left out`);
  const text = formatted(features, workspace, graph, format);
  if (output === undefined) process.stdout.write(text);
  else writeOutput(output, text);
  return isWhole() ? 0 : 2;
}

function formatted(
  features: ReturnType<typeof diskLinks>,
  workspace: Workspace,
  graph: LinkGraph,
  format: LinksOptions['format'],
): string {
  const place = placesIn(workspace);
  switch (format) {
    case 'json':
      return features.linksJson(graph, place);
    case 'dot':
      return features.linksDot(graph);
    case 'svg':
      return features.linksSvg(graph);
    case 'html':
      return features.linksPage(graph, { placeOf: place, admit: byHash, opens: false }).html;
  }
}

export function placesIn(workspace: Workspace): PlaceOf {
  return ({ uri, span }) => ({ file: fileOf(uri), ...placeOf(workspace, uri, span) });
}

/** A nonce would make each run another page. */
export function byHash(content: string): { readonly source: string } {
  return { source: `'sha256-${createHash('sha256').update(content).digest('base64')}'` };
}
