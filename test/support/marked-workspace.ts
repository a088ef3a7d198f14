// A workspace of small files, one of which has a mark, `|`: what is asked at the mark, and places told as text.
import { Workspace } from '../../server/analysis/workspace.js';
import type { CSharpFrontEnd } from '../../server/analysis/workspace.js';
import type { Destination, PlaceInText } from '../../server/analysis/features/feature.js';
import { lineStartsOf, positionOf } from '../../server/analysis/text/lines.js';
import { nodePlatform } from '../../server/platform/node.js';

export interface Marked {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly offset: number;
}

export function uriOf(name: string): string {
  return `file:///p/${name}`;
}

/** By name; the first `|` of all is the mark, and is taken out. */
export function markedWorkspace(files: Readonly<Record<string, string>>, frontEnd?: CSharpFrontEnd): Marked {
  const workspace = new Workspace(nodePlatform);
  if (frontEnd) workspace.useCSharp(frontEnd);
  let at: Omit<Marked, 'workspace'> | undefined;
  for (const [name, text] of Object.entries(files)) {
    const mark = at ? -1 : text.indexOf('|');
    if (mark >= 0) at = { uri: uriOf(name), offset: mark };
    workspace.set(uriOf(name), mark >= 0 ? text.slice(0, mark) + text.slice(mark + 1) : text);
  }
  if (!at) throw new Error('There is no mark');
  return { workspace, ...at };
}

/** `install.sql:3 NetPay`; of bytes `install.sql#0 NetPay`. */
export function placeText(workspace: Workspace, place: Destination): string {
  const name = place.uri.slice(uriOf('').length);
  if ('member' in place) return `${name}#${place.assembly} ${place.member.name}`;
  return textOf(workspace, name, place);
}

function textOf(workspace: Workspace, name: string, { uri, span }: PlaceInText): string {
  const text = workspace.textOf(uri);
  return `${name}:${positionOf(lineStartsOf(text), span.start).line + 1} ${text.slice(span.start, span.end)}`;
}
