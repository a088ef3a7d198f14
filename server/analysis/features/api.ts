// What `sqlclr-lint api` prints: every use of a member of the .NET Framework, and what it needs.
import { sourceMemberOf } from '../code/source-names.js';
import { positionOf } from '../text/lines.js';
import type { ApiUse } from '../project/api-uses.js';

export interface InspectedUse {
  /** From 1: of the use in a source, of the literal in a script; 0 in a file of bytes. */
  readonly line: number;
  /** The member of the source that it stands in: code of lambdas, iterators and the like belongs to what caused it. */
  readonly method: string;
  /** `Namespace.Type::Name(ParamTypes)`. */
  readonly member: string;
  /** `SAFE`, `EXTERNAL_ACCESS`, `UNSAFE`; `NONE`: refused in every set; `unknown`. */
  readonly permissionSet: string;
  readonly reason: string;
  /** Bytes from the start of the method's IL, in an image. */
  readonly ilOffset?: number;
}

export function inspectUses(uses: readonly ApiUse[], line: number): readonly InspectedUse[] {
  return uses.map(({ node, text, permissionSet, api, operation }) => ({
    line,
    method: sourceMemberOf(node.type, node.method).name,
    member: text,
    permissionSet,
    reason: api?.reason ?? '',
    ...(node.method.place.kind === 'image' && { ilOffset: operation.at }),
  }));
}

/** Those that stand in one file. */
export function inspectSourceUses(
  uses: readonly ApiUse[],
  uri: string,
  starts: readonly number[],
): readonly InspectedUse[] {
  return uses
    .filter(({ place }) => place.kind === 'source' && place.uri === uri)
    .sort((a, b) => a.operation.at - b.operation.at)
    .flatMap((use) => inspectUses([use], positionOf(starts, use.operation.at).line + 1));
}
