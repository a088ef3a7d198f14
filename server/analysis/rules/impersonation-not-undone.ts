import type { Call, Operand } from '../code/body.js';
import { placeIn } from '../code/model.js';
import { fixesBy } from '../code/remedy.js';
import { impersonationContext } from '../knowledge/impersonation.js';
import { memberText } from '../code/names.js';
import type { MethodNode } from '../code/graph.js';
import type { Leak } from '../project/identities.js';
import { nameOf, whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const impersonationNotUndone: CodeRule = {
  name: 'impersonation-not-undone',
  summary: 'A way out of the routine leaves the thread under another Windows identity.',
  topic: 'impersonation',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [10312],
  on: 'code',
  check(code, report, { requirements: { identities } }) {
    for (const leak of identities?.leaks() ?? []) {
      const { node, operation } = leak.site.origin;
      const place = placeIn(node.method, operation);
      const exit = { node: leak.node, operation: { at: leak.at ?? operation.at } };
      report(place, `${whereOf({ node, operation })} ${whatOf(leak)}`, {
        severity: leak.isCertain ? 'error' : 'warning',
        proof: [{ place: placeIn(leak.node.method, exit.operation), message: `${whereOf(exit)} ${exitOf(leak)}` }],
        ...(leak.node === node &&
          fixesBy(code, {
            title: 'Undo the impersonation whichever way the block is left',
            changes: [{ kind: 'undoAtEnd', call: place, type: impersonationContext, undo: 'Undo' }],
            needsReview: true,
          })),
      });
    }
    for (const node of identities?.cut ?? [])
      report(
        node.method.place,
        `${nameOf(node)} has too many ways through it, or variables, to tell whether it undoes its impersonation`,
        {
          severity: 'information',
          phase: 'review',
        },
      );
  },
};

function whatOf({ node: left, site: { origin }, way }: Leak): string {
  if (origin.operation.kind === 'call' && isUnread(origin.node, origin.operation))
    return 'impersonates, and keeps nothing to undo it with';
  const subject = left === origin.node ? '' : `${nameOf(left)} `;
  if (way === 'return') return `impersonates, and ${subject}returns without Undo`;
  return `impersonates, and an exception leaves ${nameOf(left)} without Undo`;
}

function exitOf({ node, way, at }: Leak): string {
  if (way === 'return') return 'returns';
  const calls = (node.method.body?.blocks ?? []).flatMap(({ operations }) => operations);
  const thrower = calls.find((operation) => operation.kind === 'call' && operation.at === at);
  return thrower?.kind === 'call' ? `calls ${memberText(thrower.method)}, which may throw` : 'throws';
}

/** What it gives is not taken by anything. */
function isUnread({ method }: MethodNode, { result }: Call): boolean {
  const takes = (holder: object): boolean =>
    Object.values(holder)
      .flat()
      .some((one: Operand | undefined) => one?.kind === 'temporary' && one.index === result);
  return (method.body?.blocks ?? []).every(({ operations, end }) => !takes(end) && !operations.some(takes));
}
