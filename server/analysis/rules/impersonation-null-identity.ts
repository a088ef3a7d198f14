import { placeIn } from '../code/model.js';
import { fixesBy } from '../code/remedy.js';
import type { Required } from '../project/identity-calls.js';
import { nameOf, whereOf } from '../project/proof.js';
import type { CodeRule } from './rule.js';

export const impersonationNullIdentity: CodeRule = {
  name: 'impersonation-null-identity',
  summary: 'SqlContext.WindowsIdentity is used unasked, and is null for callers with a login of SQL Server.',
  topic: 'impersonation',
  severity: 'warning',
  phase: 'call',
  sqlErrors: [6522],
  cwe: [476],
  on: 'code',
  check(code, report, { requirements: { identities } }) {
    const unasked = [...(identities?.unasked() ?? [])];
    const byThemselves = new Set(
      unasked.flatMap(({ node, required }) => (required.node === node ? [required.call] : [])),
    );
    for (const { node, required } of unasked) {
      const { call } = required;
      // Of a routine that another calls it is told once.
      if (isExpected(required) || (required.node !== node && byThemselves.has(call))) continue;
      const where = whereOf({ node: required.node, operation: call });
      const inside = required.node === node ? '' : `, which ${nameOf(node)} calls,`;
      const use = placeIn(required.node.method, call);
      report(use, `${where}${inside} uses SqlContext.WindowsIdentity without looking whether it is null`, {
        ...fixesBy(code, {
          title: 'Throw for callers without a Windows identity',
          changes: [
            {
              kind: 'throwIfNull',
              use,
              exception: 'System.InvalidOperationException',
              message: 'The caller has no Windows identity.',
            },
          ],
          needsReview: true,
        }),
      });
    }
  },
};

/** A handler is there for just that. */
function isExpected({ node: { method }, call }: Required): boolean {
  const block = method.body?.blocks.find(({ operations }) => operations.includes(call));
  return (method.body?.regions ?? []).some(
    ({ kind, type, tried }) =>
      kind === 'catch' &&
      type?.kind === 'named' &&
      type.name === 'System.NullReferenceException' &&
      block !== undefined &&
      block.index >= tried.first &&
      block.index < tried.end,
  );
}
