import { placeIn } from '../code/model.js';
import { fixesBy } from '../code/remedy.js';
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
    for (const { node, required } of identities?.unasked() ?? []) {
      const { call } = required;
      const where = whereOf({ node: required.node, operation: call });
      const inside = required.node === node ? '' : `, which ${nameOf(node)} calls,`;
      const use = placeIn(required.node.method, call);
      report(use, `${where}${inside} takes SqlContext.WindowsIdentity for not null`, {
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
