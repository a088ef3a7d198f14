import { placeIn } from '../code/model.js';
import type { Operation } from '../code/body.js';
import type { MethodNode } from '../code/graph.js';
import { reachedOutside } from '../project/outside-access.js';
import { whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const impersonationFailureIgnored: CodeRule = {
  name: 'impersonation-failure-ignored',
  summary: "Where impersonation fails, the work goes on as SQL Server's own account.",
  topic: 'impersonation',
  severity: 'warning',
  phase: 'review',
  cwe: [755],
  on: 'code',
  check(_, report, { requirements }) {
    const { identities, uses } = requirements;
    if (!identities?.hasImpersonation) return;
    const told = new Set<MethodNode>();
    for (const use of uses) {
      const { node, operation } = use;
      if (told.has(node) || !identities.isFollowed(node)) continue;
      const what = reachedOutside(use);
      const { failed } = what === undefined ? { failed: undefined } : identities.at(node, operation);
      if (!failed || isInHandler(node, operation)) continue;
      told.add(node);
      report(use.place, `${whereOf(use)} reaches ${what} as SQL Server's own account where impersonation has failed`, {
        proof: [{ place: placeIn(node.method, failed), message: `${whereOf({ node, operation: failed })} may fail` }],
      });
    }
  },
};

/** What a handler does, to report what failed or to clean up, is not the work going on. */
function isInHandler({ method }: MethodNode, operation: Operation): boolean {
  const block = method.body?.blocks.find(({ operations }) => operations.includes(operation));
  return (method.body?.regions ?? []).some(
    ({ handler }) => block !== undefined && block.index >= handler.first && block.index < handler.end,
  );
}
