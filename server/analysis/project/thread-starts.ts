// Calls that have another thread run something, and what that is.
import type { AssemblyCode } from '../code/model.js';
import type { MethodNode } from '../code/graph.js';
import { makersOf } from '../code/objects.js';
import { targetsOf } from '../code/values.js';
import { startsThread } from '../knowledge/thread-starters.js';
import type { ApiUse } from './api-uses.js';
import type { Requirements } from './requirements.js';

export interface ThreadStart {
  readonly use: ApiUse;
  /** The assembly's own, as far as they are known. */
  readonly runs: readonly MethodNode[];
}

export function threadStartsOf({ graph }: AssemblyCode, { uses }: Requirements): readonly ThreadStart[] {
  return uses.flatMap((use): readonly ThreadStart[] => {
    const { node, member, operation } = use;
    if (member.type.kind !== 'named' || operation.kind !== 'call' || !startsThread(member.type.name, member.name))
      return [];
    const made = operation.instance ? makersOf(graph, node, operation.instance) : [];
    const given = [{ node, call: operation }, ...made].flatMap((one) =>
      one.call.arguments
        .filter((_, index) => isDelegate(one.call.method.parameters[index]))
        .map((operand) => ({ node: one.node, operand })),
    );
    const runs = new Set(given.flatMap((one) => targetsOf(graph, one.node, one.operand)));
    return [{ use, runs: [...runs] }];
  });
}

function isDelegate(type: ApiUse['member']['parameters'][number] | undefined): boolean {
  return type?.kind === 'named' && /(?:Action|Func|ThreadStart|Callback|Handler)(?:`\d+)?$/.test(type.name);
}
