// Findings where they are after edits that have moved what they were found in.
import { moved } from '../csharp/edit.js';
import type { Moves } from '../csharp/read-sources.js';
import { once } from '../rules/once.js';
import type { Finding } from '../rules/rule.js';
import type { Span } from '../text/span.js';

/** A list in which nothing has moved is the same. */
export function movedFindings(
  found: ReadonlyMap<string, readonly Finding[]>,
  moves: Moves,
): ReadonlyMap<string, readonly Finding[]> {
  return new Map(
    [...found].map(([uri, list]) => {
      const now = list.map((finding) => movedFinding(finding, moves));
      return [uri, now.some((finding, index) => finding !== list[index]) ? once(now) : list];
    }),
  );
}

function movedFinding(finding: Finding, moves: Moves): Finding {
  const { uri: own, span, related, proof, fixes } = finding;
  const isNear = (uri = own): boolean => moves.has(uri);
  const isTouched =
    isNear() ||
    related.some(({ uri }) => isNear(uri)) ||
    fixes.some(({ edits }) => edits.some(({ uri }) => isNear(uri)));
  if (!isTouched) return finding;
  const place = (uri: string, at: Span): Span => (moves.get(uri) ?? []).reduce((now, edit) => moved(now, edit), at);
  const step = <T extends { readonly uri: string; readonly span: Span }>(one: T): T => ({
    ...one,
    span: place(one.uri, one.span),
  });
  return {
    ...finding,
    span: place(own, span),
    related: related.map(step),
    ...(proof && { proof: proof.map(step) }),
    fixes: fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, at: place(edit.uri ?? own, edit.at) })),
    })),
  };
}
